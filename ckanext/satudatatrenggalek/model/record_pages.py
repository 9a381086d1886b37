"""The record in pages, newest first, narrowed to what somebody may read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import ColumnElement, and_, or_, select

from .audit import AuditRecord
from .tables import SubmissionRecord

A = AuditRecord


@dataclass(frozen=True)
class Filters:
    """What a page is narrowed to; empty means all. ``before``: ``seq`` the last page ended at."""

    since: datetime | None = None
    until: datetime | None = None
    step: str = ""
    actor_id: str = ""
    dataset_id: str = ""
    office_id: str = ""
    before: int | None = None


@dataclass(frozen=True)
class Row:
    """One fact of the record, with what its dataset and office are called today."""

    event: AuditRecord
    name: str | None
    title: str | None
    office: str | None


def page(
    session: Session, readable: ColumnElement[bool] | None, filters: Filters, limit: int
) -> list[Row]:
    """``limit`` rows at most, newest first.

    :param readable: which submissions the reader may read; None: all. What belongs to no
        submission (appointments, documents) is in every reader's page.
    """
    query = (
        select(A, model.Package.name, model.Package.title, model.Group.title)
        .outerjoin(model.Package, model.Package.id == A.dataset_id)
        .outerjoin(model.Group, model.Group.id == A.office_id)
        .where(*_narrowed(filters))
        .order_by(A.seq.desc())
        .limit(limit)
    )
    if readable is not None:
        open_to_reader = A.submission_id.in_(select(SubmissionRecord.id).where(readable))
        of_no_dataset = and_(A.submission_id.is_(None), A.dataset_id.is_(None))
        query = query.where(or_(open_to_reader, of_no_dataset))
    return [Row(*found) for found in session.execute(query)]


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if filters.since:
        clauses.append(A.at >= filters.since)
    if filters.until:
        clauses.append(A.at < filters.until)
    if filters.before is not None:
        clauses.append(A.seq < filters.before)
    equal: dict[Any, str] = {
        A.step: filters.step,
        A.actor_id: filters.actor_id,
        A.dataset_id: filters.dataset_id,
        A.office_id: filters.office_id,
    }
    return clauses + [column == value for column, value in equal.items() if value]
