"""Days off of the regency that the walidata entered, and the working time they leave.

A day that has begun is never entered nor taken back, so what was counted stays counted (ADR 14).
"""

from collections.abc import Mapping
from datetime import date, datetime

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from sqlalchemy import Date, Index, Text, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from .. import working_time
from ..domain.deadlines import WorkCalendar
from .submissions import OPEN
from .tables import Moment, StayRecord, SubmissionRecord, new_id

_LOCK = 7_203_514  # advisory lock: one writer of days off at a time


class DayOffRecord(tk.BaseModel):
    """A day on which the offices of the regency are closed, by which decree, entered by whom."""

    __tablename__ = "satudata_day_off"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    day: Mapped[date] = mapped_column(Date, nullable=False)
    reason: Mapped[str] = mapped_column(Text, nullable=False)
    decree: Mapped[str] = mapped_column(Text, nullable=False)
    added_by: Mapped[str | None] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    removed_by: Mapped[str | None] = mapped_column(Text)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    removed_reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index(
            "satudata_day_off_once",
            "day",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
    )


def calendar(session: Session) -> WorkCalendar:
    """The regency's working time as it is decreed now. One statement."""
    query = select(DayOffRecord.day).where(DayOffRecord.removed_at.is_(None))
    return working_time.calendar(frozenset(session.execute(query).scalars()))


def of_year(session: Session, year: int) -> list[DayOffRecord]:
    """Days entered for a year, also those taken back, in their order."""
    query = select(DayOffRecord).where(
        DayOffRecord.day.between(date(year, 1, 1), date(year, 12, 31))
    )
    return list(session.execute(query.order_by(DayOffRecord.day, DayOffRecord.added_at)).scalars())


def hold_clocks(session: Session, moment: datetime) -> list[SubmissionRecord]:
    """One writer of days off at a time; locks and gives what ends at ``moment`` or later.

    A step on one of them waits, and then counts by the days this writer has left.
    """
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    query = (
        select(SubmissionRecord)
        .where(SubmissionRecord.state.in_(OPEN), SubmissionRecord.due_at >= moment)
        .order_by(SubmissionRecord.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.execute(query).scalars())


def move_clocks(
    session: Session,
    held: list[SubmissionRecord],
    begin: Mapping[str, datetime],
    before: WorkCalendar,
    now: datetime,
) -> int:
    """Give running clocks their new ends; stays that were left keep every figure.

    :param begin: when clocks begin that have not begun yet, by their submission's id.
    :returns: how many ends have moved.
    """
    session.flush()
    after, moved = calendar(session), 0
    for record in held:
        assert record.due_at is not None  # they were chosen by it
        due = before.moved(record.due_at, max(now, begin.get(record.id, now)), after)
        moved += due != record.due_at
        record.due_at = due
    session.flush()
    ends = select(SubmissionRecord.due_at).where(SubmissionRecord.id == StayRecord.submission_id)
    session.execute(
        update(StayRecord)
        .where(
            StayRecord.submission_id.in_([record.id for record in held]),
            StayRecord.left_at.is_(None),
        )
        .values(due_at=ends.scalar_subquery())
        .execution_options(synchronize_session="fetch")
    )
    return moved
