"""The work desk: what waits for whom, in a bounded number of statements whatever its length."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from ..domain.sop import VISIBLE_TO, Role, State
from ..domain.workflow import Grant
from . import tidied
from .desk_filters import DUE, PACKAGE, RANK, Filters, S, found, narrowed
from .submissions import IS_CHECKING, OPEN
from .tables import (
    CheckRecord,
    ContributionRecord,
    FileRecord,
    StayRecord,
    SubmissionRecord,
)


@dataclass(frozen=True)
class Row:
    """A line of the desk: the submission, its package's name and title, machine counts.

    ``has_open``: another edition of its dataset is in the making.
    """

    record: SubmissionRecord
    name: str
    title: str
    office_title: str
    office_name: str
    submitted: datetime | None
    errors: int
    warnings: int
    pending: int
    files: int
    contributors: frozenset[str] = field(default_factory=frozenset)
    checkers: frozenset[str] = field(default_factory=frozenset)
    has_open: bool = False


def readable(grants: tuple[Grant, ...]) -> ColumnElement[bool]:
    """Which submissions these grants open: the table of ``sop.VISIBLE_TO`` as SQL."""
    clauses = [_opened_by(grant) for grant in grants if grant.role is not Role.SYSTEM]
    return or_(*clauses) if clauses else S.id.is_(None)


def opened(session: Session, grants: tuple[Grant, ...], submission_ids: Iterable[str]) -> set[str]:
    """Which of these submissions the grants open."""
    query = select(S.id).where(S.id.in_(list(submission_ids)), readable(grants))
    return set(session.execute(query).scalars())


def _opened_by(grant: Grant) -> ColumnElement[bool]:
    states = [state.value for state, roles in VISIBLE_TO.items() if grant.role in roles]
    clause = S.state.in_(states)
    if grant.office_id:
        clause = and_(clause, S.office_id == grant.office_id)
    if grant.kind:
        clause = and_(clause, S.kind == grant.kind)
    if grant.dataset_id:
        clause = and_(clause, S.dataset_id == grant.dataset_id)
    return clause


def counts(
    session: Session, seen: ColumnElement[bool], states: Collection[str], at: datetime
) -> dict[str, tuple[int, int]]:
    """For each of these states: how many, and how many of them late."""
    query = (
        select(S.state, func.count(), func.count(case((S.due_at < at, 1))))
        .where(seen, S.state.in_(sorted(states)))
        .group_by(S.state)
    )
    return {state: (number, late) for state, number, late in session.execute(query)}


def offices(session: Session, seen: ColumnElement[bool]) -> list[tuple[str, str]]:
    """Offices (id, title) that have anything on this desk."""
    # One row is enough for each office; a join would read every submission there is. The order
    # is the index's: an office that has none is known from it.
    of_office = select(true()).where(S.office_id == model.Group.id, seen)
    any_seen = of_office.order_by(S.state).limit(1)
    query = (
        select(model.Group.id, model.Group.title)
        .where(any_seen.correlate(model.Group).scalar_subquery())
        .order_by(model.Group.title)
    )
    return [(office_id, title) for office_id, title in session.execute(query)]


def _with_covered(session: Session, seen: ColumnElement[bool], filters: Filters) -> Filters:
    """With the originals on this desk whose faults are their tidied copies' to have."""
    if not filters.machine:
        return filters
    rows = select(PACKAGE).where(seen, S.state.in_(filters.states))
    return replace(filters, covered=tidied.covered(session, rows))


def page(session: Session, seen: ColumnElement[bool], filters: Filters, limit: int) -> list[Row]:
    """One page of the desk, the most pressing first; ``limit`` rows at most.

    With ``before``, the last ones ahead of that place.
    """
    order: tuple[Any, ...] = (RANK, DUE, S.id)
    if filters.before:
        order = tuple(column.desc() for column in order)
    query = (
        select(
            S,
            model.Package.name,
            model.Package.title,
            model.Group.title,
            model.Group.name,
            PACKAGE.label("package_id"),
        )
        .join(model.Package, model.Package.id == PACKAGE)
        .join(model.Group, model.Group.id == S.office_id)
        .where(seen, *narrowed(_with_covered(session, seen, filters)))
        .order_by(*order)
        .limit(limit)
    )
    found = list(session.execute(query).all())
    return _complete(session, found[::-1] if filters.before else found)


def _complete(session: Session, found: Any) -> list[Row]:
    records = [row[0] for row in found]
    ids = [record.id for record in records]
    machine = _machine_counts(session, [row.package_id for row in found])
    opened = _in_the_making(session, [record.dataset_id for record in records])
    submitted = _last_submits(session, ids)
    contributed = _contributors(session, ids)
    checked = _checkers(session, ids)
    return [
        Row(
            record,
            name,
            title or name,
            office_title,
            office_name,
            submitted.get(record.id),
            *machine.get(package_id, (0, 0, 0, 0)),
            contributors=contributed.get(record.id, frozenset()),
            checkers=checked.get(record.id, frozenset()),
            has_open=opened.get(record.dataset_id, record.id) != record.id,
        )
        for record, name, title, office_title, office_name, package_id in found
    ]


def _in_the_making(session: Session, dataset_ids: list[str]) -> dict[str, str]:
    """The open submission of each of these datasets that has one."""
    query = select(S.dataset_id, S.id).where(S.dataset_id.in_(dataset_ids), S.state.in_(OPEN))
    return {row.dataset_id: row.id for row in session.execute(query)}


def _machine_counts(
    session: Session, package_ids: list[str]
) -> dict[str, tuple[int, int, int, int]]:
    """Errors, warnings, files that wait for their check, and files, by package."""
    covered = tidied.covered(session, package_ids)
    query = (
        select(
            FileRecord.package_id,
            found("errors", covered),
            found("warnings", covered),
            func.count(case((CheckRecord.resource_id.is_(None), 1))),
            func.count(),
        )
        .join(model.Resource, model.Resource.id == FileRecord.resource_id)
        .outerjoin(CheckRecord, CheckRecord.resource_id == FileRecord.resource_id)
        .where(FileRecord.package_id.in_(package_ids), model.Resource.state == "active")
        .group_by(FileRecord.package_id)
    )
    return {row[0]: (int(row[1]), int(row[2]), row[3], row[4]) for row in session.execute(query)}


def _last_submits(session: Session, ids: list[str]) -> dict[str, datetime]:
    query = (
        select(StayRecord.submission_id, func.max(StayRecord.entered_at))
        .where(StayRecord.submission_id.in_(ids), StayRecord.entered_step == "submit")
        .group_by(StayRecord.submission_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _contributors(session: Session, ids: list[str]) -> dict[str, frozenset[str]]:
    table = ContributionRecord
    query = select(table.submission_id, table.user_id).where(table.submission_id.in_(ids))
    return _gathered(session.execute(query))


def _checkers(session: Session, ids: list[str]) -> dict[str, frozenset[str]]:
    """As ``submissions.checkers``: a substitute's check counts for both."""
    query = select(StayRecord.submission_id, StayRecord.left_by, StayRecord.left_for).where(
        StayRecord.submission_id.in_(ids), IS_CHECKING
    )
    return _gathered(session.execute(query))


def _gathered(rows: Any) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for submission_id, *people in rows:
        found.setdefault(submission_id, set()).update(who for who in people if who)
    return {key: frozenset(users) for key, users in found.items()}


DESK_STATES = (
    State.AWAITING_CHECK,
    State.AWAITING_APPROVAL,
    State.AWAITING_RELEASE,
    State.AWAITING_SUPERVISOR,
    State.NEEDS_CORRECTION,
)
