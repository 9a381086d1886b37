"""Papers something was done by: decrees and letters, each with its scan where there is one."""

from datetime import date, datetime

import ckan.plugins.toolkit as tk
from sqlalchemy import BigInteger, Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Moment, new_id

DECREE, LETTER = "decree", "letter"


class PaperRecord(tk.BaseModel):
    """A decree or a letter. Its scan is kept by content; without one ``sha256`` is None."""

    __tablename__ = "satudata_paper"
    id: Mapped[str] = mapped_column(Text, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(Text, nullable=False)
    number: Mapped[str] = mapped_column(Text, nullable=False)
    dated: Mapped[date | None] = mapped_column(Date)
    sender: Mapped[str] = mapped_column(Text, nullable=False)
    office_id: Mapped[str] = mapped_column(Text, nullable=False)
    other_office_id: Mapped[str | None] = mapped_column(Text)
    filename: Mapped[str | None] = mapped_column(Text)
    mimetype: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str | None] = mapped_column(Text)
    size: Mapped[int | None] = mapped_column(BigInteger)
    kept_by: Mapped[str | None] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
