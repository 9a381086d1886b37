"""What each comparison of the portal's contents found; a night's work is planned once."""

from datetime import date, datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from sqlalchemy import Boolean, Date, DateTime, Index, Text, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from .tables import new_id


class NightlyRecord(tk.BaseModel):
    """One comparison. ``day`` (WIB): of which night; None: an operator asked for it."""

    __tablename__ = "satudata_nightly"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    day: Mapped[date | None] = mapped_column(Date, unique=True)
    planned_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), nullable=False)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    mended: Mapped[bool] = mapped_column(Boolean, nullable=False, server_default="false")
    differences: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, nullable=False, server_default="[]"
    )

    __table_args__ = (Index("satudata_nightly_newest", "planned_at"),)


def plan(session: Session, day: date, at: datetime) -> bool:
    """Remember that this night's work is planned; whether nobody had before."""
    row = insert(NightlyRecord).values(id=new_id(), day=day, planned_at=at)
    done = session.execute(row.on_conflict_do_nothing().returning(NightlyRecord.id))
    return done.first() is not None


def is_planned(session: Session, day: date) -> bool:
    """Whether this night's work is planned or done."""
    query = select(NightlyRecord.id).where(NightlyRecord.day == day)
    return session.execute(query).first() is not None


def keep(
    session: Session,
    day: date | None,
    at: datetime,
    differences: list[dict[str, Any]],
    mended: bool,
) -> NightlyRecord:
    """Keep what a comparison found; the caller commits.

    A night that was cut off and compared again keeps what its first attempt found and mended.
    """
    query = select(NightlyRecord).where(NightlyRecord.day == day)
    row = session.execute(query).scalar_one_or_none() if day else None
    if row is None:
        row = NightlyRecord(day=day, planned_at=at)
        session.add(row)
    again = {(one["kind"], one["subject"]) for one in differences}
    earlier = [one for one in row.differences or () if (one["kind"], one["subject"]) not in again]
    row.finished_at, row.differences, row.mended = at, [*differences, *earlier], mended
    session.flush()
    return row


def newest(session: Session, limit: int) -> list[NightlyRecord]:
    """Comparisons, newest first."""
    query = select(NightlyRecord).order_by(NightlyRecord.planned_at.desc()).limit(limit)
    return list(session.execute(query).scalars())
