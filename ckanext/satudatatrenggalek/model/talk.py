"""Questions and answers between producer and checker, apart from findings and history."""

from datetime import datetime

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Moment, new_id


class TalkRecord(tk.BaseModel):
    """One message on a submission: said by whom, in which role."""

    __tablename__ = "satudata_talk"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    submission_id: Mapped[str] = mapped_column(
        Text, ForeignKey("satudata_submission.id"), nullable=False
    )
    user_id: Mapped[str] = mapped_column(Text, nullable=False)
    role: Mapped[str] = mapped_column(Text, nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False)
    at: Mapped[datetime] = mapped_column(Moment, nullable=False)

    __table_args__ = (Index("satudata_talk_in_order", "submission_id", "at", "id"),)


def of_submission(session: Session, submission_id: str) -> list[TalkRecord]:
    """All that was said, oldest first."""
    query = (
        select(TalkRecord)
        .where(TalkRecord.submission_id == submission_id)
        .order_by(TalkRecord.at, TalkRecord.id)
    )
    return list(session.execute(query).scalars())
