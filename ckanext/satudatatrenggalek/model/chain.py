"""Walks the record: does each row follow from the one before, are the heads kept outside there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ckan.types import AlchemySession as Session
from sqlalchemy import func, select, text

from .audit import GENESIS, AuditRecord, digest

_TRIGGERS = ("satudata_audit_rows", "satudata_audit_truncate")


@dataclass(frozen=True)
class Head:
    """Where the record ended when it was looked at. ``rows``, ``at`` None: a bare hash."""

    hash: str
    rows: int | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class ChainReport:
    """Result of walking the chain.

    ``broken_at``: seq of the first row that does not fit; ``missing``: heads kept outside that the
    chain does not pass through any more, at their place.
    """

    rows: int
    head: str
    broken_at: int | None = None
    missing: tuple[Head, ...] = ()


def head(session: Session, at: datetime) -> Head:
    """The record's last row and how many there are, in one statement."""
    last = select(AuditRecord.hash).order_by(AuditRecord.seq.desc()).limit(1).scalar_subquery()
    rows, found = session.execute(select(func.count(AuditRecord.seq), last)).one()
    return Head(found or GENESIS, rows, at)


def verify(session: Session, kept: Iterable[Head] = ()) -> ChainReport:
    """Walk the whole chain; ``kept`` are heads kept outside the database."""
    wanted = [one for one in kept if one.hash != GENESIS]
    places = {one.hash: 0 for one in wanted}
    prev, rows = GENESIS, 0
    for row in _walk(session):
        if row.prev_hash != prev or row.hash != digest(prev, row):
            return ChainReport(rows, prev, row.seq, _lost(wanted, places))
        prev, rows = row.hash, rows + 1
        if prev in places:
            places[prev] = rows
    return ChainReport(rows, prev, None, _lost(wanted, places))


def _lost(wanted: list[Head], places: dict[str, int]) -> tuple[Head, ...]:
    """Heads not passed, or passed elsewhere than where they were kept."""
    return tuple(
        one for one in wanted if not places[one.hash] or one.rows not in (None, places[one.hash])
    )


def _walk(session: Session) -> Iterator[AuditRecord]:
    """All rows in order, a thousand at a time, as the database holds them now."""
    seq = 0
    while True:
        query = select(AuditRecord).where(AuditRecord.seq > seq).order_by(AuditRecord.seq)
        query = query.limit(1000).execution_options(populate_existing=True)
        page = list(session.execute(query).scalars())
        if not page:
            return
        yield from page
        seq = page[-1].seq
        for row in page:
            session.expunge(row)


def unguarded(session: Session) -> list[str]:
    """Names of the triggers that refuse changes of the record and are gone or switched off."""
    query = text(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'satudata_audit'::regclass"
        " AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
    )
    standing = set(session.execute(query).scalars())
    return [name for name in _TRIGGERS if name not in standing]
