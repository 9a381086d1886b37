"""Data rows column by column: what every rule and the judge work on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import polars as pl

from .masking import text_of

_TRIED = 1_000  # cells looked at to tell whether a column repeats itself
_TOO_MANY = 0.96  # share of different cells among them from which judging each once does not pay
_LISTED = 2_000  # different texts that are looked at one by one

_WHOLE = 1e16
_EXACT = 1e15  # whole floats below are the integer that was typed
_TEXT: frozenset[type] = frozenset({str})
_SHORT_BELOW, _SHORT_FROM = 1e-4, 1e15  # between them Python writes no exponent, nor does polars

Look = Callable[[int, list[Any]], None]


@dataclass(frozen=True)
class Batch:
    """Data rows in the file's order. Blank rows, totals and notes are not among them.

    rows: row numbers as the spreadsheet shows them (first row of the sheet = 1), Int64.
    texts: one String column per column of the header, named by position "1", "2" ...; every
    cell as `masking.text_of` shows it, "" for an empty or absent one, never null.
    natives: the cells themselves column by column where the source has types (a spreadsheet),
    None for a text file, whose cells are their texts. A whole number may be a float: see `native`.
    """

    rows: pl.Series
    texts: pl.DataFrame
    natives: Sequence[Sequence[Any]] | None = None
    _distinct: dict[int, pl.Series | None] = field(default_factory=dict, repr=False, compare=False)
    _numbers: dict[int, pl.Series] = field(default_factory=dict, compare=False, repr=False)
    _kinds: dict[int, frozenset[type]] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def kinds(self, number: int) -> frozenset[type]:
        """The types of the cells of a column; of a text file none but text."""
        if self.natives is None:
            return _TEXT
        if number not in self._kinds:
            self._kinds[number] = frozenset(map(type, self.natives[number - 1]))
        return self._kinds[number]

    def column(self, number: int) -> pl.Series:
        """The texts of the column `number` (from 1)."""
        return self.texts[str(number)]

    def numbers(self, number: int) -> pl.Series:
        """The column `number` as Float64, null where a cell is no plain finite number."""
        if number not in self._numbers:
            numbers = self.column(number).cast(pl.Float64, strict=False)
            finite = numbers.is_finite()
            self._numbers[number] = numbers if finite.all() else numbers.set(~finite, None)
        return self._numbers[number]

    def unread(self, number: int) -> pl.Series:
        """The texts of the column `number` that are no plain finite number."""
        numbers = self.numbers(number)
        texts = self.column(number)
        return texts.filter(numbers.is_null()) if numbers.null_count() else texts.clear()

    def cells(self, index: int) -> list[Any]:
        """The row at `index` of this batch as found."""
        if self.natives is not None:
            return [native(column[index]) for column in self.natives]
        return list(self.texts.row(index))

    def distinct(self, number: int) -> pl.Series | None:
        """The different texts of a column, in no order; worked out once and shared.

        None when most cells differ, so that judging each text once would not pay.
        """
        if number not in self._distinct:
            self._distinct[number] = _distinct(self.column(number))
        return self._distinct[number]

    def once(self, number: int) -> pl.Series:
        """Every text of a column at least once: the different ones, or all where most differ."""
        distinct = self.distinct(number)
        return self.column(number) if distinct is None else distinct

    def listed(self, number: int) -> list[str] | None:
        """The different texts of a column to be looked at one by one; None when they are many."""
        distinct = self.distinct(number)
        if distinct is None or len(distinct) > _LISTED:
            return None
        return distinct.to_list()

    def counted(self, number: int, among: Sequence[str] | None = None) -> pl.DataFrame:
        """The different texts of a column, in the order in which they first stand.

        Columns: text, count (UInt32), row (Int64; number of the first). among: only these texts.
        """
        frame = pl.DataFrame({"text": self.column(number), "row": self.rows})
        if among is not None:
            wanted = pl.Series(among, dtype=pl.String).implode()
            frame = frame.filter(pl.col("text").is_in(wanted))
        by_text = frame.group_by("text", maintain_order=True)
        return by_text.agg(pl.len().alias("count"), pl.col("row").first())

    def keep(self, mask: pl.Series) -> Batch:
        """The rows where the mask holds."""
        natives = self.natives
        if natives is not None:
            kept = mask.to_list()
            natives = [[c for c, k in zip(column, kept, strict=True) if k] for column in natives]
        return Batch(self.rows.filter(mask), self.texts.filter(mask), natives)


def _distinct(column: pl.Series) -> pl.Series | None:
    tried = column.gather_every(max(1, len(column) // _TRIED))
    if len(column) > _TRIED and tried.n_unique() > len(tried) * _TOO_MANY:
        return None
    return column.unique()


def native(cell: Any) -> Any:
    """A cell as it was typed: the fast reader of workbooks gives every number as a float."""
    if cell.__class__ is float and -_EXACT < cell < _EXACT and cell.is_integer():
        return int(cell)
    return cell


def batch_of(rows: Sequence[int], cells: Sequence[Sequence[Any]], width: int) -> Batch:
    """A batch from rows of cells; short rows are filled with blanks, long ones cut."""
    if all(len(row) == width for row in cells):
        natives = [list(column) for column in zip(*cells, strict=True)] if cells else None
    else:
        natives = [[row[i] if i < len(row) else None for row in cells] for i in range(width)]
    natives = natives or [[] for _ in range(width)]
    texts = {str(number): _texts(column) for number, column in enumerate(natives, start=1)}
    return Batch(pl.Series(rows, dtype=pl.Int64), pl.DataFrame(texts), natives)


def _texts(column: list[Any]) -> pl.Series:
    kinds = set(map(type, column))
    if kinds <= {str}:
        return pl.Series(column, dtype=pl.String)
    if kinds <= {str, type(None)}:
        return pl.Series(column, dtype=pl.String).fill_null("")
    if float not in kinds:
        return pl.Series([text_of(cell) for cell in column], dtype=pl.String)
    texts = _figures([cell if type(cell) is float else None for cell in column])
    rest = texts.is_null().arg_true().to_list()
    return texts.scatter(rest, [text_of(column[index]) for index in rest]) if rest else texts


def _figures(numbers: list[float | None]) -> pl.Series:
    """`text_of` for floats, which a workbook has by the million; null where polars differs."""
    figure = pl.col("figure")
    size = figure.abs()
    whole = (figure == figure.floor()) & (size < _WHOLE)
    texts = (
        pl.when(whole)
        .then(figure.cast(pl.Int64, strict=False).cast(pl.String))
        .when((size >= _SHORT_BELOW) & (size < _SHORT_FROM))
        .then(figure.cast(pl.String))
    )
    frame = pl.DataFrame({"figure": numbers}, schema={"figure": pl.Float64})
    return frame.select(texts).to_series()


class Again:
    """Rows to be looked at a second time, once the whole table was seen.

    What only the whole table shows (a row that is there twice) is known when its rows have
    gone by. A rule asks in its `finish`; the engine then reads the file once more, only if
    somebody has asked, and calls `look(row number, cells as found)` for every row asked for.
    """

    def __init__(self) -> None:
        self._asked: dict[int, list[Look]] = {}

    def ask(self, rows: Iterable[int], look: Look) -> None:
        """Have `look` called with each of these rows, in the file's order."""
        for row, wish in zip(rows, repeat(look)):
            self._asked.setdefault(row, []).append(wish)

    @property
    def asked(self) -> bool:
        """Whether a second reading is wanted."""
        return bool(self._asked)

    @property
    def rows(self) -> list[int]:
        """Numbers of the rows wanted, ascending."""
        return sorted(self._asked)

    def tell(self, row: int, cells: list[Any]) -> None:
        """Hand a row that was read again to those who asked for it."""
        for look in self._asked.pop(row, ()):
            look(row, cells)
