"""Numbers that read as something else than was meant and blanks among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import polars as pl

from ..batch import Batch, among
from ..notation import DOT, THOUSANDS, Notation, amount
from ..numbers import EXCEL_ERRORS, ONE_GROUP
from ..report import ERROR, WARNING
from ..schema import Column
from .base import MOST, Rule, RuleContext, where

_ONE_DOT = rf"^\s*{ONE_GROUP.pattern}\s*$"


@dataclass
class _Dots:
    """Cells of a column that may be thousands, and what its other cells prove."""

    column: Column
    notation: Notation
    suspects: list[tuple[int, str, Sequence[Any]]] = field(default_factory=list)
    more: int = 0  # that are only counted

    @property
    def settled(self) -> bool:
        """Whether the column shows that its dots are thousands."""
        return self.notation.reading(DOT) == THOUSANDS

    @property
    def fine(self) -> bool:
        """Whether it shows that they are decimals, or that thousands have no dots (12500)."""
        return self.notation.english or not (self.settled or not self.notation.reading(DOT))


class AmbiguousThousands(Rule):
    """`1.000` in a number column: read as 1, often meant as a thousand.

    Said only when no cell of the column shows that its dots are decimal points
    (12.5, 0.125) or that thousands are written without dots (12500). Where the column shows
    that they are thousands, it is said how to write them, and why; else both ways are named.
    """

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._dots = [
            _Dots(c, context.notations[c.number])
            for c in self.columns
            if c.type == "number" and c.number in context.notations and _dotted(c)
        ]

    def see(self, batch: Batch) -> None:
        for dots in self._dots:
            if dots.notation.english:
                continue
            number = dots.column.number
            texts = batch.column(number)
            typed = _typed(batch, number)
            dots.notation.learn(texts if typed is None else texts.filter(typed))
            for text in batch.unread(number).unique(maintain_order=True):
                if found := amount(text.strip()):
                    dots.notation.see(found)
            self._suspect(batch, dots, typed)

    def _suspect(self, batch: Batch, dots: _Dots, typed: pl.Series | None) -> None:
        texts = batch.column(dots.column.number)
        mask = texts.str.contains(_ONE_DOT)
        if typed is not None:
            mask &= typed
        if not mask.any():
            return
        dots.notation.learn_dots(texts.filter(mask))
        places = mask.arg_true().to_list()
        room = MOST - len(dots.suspects)
        dots.more += len(places[room:])
        dots.suspects += [
            (row, texts[index].strip(), cells)
            for index, (row, cells) in batch.lines(places[:room]).items()
        ]

    def finish(self) -> None:
        for dots in self._dots:
            if dots.fine:
                continue
            code = "thousands-dot" if dots.settled else "ambiguous-thousands"
            why = dots.notation.why(partial(self.collector.shown, dots.column))
            self.collector.tally(code, ERROR, dots.more, dots.column)
            for row, text, cells in dots.suspects:
                self.collector.add(
                    code,
                    ERROR,
                    row=row,
                    column=dots.column,
                    value=text,
                    cells=cells,
                    read=text.rstrip("0").rstrip("."),
                    meant=text.replace(".", ""),
                    precise=_precise(text),
                    why=why,
                )


def _typed(batch: Batch, number: int) -> pl.Series | None:
    """Which cells are text in a spreadsheet, whose numbers are what they are; None: all are."""
    if batch.natives is None:
        return None
    cells = batch.natives[number - 1]
    return pl.Series([isinstance(cell, str) for cell in cells], dtype=pl.Boolean)


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
        self._refused = context.refused
        self._gaps = [
            _Gaps(c)
            for c in self.columns
            if c.type in ("number", "integer")
            and not (c.field.get("constraints") or {}).get("required")
        ]

    def see(self, batch: Batch) -> None:
        for gaps in self._gaps:
            texts = batch.unread(gaps.column.number)
            if all(text.strip() for text in texts):
                gaps.filled += len(batch)
                continue
            blank = texts.str.strip_chars() == ""
            # Blanks that are refused as no number have been told of.
            if refused := self._refused(gaps.column, texts.filter(blank)):
                blank &= ~among(texts, refused)
            count = int(blank.sum())
            gaps.filled += len(batch) - count
            gaps.blank += count
            room = MOST - len(gaps.rows)
            if count and room > 0:
                rows = batch.rows.filter(batch.numbers(gaps.column.number).is_null())
                gaps.rows += rows.filter(blank).head(room).to_list()

    def finish(self) -> None:
        for gaps in self._gaps:
            if gaps.filled <= gaps.blank:
                continue
            for row in gaps.rows:
                self.collector.add("blank-cell", WARNING, row=row, column=gaps.column)
            missed = gaps.blank - len(gaps.rows)
            self.collector.tally("blank-cell", WARNING, missed, gaps.column)
