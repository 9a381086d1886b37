"""Tables that every form of a document shows alike: raw values, and how they are written."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from ..domain.deadlines import WIB
from ..domain.words import angka, persen


class Kind(Enum):
    """What a column holds: str, int, seconds of working time, (part, whole), ISO moment."""

    TEXT = "text"
    COUNT = "count"
    HOURS = "hours"
    SHARE = "share"
    DAY = "day"


Share = tuple[int, int]
Value = str | int | Share | None

NOTHING = "-"  # not applicable: never 0


@dataclass(frozen=True)
class Column:
    """``width``: share of the page, relative to the other columns."""

    label: str
    kind: Kind = Kind.TEXT
    width: int = 1


@dataclass(frozen=True)
class Table:
    """``rows`` hold raw values in the order of ``columns``; ``total`` is the last row, bold."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    note: str = ""


def day_of(iso: str) -> date | None:
    """The day (WIB) of an ISO moment; None for an empty text."""
    return datetime.fromisoformat(iso).astimezone(WIB).date() if iso else None


def hours(seconds: int | None) -> str:
    """Seconds of working time as hours: ``8,5``; None as ``-``."""
    return NOTHING if seconds is None else angka(seconds / 3600, 1)


def share(part: int, whole: int) -> str:
    """``82%``; a share of nothing is ``-``."""
    return persen(part, whole) if whole else NOTHING


def written(value: Value, kind: Kind) -> str:
    """A value as it is printed: ``1.234``, ``8,5``, ``82%``, ``23-11-2026``, or ``-``."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, tuple):
        return share(*value)
    if isinstance(value, int):
        return hours(value) if kind is Kind.HOURS else angka(value, 0)
    day = day_of(value) if kind is Kind.DAY else None
    return f"{day:%d-%m-%Y}" if day else value
