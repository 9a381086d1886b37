"""What a cell looks like is not what a machine reads: blanks, tags, numbers that lost digits.

Every look at a column is a cheap predicate over the whole batch; single cells are read only
where it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import polars as pl

from ..batch import Batch
from ..numbers import PLAIN, PLAIN_INTEGER
from ..regions import is_code_column
from ..report import WARNING
from ..schema import Column
from .base import Rule, RuleContext, where

_TEXTUAL = ("string", "any")
_NUMERIC = ("number", "integer")
_ODD_INSIDE = "[\u00a0\n\r\t\u200b\ufeff]"
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_SCIENTIFIC = r"^\s*[0-9](?:[.,][0-9]{1,14})?E\+[0-9]{2}\s*$"
_FLOAT_DIGITS = 15  # a spreadsheet keeps so many digits of a number; the rest become zeros
_TAILED = r"^\s*[0-9]{4,}\.0+\s*$"


@dataclass
class _Hits:
    """Cells of one column: how many, and the first."""

    column: Column
    count: int = 0
    row: int = 0
    value: str = ""

    def see(self, rows: pl.Series, texts: pl.Series, mask: pl.Series) -> None:
        count = int(mask.sum())
        if not count:
            return
        if not self.count:
            index = mask.arg_true()[0]
            self.row, self.value = rows[index], texts[index]
        self.count += count


class UntidyText(Rule):
    """Blanks around a text and line breaks, tabs or hard spaces in it: once a column."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._hits = [_Hits(column) for column in self.columns]

    def see(self, batch: Batch) -> None:
        """Count the cells of every column; figures may have hard spaces, which types refuse."""
        for hits in self._hits:
            number = hits.column.number
            if hits.column.type in _NUMERIC and not batch.numbers(number).null_count():
                continue  # a number with blanks beside it is not read as one
            mask = where(batch, number, _untidy if hits.column.type in _TEXTUAL else _spaced)
            if mask is not None:
                texts = batch.column(number)
                hits.see(batch.rows, texts, mask & (texts.str.strip_chars() != ""))

    def finish(self) -> None:
        for hits in self._hits:
            if hits.count:
                tidy = self.collector.shown(hits.column, " ".join(hits.value.split()))
                self.collector.add(
                    "untidy-text",
                    WARNING,
                    row=hits.row,
                    column=hits.column,
                    value=hits.value,
                    count=hits.count,
                    tidy=tidy,
                )


def _spaced(texts: pl.Series) -> pl.Series:
    return texts.str.starts_with(" ") | texts.str.ends_with(" ")


def _untidy(texts: pl.Series) -> pl.Series:
    return _spaced(texts) | texts.str.contains(_ODD_INSIDE)


class HtmlTags(Rule):
    """`<sup>1</sup>` and the like in cells of text: once a column."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._hits = [_Hits(c) for c in self.columns if c.type in _TEXTUAL]

    def see(self, batch: Batch) -> None:
        """Count the cells with tags."""
        for hits in self._hits:
            mask = where(batch, hits.column.number, _tagged)
            if mask is not None:
                hits.see(batch.rows, batch.column(hits.column.number), mask)

    def finish(self) -> None:
        for hits in self._hits:
            if hits.count:
                tidy = " ".join(_TAG.sub("", hits.value).split())
                self.collector.add(
                    "html-tags",
                    WARNING,
                    row=hits.row,
                    column=hits.column,
                    value=hits.value,
                    count=hits.count,
                    tidy=self.collector.shown(hits.column, tidy),
                )


def _tagged(texts: pl.Series) -> pl.Series:
    opened = texts.str.contains("<", literal=True)
    return opened & texts.str.contains(_TAG.pattern) if opened.any() else opened


class LostDigits(Rule):
    """Numbers that name something and went through a spreadsheet: `3,50399E+15`, `350301.0`."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._columns = [c for c in self.columns if c.type in _TEXTUAL]

    def see(self, batch: Batch) -> None:
        """One finding per cell: each has to be typed again."""
        for column in self._columns:
            mask = where(batch, column.number, _scientific)
            if mask is not None:
                self.each(batch, mask, "digits-lost", column, words=_lost)
            if batch.natives is not None:
                rounded = _rounded(batch.natives[column.number - 1])
                self.each(batch, rounded, "digits-lost", column, words=_lost)
            mask = None if is_code_column(column.name) else where(batch, column.number, _tailed)
            if mask is not None:
                self._say_tailed(batch, column, mask)

    def _say_tailed(self, batch: Batch, column: Column, mask: pl.Series) -> None:
        def words(_: int, text: str) -> dict[str, Any]:
            return {"tidy": self.collector.shown(column, text.strip().partition(".")[0])}

        self.each(batch, mask, "code-as-number", column, words=words)


def _lost(_: int, text: str) -> dict[str, Any]:
    power = text.strip().partition("E")[2]
    return {"form": f"menjadi bentuk E{power}" if power else "sesudah angka ke-15"}


def _scientific(texts: pl.Series) -> pl.Series:
    powered = texts.str.contains("E+", literal=True)
    return powered & texts.str.contains(_SCIENTIFIC) if powered.any() else powered


def _tailed(texts: pl.Series) -> pl.Series:
    ended = texts.str.ends_with(".0")
    return ended & texts.str.contains(_TAILED) if ended.any() else ended


def _rounded(cells: Any) -> pl.Series:
    """Numbers longer than a spreadsheet keeps, ending in the zeros it puts there."""
    return pl.Series(
        [
            isinstance(cell, (int, float))
            and not isinstance(cell, bool)
            and 1e15 <= abs(cell) < 1e30
            and not str(int(cell))[_FLOAT_DIGITS:].strip("0")
            for cell in cells
        ],
        dtype=pl.Boolean,
    )


class NumbersAsText(Rule):
    """Figures typed as text into a spreadsheet: they sort and add up wrongly. Once a column."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._hits = [_Hits(c) for c in self.columns if c.type in _NUMERIC]

    def see(self, batch: Batch) -> None:
        """Count texts that are plain numbers; other texts are refused by their type."""
        for hits in self._hits if batch.natives is not None else ():
            cells = batch.natives[hits.column.number - 1] if batch.natives else ()
            plain = PLAIN_INTEGER if hits.column.type == "integer" else PLAIN
            mask = pl.Series(
                [isinstance(c, str) and bool(plain.fullmatch(c.strip())) for c in cells],
                dtype=pl.Boolean,
            )
            hits.see(batch.rows, batch.column(hits.column.number), mask)

    def finish(self) -> None:
        for hits in self._hits:
            if hits.count:
                self.collector.add(
                    "number-as-text",
                    WARNING,
                    row=hits.row,
                    column=hits.column,
                    value=hits.value,
                    count=hits.count,
                )


class Formulas(Rule):
    """Formulas whose value nobody computed, in columns of text; others refuse them by type."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._columns = [c for c in self.columns if c.type in _TEXTUAL]

    def see(self, batch: Batch) -> None:
        """One finding per cell."""
        for column in self._columns if batch.natives is not None else ():
            mask = batch.column(column.number).str.starts_with("=")
            self.each(batch, mask, "formula-uncomputed", column)
