"""What a cell looks like is not what a machine reads: blanks, tags, numbers that lost digits.

Every look at a column is a cheap predicate over the whole batch; single cells are read only
where it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import polars as pl

from ..batch import Batch, among
from ..collect import Collector
from ..numbers import ONE_GROUP, PLAIN, PLAIN_INTEGER
from ..regions import is_code_column
from ..report import WARNING
from ..schema import Column
from .base import Rule, RuleContext, say_each

_TEXTUAL = ("string", "any")
_NUMERIC = ("number", "integer")
_TYPED = frozenset({int, float})
_ONE_DOT = rf"^\s*{ONE_GROUP.pattern}\s*$"
_ODD_INSIDE = "[\u00a0\n\r\t\u200b\ufeff]"
_ODD = rf"{_ODD_INSIDE}|<|E\+"  # all that is looked at closer
_TEXT = pl.col("text").str
_BLANKS_AROUND = _TEXT.starts_with(" ") | _TEXT.ends_with(" ")
_ODD_TEXT = _BLANKS_AROUND | _TEXT.contains(_ODD) | _TEXT.ends_with(".0")
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

    def add(self, other: _Hits) -> None:
        """Count what another has seen of the same column, too."""
        if other.count and (not self.count or other.row < self.row):
            self.row, self.value = other.row, other.value
        self.count += other.count

    def say(self, found: Collector, code: str, tidy: str = "") -> None:
        if self.count:
            found.add(
                code,
                WARNING,
                row=self.row,
                column=self.column,
                value=self.value,
                count=self.count,
                tidy=found.shown(self.column, tidy),
            )


class _Undoubted:
    """Cells of one column, but for those whose dot is told of by itself (`AmbiguousThousands`)."""

    def __init__(self, context: RuleContext, column: Column) -> None:
        self._hits = _Hits(column)
        self._dotted = _Hits(column)
        self._notation = context.notations.get(column.number)

    def see(self, rows: pl.Series, texts: pl.Series, mask: pl.Series) -> None:
        if self._notation is not None:
            dotted = mask & texts.str.contains(_ONE_DOT)
            self._dotted.see(rows, texts, dotted)
            mask = mask & ~dotted
        self._hits.see(rows, texts, mask)

    def result(self) -> _Hits:
        """All of them, where the column shows that its dots are decimal points."""
        if self._notation is not None and self._notation.english:
            self._hits.add(self._dotted)
        return self._hits


class TextCells(Rule):
    """Looks once at every column for anything out of the ordinary, and closer where there is.

    The three that look closer rarely have to: one test of the different texts serves them all.
    """

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        parts = (_UntidyText, _HtmlTags, _LostDigits)
        self._closer = [part(context) for part in parts]

    def see(self, batch: Batch) -> None:
        """Screen every column; figures only for blanks around them, their types do the rest."""
        for column in self.columns:
            if self._is_odd(batch, column):
                for part in self._closer:
                    part.look(batch, column)

    def _is_odd(self, batch: Batch, column: Column) -> bool:
        if column.type in _NUMERIC:
            return any(text != text.strip(" ") for text in batch.unread(column.number))
        textual = column.type in _TEXTUAL
        return bool(batch.met(column.number, "odd", _odd_text if textual else _blanks_around))

    def finish(self) -> None:
        for part in self._closer:
            part.finish()


def _blanks_around(texts: pl.Series) -> pl.Series:
    return texts.filter(texts.alias("text").to_frame().select(_BLANKS_AROUND).to_series())


def _odd_text(texts: pl.Series) -> pl.Series:
    return texts.filter(texts.alias("text").to_frame().select(_ODD_TEXT).to_series())


class _UntidyText:
    """Blanks around a text and line breaks, tabs or hard spaces in it: once a column.

    Of cells that are right but for them: what else is wrong with a cell has a remedy of its own.
    """

    def __init__(self, context: RuleContext) -> None:
        self._collector = context.collector
        self._refused = context.refused
        self._hits = {column.number: _Undoubted(context, column) for column in context.columns}

    def look(self, batch: Batch, column: Column) -> None:
        texts = batch.column(column.number)
        mask = texts.str.starts_with(" ") | texts.str.ends_with(" ")
        if column.type in _TEXTUAL:
            mask |= texts.str.contains(_ODD_INSIDE)
        mask &= texts.str.strip_chars() != ""
        if refused := self._refused(column, texts.filter(mask)):
            mask &= ~among(texts, refused)
        self._hits[column.number].see(batch.rows, texts, mask)

    def finish(self) -> None:
        for seen in self._hits.values():
            hits = seen.result()
            hits.say(self._collector, "untidy-text", " ".join(hits.value.split()))


class _HtmlTags:
    """`<sup>1</sup>` and the like in cells of text: once a column."""

    def __init__(self, context: RuleContext) -> None:
        self._collector = context.collector
        self._hits = {c.number: _Hits(c) for c in context.columns if c.type in _TEXTUAL}

    def look(self, batch: Batch, column: Column) -> None:
        if column.number in self._hits:
            texts = batch.column(column.number)
            self._hits[column.number].see(batch.rows, texts, texts.str.contains(_TAG.pattern))

    def finish(self) -> None:
        for hits in self._hits.values():
            hits.say(self._collector, "html-tags", " ".join(_TAG.sub("", hits.value).split()))


class _LostDigits:
    """Numbers that name something and went through a spreadsheet: `3,50399E+15`, `350301.0`.

    One finding per cell: each has to be typed again.
    """

    def __init__(self, context: RuleContext) -> None:
        self._collector = context.collector

    def look(self, batch: Batch, column: Column) -> None:
        if column.type not in _TEXTUAL:
            return
        texts = batch.column(column.number)
        say_lost(self._collector, batch, column, texts.str.contains(_SCIENTIFIC))
        if not is_code_column(column.name):
            self._say_tailed(batch, column, texts.str.contains(_TAILED))

    def _say_tailed(self, batch: Batch, column: Column, mask: pl.Series) -> None:
        def words(_: int, text: str) -> dict[str, Any]:
            return {"tidy": self._collector.shown(column, text.strip().partition(".")[0])}

        say_each(self._collector, batch, mask, "code-as-number", column, words=words)

    def finish(self) -> None:
        return None


class RoundedNumbers(Rule):
    """Long numbers typed as numbers into a column of text: the last digits have become zeros."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._columns = [c for c in self.columns if c.type in _TEXTUAL]

    def see(self, batch: Batch) -> None:
        """One finding per cell."""
        for column in self._columns:
            if batch.natives is not None and batch.kinds(column.number) & _TYPED:
                rounded = _rounded(batch.natives[column.number - 1])
                say_lost(self.collector, batch, column, rounded)


def say_lost(found: Collector, batch: Batch, column: Column, mask: pl.Series) -> None:
    """Say which cells lost digits."""

    def words(_: int, text: str) -> dict[str, Any]:
        power = text.strip().partition("E")[2]
        return {"form": f"menjadi bentuk E{power}" if power else "sesudah angka ke-15"}

    say_each(found, batch, mask, "digits-lost", column, words=words)


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
        figures = [column for column in self.columns if column.type in _NUMERIC]
        self._hits = [(column, _Undoubted(context, column)) for column in figures]

    def see(self, batch: Batch) -> None:
        """Count texts that are plain numbers; other texts are refused by their type."""
        for column, hits in self._hits:
            number = column.number
            if batch.natives is None or str not in batch.kinds(number):
                continue
            cells = batch.natives[number - 1]
            plain = PLAIN_INTEGER if column.type == "integer" else PLAIN
            mask = pl.Series(
                [isinstance(c, str) and bool(plain.fullmatch(c.strip())) for c in cells],
                dtype=pl.Boolean,
            )
            hits.see(batch.rows, batch.column(number), mask)

    def finish(self) -> None:
        for _, hits in self._hits:
            hits.result().say(self.collector, "number-as-text")


class Formulas(Rule):
    """Formulas whose value nobody computed, in columns of text; others refuse them by type."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._columns = [c for c in self.columns if c.type in _TEXTUAL]

    def see(self, batch: Batch) -> None:
        """One finding per cell."""
        for column in self._columns if batch.natives is not None else ():
            formulas = batch.column(column.number).str.starts_with("=")
            self.each(batch, formulas, "formula-uncomputed", column)
