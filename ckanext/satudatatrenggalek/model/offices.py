"""Offices (perangkat daerah) as the procedure knows them: from when to when, after which ones."""

from collections.abc import Collection
from datetime import date, datetime

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import Date, Text, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Moment


class OfficeRecord(tk.BaseModel):
    """Validity of an office, both days included; no row, or no day, means no end that way.

    ``predecessors``: ids of the offices it replaced.
    """

    __tablename__ = "satudata_office"
    office_id: Mapped[str] = mapped_column(Text, primary_key=True)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    decree: Mapped[str] = mapped_column(Text, nullable=False, server_default="")
    predecessors: Mapped[list[str]] = mapped_column(JSONB, nullable=False, server_default="[]")
    updated_by: Mapped[str | None] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(Moment, nullable=False)


def by_id(session: Session, office_id: str, lock: bool = False) -> OfficeRecord | None:
    """What is written of one office."""
    return session.get(OfficeRecord, office_id, with_for_update=lock or None)


def all_of(session: Session) -> dict[str, OfficeRecord]:
    """What is written of every office, by its id."""
    return {row.office_id: row for row in session.execute(select(OfficeRecord)).scalars()}


def ending(session: Session, day: date, until: date) -> list[OfficeRecord]:
    """Offices whose last day is ``day`` or later, and not after ``until``."""
    query = select(OfficeRecord).where(OfficeRecord.valid_until.between(day, until))
    return list(session.execute(query.order_by(OfficeRecord.office_id)).scalars())


def groups(session: Session, ids: Collection[str] | None = None) -> list[model.Group]:
    """CKAN's rows of the active offices, by title; only these when ``ids`` are given."""
    query = select(model.Group).where(
        model.Group.is_organization.is_(True), model.Group.state == "active"
    )
    if ids is not None:
        query = query.where(model.Group.id.in_(ids))
    return list(session.execute(query.order_by(model.Group.title)).scalars())


def in_force(row: OfficeRecord | None, day: date) -> bool:
    """Whether an office exists on a day."""
    if row is None:
        return True
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_until is None or row.valid_until >= day)
