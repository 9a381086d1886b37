"""The rows of a table in stretches, column by column, without what is no data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import polars as pl

from ..batch import Batch
from ..masking import text_of
from ..rules.rows import RowKinds, is_blank
from ..table import Table

_ROWS = 5_000


class Aside(Protocol):
    """Told of every row or cell that is not copied: code, row number, cells."""

    def __call__(self, code: str, row: int, cells: Sequence[Any], /) -> None: ...


@dataclass
class Stretch:
    """Some data rows. extras: cells beyond the header, by index of the row in the batch."""

    batch: Batch
    extras: dict[int, list[Any]] = field(default_factory=dict)

    def is_text(self, number: int) -> pl.Series | None:
        """Which cells of a column are text in the file; None when all are (a CSV)."""
        if self.batch.natives is None:
            return None
        return pl.Series(
            [isinstance(c, str) for c in self.batch.natives[number - 1]], dtype=pl.Boolean
        )


def stretches(table: Table, aside: Aside) -> Iterator[Stretch]:
    """Every data row of the table, in order; what is left out goes to `aside`."""
    width = len(table.layout.labels)
    taken: list[tuple[int, list[Any]]] = []
    for number, cells in _data_rows(table, width, aside):
        taken.append((number, cells))
        if len(taken) >= _ROWS:
            yield _stretch(table, taken, width, aside)
            taken = []
    if taken:
        yield _stretch(table, taken, width, aside)


def _data_rows(table: Table, width: int, aside: Aside) -> Iterator[tuple[int, list[Any]]]:
    blanks: list[int] = []
    kinds = RowKinds(width, table.layout.aggregates)
    for number, cells in table.rows():
        if is_blank(cells):
            blanks.append(number)
            continue
        for blank in blanks:
            aside("blank-row", blank, ())
        blanks.clear()
        kind, _ = kinds.kind(cells)
        if kind:
            aside(f"{kind}-row", number, cells)
        else:
            yield number, cells
    # Blank rows below a table are formatting in a spreadsheet, and commas in a CSV.
    for blank in () if table.source.spreadsheet else blanks:
        aside("blank-row", blank, ())


def _stretch(table: Table, taken: list[tuple[int, list[Any]]], width: int, aside: Aside) -> Stretch:
    extras: dict[int, list[Any]] = {}
    spreadsheet = table.source.spreadsheet
    for index, (number, cells) in enumerate(taken):
        if len(cells) > width:
            if not is_blank(cells[width:]):
                extras[index] = cells[width:]
            elif not spreadsheet:
                aside("extra-blank", number, ())
        elif len(cells) < width and not spreadsheet:
            aside("short-row", number, ())
    rows = [number for number, _ in taken]
    blank = None if spreadsheet else ""
    padded = [cells[:width] + [blank] * (width - len(cells)) for _, cells in taken]
    return Stretch(_batch(rows, padded), extras)


def _batch(rows: list[int], padded: list[list[Any]]) -> Batch:
    natives = list(zip(*padded, strict=True))
    plain = all(isinstance(c, str) for column in natives for c in column)
    texts = {
        str(number): pl.Series(
            column if plain else [text_of(cell) for cell in column], dtype=pl.String
        )
        for number, column in enumerate(natives, start=1)
    }
    return Batch(pl.Series(rows, dtype=pl.Int64), pl.DataFrame(texts), None if plain else natives)
