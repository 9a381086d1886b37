"""Columns of personal data, found by their label or by the shape of their values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import polars as pl

from ..batch import Batch, among
from ..masking import hide, mask
from ..personal import KINDS, kinds_of_columns
from ..personal_values import SCREEN, is_office_phone, kind_of_value, kinds_in_text
from ..report import ERROR, WARNING
from ..schema import Column
from .base import Rule, RuleContext

_CLOSELY = 5_000  # suspects of a column looked at one by one; of the rest a share is assumed
_SHORTEST = 9
_LONG = 15
_LONG_FROM = 1e14  # the least whole number of so many digits
_REMEMBERED = 200_000
_NUMBERS = ("integer", "number")
_TIMES = ("date", "year", "boolean")
_WHOLE_NUMBER = r"^\s*[0-9]{16}(?:\.0)?\s*$"
_FRACTION = r"^\s*[+-]?[0-9]+[.,][0-9]+\s*$"
_TAILED = r"^\s*[0-9]{16}\.0\s*$"
_LONG_FIGURES = frozenset({"nik", "kk", "npwp", "account", "phone"})
_HIDDEN = r"[*xX•]{3}"


@dataclass
class _Hits:
    count: int = 0
    row: int = 0
    example: str = ""

    def see(self, count: int, row: int, example: str) -> None:
        if not self.count:
            self.row, self.example = row, example
        self.count += count


@dataclass
class _Watched:
    """What was met in one column. looked: suspects looked at; verdicts: of repeated values."""

    column: Column
    filled: int = 0
    looked: int = 0
    sixteen: int = 0
    hits: dict[str, _Hits] = field(default_factory=dict)
    verdicts: dict[str, frozenset[str]] = field(default_factory=dict)

    def verdict(self, text: str) -> frozenset[str]:
        """The kinds found in a text that comes again and again."""
        if text not in self.verdicts:
            if len(self.verdicts) >= _REMEMBERED:
                self.verdicts.clear()
            self.verdicts[text] = frozenset(_kinds(text, False))
        return self.verdicts[text]

    def telling(self, texts: pl.Series) -> pl.Series:
        """Which texts show something."""
        shown = [text for text in texts if self.verdict(text) or _is_sixteen(text)]
        return pl.Series(shown, dtype=pl.String)

    def hit(self, kind: str, count: int, row: int, example: str) -> None:
        self.hits.setdefault(kind, _Hits()).see(count, row, example)


class PersonalData(Rule):
    """One finding per column and kind, with the number of cells and one masked example."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._named = kinds_of_columns(self.columns)
        self._watched = [_Watched(column) for column in self.columns]

    def see(self, batch: Batch) -> None:
        for watched in self._watched:
            number = watched.column.number
            if watched.column.type in _TIMES and number not in self._named:
                continue
            if kind := self._named.get(number):
                _see_named(watched, kind, batch.rows, batch.column(number))
            else:
                _see_values(watched, batch)

    def finish(self) -> None:
        for watched in self._watched:
            for kind, hits in watched.hits.items():
                if watched.column.number in self._named or _believable(watched, kind, hits):
                    self._say(watched.column, kind, hits)

    def _say(self, column: Column, kind: str, hits: _Hits) -> None:
        strict = KINDS[kind].strict
        self.collector.add(
            "personal-data" if strict else "personal-contact",
            ERROR if strict and self.expectation.public else WARNING,
            row=hits.row,
            column=column,
            value=hits.example,
            what=KINDS[kind].words,
            count=hits.count,
        )


def _see_named(watched: _Watched, kind: str, rows: pl.Series, texts: pl.Series) -> None:
    """All filled cells of a column whose label says what it holds, unless they are figures."""
    filled = texts != ""
    if texts.str.contains(r"^\s+$").any():
        filled &= texts.str.strip_chars() != ""
    if kind in _LONG_FIGURES:
        # `kk` may count families; what an office has already hidden is hidden.
        filled &= texts.str.len_bytes() >= _least(kind)
        filled &= ~texts.str.contains(_HIDDEN)
    count = int(filled.sum())
    if count:
        index = filled.arg_max() or 0
        shown = texts[index].strip()
        if kind == "phone" and not is_office_phone(shown):
            kind = "mobile"
        watched.hit(kind, count, rows[index], hide(shown))


def _least(kind: str) -> int:
    return {"nik": 10, "kk": 10, "npwp": 15, "account": 6, "phone": 6}[kind]


def _see_values(watched: _Watched, batch: Batch) -> None:
    number = watched.column.number
    rows, texts = batch.rows, batch.column(number)
    if not len(texts):
        return
    if watched.column.type in _NUMBERS:
        telling = batch.met(number, "long", _long_figures) if _any_long(batch, number) else ()
        if not telling:
            return
        suspects = among(texts, telling).arg_true()
    else:
        watched.filled += int((texts != "").sum())
        if batch.listed(number) is not None:
            _see_repeated(watched, batch)
            return
        if int(texts.str.len_bytes().max() or 0) < _SHORTEST:  # type: ignore[call-overload]
            return
        suspects = texts.str.contains(SCREEN).arg_true()
    if suspects.is_empty():
        return
    watched.sixteen += int(texts.gather(suspects).str.contains(_WHOLE_NUMBER).sum())
    room = max(0, _CLOSELY - watched.looked)
    watched.looked += len(suspects)
    looked = suspects.head(room).to_list()
    met: dict[str, int] = {}
    for index in looked:
        for kind in _kinds(texts[index], watched.column.type in _NUMBERS):
            met[kind] = met.get(kind, 0) + 1
            watched.hit(kind, 1, rows[index], _example(texts[index]))
    for kind, count in met.items():
        watched.hits[kind].count += count * (len(suspects) - len(looked)) // len(looked)


def _any_long(batch: Batch, number: int) -> bool:
    """Whether a column of figures may have one as long as a NIK: numbers tell that cheapest."""
    largest = cast("float | None", batch.numbers(number).max())
    if largest is not None and largest >= _LONG_FROM:
        return True
    return any(len(text) >= _LONG for text in batch.unread(number))


def _long_figures(texts: pl.Series) -> pl.Series:
    """Long ones that are no plain decimal fractions, which `kind_of_value` passes over."""
    long = texts.filter(texts.str.len_bytes() >= _LONG)
    if long.is_empty():
        return long
    whole = ~long.str.contains(_FRACTION)
    return long.filter(whole | (long.str.ends_with(".0") & long.str.contains(_TAILED)))


def _see_repeated(watched: _Watched, batch: Batch) -> None:
    """Each different text is looked at once; only those that show something are counted."""
    number = watched.column.number
    telling = batch.met(number, "personal", watched.telling)
    counted = batch.counted(number, telling).iter_rows() if telling else ()
    for text, count, row in counted:
        watched.sixteen += count if _is_sixteen(text) else 0
        for kind in watched.verdict(text):
            watched.hit(kind, count, row, _example(text))


def _is_sixteen(text: str) -> bool:
    return len(text.strip()) == 16 and text.strip().isdigit()


def _kinds(text: str, numeric: bool) -> set[str]:
    if numeric:
        return {kind for kind in (kind_of_value(text),) if kind == "nik"}
    return kinds_in_text(text)


def _example(text: str) -> str:
    stripped = text.strip()
    return hide(stripped) if kind_of_value(stripped) else mask(stripped)


def _believable(watched: _Watched, kind: str, hits: _Hits) -> bool:
    """Long codes are now and then a NIK or a phone number by chance."""
    if kind == "nik":
        return hits.count * 2 >= watched.sixteen
    if kind == "mobile":
        return watched.column.type not in _NUMBERS and _often(watched, hits)
    return True


def _often(watched: _Watched, hits: _Hits) -> bool:
    """Plain digits must be common in the column; a number written as phones are is one."""
    plain = hits.example.rstrip("*").isdigit() and len(hits.example) <= 16
    return not plain or hits.count * 5 >= watched.filled
