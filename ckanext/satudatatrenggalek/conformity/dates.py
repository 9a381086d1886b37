"""Dates as people write them, and the one way machines read them: 2024-01-31."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "february", "pebruari"),
            ("maret", "mar", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("agustus", "agu", "ags", "aug", "agt", "august"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "oct", "october"),
            ("november", "nov", "nopember"),
            ("desember", "des", "dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_WEEKDAY = re.compile(
    r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,\s*", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    r"(?P<d>[0-9]{1,2})(?P<s>[-/. ])(?P<m>[0-9]{1,2}|[A-Za-z]{3,9})(?P=s)(?P<y>[0-9]{4}|[0-9]{2})"
)
_YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})(?P<s>[-/. ])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})")
# Two-digit years: Excel reads 00-29 as this century, and so did whoever typed them.
_CENTURY = 30


def iso_date(text: str) -> str:
    """`31/12/2023`, `Senin, 12 Januari 2023` or `05-Mar-23` as 2023-12-31; "" when it is no date.

    Days stand before months, as Indonesia writes them.
    """
    stripped = text.strip()
    if not 6 <= len(stripped) <= 40:
        return ""
    plain = _WEEKDAY.sub("", stripped, count=1)
    match = _DAY_FIRST.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain)
    if not match or (len(match["y"]) == 2 and match["s"] in ". "):
        return ""  # 12.03.01 is a code rather than a date
    month = int(match["m"]) if match["m"].isdigit() else MONTHS.get(match["m"].lower(), 0)
    try:
        return date(_year(match["y"]), month, int(match["d"])).isoformat()
    except ValueError:
        return ""


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return int(text) + (2000 if int(text) < _CENTURY else 1900)
