"""The datasets of an office, and what moves with one of them."""

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import func, select

from .tables import DatasetRecord, StayRecord, SubmissionRecord


def page(session: Session, office_id: str, after: str, limit: int) -> list[tuple[str, str]]:
    """Ids and titles of an office's datasets behind ``after``, by id."""
    query = (
        select(DatasetRecord.dataset_id, model.Package.title, model.Package.name)
        .join(model.Package, model.Package.id == DatasetRecord.dataset_id)
        .where(DatasetRecord.office_id == office_id, DatasetRecord.dataset_id > after)
        .order_by(DatasetRecord.dataset_id)
        .limit(limit)
    )
    return [(key, title or name) for key, title, name in session.execute(query)]


def count(session: Session, office_id: str) -> int:
    """How many datasets an office has."""
    query = select(func.count()).where(DatasetRecord.office_id == office_id)
    return session.execute(query).scalar_one()


def of_dataset(session: Session, dataset_id: str, lock: bool = False) -> list[SubmissionRecord]:
    """All submissions of a dataset, by id; locked until the commit if asked."""
    query = (
        select(SubmissionRecord)
        .where(SubmissionRecord.dataset_id == dataset_id)
        .order_by(SubmissionRecord.id)
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(session.execute(query).scalars())


def move_stays(session: Session, dataset_id: str, office_id: str) -> None:
    """Stays that run go on in another office; those that ended were the former one's."""
    query = select(StayRecord).where(
        StayRecord.dataset_id == dataset_id, StayRecord.left_at.is_(None)
    )
    for stay in session.execute(query).scalars():
        stay.office_id = office_id
