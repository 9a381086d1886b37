"""Numbers that read as something else than was meant and blanks among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ..batch import Batch
from ..numbers import EXCEL_ERRORS, ONE_GROUP, PLAIN, THOUSANDS
from ..report import ERROR, WARNING
from ..schema import Column
from .base import MOST, Rule, RuleContext, where

_SAMPLE = 500
_SUSPECT = rf"^\s*{THOUSANDS.pattern}\s*$"
_ONE_DOT = rf"^\s*{ONE_GROUP.pattern}\s*$"
_PLAIN = rf"^\s*{PLAIN.pattern}\s*$"
_TELLING = r"\.|[0-9]{4}"


@dataclass
class _Dots:
    """Cells of a column that may be thousands, and whether another cell proves they are not."""

    column: Column
    suspects: list[tuple[int, str, Sequence[Any]]] = field(default_factory=list)
    more: int = 0  # that are only counted
    decimal: bool = False


class AmbiguousThousands(Rule):
    """`1.000` in a number column: read as 1, often meant as a thousand.

    Said only when no cell of the column shows that its dots are decimal points
    (12.5, 0.125) or that thousands are written without dots (12500).
    """

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._dots = [_Dots(c) for c in self.columns if c.type == "number" and _dotted(c)]

    def see(self, batch: Batch) -> None:
        for dots in self._dots:
            texts = batch.column(dots.column.number)
            dots.decimal = dots.decimal or _proven(texts.head(_SAMPLE)) or _proven(texts)
            if dots.decimal:
                continue
            found = texts.str.contains(_ONE_DOT).arg_true().to_list()
            if batch.natives is not None:
                # A number of a spreadsheet is what it is; only typed text is ambiguous.
                cells = batch.natives[dots.column.number - 1]
                found = [index for index in found if isinstance(cells[index], str)]
            room = MOST - len(dots.suspects)
            dots.more += len(found[room:])
            dots.suspects += [
                (row, texts[index].strip(), cells)
                for index, (row, cells) in batch.lines(found[:room]).items()
            ]

    def finish(self) -> None:
        for dots in self._dots:
            if dots.decimal:
                continue
            self.collector.tally("ambiguous-thousands", ERROR, dots.more)
            for row, text, cells in dots.suspects:
                self.collector.add(
                    "ambiguous-thousands",
                    ERROR,
                    row=row,
                    column=dots.column,
                    value=text,
                    cells=cells,
                    read=text.rstrip("0").rstrip("."),
                    meant=text.replace(".", ""),
                    precise=_precise(text),
                )


def _proven(texts: pl.Series) -> bool:
    """Whether a cell can only be read with its dots as decimal points."""
    telling = texts.filter(texts.str.contains(_TELLING))
    telling = telling.filter(~telling.str.contains(_SUSPECT))
    return bool(telling.str.contains(_PLAIN).any())


def _dotted(column: Column) -> bool:
    return column.field.get("decimalChar", ".") == "." and not column.field.get("groupChar")


def _precise(text: str) -> str:
    short = text.rstrip("0")
    return short + "0" if short.endswith(".") else short


class ExcelErrors(Rule):
    """`#REF!` and its kin in columns where frictionless takes any text."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._columns = [c for c in self.columns if c.type in ("string", "any")]

    def see(self, batch: Batch) -> None:
        for column in self._columns:
            mask = where(batch, column.number, "excel-error", _excel_errors)
            if mask is not None:
                self.each(batch, mask, "excel-error", column)


def _excel_errors(texts: pl.Series) -> pl.Series:
    marked = texts.filter(texts.str.starts_with("#"))
    if marked.is_empty():
        return marked
    return marked.filter(marked.str.strip_chars().str.to_uppercase().is_in(list(EXCEL_ERRORS)))


@dataclass
class _Gaps:
    column: Column
    filled: int = 0
    blank: int = 0
    rows: list[int] = field(default_factory=list)


class BlankCells(Rule):
    """Blanks in a number column that is otherwise filled: a forgotten figure or a real nothing?"""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._gaps = [
            _Gaps(c)
            for c in self.columns
            if c.type in ("number", "integer")
            and not (c.field.get("constraints") or {}).get("required")
        ]

    def see(self, batch: Batch) -> None:
        for gaps in self._gaps:
            blank = [not text.strip() for text in batch.unread(gaps.column.number)]
            count = sum(blank)
            gaps.filled += len(batch) - count
            gaps.blank += count
            room = MOST - len(gaps.rows)
            if count and room > 0:
                rows = batch.rows.filter(batch.numbers(gaps.column.number).is_null())
                gaps.rows += rows.filter(pl.Series(blank)).head(room).to_list()

    def finish(self) -> None:
        for gaps in self._gaps:
            if gaps.filled <= gaps.blank:
                continue
            for row in gaps.rows:
                self.collector.add("blank-cell", WARNING, row=row, column=gaps.column)
            self.collector.tally("blank-cell", WARNING, gaps.blank - len(gaps.rows))
