"""Released editions, each as it was."""

from datetime import datetime

from ckan.types import AlchemySession as Session
from sqlalchemy import select, update

from ..domain.sop import Reading, State
from ..domain.visibility import reading_of
from .tables import EditionRecord, StayRecord


def of_dataset(session: Session, dataset_id: str) -> list[EditionRecord]:
    """All editions of a dataset, newest first."""
    query = (
        select(EditionRecord)
        .where(EditionRecord.dataset_id == dataset_id)
        .order_by(EditionRecord.number.desc())
    )
    return list(session.execute(query).scalars())


def numbered(session: Session, dataset_id: str, number: int) -> EditionRecord | None:
    """One edition of a dataset."""
    query = select(EditionRecord).where(
        EditionRecord.dataset_id == dataset_id, EditionRecord.number == number
    )
    return session.execute(query).scalar_one_or_none()


def of_submission(session: Session, submission_id: str) -> EditionRecord | None:
    """The edition a submission became, if it was released."""
    query = select(EditionRecord).where(EditionRecord.submission_id == submission_id)
    return session.execute(query).scalar_one_or_none()


def supersede(session: Session, dataset_id: str, at: datetime) -> None:
    """The editions so far are no longer the current one."""
    session.execute(
        update(EditionRecord)
        .where(EditionRecord.dataset_id == dataset_id, EditionRecord.superseded_at.is_(None))
        .values(superseded_at=at)
    )


def public_title(session: Session, dataset_id: str) -> str:
    """The title of the last edition everybody could read; empty where there was none.

    What a closed edition is called is for staff, whoever asked something of an earlier one.
    """
    for edition in of_dataset(session, dataset_id):
        if reading_of(str(edition.metadata_.get("accessRights"))) is not Reading.NOTHING:
            return str(edition.metadata_.get("title") or "")
    return ""


def withdrawn(session: Session, dataset_id: str) -> frozenset[str]:
    """Submissions whose edition was retracted and never reinstated: a next one took its place."""
    query = select(StayRecord.submission_id).where(
        StayRecord.dataset_id == dataset_id,
        StayRecord.state == State.RETRACTED.value,
        StayRecord.left_step == "release",
    )
    return frozenset(session.execute(query).scalars())
