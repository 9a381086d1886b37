"""Content that somebody decided on or was shown to decide on, by its hash.

A hash alone says that something changed; what it names says what.
"""

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Moment


class ContentRecord(tk.BaseModel):
    """Metadata, files and check results under one hash; written once, never changed."""

    __tablename__ = "satudata_content"
    hash: Mapped[str] = mapped_column(Text, primary_key=True)
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", JSONB, nullable=False)
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, nullable=False)
    checks: Mapped[dict[str, Any]] = mapped_column(JSONB, nullable=False)
    seen_at: Mapped[datetime] = mapped_column(Moment, nullable=False)


def of_hash(session: Session, content_hash: str) -> ContentRecord | None:
    """The content of a hash, if somebody ever saw it."""
    return session.get(ContentRecord, content_hash) if content_hash else None


def keep(session: Session, values: dict[str, Any]) -> None:
    """Keep a content in the caller's transaction; one that is known stays as it is.

    :param values: hash, metadata, files, checks, seen_at.
    """
    session.execute(_insert(values))


def keep_at_once(session: Session, values: dict[str, Any]) -> None:
    """Keep a content that is only being shown, in a transaction of its own.

    Whoever reads a page commits nothing; what they were shown must be known all the same when
    they decide.
    """
    if session.get(ContentRecord, values["hash"]) is not None:
        return
    engine = model.meta.engine
    assert engine is not None  # CKAN has one once it is loaded
    with engine.begin() as connection:
        connection.execute(_insert(values))


def _insert(values: dict[str, Any]) -> Any:
    row = {**values, "metadata_": values["metadata"]}
    row.pop("metadata")
    return insert(ContentRecord).values(row).on_conflict_do_nothing()
