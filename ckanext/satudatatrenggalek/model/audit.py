"""The append-only record: every step, each row carrying the hash of the one before.

The database refuses UPDATE, DELETE and TRUNCATE (trigger in the migration). The table has a
MetaData of its own, so that nothing that empties CKAN's tables touches it. ``chain`` walks it.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import BigInteger, DateTime, Index, MetaData, Text, event, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .tables import new_id

GENESIS = "0" * 64
_LOCK = 7_203_503  # advisory lock: one writer at a time, so the chain has one order
_WAITING = "satudata_audit"  # of a session's info: entries its commit will write


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
    """What is to be recorded; the chain's columns are added by the commit."""

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


def digest(prev_hash: str, row: AuditRecord) -> str:
    """The hash of a row that follows ``prev_hash``: sha256, hexadecimal."""
    values = {name: getattr(row, name) for name in _CHAINED}
    values["at"] = values["at"].astimezone(timezone.utc).isoformat()
    body = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((prev_hash + body).encode()).hexdigest()


def append(session: Session, entry: Entry) -> None:
    """Have one row added to the chain by the commit of the caller's transaction; no commit, no row.

    Written last, after core has written to Solr: the lock that keeps one order of the chain is held
    for the commit alone, however slow the index is.
    """
    session.info.setdefault(_WAITING, []).append(entry)


@event.listens_for(model.Session, "before_commit")
def write(session: Session) -> None:
    """Write what waits; by the commit itself, after core's listener, which was there first."""
    waiting: list[Entry] = session.info.pop(_WAITING, [])
    if not waiting:
        return
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    query = select(AuditRecord.hash).order_by(AuditRecord.seq.desc()).limit(1)
    last = session.execute(query).scalar_one_or_none() or GENESIS
    for entry in waiting:
        row = AuditRecord(id=new_id(), prev_hash=last, hash="", **vars(entry))
        row.hash = last = digest(row.prev_hash, row)
        session.add(row)
        session.flush()


@event.listens_for(model.Session, "after_transaction_end")
def _forget(session: Session, transaction: Any) -> None:
    """What was not committed did not happen."""
    if transaction.parent is None:
        session.info.pop(_WAITING, None)


def history(session: Session, submission_ids: Iterable[str]) -> list[AuditRecord]:
    """Rows of these submissions, newest first."""
    query = select(AuditRecord).where(AuditRecord.submission_id.in_(list(submission_ids)))
    return list(session.execute(query.order_by(AuditRecord.seq.desc())).scalars())
