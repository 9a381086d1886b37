"""Data rows column by column: what every rule and the judge work on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple, TypeVar

import polars as pl

from .masking import text_of
from .memory import Memory, Pick, Texts

T = TypeVar("T")

_TRIED = 1_000  # cells looked at to tell whether a column repeats itself
_TOO_MANY = 0.96  # share of different cells among them from which judging each once does not pay
_LISTED = 2_000  # different texts that are looked at one by one
_COMPARED = 4  # texts up to which comparing with each is faster than looking up in a set

_WHOLE = 1e16
_EXACT = 1e15  # whole floats below are the integer that was typed
_TEXT: frozenset[type] = frozenset({str})
_SHORT_BELOW, _SHORT_FROM = 1e-4, 1e15  # between them Python writes no exponent, nor does polars


class _Listed(NamedTuple):
    """The different texts of a column: in a batch, and in the reading so far."""

    here: frozenset[str]
    column: Texts


@dataclass(frozen=True)
class Batch:
    """Data rows in the file's order. Blank rows, totals and notes are not among them.

    rows: row numbers as the spreadsheet shows them (first row of the sheet = 1), Int64.
    texts: one String column per column of the header, named by position "1", "2" ...; every
    cell as `masking.text_of` shows it, "" for an empty or absent one, never null.
    natives: the cells themselves column by column where the source has types (a spreadsheet),
    None for a text file, whose cells are their texts. A whole number may be a float: see `native`.
    memory: of the whole reading.
    """

    rows: pl.Series
    texts: pl.DataFrame
    natives: Sequence[Sequence[Any]] | None = None
    memory: Memory = field(default_factory=Memory, repr=False, compare=False)
    _distinct: dict[int, pl.Series | None] = field(default_factory=dict, repr=False, compare=False)
    _listed: dict[int, _Listed | None] = field(default_factory=dict, repr=False, compare=False)
    _numbers: dict[int, pl.Series] = field(default_factory=dict, compare=False, repr=False)
    _unread: dict[int, pl.Series] = field(default_factory=dict, compare=False, repr=False)
    _integers: dict[int, pl.Series] = field(default_factory=dict, compare=False, repr=False)
    _kinds: dict[int, frozenset[type]] = field(default_factory=dict, compare=False, repr=False)
    _made: dict[tuple[int, str], Any] = field(default_factory=dict, compare=False, repr=False)

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
        return self._columns[number - 1]

    @cached_property
    def _columns(self) -> list[pl.Series]:
        return self.texts.get_columns()

    def numbers(self, number: int) -> pl.Series:
        """The column `number` as Float64, null where a cell is no plain finite number."""
        if number not in self._numbers:
            whole = self._integers.get(number)
            texts = self.column(number)
            self._numbers[number] = _floats(texts) if whole is None else _of_whole(whole, texts)
        return self._numbers[number]

    def integers(self, number: int) -> pl.Series:
        """The column `number` as Int64, null where a cell is no plain whole number."""
        if number not in self._integers:
            self._integers[number] = self.column(number).cast(pl.Int64, strict=False)
        return self._integers[number]

    def unread(self, number: int) -> pl.Series:
        """The texts of the column `number` that are no plain finite number."""
        if number not in self._unread:
            numbers, texts = self.numbers(number), self.column(number)
            some = numbers.null_count() > 0
            self._unread[number] = texts.filter(numbers.is_null()) if some else texts.clear()
        return self._unread[number]

    @cached_property
    def places(self) -> pl.Series:
        """0, 1, 2 ...: filtered by a mask, the places where it holds (UInt32)."""
        return pl.int_range(len(self.rows), dtype=pl.UInt32, eager=True)

    def cells(self, index: int) -> list[Any]:
        """The row at `index` of this batch as found."""
        if self.natives is not None:
            return [native(column[index]) for column in self.natives]
        return list(self.texts.row(index))

    def lines(self, places: Iterable[int]) -> dict[int, tuple[int, Sequence[Any]]]:
        """By their places (row number, cells as found) of some rows, taken out together."""
        wanted = sorted(set(places))
        if not wanted:
            return {}
        rows = self.rows.gather(wanted).to_list()
        cells: Sequence[Sequence[Any]]
        if self.natives is None:
            cells = self.texts[wanted].rows()
        else:
            cells = [self.cells(index) for index in wanted]
        return dict(zip(wanted, zip(rows, cells, strict=True), strict=True))

    def distinct(self, number: int) -> pl.Series | None:
        """The different texts of a column, in no order; worked out once and shared.

        None when most cells differ, so that judging each text once would not pay.
        """
        if number not in self._distinct:
            self._distinct[number] = self._unique(number)
        return self._distinct[number]

    def _unique(self, number: int) -> pl.Series | None:
        """As `distinct`: what a column was like before, it is taken to be again."""
        column, memory = self.column(number), self.memory
        if len(column) > _TRIED:
            if number in memory.differing:
                return None
            if number not in memory.repeating:
                tried = column.gather_every(len(column) // _TRIED)
                differs = tried.n_unique() > len(tried) * _TOO_MANY
                (memory.differing if differs else memory.repeating).add(number)
                return self._unique(number)
        distinct = column.unique()
        if len(distinct) > max(_TRIED, len(column) * _TOO_MANY):
            memory.differing.add(number)
        return distinct

    def once(self, number: int) -> pl.Series:
        """Every text of a column at least once: the different ones, or all where most differ."""
        distinct = self.distinct(number)
        return self.column(number) if distinct is None else distinct

    def listed(self, number: int) -> Collection[str] | None:
        """The different texts of a column to be looked at one by one; None when they are many."""
        known = self._known(number)
        return None if known is None else known.here

    def met(self, number: int, test: str, pick: Pick) -> Collection[str]:
        """The different texts of a column for which a test holds, in no order.

        pick: those of some texts for which it does; always the same for a column and a test's name.
        """
        known = self._known(number)
        if known is not None:
            found = self.memory.met(known.column, test, pick)
            return [text for text in found if text in known.here]
        return frozenset(pick(self.once(number)))

    def made(self, number: int, what: str, make: Callable[[], T]) -> T:
        """What a rule makes of a column, made once; a batch with fewer rows makes its own."""
        key = (number, what)
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _known(self, number: int) -> _Listed | None:
        if number not in self._listed:
            distinct = self.distinct(number)
            known = None
            if distinct is not None and len(distinct) <= _LISTED:
                here = frozenset(distinct.to_list())
                known = _Listed(here, self.memory.learn(number, here))
            self._listed[number] = known
        return self._listed[number]

    def counted(self, number: int, among: Collection[str] | None = None) -> pl.DataFrame:
        """The different texts of a column, in the order in which they first stand.

        Columns: text, count (UInt32), row (Int64; number of the first). among: only these texts.
        """
        frame = pl.DataFrame({"text": self.column(number), "row": self.rows})
        if among is not None:
            wanted = pl.Series(list(among), dtype=pl.String).implode()
            frame = frame.filter(pl.col("text").is_in(wanted))
        by_text = frame.group_by("text", maintain_order=True)
        return by_text.agg(pl.len().alias("count"), pl.col("row").first())

    def keep(self, mask: pl.Series) -> Batch:
        """The rows where the mask holds."""
        natives = self.natives
        if natives is not None:
            kept = mask.to_list()
            natives = [[c for c, k in zip(column, kept, strict=True) if k] for column in natives]
        return Batch(self.rows.filter(mask), self.texts.filter(mask), natives, self.memory)


def _floats(texts: pl.Series) -> pl.Series:
    numbers = texts.cast(pl.Float64, strict=False)
    finite = numbers.is_finite()
    return numbers if finite.all() else numbers.set(~finite, None)


def _of_whole(whole: pl.Series, texts: pl.Series) -> pl.Series:
    """Numbers of a column most of which were read as whole ones, which costs less."""
    numbers = whole.cast(pl.Float64)
    if not whole.null_count():
        return numbers
    rest = whole.is_null()
    return numbers.scatter(rest.arg_true(), _floats(texts.filter(rest)))


def native(cell: Any) -> Any:
    """A cell as it was typed: the fast reader of workbooks gives every number as a float."""
    if cell.__class__ is float and -_EXACT < cell < _EXACT and cell.is_integer():
        return int(cell)
    return cell


def among(texts: pl.Series, wanted: Collection[str]) -> pl.Series:
    """A mask of the texts that are one of those wanted."""
    if len(wanted) > _COMPARED:
        return texts.is_in(pl.Series(list(wanted), dtype=pl.String).implode())
    masks = [texts == text for text in wanted]
    return reduce(or_, masks) if masks else pl.repeat(False, len(texts), eager=True)


def batch_of(
    rows: Sequence[int], cells: Sequence[Sequence[Any]], width: int, memory: Memory | None = None
) -> Batch:
    """A batch from rows of cells; short rows are filled with blanks, long ones cut."""
    if all(len(row) == width for row in cells):
        natives = [list(column) for column in zip(*cells, strict=True)] if cells else None
    else:
        natives = [[row[i] if i < len(row) else None for row in cells] for i in range(width)]
    natives = natives or [[] for _ in range(width)]
    texts = {str(number): _texts(column) for number, column in enumerate(natives, start=1)}
    numbers = pl.Series(rows, dtype=pl.Int64)
    return Batch(numbers, pl.DataFrame(texts), natives, memory or Memory())


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
