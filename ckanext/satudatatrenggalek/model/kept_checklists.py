"""A checker's answers to the checklist, kept before the decision."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from sqlalchemy import ForeignKey, Integer, Text, and_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Moment, SubmissionRecord


class KeptChecklistRecord(tk.BaseModel):
    """One checker's answers for one submission; they hold for this round and this content."""

    __tablename__ = "satudata_kept_checklist"
    submission_id: Mapped[str] = mapped_column(
        Text, ForeignKey("satudata_submission.id"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(Text, primary_key=True)
    round: Mapped[int] = mapped_column(Integer, nullable=False)
    content_hash: Mapped[str] = mapped_column(Text, nullable=False)
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, nullable=False)
    kept_at: Mapped[datetime] = mapped_column(Moment, nullable=False)


def keep(
    session: Session,
    submission: SubmissionRecord,
    user_id: str,
    content_hash: str,
    answers: dict[str, Any],
    at: datetime,
) -> None:
    """Keep the answers in the place of the person's earlier ones."""
    row = session.get(KeptChecklistRecord, (submission.id, user_id))
    if row is None:
        row = KeptChecklistRecord(submission_id=submission.id, user_id=user_id)
        session.add(row)
    row.round, row.content_hash = submission.round, content_hash
    row.answers, row.kept_at = answers, at


def of(
    session: Session, submission: SubmissionRecord, user_id: str, content_hash: str
) -> dict[str, Any]:
    """The person's answers, if they are about this round and this content; else none."""
    row = session.get(KeptChecklistRecord, (submission.id, user_id))
    if row is None or (row.round, row.content_hash) != (submission.round, content_hash):
        return {}
    return row.answers


def counts(session: Session, ids: Collection[str], user_id: str) -> dict[str, int]:
    """How many items each of these submissions has answered by the person, as they stand now."""
    kept = KeptChecklistRecord
    query = (
        select(kept.submission_id, kept.answers)
        .join(
            SubmissionRecord,
            and_(
                SubmissionRecord.id == kept.submission_id,
                SubmissionRecord.round == kept.round,
                SubmissionRecord.content_hash == kept.content_hash,
            ),
        )
        .where(kept.user_id == user_id, kept.submission_id.in_(ids))
    )
    return {submission_id: len(answers) for submission_id, answers in session.execute(query)}
