"""Dates as offices write them, and which part is the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..dates import MONTHS

_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?)?"
_ISO = re.compile(r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})" + _MIDNIGHT)
_NUMBERS = re.compile(
    r"(?P<a>[0-9]{1,2})[-/. ](?P<b>[0-9]{1,2})[-/. ](?P<y>[0-9]{4}|[0-9]{2})" + _MIDNIGHT
)
_DAY_NAME = r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s*)?"
_WORDS = re.compile(
    _DAY_NAME + r"(?P<d>[0-9]{1,2})[-/. ]\s*(?P<m>[a-z]{3,9})\.?[-/.,]?\s*(?P<y>[0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"(?P<m>[a-z]{3,9})\s(?P<d>[0-9]{1,2}),?\s(?P<y>[0-9]{4})", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(?:(?P<w>[a-z]{3,9})|(?P<n>[0-9]{1,2}))[-/. ](?P<y>[0-9]{4})", re.I)
_YEAR = re.compile(r"(?:(?:tahun|thn|th)\.?\s*)?(?P<y>[0-9]{4})(?:\.0)?", re.IGNORECASE)
PLAIN_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


@dataclass(frozen=True)
class Written:
    """A date as written. order: "day-first", "month-first" (proved by the cell), "" when both may
    be, "-" when it does not matter. short: the year has two digits."""

    first: int
    second: int
    year: int
    order: str
    short: bool = False

    def iso(self, order: str, century: str) -> str:
        """ISO form once order and century are known, "" while they are not or it is no day."""
        order = self.order or order
        if not order or (self.short and not century):
            return ""
        day, month = self.first, self.second
        if order == "month-first":
            day, month = month, day
        return _iso(self.year + (int(century) if self.short else 0), month, day)


def read_date(text: str) -> Written | None:
    """A date text without spaces around it; None when it is no date."""
    if match := _ISO.fullmatch(text):
        return _real(Written(int(match["d"]), int(match["m"]), int(match["y"]), "-"))
    if match := _NUMBERS.fullmatch(text):
        first, second = int(match["a"]), int(match["b"])
        return _real(
            Written(first, second, int(match["y"]), _order(first, second), len(match["y"]) == 2)
        )
    match = _WORDS.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    month = MONTHS.get(match["m"].lower(), 0) if match else 0
    if not match or not month:
        return None
    return _real(Written(int(match["d"]), month, int(match["y"]), "-", len(match["y"]) == 2))


def _order(first: int, second: int) -> str:
    if first == second:
        return "-"
    if first > 12:
        return "day-first"
    return "month-first" if second > 12 else ""


def _real(written: Written) -> Written | None:
    """Itself when it is a day of the calendar in one reading at least."""
    orders = (written.order,) if written.order else ("day-first", "month-first")
    years = ("2000", "1900")
    return written if any(written.iso(o, c) for o in orders for c in years) else None


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def year_of(text: str) -> str:
    """`Tahun 2024` or `2024.0` as 2024; "" when it is no year."""
    match = _YEAR.fullmatch(text)
    return match["y"] if match else ""


def month_of(text: str) -> str:
    """`Januari 2024` or `01/2024` as 2024-01; "" when it is no month of a year."""
    match = _MONTH_YEAR.fullmatch(text)
    if not match:
        return ""
    month = int(match["n"]) if match["n"] else MONTHS.get(match["w"].lower(), 0)
    return f"{match['y']}-{month:02}" if 1 <= month <= 12 else ""
