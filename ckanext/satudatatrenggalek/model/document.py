"""Documents as issued: number, frozen figures, hashes of the files. Rows are only ever added."""

from datetime import date, datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from sqlalchemy import Date, DateTime, Integer, Text, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.deadlines import WIB

_LOCK = 7_203_510  # advisory lock: one numbering at a time, so numbers have no gaps

_SERIES = {"report": "LAP-SDT"}


class DocumentRecord(tk.BaseModel):
    """One issued document; ``files`` is ``{"pdf": sha256, "xlsx": sha256}``."""

    __tablename__ = "satudata_document"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, nullable=False)
    number: Mapped[str] = mapped_column(Text, nullable=False, unique=True)
    kind: Mapped[str] = mapped_column(Text, nullable=False)
    title: Mapped[str] = mapped_column(Text, nullable=False)
    period_from: Mapped[date] = mapped_column(Date, nullable=False)
    period_to: Mapped[date] = mapped_column(Date, nullable=False)
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB, nullable=False)
    figures_sha256: Mapped[str] = mapped_column(Text, nullable=False)
    files: Mapped[dict[str, str]] = mapped_column(JSONB, nullable=False)
    issued_by: Mapped[str] = mapped_column(Text, nullable=False)
    issued_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), nullable=False)


def next_number(session: Session, kind: str, at: datetime) -> tuple[int, str]:
    """The next number of this kind in the year of ``at`` (WIB): ``LAP-SDT/2026/11/001``.

    Holds a lock until the caller's transaction ends: a number given is either committed with
    its document or given again, so there are no gaps and no twins.
    """
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    local = at.astimezone(WIB)
    series = f"{_SERIES[kind]}/{local.year}/"
    last = session.execute(
        select(func.max(DocumentRecord.seq)).where(
            DocumentRecord.kind == kind, DocumentRecord.number.startswith(series)
        )
    ).scalar_one()
    seq = (last or 0) + 1
    return seq, f"{series}{local.month:02d}/{seq:03d}"


def find(session: Session, document_id: str) -> DocumentRecord | None:
    """The document with this id, or None."""
    return session.get(DocumentRecord, document_id)


def newest(session: Session, limit: int) -> list[DocumentRecord]:
    """Documents, newest first."""
    query = select(DocumentRecord).order_by(
        DocumentRecord.issued_at.desc(), DocumentRecord.seq.desc()
    )
    return list(session.execute(query.limit(limit)).scalars())
