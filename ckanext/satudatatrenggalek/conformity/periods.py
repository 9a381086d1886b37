"""Periods as offices write them: `Januari`, `TW II`, `Semester 1 2025`, `2025-Q3`, `2024/2025`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from ..domain.words import BULAN
from .layout import normal
from .months import month_named
from .years import years_in

MONTH, QUARTER, THIRD, SEMESTER = "bulan", "triwulan", "caturwulan", "semester"
PARTS = {MONTH: 12, QUARTER: 4, THIRD: 3, SEMESTER: 2}
_LABELS = (
    (MONTH, re.compile(r"(?:nama_|kode_)?(?:bulan|bln|month)(?:_ke)?")),
    (QUARTER, re.compile(r"(?:triwulan|tribulan|tw|kuartal|kwartal)(?:_ke)?")),
    (THIRD, re.compile(r"caturwulan")),
    (SEMESTER, re.compile(r"(?:semester|smt)(?:_ke)?")),
    ("", re.compile(r"(?:periode|masa)(?:_data|_laporan)?")),
)
_DATE_LABEL = re.compile(
    r"(?:hari_)?(?:tanggal|tgl|waktu)"
    r"(?:_(?:kejadian|lapor|laporan|data|pelaksanaan|kegiatan|transaksi|kunjungan))?"
)
_NAMES = tuple(name.lower() for name in BULAN)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDS = {
    **dict.fromkeys(("triwulan", "tribulan", "tw", "kuartal", "kwartal", "q"), QUARTER),
    **dict.fromkeys(("semester", "smt", "sem", "s"), SEMESTER),
    **dict.fromkeys(("caturwulan", "cawu"), THIRD),
    "bulan": MONTH,
}
_PART = re.compile(r"(?P<word>[a-z]+)?[\s.\-_]*(?:ke)?[\s.\-]*(?P<number>[0-9]{1,2}|i{1,3}|iv)")


@dataclass(frozen=True)
class Stretch:
    """A part of a year. style: how it was written ("name", "short", "english", "number"...)."""

    kind: str
    number: int
    style: str
    year: str = ""

    @property
    def months(self) -> frozenset[int]:
        """The months it covers, from 1."""
        size = 12 // PARTS[self.kind]
        return frozenset(range((self.number - 1) * size + 1, self.number * size + 1))


@dataclass(frozen=True)
class Edition:
    """What the period of an edition covers. months: empty where it does not say."""

    years: frozenset[str]
    months: frozenset[int] = frozenset()


def name_of(kind: str, number: int) -> str:
    """`Maret`, `triwulan II`, `semester I`."""
    roman = ("", "I", "II", "III", "IV")
    return BULAN[number - 1] if kind == MONTH else f"{kind} {roman[number]}"


def kind_of_label(label: str) -> str | None:
    """The kind of period a column of this label holds; "" for any kind, None for none."""
    name = normal(label)
    return next((kind for kind, pattern in _LABELS if pattern.fullmatch(name)), None)


def is_date_column(label: str) -> bool:
    """Whether a column of this label says on which day something of the edition happened."""
    return bool(_DATE_LABEL.fullmatch(normal(label)))


@lru_cache(maxsize=4096)
def read(text: str, kind: str = "", old: bool = False) -> Stretch | None:
    """The part of a year a text names; None when it names none. kind: what the column holds.

    old: as `months.month_named`.
    """
    found = years_in(text)
    year = found[0] if found else ""
    rest = text
    for each in found:
        rest = rest.replace(each, " ")
    rest = " ".join(re.sub(r"[^0-9a-z]+", " ", rest.lower()).split())
    month = month_named(rest, old)
    if month and kind in ("", MONTH):
        return Stretch(MONTH, month[0], month[1], year)
    part = _PART.fullmatch(rest)
    if not part:
        return None
    number = _ROMAN.get(part["number"]) or int(part["number"] if part["number"].isdigit() else 0)
    named = _WORDS.get(part["word"] or "", "")
    if part["word"] and not named:
        return None
    meant = named or kind or (MONTH if year else "")
    if not meant or (kind and meant != kind) or not 1 <= number <= PARTS[meant]:
        return None
    roman = "" if part["number"].isdigit() else " romawi"
    return Stretch(meant, number, ("word" if part["word"] else "number") + roman, year)


def month_of_year(text: str) -> str:
    """`Januari 2024`, `Nopember 2024` or `01/2024` as 2024-01; "" when it is no month of a year."""
    found = read(text, MONTH, old=True)
    return f"{found.year}-{found.number:02}" if found and found.year else ""


def meant(text: str, kind: str) -> str:
    """The month a misspelt text means (`Pebruari`, `Agustsus`); "" when it is none."""
    if kind not in ("", MONTH):
        return ""
    close = get_close_matches(text.strip().lower(), _NAMES, n=1, cutoff=0.72)
    return close[0].capitalize() if close else ""


def edition_of(period: str) -> Edition:
    """What an edition's period covers: `2025` a year, `2025-Q3` three months of it."""
    years = frozenset(years_in(period))
    code = re.fullmatch(r"[0-9]{4}-([SQ]?)([0-9]{1,2})", period.strip())
    if code:
        kind = {"S": SEMESTER, "Q": QUARTER, "": MONTH}[code[1]]
        number = int(code[2])
        valid = 1 <= number <= PARTS[kind]
        return Edition(years, Stretch(kind, number, "").months if valid else frozenset())
    part = read(period) if len(years) == 1 else None
    if part:
        return Edition(years, part.months)
    whole = len(years) == 1 and period.strip() in years
    return Edition(years, frozenset(range(1, 13)) if whole else frozenset())
