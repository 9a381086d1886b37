"""The rows that are copied, in stretches, and those that are not: as the check sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import polars as pl

from ..batch import Batch
from ..collect import Collector
from ..judging.aside import Aside
from ..report import ERROR
from ..schema import Column
from ..stretches import Progress, Reading, Stretch
from ..table import Table

_MOST = 10_000

LeftOut = Callable[[str, int, Sequence[Any]], None]  # code, row, cells


class _Told(Collector):
    """Hears from the check's own `Aside` which rows are totals and notes."""

    def __init__(self) -> None:
        super().__init__("", 0)
        self.named: dict[int, str] = {}

    def add(self, code: str, severity: str = ERROR, **words: Any) -> None:
        """Remember the row of a total or note."""
        if words.get("row") and code != "blank-row":
            self.named[words["row"]] = code


def data_rows(
    table: Table,
    columns: Sequence[Column],
    left_out: LeftOut,
    progress: Progress | None = None,
) -> Iterator[Stretch]:
    """Every stretch of data rows; totals, notes and blank rows go to `left_out` instead."""
    told = _Told()
    spreadsheet = table.source.spreadsheet
    aside = Aside(columns, told, spreadsheet, table.layout.aggregates)
    blanks: list[int] = []
    for stretch in Reading(table, None, progress):
        stay = aside.take(stretch, aside.doubtful(stretch.batch), ())
        if stay is None:
            yield from _pieces(_passed(stretch, blanks, left_out))
            continue
        for index in (~stay).arg_true().to_list():
            row = int(stretch.batch.rows[index])
            cells = stretch.odd.get(index) or stretch.batch.cells(index)
            if code := told.named.pop(row, ""):
                _tell(blanks, left_out)
                left_out(code, row, cells)
            else:
                blanks.append(row)
        yield from _pieces(_passed(_kept(stretch, stay), blanks, left_out))
    # Blank rows below a table are formatting in a spreadsheet, and commas in a CSV.
    if not spreadsheet:
        _tell(blanks, left_out)


def _passed(stretch: Stretch, blanks: list[int], left_out: LeftOut) -> Stretch:
    """The stretch itself; blank rows above its last row are gaps."""
    if len(stretch.batch):
        last = int(stretch.batch.rows[-1])
        above = [row for row in blanks if row < last]
        blanks[:] = [row for row in blanks if row > last]
        _tell(above, left_out)
    return stretch


def _tell(blanks: list[int], left_out: LeftOut) -> None:
    for row in blanks:
        left_out("blank-row", row, ())
    blanks.clear()


def _kept(stretch: Stretch, stay: pl.Series) -> Stretch:
    places = {old: new for new, old in enumerate(stay.arg_true().to_list())}
    odd = {places[index]: cells for index, cells in stretch.odd.items() if index in places}
    return Stretch(stretch.batch.keep(stay), odd)


def _pieces(stretch: Stretch) -> Iterator[Stretch]:
    """Short stretches, so that a row's changes are in memory only for a while."""
    rows, texts, natives = stretch.batch.rows, stretch.batch.texts, stretch.batch.natives
    for first in range(0, len(rows), _MOST):
        last = first + _MOST
        piece = Batch(
            rows[first:last],
            texts[first:last],
            None if natives is None else [column[first:last] for column in natives],
        )
        odd = {i - first: cells for i, cells in stretch.odd.items() if first <= i < last}
        yield Stretch(piece, odd)


def typed(stretch: Stretch, number: int) -> pl.Series | None:
    """Which cells of a column are text in the file; None when all are (a CSV)."""
    natives = stretch.batch.natives
    if natives is None:
        return None
    return pl.Series([isinstance(c, str) for c in natives[number - 1]], dtype=pl.Boolean)
