"""Data rows column by column: what every rule and the judge work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from .masking import text_of


@dataclass(frozen=True)
class Batch:
    """Data rows in the file's order. Blank rows, totals and notes are not among them.

    rows: row numbers as the spreadsheet shows them (first row of the sheet = 1), Int64.
    texts: one String column per column of the header, named by position "1", "2" ...; every
    cell as `masking.text_of` shows it, "" for an empty or absent one, never null.
    natives: the cells themselves column by column where the source has types (a spreadsheet),
    None for a text file, whose cells are their texts.
    """

    rows: pl.Series
    texts: pl.DataFrame
    natives: Sequence[Sequence[Any]] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, number: int) -> pl.Series:
        """The texts of the column `number` (from 1)."""
        return self.texts[str(number)]

    def cells(self, index: int) -> list[Any]:
        """The row at `index` of this batch as found."""
        if self.natives is not None:
            return [column[index] for column in self.natives]
        return list(self.texts.row(index))


def batch_of(rows: Sequence[int], cells: Sequence[Sequence[Any]], width: int) -> Batch:
    """A batch from rows of cells; short rows are filled with blanks, long ones cut."""
    natives = [[row[i] if i < len(row) else None for row in cells] for i in range(width)]
    texts = {
        str(number): pl.Series([text_of(cell) for cell in column], dtype=pl.String)
        for number, column in enumerate(natives, start=1)
    }
    return Batch(pl.Series(rows, dtype=pl.Int64), pl.DataFrame(texts), natives)
