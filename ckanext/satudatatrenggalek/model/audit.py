"""The append-only record: every step, each row carrying the hash of the one before.

The database refuses UPDATE, DELETE and TRUNCATE (trigger in the migration). The table has a
MetaData of its own, so that nothing that empties CKAN's tables touches it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from ckan.types import AlchemySession as Session
from sqlalchemy import BigInteger, DateTime, Index, MetaData, Text, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .tables import new_id

GENESIS = "0" * 64
_LOCK = 7_203_503  # advisory lock: one writer at a time, so the chain has one order


class AuditBase(DeclarativeBase):
    """Declarative base apart from CKAN's."""

    metadata = MetaData()


class AuditRecord(AuditBase):
    """One fact: who, in which role, signed in how, moved what from where to where, when."""

    __tablename__ = "satudata_audit"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Text, nullable=False, unique=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), nullable=False)
    submission_id: Mapped[str | None] = mapped_column(Text, index=True)
    dataset_id: Mapped[str | None] = mapped_column(Text, index=True)
    office_id: Mapped[str | None] = mapped_column(Text)
    actor_id: Mapped[str | None] = mapped_column(Text)
    actor_name: Mapped[str] = mapped_column(Text, nullable=False)
    role: Mapped[str | None] = mapped_column(Text)
    auth_method: Mapped[str] = mapped_column(Text, nullable=False)
    step: Mapped[str] = mapped_column(Text, nullable=False)
    from_state: Mapped[str | None] = mapped_column(Text)
    to_state: Mapped[str | None] = mapped_column(Text)
    content_hash: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, nullable=False, default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, nullable=False, default=dict)
    prev_hash: Mapped[str] = mapped_column(Text, nullable=False)
    hash: Mapped[str] = mapped_column(Text, nullable=False)

    __table_args__ = (Index("satudata_audit_step", "step", "at"),)


@dataclass(frozen=True)
class Entry:
    """What is to be recorded; the chain's columns are added by ``append``."""

    step: str
    at: datetime
    actor_id: str | None
    actor_name: str
    auth_method: str
    role: str | None = None
    submission_id: str | None = None
    dataset_id: str | None = None
    office_id: str | None = None
    from_state: str | None = None
    to_state: str | None = None
    content_hash: str | None = None
    note: str = ""
    details: dict[str, Any] = field(default_factory=dict)


_CHAINED = (
    "id",
    "at",
    "submission_id",
    "dataset_id",
    "office_id",
    "actor_id",
    "actor_name",
    "role",
    "auth_method",
    "step",
    "from_state",
    "to_state",
    "content_hash",
    "note",
    "details",
)


def _digest(prev_hash: str, row: AuditRecord) -> str:
    values = {name: getattr(row, name) for name in _CHAINED}
    values["at"] = values["at"].astimezone(timezone.utc).isoformat()
    body = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((prev_hash + body).encode()).hexdigest()


def append(session: Session, entry: Entry) -> AuditRecord:
    """Add one row to the chain in the caller's transaction.

    Holds a transaction-long advisory lock, so two writers cannot share a predecessor.
    """
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = session.execute(
        select(AuditRecord.hash).order_by(AuditRecord.seq.desc()).limit(1)
    ).scalar_one_or_none()
    row = AuditRecord(id=new_id(), prev_hash=last or GENESIS, hash="", **vars(entry))
    row.hash = _digest(row.prev_hash, row)
    session.add(row)
    session.flush()
    return row


@dataclass(frozen=True)
class ChainReport:
    """Result of walking the chain. ``broken_at``: seq of the first row that does not fit."""

    rows: int
    head: str
    broken_at: int | None = None
    head_found: bool = True


def verify(session: Session, against: str | None = None) -> ChainReport:
    """Walk the whole chain; ``against`` is a head kept outside the database."""
    prev, rows, head_found = GENESIS, 0, against in (None, GENESIS)
    for row in _walk(session):
        if row.prev_hash != prev or row.hash != _digest(prev, row):
            return ChainReport(rows, prev, row.seq, head_found)
        prev, rows = row.hash, rows + 1
        head_found = head_found or row.hash == against
    return ChainReport(rows, prev, None, head_found)


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


def history(session: Session, submission_ids: Iterable[str]) -> list[AuditRecord]:
    """Rows of these submissions, newest first."""
    query = select(AuditRecord).where(AuditRecord.submission_id.in_(list(submission_ids)))
    return list(session.execute(query.order_by(AuditRecord.seq.desc())).scalars())
