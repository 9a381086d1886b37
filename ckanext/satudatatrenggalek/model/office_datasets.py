"""The datasets of an office, in a fixed order."""

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import func, select

from .tables import DatasetRecord


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
