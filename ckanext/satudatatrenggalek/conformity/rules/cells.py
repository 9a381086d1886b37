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
from .base import Rule, RuleContext

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
            texts = batch.column(hits.column.number)
            textual = hits.column.type in _TEXTUAL
            distinct = batch.distinct(hits.column.number) if textual else None
            if distinct is None:
                hits.see(batch.rows, texts, _untidy(texts, textual))
                continue
            found = distinct.filter(_untidy(distinct, textual))
            if len(found):
                hits.see(batch.rows, texts, texts.is_in(found.implode()))

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


def _untidy(texts: pl.Series, textual: bool) -> pl.Series:
    mask = texts.str.starts_with(" ") | texts.str.ends_with(" ")
    if textual:
        mask |= texts.str.contains(_ODD_INSIDE)
    return mask & (texts.str.strip_chars() != "") if mask.any() else mask


class HtmlTags(Rule):
    """`<sup>1</sup>` and the like in cells of text: once a column."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._hits = [_Hits(c) for c in self.columns if c.type in _TEXTUAL]

    def see(self, batch: Batch) -> None:
        """Count the cells with tags."""
        for hits in self._hits:
            if _any(batch, hits.column, "<"):
                texts = batch.column(hits.column.number)
                hits.see(batch.rows, texts, texts.str.contains(_TAG.pattern))

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


class LostDigits(Rule):
    """Numbers that name something and went through a spreadsheet: `3,50399E+15`, `350301.0`."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._columns = [c for c in self.columns if c.type in _TEXTUAL]

    def see(self, batch: Batch) -> None:
        """One finding per cell: each has to be typed again."""
        for column in self._columns:
            texts = batch.column(column.number)
            if _any(batch, column, "E+"):
                self._say_lost(batch, column, texts.str.contains(_SCIENTIFIC))
            if batch.natives is not None:
                self._say_lost(batch, column, _rounded(batch.natives[column.number - 1]))
            tailed = texts.str.ends_with(".0")
            if tailed.any() and not is_code_column(column.name):
                self._say_tailed(batch, column, texts.str.contains(_TAILED) & tailed)

    def _say_lost(self, batch: Batch, column: Column, mask: pl.Series) -> None:
        for index in mask.arg_true():
            text = batch.column(column.number)[index].strip()
            power = text.partition("E")[2]
            self.collector.add(
                "digits-lost",
                row=batch.rows[index],
                column=column,
                value=text,
                cells=batch.cells(index),
                form=f"menjadi bentuk E{power}" if power else "sesudah angka ke-15",
            )

    def _say_tailed(self, batch: Batch, column: Column, mask: pl.Series) -> None:
        for index in mask.arg_true():
            text = batch.column(column.number)[index].strip()
            self.collector.add(
                "code-as-number",
                row=batch.rows[index],
                column=column,
                value=text,
                cells=batch.cells(index),
                tidy=self.collector.shown(column, text.partition(".")[0]),
            )


def _any(batch: Batch, column: Column, part: str) -> bool:
    """Whether any text of a column holds `part`."""
    distinct = batch.distinct(column.number)
    texts = batch.column(column.number) if distinct is None else distinct
    return bool(texts.str.contains(part, literal=True).any())


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
            texts = batch.column(column.number)
            for index in texts.str.starts_with("=").arg_true():
                self.collector.add(
                    "formula-uncomputed",
                    row=batch.rows[index],
                    column=column,
                    value=texts[index],
                    cells=batch.cells(index),
                )
