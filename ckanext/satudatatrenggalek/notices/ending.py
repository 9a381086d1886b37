"""Tells its people, and who renews it, before an appointment, a Plh.'s time or an office ends.

Once for each end and each number of days (``config.ending_days``); after a standstill only the
nearest is told. Ends that come at once are one notice to those who renew, however many they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from .. import config
from ..domain import duties
from ..domain.deadlines import WIB
from ..domain.describe import ROLE_NAMES
from ..domain.notices import APPOINTMENT_ENDS, APPOINTMENTS_END, OFFICE_ENDS, Kind
from ..domain.sop import Role
from ..domain.words import tanggal_biasa
from ..model import accounts, appointments, offices
from ..model.notices import first_time, told
from ..model.tables import AppointmentRecord
from .telling import Addressed, News, of_active, write

_DAY = timedelta(days=1)
_BATCH = 200
_MOST_LINES = 20


@dataclass(frozen=True)
class _End:
    """The last day of an appointment or office (``subject``: its id) that began on a day."""

    subject: str
    began: date | None
    last_day: date

    @property
    def moment(self) -> datetime:
        """When it is over, aware."""
        return datetime.combine(self.last_day + _DAY, time(0), WIB)

    def reached(self, today: date) -> list[str]:
        """What is to be told by now, the nearest last. What began later than that was short."""
        days = [timedelta(days=number) for number in config.ending_days()]
        moments = [(self.last_day - before, before) for before in days]
        return [
            f"ends-{before.days}"
            for moment, before in moments
            if moment <= today and (self.began is None or self.began < moment)
        ]


def watch(session: Session, at: datetime) -> int:
    """Tell of every end that has come near; how many were told of. Commits."""
    today = at.astimezone(WIB).date()
    until = today + timedelta(days=max(config.ending_days(), default=0))
    done = 0
    while batch := _appointments(session, at, until):
        done += _tell_appointments(session, batch, at)
        session.commit()
    for row in offices.ending(session, today, until):
        end = _End(row.office_id, row.valid_from, row.valid_until or today)
        if _untold(session, [end], today) and _first(session, end, at):
            _tell_office(session, row, at)
            done += 1
        session.commit()
    session.rollback()
    return done


def _appointments(
    session: Session, at: datetime, until: date
) -> list[tuple[AppointmentRecord, str | None, _End]]:
    """Appointments whose end has come near and was not told of; a batch."""
    found = [
        (row, replaced, _End(row.id, row.valid_from, last))
        for row, replaced, last in appointments.ending(session, at, until)
    ]
    untold = _untold(session, [end for _, _, end in found], at.astimezone(WIB).date())
    return [each for each in found if each[2] in untold][:_BATCH]


def _untold(session: Session, ends: Sequence[_End], today: date) -> set[_End]:
    """Ends of which the nearest thing to tell was not told, or was told of another end."""
    near = [(end, end.reached(today)) for end in ends]
    known = told(session, [end.subject for end, reached in near if reached])
    return {
        end
        for end, reached in near
        if reached and known.get((end.subject, reached[-1])) != end.moment
    }


def _first(session: Session, end: _End, at: datetime) -> bool:
    """Note all that is told of an end by now; whether nobody else did before."""
    reached = end.reached(at.astimezone(WIB).date())
    return [first_time(session, end.subject, what, at, end.moment) for what in reached][-1]


def _tell_appointments(
    session: Session, batch: Sequence[tuple[AppointmentRecord, str | None, _End]], at: datetime
) -> int:
    ours = [each for each in batch if _first(session, each[2], at)]
    if not ours:
        return 0
    users = {row.user_id for row, _, _ in ours} | {who for _, who, _ in ours if who}
    names = _names(session, users)
    titles = {group.id: group.title or group.name for group in offices.groups(session)}
    active = of_active(session, users)
    lines = []
    for row, replaced, end in ours:
        office = titles.get(row.office_id or "", "Semua perangkat daerah")
        title = f"{'Plh. ' if row.stands_for else ''}{ROLE_NAMES[Role(row.role)]}"
        lines.append(
            f"{names.get(row.user_id, row.user_id)}, {title}, {office}: "
            f"sampai {tanggal_biasa(end.last_day)} ({row.decree})"
        )
        if row.user_id in active:
            facts = {"title": title, "office": office, **_facts(row.decree, end.last_day)}
            facts["replaces"] = names.get(replaced or "", "")
            own = Addressed(Kind.DEADLINE, to_do=True, link="/meja")
            write(session, {row.user_id: own}, News(APPOINTMENT_ENDS, at, facts))
    latest = max(end.last_day for _, _, end in ours)
    facts = {
        "title": f"{len(lines)} penunjukan",
        "office": "",
        "findings": lines[:_MOST_LINES],
        "more_findings": max(0, len(lines) - _MOST_LINES),
        **_facts("", latest),
    }
    renew = Addressed(Kind.DEADLINE, to_do=True, link="/meja/penunjukan?lampau=segera")
    people = dict.fromkeys(_who_renew(session, at), renew)
    write(session, people, News(APPOINTMENTS_END, at, facts))
    return len(ours)


def _tell_office(session: Session, row: offices.OfficeRecord, at: datetime) -> None:
    group = session.get(model.Group, row.office_id)
    if group is None or row.valid_until is None:
        return
    facts = {"title": group.title or group.name, **_facts(row.decree, row.valid_until)}
    valid = appointments.valid_rows(session, at)
    own = of_active(session, {each.user_id for each in valid if each.office_id == row.office_id})
    page = f"/meja/penunjukan/perangkat-daerah/{group.name}"
    people = dict.fromkeys(sorted(own), Addressed(Kind.DEADLINE, to_do=False, link="/meja"))
    renew = Addressed(Kind.DEADLINE, to_do=True, link=page)
    people.update(dict.fromkeys(_who_renew(session, at), renew))
    write(session, people, News(OFFICE_ENDS, at, facts))


def _facts(decree: str, last_day: date) -> dict[str, Any]:
    return {"decree": decree, "until": last_day.isoformat()}


def _who_renew(session: Session, at: datetime) -> list[str]:
    """Who may appoint: those the walidata has appointed to it, and the portal's administrators."""
    everybody = appointments.everybody(session, at)
    appointing = {user_id for user_id, actor in everybody.items() if duties.appoints(actor)}
    return sorted(of_active(session, appointing | set(accounts.administrators(session))))


def _names(session: Session, user_ids: set[str]) -> dict[str, str]:
    query = select(model.User).where(model.User.id.in_(user_ids))
    return {user.id: user.display_name for user in session.execute(query).scalars()}
