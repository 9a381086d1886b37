"""Approved editions whose time has come, and the outbox rows that let them out.

One row for each stay that waits for its release: an edition held back and approved again gets
attempts of its own.
"""

from datetime import datetime

from ckan.types import AlchemySession as Session
from sqlalchemy import ColumnElement, and_, exists, or_, select

from ..domain.sop import State
from . import outbox
from .tables import OutboxRecord, StayRecord, SubmissionRecord

KIND = "release"


def _has_come(at: datetime) -> ColumnElement[bool]:
    return and_(
        StayRecord.submission_id == SubmissionRecord.id,
        StayRecord.left_at.is_(None),
        SubmissionRecord.state == State.AWAITING_RELEASE.value,
        or_(SubmissionRecord.release_at.is_(None), SubmissionRecord.release_at <= at),
    )


def to_note(session: Session, at: datetime) -> list[tuple[SubmissionRecord, str]]:
    """Submissions to be released that no row of the outbox waits for, with the id of their stay."""
    noted = exists().where(
        OutboxRecord.dataset_id == SubmissionRecord.dataset_id,
        OutboxRecord.kind == KIND,
        OutboxRecord.done_at.is_(None),
        OutboxRecord.payload["stay_id"].astext == StayRecord.id,
    )
    query = (
        select(SubmissionRecord, StayRecord.id)
        .where(_has_come(at), ~noted)
        .order_by(SubmissionRecord.urgent.desc(), SubmissionRecord.approved_at)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def note(session: Session, at: datetime) -> None:
    """Note each of them in the outbox, urgent ones first. Commits."""
    for record, stay_id in to_note(session, at):
        outbox.add(session, record.dataset_id, KIND, at, submission_id=record.id, stay_id=stay_id)
    session.commit()


def is_wanted(session: Session, row: OutboxRecord, at: datetime) -> bool:
    """Whether what a row is about still waits for its release: nobody has taken a step since."""
    query = select(StayRecord.id).where(_has_come(at), StayRecord.id == row.payload["stay_id"])
    return session.execute(query).first() is not None
