"""Appointments: who may act in which role, for which office, from when to when."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from ckan.types import AlchemySession as Session
from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from .. import clock, config
from ..domain.deadlines import WIB
from ..domain.sop import DEED_BY_NAME, ON_BEHALF_ROLES, Role
from ..domain.workflow import Actor, Grant
from . import known, on_behalf
from .offices import OfficeRecord
from .tables import AppointmentRecord, Moment

# The appointment a substitute (Plh.) holds.
_Replaced = aliased(AppointmentRecord)


def _in_force(table: Any) -> ColumnElement[bool]:
    return and_(
        table.valid_from <= _DAY,
        or_(table.valid_until.is_(None), table.valid_until >= _DAY),
        or_(table.revoked_at.is_(None), table.revoked_at > _AT),
        table.created_at <= _AT,
    )


# Made once: to put it together anew takes longer than to have it answered.
_DAY, _AT = bindparam("day", type_=Date), bindparam("at", type_=Moment)
_VALID = (
    select(AppointmentRecord, _Replaced.user_id)
    .outerjoin(_Replaced, _Replaced.id == AppointmentRecord.stands_for)
    .outerjoin(OfficeRecord, OfficeRecord.office_id == AppointmentRecord.office_id)
    .where(
        _in_force(AppointmentRecord),
        or_(AppointmentRecord.stands_for.is_(None), _in_force(_Replaced)),
        or_(OfficeRecord.valid_from.is_(None), OfficeRecord.valid_from <= _DAY),
        or_(OfficeRecord.valid_until.is_(None), OfficeRecord.valid_until >= _DAY),
    )
)
_VALID_OF_USER = _VALID.where(AppointmentRecord.user_id == bindparam("user_id"))


def valid(
    session: Session, at: datetime, user_id: str | None = None
) -> list[tuple[AppointmentRecord, str | None]]:
    """Appointments in force at ``at`` (days counted in WIB), of one user or of all.

    Each with the user a substitute stands in for, else None. An appointment ends with its
    office; a substitute's also with the appointment it stands for.
    """
    asked = {"day": at.astimezone(WIB).date(), "at": at}
    if user_id is None:
        found = session.execute(_VALID, asked)
    else:
        found = session.execute(_VALID_OF_USER, {**asked, "user_id": user_id})
    return [(row, replaced) for row, replaced in found]


# Whoever holds the same again from the next day on has been appointed anew.
_Next = aliased(AppointmentRecord)
_last_day = func.least(AppointmentRecord.valid_until, _Replaced.valid_until, type_=Date)
_ENDING = _VALID.add_columns(_last_day).where(
    _last_day <= bindparam("until", type_=Date),
    or_(OfficeRecord.valid_until.is_(None), OfficeRecord.valid_until > _last_day),
    ~exists().where(
        _Next.id != AppointmentRecord.id,
        _Next.user_id == AppointmentRecord.user_id,
        _Next.role == AppointmentRecord.role,
        _Next.office_id.is_not_distinct_from(AppointmentRecord.office_id),
        _Next.kind.is_not_distinct_from(AppointmentRecord.kind),
        _Next.stands_for.is_not_distinct_from(AppointmentRecord.stands_for),
        _Next.revoked_at.is_(None),
        _Next.valid_from <= _last_day + 1,
        or_(_Next.valid_until.is_(None), _Next.valid_until > _last_day),
    ),
)


def ending(
    session: Session, at: datetime, until: date
) -> list[tuple[AppointmentRecord, str | None, date]]:
    """Appointments in force whose last day is not after ``until``: row, who is replaced, last day.

    A substitute's ends at the latest with the one it stands for. Left out: what has been renewed,
    and what ends with its office.
    """
    asked = {"day": at.astimezone(WIB).date(), "at": at, "until": until}
    found = session.execute(_ENDING.order_by(AppointmentRecord.id), asked)
    return [(row, replaced, last) for row, replaced, last in found]


class Scope(str, Enum):
    """Which appointments are listed: those in force, those of them that end soon, or all."""

    VALID = "valid"
    ENDING = "ending"
    ALL = "all"


def listed(
    session: Session,
    at: datetime,
    narrowed: Sequence[ColumnElement[bool]],
    scope: Scope = Scope.VALID,
    after: AppointmentRecord | None = None,
    limit: int | None = None,
) -> list[AppointmentRecord]:
    """Appointments, the newest first; ``after``: the last one of the page before."""
    query = select(AppointmentRecord).where(*narrowed)
    asked: dict[str, Any] = {}
    if scope is not Scope.ALL:
        chosen = _VALID if scope is Scope.VALID else _ENDING
        ids = chosen.with_only_columns(AppointmentRecord.id).correlate(None)
        query = query.where(AppointmentRecord.id.in_(ids))
        today = at.astimezone(WIB).date()
        asked = {"day": today, "at": at}
        if scope is Scope.ENDING:
            asked["until"] = today + timedelta(days=max(config.ending_days(), default=0))
    if after is not None:
        place = tuple_(AppointmentRecord.created_at, AppointmentRecord.id)
        query = query.where(place < (after.created_at, after.id))
    query = query.order_by(AppointmentRecord.created_at.desc(), AppointmentRecord.id.desc())
    return list(session.execute(query.limit(limit), asked).scalars())


def valid_rows(
    session: Session, at: datetime, user_id: str | None = None
) -> list[AppointmentRecord]:
    """As ``valid``, without whom a substitute stands in for."""
    return [row for row, _ in valid(session, at, user_id)]


def grants_of(session: Session, user_id: str | None, at: datetime) -> tuple[Grant, ...]:
    """The grants a user holds at ``at``; nobody signed in holds none."""
    if not user_id:
        return ()
    held = appointed(session, user_id, at)
    return (*held, *_on_behalf(session, user_id, at, held))


def grants_now(session: Session, user_id: str | None) -> tuple[Grant, ...]:
    """The grants a user holds at this moment; one action asks once (``known``)."""
    asked = known.Question.GRANTS
    return known.ask(session, asked, user_id, lambda: grants_of(session, user_id, clock.now()))


def appointed(session: Session, user_id: str, at: datetime) -> list[Grant]:
    """What a user holds by appointments alone: enough to know which rooms are theirs."""
    return [
        Grant(Role(row.role), row.office_id, row.kind, replaced)
        for row, replaced in valid(session, at, user_id)
    ]


def _on_behalf(session: Session, user_id: str, at: datetime, held: list[Grant]) -> list[Grant]:
    """What the walidata does for offices that cannot; ends with their own appointment."""
    if not any(grant.role in DEED_BY_NAME["on_behalf"].roles for grant in held):
        return []
    return [
        Grant(role, row.office_id, dataset_id=row.dataset_id, on_behalf=row.id)
        for row in on_behalf.valid(session, user_id, at)
        for role in ON_BEHALF_ROLES
        if row.dataset_id
    ]


def actor_now(session: Session, user_id: str | None, auth_method: str = "session") -> Actor:
    """The actor a user is at this moment."""
    return Actor(user_id, grants_now(session, user_id), auth_method)


def everybody(session: Session, at: datetime) -> dict[str, Actor]:
    """All people with a valid appointment, as the domain judges them. One statement."""
    grants: dict[str, list[Grant]] = {}
    for row, replaced in valid(session, at):
        grant = Grant(Role(row.role), row.office_id, row.kind, replaced)
        grants.setdefault(row.user_id, []).append(grant)
    return {user_id: Actor(user_id, tuple(held)) for user_id, held in grants.items()}
