"""Who works on behalf of an office, on which dataset, by which letter, until when."""

from datetime import datetime

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from sqlalchemy import ForeignKey, Text, bindparam, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Moment, new_id


class OnBehalfRecord(tk.BaseModel):
    """Leave of one person to act for an office that cannot.

    ``dataset_id`` None: to begin a new dataset of the office, and nothing else; each dataset
    begun by it gets a row of its own under the same letter.
    """

    __tablename__ = "satudata_on_behalf"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    paper_id: Mapped[str] = mapped_column(Text, ForeignKey("satudata_paper.id"), nullable=False)
    user_id: Mapped[str] = mapped_column(Text, nullable=False, index=True)
    office_id: Mapped[str] = mapped_column(Text, nullable=False)
    dataset_id: Mapped[str | None] = mapped_column(Text, index=True)
    opened_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    until: Mapped[datetime] = mapped_column(Moment, nullable=False)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


_AT = bindparam("at", type_=Moment)
_VALID = (
    select(OnBehalfRecord)
    .where(
        OnBehalfRecord.user_id == bindparam("user_id"),
        OnBehalfRecord.opened_at <= _AT,
        OnBehalfRecord.until > _AT,
        or_(OnBehalfRecord.ended_at.is_(None), OnBehalfRecord.ended_at > _AT),
    )
    .order_by(OnBehalfRecord.opened_at, OnBehalfRecord.id)
)


def valid(session: Session, user_id: str, at: datetime) -> list[OnBehalfRecord]:
    """What a person may do on behalf of offices at ``at``, oldest first."""
    return list(session.execute(_VALID, {"user_id": user_id, "at": at}).scalars())


def to_begin(session: Session, user_id: str, office_id: str, at: datetime) -> OnBehalfRecord | None:
    """The leave to begin a dataset of this office, if a person has one at ``at``."""
    rows = (row for row in valid(session, user_id, at) if row.office_id == office_id)
    return next((row for row in rows if row.dataset_id is None), None)


def of_dataset(session: Session, dataset_id: str) -> list[OnBehalfRecord]:
    """All who worked or work on a dataset on behalf of its office, newest first."""
    query = (
        select(OnBehalfRecord)
        .where(OnBehalfRecord.dataset_id == dataset_id)
        .order_by(OnBehalfRecord.opened_at.desc(), OnBehalfRecord.id)
    )
    return list(session.execute(query).scalars())


def of_user(session: Session, user_id: str) -> list[OnBehalfRecord]:
    """All that a person was let do on behalf of offices, newest first."""
    query = (
        select(OnBehalfRecord)
        .where(OnBehalfRecord.user_id == user_id)
        .order_by(OnBehalfRecord.opened_at.desc(), OnBehalfRecord.id)
    )
    return list(session.execute(query).scalars())
