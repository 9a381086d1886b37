"""The tables of the procedure. No foreign keys to core tables: the record outlives them.

Every time is ``timestamp with time zone``, UTC. Users and offices are CKAN ids.
"""

import uuid
from datetime import date, datetime
from typing import Any

import ckan.plugins.toolkit as tk
from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.sop import OPEN_STATES

Moment = DateTime(timezone=True)
_CURRENT = text("superseded_at IS NULL")
_OPEN = ", ".join(sorted(f"'{state.value}'" for state in OPEN_STATES))


def new_id() -> str:
    """A fresh random id (UUID 4 as text)."""
    return str(uuid.uuid4())


class DatasetRecord(tk.BaseModel):
    """What the public may know of a dataset; the only source of its visibility.

    ``theme``: of the edition released last.
    """

    __tablename__ = "satudata_dataset"
    dataset_id: Mapped[str] = mapped_column(Text, primary_key=True)
    office_id: Mapped[str] = mapped_column(Text, nullable=False, index=True)
    theme: Mapped[str] = mapped_column(Text, nullable=False, server_default="")
    public_state: Mapped[str] = mapped_column(Text, nullable=False, server_default="none")
    published_submission_id: Mapped[str | None] = mapped_column(Text, index=True)
    last_edition: Mapped[int] = mapped_column(Integer, nullable=False, server_default="0")
    retracted_by: Mapped[str | None] = mapped_column(Text)
    retracted_for: Mapped[str | None] = mapped_column(Text)
    retracted_at: Mapped[datetime | None] = mapped_column(Moment)
    retract_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, nullable=False)


class SubmissionRecord(tk.BaseModel):
    """The life of one edition, from draft to release."""

    __tablename__ = "satudata_submission"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    dataset_id: Mapped[str] = mapped_column(Text, nullable=False, index=True)
    working_copy_id: Mapped[str] = mapped_column(Text, nullable=False, index=True)
    office_id: Mapped[str] = mapped_column(Text, nullable=False, index=True)
    state: Mapped[str] = mapped_column(Text, nullable=False)
    kind: Mapped[str] = mapped_column(Text, nullable=False, server_default="statistik")
    priority: Mapped[bool] = mapped_column(Boolean, nullable=False, server_default="false")
    access: Mapped[str] = mapped_column(Text, nullable=False, server_default="terbuka")
    urgent: Mapped[bool] = mapped_column(Boolean, nullable=False, server_default="false")
    urgent_reason: Mapped[str | None] = mapped_column(Text)
    urgent_wish: Mapped[str | None] = mapped_column(Text)
    period: Mapped[str] = mapped_column(Text, nullable=False, server_default="")
    edition: Mapped[int | None] = mapped_column(Integer)
    round: Mapped[int] = mapped_column(Integer, nullable=False, server_default="0")
    signed_hash: Mapped[str | None] = mapped_column(Text)
    signed_by: Mapped[str | None] = mapped_column(Text)
    signed_at: Mapped[datetime | None] = mapped_column(Moment)
    claimed_by: Mapped[str | None] = mapped_column(Text)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    clock_started_at: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    release_at: Mapped[datetime | None] = mapped_column(Moment)
    content_hash: Mapped[str] = mapped_column(Text, nullable=False, server_default="")
    approved_hash: Mapped[str | None] = mapped_column(Text)
    approved_by: Mapped[str | None] = mapped_column(Text)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    created_by: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    updated_at: Mapped[datetime] = mapped_column(Moment, nullable=False)

    __table_args__ = (
        Index(
            "satudata_one_open_submission",
            "dataset_id",
            unique=True,
            postgresql_where=text(f"state IN ({_OPEN})"),
        ),
        Index("satudata_submission_desk", "state", "due_at", "id"),
        Index("satudata_submission_claimed", "claimed_by"),
        Index("satudata_submission_office", "office_id", "state"),
    )


class StayRecord(tk.BaseModel):
    """One stay of a submission in one state: what the clocks and the report count.

    ``left_for``: in whose name a substitute (Plh.) ended it.
    """

    __tablename__ = "satudata_stay"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(
        Text, ForeignKey("satudata_submission.id"), nullable=False, index=True
    )
    dataset_id: Mapped[str] = mapped_column(Text, nullable=False)
    office_id: Mapped[str] = mapped_column(Text, nullable=False)
    state: Mapped[str] = mapped_column(Text, nullable=False)
    round: Mapped[int] = mapped_column(Integer, nullable=False)
    entered_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    entered_step: Mapped[str] = mapped_column(Text, nullable=False)
    left_step: Mapped[str | None] = mapped_column(Text)
    entered_by: Mapped[str | None] = mapped_column(Text)
    left_by: Mapped[str | None] = mapped_column(Text)
    left_for: Mapped[str | None] = mapped_column(Text)
    working_seconds: Mapped[int | None] = mapped_column(Integer)
    limit_seconds: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (
        Index("satudata_stay_period", "state", "entered_at"),
        Index("satudata_stay_left", "left_at"),
    )


class ContributionRecord(tk.BaseModel):
    """Who uploaded, edited or submitted anything of a submission: the base of four eyes."""

    __tablename__ = "satudata_contribution"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(
        Text, ForeignKey("satudata_submission.id"), nullable=False
    )
    user_id: Mapped[str] = mapped_column(Text, nullable=False)
    kind: Mapped[str] = mapped_column(Text, nullable=False)
    at: Mapped[datetime] = mapped_column(Moment, nullable=False)

    __table_args__ = (UniqueConstraint("submission_id", "user_id", "kind"),)


class VerdictRecord(tk.BaseModel):
    """A checker's answer to one checklist item in one round."""

    __tablename__ = "satudata_verdict"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(
        Text, ForeignKey("satudata_submission.id"), nullable=False, index=True
    )
    round: Mapped[int] = mapped_column(Integer, nullable=False)
    item: Mapped[str] = mapped_column(Text, nullable=False)
    verdict: Mapped[str] = mapped_column(Text, nullable=False)
    note: Mapped[str] = mapped_column(Text, nullable=False, server_default="")
    user_id: Mapped[str] = mapped_column(Text, nullable=False)
    at: Mapped[datetime] = mapped_column(Moment, nullable=False)


class FindingRecord(tk.BaseModel):
    """Something to mend: where (field, or file, sheet, row, column), what, and whether mended."""

    __tablename__ = "satudata_finding"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(
        Text, ForeignKey("satudata_submission.id"), nullable=False, index=True
    )
    round: Mapped[int] = mapped_column(Integer, nullable=False)
    position: Mapped[int] = mapped_column(Integer, nullable=False, server_default="0")
    item: Mapped[str] = mapped_column(Text, nullable=False)
    field: Mapped[str | None] = mapped_column(Text)
    resource_id: Mapped[str | None] = mapped_column(Text)
    sheet: Mapped[str | None] = mapped_column(Text)
    row: Mapped[int | None] = mapped_column(Integer)
    column: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text, nullable=False)
    source: Mapped[str] = mapped_column(Text, nullable=False, server_default="person")
    user_id: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    mended_at: Mapped[datetime | None] = mapped_column(Moment)
    mended_by: Mapped[str | None] = mapped_column(Text)


class AppointmentRecord(tk.BaseModel):
    """Who may act in which role, for which office, from when to when, by which decree.

    ``stands_for`` names the appointment a substitute (Plh.) holds for its time.
    """

    __tablename__ = "satudata_appointment"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(Text, nullable=False, index=True)
    role: Mapped[str] = mapped_column(Text, nullable=False)
    office_id: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date] = mapped_column(Date, nullable=False)
    valid_until: Mapped[date | None] = mapped_column(Date)
    decree: Mapped[str] = mapped_column(Text, nullable=False)
    created_by: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_by: Mapped[str | None] = mapped_column(Text)
    stands_for: Mapped[str | None] = mapped_column(Text, index=True)


class FileRecord(tk.BaseModel):
    """Which bytes and which DataStore table a resource serves: this row's commit switches both.

    ``table_id`` names the table that holds the rows of these very bytes; None: there is none (yet).
    """

    __tablename__ = "satudata_file"
    resource_id: Mapped[str] = mapped_column(Text, primary_key=True)
    package_id: Mapped[str | None] = mapped_column(Text, index=True)
    sha256: Mapped[str] = mapped_column(Text, nullable=False, index=True)
    size: Mapped[int] = mapped_column(BigInteger, nullable=False)
    filename: Mapped[str] = mapped_column(Text, nullable=False)
    mimetype: Mapped[str | None] = mapped_column(Text)
    uploaded_by: Mapped[str | None] = mapped_column(Text)
    uploaded_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    table_id: Mapped[str | None] = mapped_column(Text, index=True)


class EditionRecord(tk.BaseModel):
    """One released edition as it was: metadata, files, hash, check report, who approved."""

    __tablename__ = "satudata_edition"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    dataset_id: Mapped[str] = mapped_column(Text, nullable=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    submission_id: Mapped[str] = mapped_column(
        Text, ForeignKey("satudata_submission.id"), nullable=False, unique=True
    )
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", JSONB, nullable=False)
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, nullable=False)
    content_hash: Mapped[str] = mapped_column(Text, nullable=False)
    check_report: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    approved_by: Mapped[str | None] = mapped_column(Text)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    released_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    superseded_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("dataset_id", "number"),
        Index("satudata_edition_current", "released_at", "id", postgresql_where=_CURRENT),
    )


class OutboxRecord(tk.BaseModel):
    """Work to do after a commit; written by the same commit, so it is never lost."""

    __tablename__ = "satudata_outbox"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=True)
    dataset_id: Mapped[str] = mapped_column(Text, nullable=False)
    kind: Mapped[str] = mapped_column(Text, nullable=False)
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB, nullable=False, server_default="{}")
    created_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
    not_before: Mapped[datetime | None] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, nullable=False, server_default="0")
    last_error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("satudata_outbox_open", "dataset_id", "id", postgresql_where=text("done_at IS NULL")),
    )


class CheckRecord(tk.BaseModel):
    """Result of the machine check of one resource, in short; the report is in ``validation``.

    ``fingerprint`` names what was checked (bytes and schema): another one means not checked yet.
    """

    __tablename__ = "satudata_check"
    resource_id: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(Text, nullable=False)
    status: Mapped[str] = mapped_column(Text, nullable=False)
    errors: Mapped[int] = mapped_column(Integer, nullable=False, server_default="0")
    warnings: Mapped[int] = mapped_column(Integer, nullable=False, server_default="0")
    items: Mapped[dict[str, Any]] = mapped_column(JSONB, nullable=False, server_default="{}")
    engine: Mapped[str] = mapped_column(Text, nullable=False, server_default="")
    schema_inferred: Mapped[bool] = mapped_column(Boolean, nullable=False, server_default="false")
    checked_at: Mapped[datetime] = mapped_column(Moment, nullable=False)


class WorkingResourceRecord(tk.BaseModel):
    """Which public resource a working copy's resource stands for; kept for ever."""

    __tablename__ = "satudata_working_resource"
    working_resource_id: Mapped[str] = mapped_column(Text, primary_key=True)
    public_resource_id: Mapped[str] = mapped_column(Text, nullable=False, index=True)
    submission_id: Mapped[str] = mapped_column(Text, nullable=False, index=True)
