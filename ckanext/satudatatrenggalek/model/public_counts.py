"""How many datasets the public has, by office and theme.

Counted where visibility is written (a trigger of migration 9), since to count all of them for each
front page takes longer the more there are.
"""

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from sqlalchemy import Integer, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column


class PublicCountRecord(tk.BaseModel):
    """How many public datasets an office has of a theme. A trigger keeps it (migration 9)."""

    __tablename__ = "satudata_public_count"
    office_id: Mapped[str] = mapped_column(Text, primary_key=True)
    theme: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, nullable=False)


def themes(session: Session) -> dict[str, int]:
    """How many public datasets each theme has."""
    number = func.sum(PublicCountRecord.number)
    query = select(PublicCountRecord.theme, number).group_by(PublicCountRecord.theme)
    return {name: int(count) for name, count in session.execute(query) if name and count}


def totals(session: Session) -> dict[str, int]:
    """How many public datasets, of how many offices."""
    query = select(
        func.coalesce(func.sum(PublicCountRecord.number), 0),
        func.count(PublicCountRecord.office_id.distinct()),
    ).where(PublicCountRecord.number > 0)
    published, offices = session.execute(query).one()
    return {"published": int(published), "offices": offices}
