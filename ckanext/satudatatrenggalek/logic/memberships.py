"""CKAN's own membership of an office follows the appointment of its producers.

Rights go by the appointment alone; the membership only opens CKAN's own pages. Written in the
caller's transaction: core's actions commit by themselves.
"""

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from .. import clock
from ..domain.sop import Role
from ..model import appointments, on_behalf
from ..model.on_behalf import OnBehalfRecord
from ..model.tables import AppointmentRecord

_EDITOR = "editor"


def _row(session: Session, office_id: str, user_id: str) -> model.Member | None:
    query = select(model.Member).where(
        model.Member.group_id == office_id,
        model.Member.table_name == "user",
        model.Member.table_id == user_id,
        model.Member.state == "active",
    )
    return session.execute(query).scalars().first()


def _is_producer(session: Session, office_id: str, user_id: str) -> bool:
    """By appointment, or by a letter of the office, also one to begin a dataset."""
    at = clock.now()
    return on_behalf.to_begin(session, user_id, office_id, at) is not None or any(
        grant.role is Role.PRODUCER and grant.office_id == office_id
        for grant in appointments.grants_of(session, user_id, at)
    )


def follow(session: Session, office_id: str, user_id: str) -> None:
    """Make somebody an editor of an office while they are its producer, and no longer.

    Whoever may do more there (an administrator named by hand) keeps it.
    """
    session.flush()
    row = _row(session, office_id, user_id)
    if _is_producer(session, office_id, user_id):
        if row is None:
            office = session.get(model.Group, office_id)
            row = model.Member(group=office, table_name="user", table_id=user_id)
            session.add(row)
        if row.capacity != "admin":
            row.capacity = _EDITOR
    elif row is not None and row.capacity != "admin":
        row.state = "deleted"
    session.flush()


def pairs(session: Session) -> set[tuple[str, str]]:
    """Every office and person that an appointment as producer, or a letter, has ever joined."""
    query = select(AppointmentRecord.office_id, AppointmentRecord.user_id).where(
        AppointmentRecord.role == Role.PRODUCER.value, AppointmentRecord.office_id.is_not(None)
    )
    by_letter = select(OnBehalfRecord.office_id, OnBehalfRecord.user_id)
    rows = [*session.execute(query), *session.execute(by_letter)]
    return {(office_id, user_id) for office_id, user_id in rows if office_id}
