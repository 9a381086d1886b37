"""By which letter somebody acts for an office, said on the record of what they do."""

from typing import Any

from ckan.types import AlchemySession as Session

from .. import clock
from ..domain.sop import Role
from ..model import appointments, on_behalf
from ..model.on_behalf import OnBehalfRecord
from ..model.tables import SubmissionRecord
from . import beside


def letter(session: Session, user_id: str | None, record: SubmissionRecord) -> dict[str, Any]:
    """``{on_behalf: {sender, letter, ...}}`` of whoever produces by a letter; empty otherwise."""
    if user_id is None:
        return {}
    actor = appointments.actor_now(session, user_id)
    leave = actor.on_behalf(Role.PRODUCER, record.office_id, record.kind, record.dataset_id)
    row = session.get(OnBehalfRecord, leave) if leave else None
    return {"on_behalf": beside.paper_of(session, row.paper_id)} if row else {}


def begin(session: Session, user_id: str | None, record: SubmissionRecord) -> None:
    """A dataset begun by a letter of its office is worked on by that letter too."""
    if user_id is None:
        return
    actor = appointments.actor_now(session, user_id)
    if actor.has(Role.PRODUCER, record.office_id, record.kind):
        return
    at = clock.now()
    leave = on_behalf.to_begin(session, user_id, record.office_id, at)
    if leave is None:
        return
    session.add(
        OnBehalfRecord(
            paper_id=leave.paper_id,
            user_id=user_id,
            office_id=record.office_id,
            dataset_id=record.dataset_id,
            opened_at=at,
            until=leave.until,
        )
    )
    session.flush()
