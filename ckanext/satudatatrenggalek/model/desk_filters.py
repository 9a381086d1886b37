"""What a page of the work desk is narrowed to, and its order, as SQL."""

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ckan import model
from sqlalchemy import ColumnElement, and_, case, func, literal, select, tuple_

from ..domain.sop import Item, State
from .tables import CheckRecord, FileRecord, SubmissionRecord

S = SubmissionRecord
# The package that holds the content: the public dataset once the edition was released.
_RELEASED = (State.PUBLISHED.value, State.RETRACTED.value)
PACKAGE = case((S.state.in_(_RELEASED), S.dataset_id), else_=S.working_copy_id)
FAR = datetime(9999, 1, 1, tzinfo=timezone.utc)

RANK = case((S.urgent, 0), else_=1)
DUE = func.coalesce(S.due_at, FAR)


@dataclass(frozen=True)
class Place:
    """Where a page begins or ends: urgent rank, due (None: no clock) and id of the row there.

    A place in the order, not a row: it holds when the row itself has moved on.
    """

    rank: int
    due: datetime | None
    last: str


@dataclass(frozen=True)
class Filters:
    """What a page of the desk is narrowed to; empty means all.

    ``holders``: the caller and whom they stand in for, asked by ``claimed="me"``; ``holder``:
    work in one person's hands. ``late_at``: only what was due before. ``covered``: originals of
    which ``machine`` counts personal data only.
    """

    states: tuple[str, ...] = ()
    office_id: str = ""
    kind: str = ""
    priority: bool = False
    urgent: bool = False
    late_at: datetime | None = None
    text: str = ""
    machine: str = ""  # none | warnings | errors
    covered: frozenset[str] = frozenset()
    claimed: str = ""  # me | nobody | anybody
    holders: tuple[str, ...] = ()
    holder: str = ""
    after: Place | None = None
    before: Place | None = None


def narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    """The filters as conditions."""
    return [*_of_the_row(filters), *_of_the_work(filters), *_of_the_page(filters)]


def _of_the_row(filters: Filters) -> list[ColumnElement[bool]]:
    chosen: list[tuple[object, ColumnElement[bool]]] = [
        (filters.states, S.state.in_(filters.states)),
        (filters.office_id, S.office_id == filters.office_id),
        (filters.kind, S.kind == filters.kind),
        (filters.priority, S.priority.is_(True)),
        (filters.urgent, S.urgent.is_(True)),
        (filters.late_at, S.due_at < (filters.late_at or FAR)),
    ]
    return [clause for asked, clause in chosen if asked]


def _of_the_work(filters: Filters) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if filters.text:
        pattern = f"%{_plain(filters.text)}%"
        clauses.append(model.Package.title.ilike(pattern, escape="\\"))
    if filters.claimed:
        clauses.append(_claimed(filters))
    if filters.holder:
        clauses.append(S.claimed_by == filters.holder)
    if filters.machine:
        clauses.append(_machine(filters.machine, filters.covered))
    return clauses


def _of_the_page(filters: Filters) -> list[ColumnElement[bool]]:
    order = tuple_(RANK, DUE, S.id)
    clauses: list[ColumnElement[bool]] = []
    if filters.after:
        clauses.append(order > _place(filters.after))
    if filters.before:
        clauses.append(order < _place(filters.before))
    return clauses


def _place(place: Place) -> Any:
    return tuple_(literal(place.rank), literal(place.due or FAR), literal(place.last))


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _claimed(filters: Filters) -> ColumnElement[bool]:
    if filters.claimed == "me":
        return S.claimed_by.in_(filters.holders)
    return S.claimed_by.is_(None) if filters.claimed == "nobody" else S.claimed_by.is_not(None)


def found(what: str, covered: frozenset[str]) -> ColumnElement[int]:
    """The sum of errors or warnings over checks, as the submission counts them.

    :param what: ``errors`` or ``warnings``. :param covered: originals of which only personal data
        counts (``model/tidied.py``).
    """
    every = CheckRecord.errors if what == "errors" else CheckRecord.warnings
    personal = func.coalesce(CheckRecord.items[Item.PERSONAL_DATA.value][what].as_integer(), 0)
    told = case((CheckRecord.resource_id.in_(sorted(covered)), personal), else_=every)
    return func.coalesce(func.sum(told if covered else every), 0)


def _machine(wanted: str, covered: frozenset[str]) -> ColumnElement[bool]:
    """Submissions whose files have errors, only warnings, or nothing."""
    sums = (
        select(found("errors", covered))
        .join(FileRecord, FileRecord.resource_id == CheckRecord.resource_id)
        .where(FileRecord.package_id == PACKAGE)
        .correlate(S)
    )
    errors = sums.scalar_subquery()
    warnings = sums.with_only_columns(found("warnings", covered)).scalar_subquery()
    if wanted == "errors":
        return errors > 0
    if wanted == "warnings":
        return and_(errors == 0, warnings > 0)
    return and_(errors == 0, warnings == 0)
