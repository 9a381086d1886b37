"""What is left of datasets that were public and were taken from the public: a tombstone each."""

from datetime import datetime

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import Row, Select, or_, select, tuple_

from .tables import DatasetRecord

Tombstone = Row[tuple[DatasetRecord, str, str, str, str | None]]


def _query() -> Select[tuple[DatasetRecord, str, str, str, str | None]]:
    """A dataset that never was public has no tombstone: its public state is another one."""
    return (
        select(
            DatasetRecord,
            model.Package.name,
            model.Package.title,
            model.Group.name,
            model.Group.title,
        )
        .join(model.Package, model.Package.id == DatasetRecord.dataset_id)
        .join(model.Group, model.Group.id == DatasetRecord.office_id)
        .where(DatasetRecord.public_state == "retracted", DatasetRecord.retracted_at.is_not(None))
    )


def of_dataset(session: Session, key: str) -> Tombstone | None:
    """The tombstone of one dataset, by its id or name."""
    query = _query().where(or_(model.Package.id == key, model.Package.name == key))
    return session.execute(query).first()


def page(session: Session, after: tuple[datetime, str] | None, limit: int) -> list[Tombstone]:
    """Tombstones, the newest first. after: time and dataset id of the last row seen."""
    place = tuple_(DatasetRecord.retracted_at, DatasetRecord.dataset_id)
    query = _query().order_by(DatasetRecord.retracted_at.desc(), DatasetRecord.dataset_id.desc())
    if after is not None:
        query = query.where(place < after)
    return list(session.execute(query.limit(limit)).all())
