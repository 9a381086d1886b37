"""What the cells of a column are, counted, and the Table Schema that follows from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .dates import ISO_DATE, is_no_day, iso_date
from .layout import normal
from .masking import text_of
from .numbers import EXCEL_ERRORS, MISSING, PLAIN, PLAIN_INTEGER, THOUSANDS, diagnose
from .schema import is_year_column, title_for

_SHARE = 0.6  # of the filled cells; what a column is meant to be shows in most of them
_REAL = 0.3  # of them that must be days of the calendar where others are none
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2}")
_TEXT_NAME = re.compile(r"(^|_)(nik|kk|nip|npwp|npsn|nisn|nib|hp|telp|telepon|rekening|kode)(_|$)")


@dataclass
class Evidence:
    """What the cells of one column are, counted."""

    label: str
    filled: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    grouped: int = 0  # 1.234 and the like
    dotted: int = 0  # plain decimals that cannot be thousands
    long: int = 0  # plain integers of four digits or more
    zeros: int = 0  # leading zeros

    def add(self, other: Evidence, times: int) -> None:
        """Count what another piece of evidence holds, so many times."""
        self.filled += other.filled * times
        for kind, count in other.kinds.items():
            self.kinds[kind] += count * times
        self.grouped += other.grouped * times
        self.dotted += other.dotted * times
        self.long += other.long * times
        self.zeros += other.zeros * times

    def see(self, cell: Any) -> None:
        """Count one cell."""
        text = text_of(cell).strip()
        if not text or text.lower() in MISSING or text.upper() in EXCEL_ERRORS:
            return
        self.filled += 1
        self.kinds[self._kind(cell, text)] += 1

    def _kind(self, cell: Any, text: str) -> str:
        if isinstance(cell, bool) or text.lower() in ("true", "false"):
            return "boolean"
        if isinstance(cell, date):
            return "date"
        if isinstance(cell, str) and (kind := _kind_of_date(text)):
            return kind
        if isinstance(cell, str) and _SCIENTIFIC.fullmatch(text):
            return "text"  # a long number a spreadsheet cut short
        if isinstance(cell, (int, float)):
            return "integer" if float(cell).is_integer() else self._decimal()
        if PLAIN_INTEGER.fullmatch(text):
            self.zeros += len(text) > 1 and text.startswith("0")
            self.long += len(text) >= 4
            return "integer"
        if THOUSANDS.fullmatch(text):
            self.grouped += 1
            return "grouped"
        if PLAIN.fullmatch(text):
            return self._decimal()
        return "number" if _is_number(text) else "text"

    def _decimal(self) -> str:
        self.dotted += 1
        return "number"

    def type(self) -> str:
        """The Table Schema type of the column."""
        name = normal(self.label)
        if self.zeros or _TEXT_NAME.search(name) or not self.filled:
            return "string"
        if is_year_column(self.label) and self._share("integer") >= _SHARE:
            return "year"
        if self._share("boolean") >= _SHARE:
            return "boolean"
        if self._share("date", "no-day") >= _SHARE and self._share("date") >= _REAL:
            return "date"
        return self._number_type()

    def _number_type(self) -> str:
        if self._share("integer", "number", "grouped") < _SHARE:
            return "string"
        if self.kinds["number"]:
            return "number"
        # 1.474 beside 686 is a count with thousands dots; beside 12345 it is a decimal.
        if self.grouped and (self.long or not self.kinds["integer"]):
            return "number"
        return "integer"

    def _share(self, *kinds: str) -> float:
        return sum(self.kinds[kind] for kind in kinds) / self.filled if self.filled else 0.0


def _kind_of_date(text: str) -> str:
    """ "date", "no-day" for one the calendar does not have, "" for what is written otherwise."""
    if re.fullmatch(ISO_DATE, text) or _maybe_date(text):
        if iso_date(text, surely=True):
            return "date"
        return "no-day" if is_no_day(text) else ""
    return ""


def _is_number(text: str) -> bool:
    habit = diagnose(text).habit
    # 12O is a slip of the keyboard, O12 a code.
    slip = habit == "letter" and text[0].isdigit()
    return slip or habit in ("decimal-comma", "thousands", "unit", "currency")


def _maybe_date(text: str) -> bool:
    """Cheap: digits at both ends save for a weekday, and something between them."""
    return text[-1].isdigit() and not text.isdigit() and text.count(".") != 1 and len(text) > 5


def schema_from(evidence: Sequence[Evidence]) -> dict[str, Any]:
    """A Table Schema out of what the columns of one table hold, with Indonesian titles.

    A type is given when most cells have it, so that the odd cell is reported.
    Codes stay text; columns named tahun become years.
    """
    names = _free_names([item.label for item in evidence])
    fields = [
        {"name": name, "title": title_for(item.label or name), "type": item.type()}
        for name, item in zip(names, evidence, strict=True)
    ]
    return {"fields": fields, "missingValues": [""]}


def _free_names(labels: Sequence[str]) -> list[str]:
    names: list[str] = []
    for number, label in enumerate(labels, start=1):
        name = label or f"kolom_{number}"
        names.append(name if name not in names else f"{name}_{number}")
    return names
