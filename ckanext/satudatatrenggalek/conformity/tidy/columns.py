"""One tidier a kind of column: which cells are suspect, what they prove, how each is written.

A tidier sees every suspect cell of its column twice: `learn` gathers evidence, `tidy` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from .. import units
from ..dates import DAY_FIRST, ISO_DATE, MONTH_FIRST, Written, read_date
from ..layout import normal
from ..notation import is_money, says
from ..numbers import MISSING
from ..periods import month_of_year
from ..schema import Column
from ..years import written_year
from .answers import Asker, Tally, tallied
from .shapes import Question

_UNTIDY = r"^\s|\s$|[\x{a0}\n\r\t\x{200b}\x{feff}]|</?[A-Za-z]|^[0-9]{4,}\.0+$"
_UNSEEN = str.maketrans("", "", "\u200b\ufeff")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_TAILED = re.compile(r"([0-9]{4,})\.0+")
_YES = {
    "ya": "true",
    "y": "true",
    "benar": "true",
    "tidak": "false",
    "t": "false",
    "salah": "false",
}

Seen = tuple[int, Sequence[int]]  # how many cells, the first rows


@dataclass(frozen=True)
class Place:
    """The column a tidier works on. given: its type comes from a schema handed in.

    missing: what the schema takes as empty. unit: of the dataset's Standar Data.
    measure: it is the only column of figures, so that the unit is surely its own.
    """

    column: Column
    asker: Asker
    given: bool
    missing: frozenset[str]
    unit: str = ""
    measure: bool = False


class TextTidier:
    """Text: spaces and line breaks, marks of web pages, codes that became decimals.

    texts_only: numbers and dates of a spreadsheet are no concern of this kind of column.
    beside: numbers of the columns whose cells in the same row matter to it.
    """

    texts_only = True
    beside: tuple[int, ...] = ()

    def __init__(self, place: Place) -> None:
        self.place = place
        self.asker = place.asker

    def suspects(self, texts: pl.Series) -> pl.Series:
        """Which cells may need a hand, true or false for each."""
        return texts.str.contains(_UNTIDY)

    def learn_all(self, texts: pl.Series) -> None:
        """See every text of a stretch of rows."""

    def learn(self, text: str, seen: Seen) -> None:
        """See one suspect text and how often it occurs."""

    def learn_beside(self, text: str, others: Sequence[str]) -> None:
        """See one suspect text with the cells of its row that are `beside` it."""

    def questions(self) -> Iterator[Question]:
        """What only a person can decide about this column."""
        return iter(())

    def tidy(self, text: str) -> tuple[str, str]:
        """(text as it should be, code of the change); code "" when it stays."""
        joined = " ".join(text.translate(_UNSEEN).split())
        if match := _TAILED.fullmatch(joined):
            return match[1], "code"  # a program made 20541234.0 of a code
        bare = " ".join(_TAG.sub("", joined).split())
        if bare != joined:
            return bare, "tag"
        return joined, "" if joined == text else "space"


class MarkedTidier(TextTidier):
    """A column of a type, where `-` and the like stand for something that is not there."""

    zero = False

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._markers: dict[str, Tally] = {}

    def learn(self, text: str, seen: Seen) -> None:
        stripped = text.strip()
        if self._is_marker(stripped):
            tallied(self._markers, stripped, stripped, seen)
        elif stripped:
            self.learn_value(stripped, seen)

    def learn_value(self, text: str, seen: Seen) -> None:
        """See a suspect text that is no marker, without spaces around it."""

    def questions(self) -> Iterator[Question]:
        for marker, tally in self._markers.items():
            results = {"empty": "", "keep": marker} | ({"zero": "0"} if self.zero else {})
            yield self.asker.ask("missing-marker", tally, results, marker)

    def tidy(self, text: str) -> tuple[str, str]:
        stripped = text.strip()
        if self._is_marker(stripped):
            return self._marker(text, stripped)
        written, code = self.write(stripped)
        return written, code or ("" if written == text else "space")

    def write(self, text: str) -> tuple[str, str]:
        """As `tidy`, for a text that is no marker and has no spaces around it."""
        return text, ""

    def _is_marker(self, stripped: str) -> bool:
        return stripped.lower() in MISSING and stripped not in self.place.missing

    def _marker(self, text: str, stripped: str) -> tuple[str, str]:
        answer = self.asker.answer("missing-marker", stripped)
        if answer == "empty":
            return "", "missing"
        if answer == "zero" and self.zero:
            return "0", "missing-zero"
        return text, ""


class DateTidier(MarkedTidier):
    """Dates; the order of day and month is proved by the column or asked."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._orders: set[str] = set()
        self._centuries: set[str] = set()
        self._unordered: dict[str, Tally] = {}
        self._short: dict[str, Tally] = {}

    def suspects(self, texts: pl.Series) -> pl.Series:
        return ~texts.str.contains(f"^{ISO_DATE}$") & (texts != "")

    def learn_all(self, texts: pl.Series) -> None:
        years = texts.str.extract(r"^([0-9]{2})[0-9]{2}-[0-9]{2}-[0-9]{2}$").drop_nulls()
        self._centuries.update(f"{two}00" for two in years.unique())

    def learn_value(self, text: str, seen: Seen) -> None:
        written = read_date(text)
        if written is None:
            return
        if not written.short:
            self._centuries.add(f"{written.year // 100}00")
        if written.order in (DAY_FIRST, MONTH_FIRST):
            self._orders.add(written.order)
        if not written.order:
            tallied(self._unordered, "", text, seen)
        if written.short:
            tallied(self._short, "", text, seen)

    def questions(self) -> Iterator[Question]:
        yield from super().questions()
        if self._unordered and not self._proved():
            tally = self._unordered[""]
            yield self.asker.ask("date-order", tally, self._results(tally.example, True))
        if self._short and not self._century_proved():
            tally = self._short[""]
            yield self.asker.ask("short-year", tally, self._results(tally.example, False))

    def _results(self, example: str, by_order: bool) -> dict[str, str]:
        written = read_date(example)
        if written is None:
            return {}
        order = self._order() or DAY_FIRST
        century = self._century() or "2000"
        if by_order:
            return {o: written.iso(o, century) for o in (DAY_FIRST, MONTH_FIRST)}
        return {c: written.iso(order, c) for c in ("2000", "1900")}

    def _proved(self) -> str:
        return next(iter(self._orders)) if len(self._orders) == 1 else ""

    def _century_proved(self) -> str:
        return next(iter(self._centuries)) if len(self._centuries) == 1 else ""

    def _century(self) -> str:
        return self._century_proved() or self.asker.answer("short-year")

    def _order(self) -> str:
        return self._proved() or self.asker.answer("date-order")

    def write(self, text: str) -> tuple[str, str]:
        written: Written | None = read_date(text)
        iso = written.iso(self._order(), self._century()) if written else ""
        return (iso, "date" if iso != text else "") if iso else (text, "")


class YearTidier(MarkedTidier):
    """Years: four digits."""

    def suspects(self, texts: pl.Series) -> pl.Series:
        return ~texts.str.contains(r"^[0-9]{4}$") & (texts != "")

    def write(self, text: str) -> tuple[str, str]:
        year = written_year(text)
        return (year, "year" if year != text else "") if year else (text, "")


class MonthTidier(MarkedTidier):
    """Months of a year: 2024-01."""

    def suspects(self, texts: pl.Series) -> pl.Series:
        return ~texts.str.contains(r"^[0-9]{4}-[0-9]{2}$") & (texts != "")

    def write(self, text: str) -> tuple[str, str]:
        month = month_of_year(text)
        return (month, "month") if month else (text, "")


class BooleanTidier(MarkedTidier):
    """Yes and no, in a column the schema handed in calls boolean."""

    def suspects(self, texts: pl.Series) -> pl.Series:
        return ~texts.str.contains(r"^(?:true|false|True|False|TRUE|FALSE|1|0)?$")

    def write(self, text: str) -> tuple[str, str]:
        meant = _YES.get(text.lower(), "")
        own = {"trueValues", "falseValues"} & set(self.place.column.field)
        return (meant, "boolean") if meant and not own and self.place.given else (text, "")


def is_unit_of(place: Place, unit: str) -> bool:
    """Whether a unit beside a number is the column's own: its label, field or standard says so."""
    if unit == "%":
        words = {"persen", "persentase", "percent", "percentage"}
        return "%" in place.column.label or _says(place, words)
    standard = units.standard_of(place.column)
    if standard and units.agrees(unit, standard):
        return True
    return bool(normal(unit)) and _says(place, {normal(unit)})


def in_rupiah(place: Place) -> bool:
    """Whether the column holds rupiah."""
    return is_money(_named(place))


def _says(place: Place, words: set[str]) -> bool:
    return says(_named(place), words)


def _named(place: Place) -> tuple[str, ...]:
    column = place.column
    return column.label, column.name, units.standard_of(column), place.unit
