"""Rows that are no data (blank ones, totals, notes) found by columns, told by the row.

`rules.rows` says what such a row is. Columns only tell which rows to ask about: where at most
one cell is filled, and where a cell reads like the word of a total.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

import polars as pl

from ..batch import Batch, among
from ..collect import Collector
from ..rules import Rule
from ..rules.rows import RowKinds, is_blank, is_total
from ..schema import Column
from ..stretches import Stretch

_FILLED = "[0-9A-Za-z]"
_TOTAL = re.compile(r"(?i)^[\s\x00-\x1f]*(?:sub|grand|jumlah|total|jml|rata)")
_FIGURES = frozenset({"integer", "number", "year", "date"})


class Aside:
    """Sets rows aside, stretch by stretch, with one finding each."""

    def __init__(
        self,
        columns: Sequence[Column],
        collector: Collector,
        spreadsheet: bool,
        aggregates: frozenset[str],
    ) -> None:
        self._columns = columns
        self._found = collector
        self._spreadsheet = spreadsheet
        self._aggregates = aggregates
        self._kinds = RowKinds(len(columns), aggregates)
        self._blanks: list[int] = []

    def take(
        self, stretch: Stretch, places: Sequence[int], rules: Sequence[Rule]
    ) -> pl.Series | None:
        """Which rows stay, as a mask; None when all do. places: `doubtful` of the batch."""
        batch = stretch.batch
        gone: list[int] = []
        blanks: list[int] = []
        before = -1
        for index in places:
            if index > before + 1:
                self._kinds.data()
            before = index
            cells = stretch.odd.get(index) or batch.cells(index)
            if is_blank(cells):
                blanks.append(index)
            elif self._is_aside(batch, index, cells, rules):
                gone.append(index)
        if before < len(batch) - 1:
            self._kinds.data()
        self._gaps(batch, blanks, gone)
        if not gone and not blanks:
            return None
        dropped = pl.Series([*gone, *blanks], dtype=pl.UInt32)
        return ~pl.int_range(len(batch), dtype=pl.UInt32, eager=True).is_in(dropped.implode())

    def finish(self) -> None:
        """Blank rows at the end: nothing in a spreadsheet (formatting), one finding in a CSV."""
        if self._blanks and not self._spreadsheet:
            more = f", begitu juga {n} baris sesudahnya" if (n := len(self._blanks) - 1) else ""
            self._found.add("blank-row", row=self._blanks[0], more=more)

    def _is_aside(self, batch: Batch, index: int, cells: list[Any], rules: Sequence[Rule]) -> bool:
        """Totals and notes are not data: one finding, and no other about that row."""
        kind, words = self._kinds.kind(cells)
        if not kind:
            return False
        row = int(batch.rows[index])
        self._found.add(f"{kind}-row", row=row, value=words, cells=cells)
        for rule in rules:
            rule.aside(row, cells, kind)
        return True

    def _gaps(self, batch: Batch, blanks: list[int], gone: list[int]) -> None:
        """A blank row is a gap as soon as another row follows it.

        In a spreadsheet only data makes a gap: blanks around totals and notes are its look.
        """
        passed = {*blanks, *gone} if self._spreadsheet else set(blanks)
        last = next((i for i in range(len(batch) - 1, -1, -1) if i not in passed), -1)
        rows = [(index, int(batch.rows[index])) for index in blanks]
        if last >= 0:
            self._blanks += [row for index, row in rows if index < last]
            for blank in self._blanks:
                self._found.add("blank-row", row=blank, more="")
            self._blanks.clear()
        self._blanks += [row for index, row in rows if index > last]

    def doubtful(
        self, batch: Batch, doubts: Mapping[int, Collection[str]] | None = None
    ) -> Sequence[int]:
        """Places of rows that may be none of data, ascending; asks nothing but the batch.

        doubts: by column `ColumnJudge.doubts`: nothing else of a column of figures can be a word.
        """
        doubts = doubts or {}
        places = {*_sparse(batch)}
        for column in self._columns:
            number = column.number
            if number in doubts and column.type in _FIGURES:
                telling = [text for text in doubts[number] if _TOTAL.search(text)]
            else:
                telling = batch.met(number, "total", partial(self._telling, column))
            words = [text for text in telling if is_total([text], self._aggregates)]
            if words:
                places.update(batch.places.filter(among(batch.column(number), words)))
        return sorted(places)

    def _telling(self, column: Column, texts: pl.Series) -> pl.Series:
        """Which texts of a column may be the word of a total or the name of the whole."""
        pattern = _TOTAL.pattern
        if self._aggregates and column.type not in _FIGURES:
            spaced = (re.escape(n).replace(r"\ ", r"\s+") for n in sorted(self._aggregates))
            names = "|".join(spaced)
            pattern = rf"{pattern}|(?i)^\s*(?:pro[vp][a-z]*\.?\s+)?(?:{names})\s*$"
        return texts.filter(texts.str.contains(pattern))


def _unfilled(texts: pl.Series) -> pl.Series:
    return texts.filter(~texts.str.contains(_FILLED))


def _sparse(batch: Batch) -> list[int]:
    """Rows with at most one filled cell; the two fullest columns tell nearly all apart."""
    texts = batch.texts
    full = 0
    for number in range(1, texts.width + 1):
        if batch.listed(number) is not None:
            full += not batch.met(number, "unfilled", _unfilled)
        if full > 1:
            return []  # two cells of every row are filled
    blanks = texts.select((pl.all() == "").sum()).row(0)
    fullest = sorted(range(texts.width), key=lambda i: blanks[i])[:2]
    filled = [pl.col(texts.columns[i]).str.contains(_FILLED) for i in fullest]
    doubt = texts.select(~pl.all_horizontal(filled)).to_series().arg_true()
    if not len(doubt):
        return []
    near = texts[doubt].select(
        pl.sum_horizontal(pl.all().str.contains(_FILLED).cast(pl.UInt16)) <= 1
    )
    return doubt.filter(near.to_series()).to_list()
