"""Dates as people write them, and the one way machines read them: 2024-01-31."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ..domain.words import BULAN
from .months import month_named

ISO_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
ISO_WRITING = "iso"
DAY_FIRST, MONTH_FIRST, EITHER = "day-first", "month-first", "-"
_WEEKDAY = r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*(?P<comma>,?)\s*)?"
_MIDNIGHT = r"(?P<time>[T ]00:00(?::00(?:\.0+)?)?)?"
_MARK = "[-/. ]"
_SHAPES = tuple(
    re.compile(_WEEKDAY + shape + _MIDNIGHT, re.IGNORECASE)
    for shape in (
        rf"(?P<y>[0-9]{{4}})(?P<s>{_MARK})(?P<m>[0-9]{{1,2}})(?P<t>{_MARK})(?P<d>[0-9]{{1,2}})",
        rf"(?P<a>[0-9]{{1,2}})(?P<s>{_MARK})(?P<b>[0-9]{{1,2}})(?P<t>{_MARK})"
        r"(?P<y>[0-9]{4}|[0-9]{2})",
        rf"(?P<d>[0-9]{{1,2}})(?P<s>{_MARK}\s*)(?P<w>[a-z]{{3,9}})(?P<t>\.?[-/.,]?\s*)"
        r"(?P<y>[0-9]{4}|[0-9]{2})",
        r"(?P<w>[a-z]{3,9})(?P<s>\s)(?P<d>[0-9]{1,2})(?P<t>,?\s)(?P<y>[0-9]{4})",
    )
)
# Two-digit years: Excel reads 00-29 as this century, and so did whoever typed them.
_CENTURY = 30


@dataclass(frozen=True)
class Written:
    """A date as written. order: DAY_FIRST, MONTH_FIRST (proved by the cell), "" when both may be,
    EITHER when it does not matter. short: the year has two digits. sure: nothing but a date is
    written so: 12.03.01 is a code rather than a date, and 1/2-2023 may be anything."""

    first: int
    second: int
    year: int
    order: str
    short: bool = False
    sure: bool = True

    def iso(self, order: str, century: str) -> str:
        """ISO form once order and century are known, "" while they are not or it is no day."""
        order = self.order or order
        if not order or (self.short and not century):
            return ""
        day, month = self.first, self.second
        if order == MONTH_FIRST:
            day, month = month, day
        return _iso(self.year + (int(century) if self.short else 0), month, day)


def read_date(text: str) -> Written | None:
    """A date written in any way, without spaces around it; None when it is no date."""
    written = _dated(text)
    return written if written and _is_day(written) else None


def no_such_day(text: str) -> str:
    """Why what is written as a date is none: `Februari 2025 hanya 28 hari`.

    "" for what is a day of the calendar, and for what is not written as one at all.
    """
    written = _dated(text.strip())
    if written is None or _is_day(written):
        return ""
    day, month = written.first, written.second
    if written.order == MONTH_FIRST:
        day, month = month, day
    if not 1 <= month <= 12:
        return f"bulan ke-{month} tidak ada"
    year = written.year + (2000 if written.short else 0)
    if year < 1:
        return f"tahun {year:04} tidak ada"
    if day < 1:
        return f"tanggal {day} tidak ada"
    return f"{BULAN[month - 1]} {year} hanya {monthrange(year, month)[1]} hari"


def is_no_day(text: str) -> bool:
    """Whether a text is written as nothing but a date of four digits' year, and is none."""
    written = _dated(text)
    sure = written is not None and written.sure and not written.short
    return sure and bool(no_such_day(text))


def writing_of(text: str) -> str:
    """How a date is written, one name a way: `31/12/2025` and `1/2/2024` alike; "" for none.

    `ISO_WRITING` is year, month, day with dashes, zeros or not.
    """
    for number, shape in enumerate(_SHAPES):
        if match := shape.fullmatch(text):
            written = _written(match.groupdict())
            if written and _is_day(written):
                if not number and match["s"] == "-":
                    return ISO_WRITING
                return f"{number}{match['s'].strip() or ' '}{'' if written.short else 'yyyy'}"
    return ""


def _dated(text: str) -> Written | None:
    """Day, month and year as written, whether there is such a day or not."""
    for shape in _SHAPES:
        if match := shape.fullmatch(text):
            return _written(match.groupdict())
    return None


def iso_date(text: str, surely: bool) -> str:
    """`31/12/2023`, `Senin, 12 Januari 2023` or `05-Mar-23` as 2023-12-31; "" when it is no date.

    Days stand before months, as Indonesia writes them.
    surely: only what is written as nothing but a date is, for a cell that is not known to be one.
    """
    written = read_date(text.strip())
    if written is None or (surely and not (written.sure and written.order != MONTH_FIRST)):
        return ""
    return written.iso(DAY_FIRST, "2000" if written.year < _CENTURY else "1900")


def _written(parts: dict[str, str | None]) -> Written | None:
    year = parts["y"] or ""
    short, mark = len(year) == 2, parts["s"]
    named = parts["comma"] != ""
    sure = mark == parts["t"] and not (short and mark in (".", " ")) and not parts["time"] and named
    if first := parts.get("a"):
        one, two = int(first), int(parts["b"] or 0)
        return Written(one, two, int(year), _order(one, two), short, sure)
    if word := parts.get("w"):
        found = month_named(word, old=True)
        if found is None:
            return None
        month = found[0]
    else:
        month = int(parts["m"] or 0)
    return Written(int(parts["d"] or 0), month, int(year), EITHER, short, sure)


def _order(first: int, second: int) -> str:
    if first == second:
        return EITHER
    if first > 12:
        return DAY_FIRST
    return MONTH_FIRST if second > 12 else ""


def _is_day(written: Written) -> bool:
    """Whether it is a day of the calendar in one reading at least."""
    orders = (written.order,) if written.order else (DAY_FIRST, MONTH_FIRST)
    return any(written.iso(order, century) for order in orders for century in ("2000", "1900"))


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
