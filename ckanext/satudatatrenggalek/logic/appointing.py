"""Appointments: as pages show them, what a new one must say, what follows its two ends."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from .. import clock
from ..domain.deadlines import WIB
from ..domain.sop import APPOINTABLE, OFFICE_ROLES, Role
from ..domain.words import tanggal_biasa
from ..model import appointments, audit, offices, outbox
from ..model.tables import AppointmentRecord
from . import facts, holding, lookup, memberships, parameters, people, showing
from .messages import ROLE_LABELS, conflict


def shown(session: Session, rows: Sequence[AppointmentRecord]) -> list[dict[str, Any]]:
    """Appointments as the API gives them; as many statements for one as for a thousand."""
    replaced = _replaced(session, rows)
    users = people.displays({row.user_id for row in [*rows, *replaced.values()]})
    office_ids = {row.office_id for row in rows if row.office_id}
    titles = {group.id: group for group in offices.groups(session, office_ids)}
    written = offices.all_of(session) if rows else {}
    valid = {row.id for row in appointments.valid_rows(session, clock.now())} if rows else set()
    return [
        {
            "id": row.id,
            "user": users.get(row.user_id),
            "role": row.role,
            "role_label": ROLE_LABELS.get(row.role, row.role),
            "office": _office(row.office_id, titles),
            "kind": row.kind,
            "valid_from": row.valid_from.isoformat(),
            "valid_until": row.valid_until.isoformat() if row.valid_until else None,
            "decree": row.decree,
            "valid": row.id in valid,
            "status": _status(row, row.id in valid, written.get(row.office_id or "")),
            "revoked": showing.stamp(row.revoked_at),
            "replaces": _replaces(row, replaced, users),
        }
        for row in rows
    ]


def _replaced(session: Session, rows: Sequence[AppointmentRecord]) -> dict[str, AppointmentRecord]:
    ids = {row.stands_for for row in rows if row.stands_for}
    if not ids:
        return {}
    query = select(AppointmentRecord).where(AppointmentRecord.id.in_(ids))
    return {row.id: row for row in session.execute(query).scalars()}


def _replaces(
    row: AppointmentRecord, replaced: dict[str, AppointmentRecord], users: dict[str, Any]
) -> dict[str, Any] | None:
    held = replaced.get(row.stands_for or "")
    return users.get(held.user_id) if held else None


def _office(office_id: str | None, groups: dict[str, model.Group]) -> dict[str, str] | None:
    if office_id is None:
        return None
    group = groups.get(office_id)
    if group is None:
        return {"id": office_id, "name": office_id, "title": office_id}
    return {"id": group.id, "name": group.name, "title": group.title or group.name}


def _status(row: AppointmentRecord, valid: bool, office: offices.OfficeRecord | None) -> str:
    """Why an appointment is in force or is not: one word for pages and programs."""
    if valid:
        return "valid"
    if row.revoked_at is not None:
        return "revoked"
    if row.valid_from > clock.today():
        return "upcoming"
    if row.valid_until is not None and row.valid_until < clock.today():
        return "ended"
    return "office_ended" if not offices.in_force(office, clock.today()) else "replaced_ended"


def _role(name: str) -> Role:
    known = [role.value for role in APPOINTABLE]
    if name not in known:
        raise conflict("unknown_role", f"Peran '{name}' tidak dikenal. Pakai: {', '.join(known)}.")
    return Role(name)


def days(data: dict[str, Any]) -> tuple[date, date | None]:
    """From when, and until when: both days included; no beginning means today.

    :raises ValidationError: 409, no days, or in the wrong order.
    """
    start = parameters.day(data, "valid_from", "Tanggal mulai") or clock.today()
    end = parameters.day(data, "valid_until", "Tanggal akhir")
    if end is not None and end < start:
        raise conflict("bad_input", "Tanggal akhir mendahului tanggal mulai. Periksa keduanya.")
    return start, end


def decree(data: dict[str, Any]) -> str:
    """The number of the decree.

    :raises ValidationError: 409 for want of it.
    """
    number = parameters.text(data, "decree")
    if not number:
        raise conflict("bad_input", "Tulis nomor keputusan penunjukannya.")
    return number


def drafted(session: Session, data: dict[str, Any], by: str | None) -> AppointmentRecord:
    """A new appointment as the caller describes it; everything but the person.

    :raises ValidationError: 409, in words.
    """
    role = _role(parameters.text(data, "role"))
    named = parameters.text(data, "office")
    office = lookup.office(named) if named else None
    if role in OFFICE_ROLES and office is None:
        raise conflict(
            "bad_input",
            f"{ROLE_LABELS[role.value]} ditunjuk untuk satu perangkat daerah. "
            "Pilih perangkat daerahnya.",
        )
    number = decree(data)
    start, end = days(data)
    if office is not None:
        _exists_on(session, office, start)
    return AppointmentRecord(
        role=role.value,
        office_id=office.id if office else None,
        kind=parameters.one_of(data, "kind", facts.kinds()) or None,
        valid_from=start,
        valid_until=end,
        decree=number,
        created_by=by,
        created_at=clock.now(),
    )


def _exists_on(session: Session, office: model.Group, day: date) -> None:
    written = offices.by_id(session, office.id)
    if written and written.valid_until and written.valid_until < day:
        raise conflict(
            "bad_input",
            f"{office.title} berakhir {tanggal_biasa(written.valid_until)}. "
            "Pilih perangkat daerah penggantinya.",
        )


def begin(session: Session, row: AppointmentRecord) -> None:
    """What follows a new appointment: CKAN's membership now, and a look on its days to come."""
    session.add(row)
    session.flush()
    if row.role == Role.PRODUCER.value and row.office_id:
        memberships.follow(session, row.office_id, row.user_id)
    settle_on(session, row.id, row.valid_from)
    if row.valid_until:
        settle_on(session, row.id, row.valid_until + timedelta(days=1))


def settle_on(session: Session, key: str, day: date) -> None:
    """Have claims and memberships put right when a day begins; a day gone by needs nothing."""
    if day <= clock.today():
        return
    moment = datetime.combine(day, time(0), WIB)
    outbox.add(session, f"appointment:{key}:{day}", "settle", clock.now(), not_before=moment)


def finish(session: Session, rows: Sequence[AppointmentRecord]) -> None:
    """What follows the end of appointments: claims fall free, CKAN's membership goes."""
    session.flush()
    for user_id in sorted({row.user_id for row in rows}):
        holding.free_claims(session, user_id)
    for row in rows:
        if row.role == Role.PRODUCER.value and row.office_id:
            memberships.follow(session, row.office_id, row.user_id)


def with_substitutes(session: Session, row: AppointmentRecord) -> list[AppointmentRecord]:
    """An appointment and those who stand in for it."""
    query = select(AppointmentRecord).where(AppointmentRecord.stands_for == row.id)
    return [row, *session.execute(query).scalars()]


def note(context: Any, step: str, row: AppointmentRecord, words: str = "", **details: Any) -> None:
    """Put it on the record; ``words`` are a reason, without one the decree stands there."""
    person = people.caller(context)
    who = people.display(row.user_id)
    audit.append(
        context["session"],
        audit.Entry(
            step=step,
            at=clock.now(),
            actor_id=person.id,
            actor_name=person.name,
            auth_method=person.auth_method,
            office_id=row.office_id,
            note=words or row.decree,
            details={
                "user_id": row.user_id,
                "user_name": who["title"] if who else "",
                "role": row.role,
                "appointment_id": row.id,
                **details,
            },
        ),
    )
