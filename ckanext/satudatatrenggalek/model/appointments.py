"""Appointments: who may act in which role, for which office, from when to when."""

from datetime import datetime

from ckan.types import AlchemySession as Session
from sqlalchemy import or_, select

from ..domain.deadlines import WIB
from ..domain.sop import Role
from ..domain.workflow import Actor, Grant
from .tables import AppointmentRecord


def valid_rows(
    session: Session, at: datetime, user_id: str | None = None
) -> list[AppointmentRecord]:
    """Appointments in force at ``at`` (days counted in WIB), of one user or of all."""
    day = at.astimezone(WIB).date()
    query = select(AppointmentRecord).where(
        AppointmentRecord.valid_from <= day,
        or_(AppointmentRecord.valid_until.is_(None), AppointmentRecord.valid_until >= day),
        or_(AppointmentRecord.revoked_at.is_(None), AppointmentRecord.revoked_at > at),
        AppointmentRecord.created_at <= at,
    )
    if user_id is not None:
        query = query.where(AppointmentRecord.user_id == user_id)
    return list(session.execute(query).scalars())


def grants_of(session: Session, user_id: str | None, at: datetime) -> tuple[Grant, ...]:
    """The grants a user holds at ``at``; nobody signed in holds none."""
    if not user_id:
        return ()
    return tuple(
        Grant(Role(row.role), row.office_id, row.kind) for row in valid_rows(session, at, user_id)
    )


def actor_of(
    session: Session, user_id: str | None, at: datetime, auth_method: str = "session"
) -> Actor:
    """The actor a user is at ``at``."""
    return Actor(user_id, grants_of(session, user_id, at), auth_method)
