"""Which offices have their head sign off before they submit, where they chose for themselves."""

from datetime import datetime

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from sqlalchemy import Boolean, Text
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Moment


class SignoffRecord(tk.BaseModel):
    """An office's own choice; without a row it is as the regency's setting says."""

    __tablename__ = "satudata_signoff"
    office_id: Mapped[str] = mapped_column(Text, primary_key=True)
    required: Mapped[bool] = mapped_column(Boolean, nullable=False)
    changed_by: Mapped[str | None] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(Moment, nullable=False)


def of_office(session: Session, office_id: str) -> bool | None:
    """Whether the office wants it; None: it has not chosen."""
    row = session.get(SignoffRecord, office_id)
    return row.required if row else None


def choose(
    session: Session, office_id: str, required: bool | None, by: str | None, at: datetime
) -> None:
    """Keep an office's choice; None gives it back to the regency's setting."""
    row = session.get(SignoffRecord, office_id)
    if required is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = SignoffRecord(office_id=office_id)
        session.add(row)
    row.required, row.changed_by, row.changed_at = required, by, at
