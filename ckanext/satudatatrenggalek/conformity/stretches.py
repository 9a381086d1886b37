"""A table's rows as stretches: columns for the judge, odd rows beside them, in the file's order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic
from typing import Any

import polars as pl

from .again import Again
from .ahead import Ahead
from .batch import Batch, batch_of
from .masking import text_of
from .memory import Memory
from .readers import Problem
from .readers.fast_csv import START, FastCsv, Odd, Place
from .table import Table, quiet

_ROWS = 20_000
_PAUSE = 0.1  # seconds between two calls of a progress function

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Stretch:
    """Consecutive rows. batch: all of them, short ones filled with blanks and long ones cut.

    odd: cells as found of the rows that are not as wide as the table, by their place in `batch`.
    prepared: what the reading's `prepare` gave for the batch.
    """

    batch: Batch
    odd: dict[int, list[Any]] = field(default_factory=dict)
    prepared: Any = None


class Reading:
    """One pass over the rows below a table's header.

    progress(done, total): bytes of the file where it is text, else rows (total 0: unknown).
    careful: after the pass, whether any row went through the careful reader.
    given: where the stretches of a text begin, and the number of the last row of each.
    prepare: what else to make of every batch, of text in the thread that reads ahead; whoever
    sets it says by `read_on` when the next stretch is begun. Otherwise it is begun at once.
    meanwhile: what else to do while the first stretch is read, of text in the other thread.
    """

    def __init__(self, table: Table, limit: int | None, progress: Progress | None = None) -> None:
        self._table = table
        self._limit = limit
        self._coming: Ahead[tuple[Stretch, int]] | None = None
        self._memory = Memory()
        self.given: list[tuple[Place, int]] = []
        self.prepare: Callable[[Batch], Any] | None = None
        self.meanwhile: Callable[[], None] = lambda: None
        self._width = len(table.layout.labels)
        self._tell = _Teller(progress)
        self.careful = False

    def __iter__(self) -> Iterator[Stretch]:
        source = self._table.source
        if source.path is None or not self._width:
            yield from self._from_rows(self._table.layout.last)
            return
        fast = FastCsv(source.path, source.encoding, source.delimiter, self._width)
        size = source.path.stat().st_size
        try:
            yield from self._from_text(fast, size)
        except Odd:
            yield from self._from_rows(max(fast.done, self._table.layout.last))
        self._tell(size, size, last=True)

    def around(self, rows: Sequence[int], before: Reading) -> Iterator[Stretch]:
        """Stretches with all of these rows, ascending, of a file that was read `before`."""
        source = self._table.source
        if before.careful or source.path is None or source.encoding != "utf-8":
            yield from self
            return
        fast = FastCsv(source.path, source.encoding, source.delimiter, self._width)
        for begin, last in before.given:
            index = bisect_right(rows, begin.records)
            if index < len(rows) and rows[index] <= last:
                first, content, _ = next(fast.blocks(self._table.layout.last, begin))
                yield self._stretch(first, content)

    def read_on(self) -> None:
        """Let the next stretch be read from now on, while the one given is still at work."""
        if self._coming:
            self._coming.begin()

    def _from_text(self, fast: FastCsv, size: int) -> Iterator[Stretch]:
        self._coming = Ahead(self._stretches(fast))
        self._coming.begin()
        self.meanwhile()
        for stretch, position in self._coming:
            if self.prepare is None:
                self.read_on()
            yield stretch
            self._tell(position, size)

    def _stretches(self, fast: FastCsv) -> Iterator[tuple[Stretch, int]]:
        limit = self._limit
        begin = START
        for first, content, position in fast.blocks(self._table.layout.last):
            self.given.append((begin, fast.done))
            begin = Place(fast.done, position)
            if limit is not None and first + len(content) - 1 > limit:
                if first <= limit:
                    yield self._stretch(first, content[: limit - first + 1]), position
                self._table.source.note(Problem("too-many-rows", {"count": limit}, limit + 1))
                return
            if len(content):
                yield self._stretch(first, content), position

    def _stretch(self, first: int, content: pl.DataFrame | list[list[str]]) -> Stretch:
        numbers = range(first, first + len(content))
        if isinstance(content, pl.DataFrame):
            batch = Batch(pl.Series(numbers, dtype=pl.Int64), content, memory=self._memory)
            return Stretch(batch, prepared=self._prepared(batch))
        self.careful = True
        return self._of_rows(numbers, content)

    def _from_rows(self, after: int) -> Iterator[Stretch]:
        """Rows of any source by its own reader, beyond the first `after`."""
        self.careful = True
        rows = (r for r in self._table.rows(self._limit) if r[0] > after)
        number = 0
        while taken := list(islice(rows, _ROWS)):
            number = taken[-1][0]
            self.careful = self._table.source.careful
            yield self._of_rows([n for n, _ in taken], [cells for _, cells in taken])
            if self._table.source.path is None:
                self._tell(number, 0)
        if self._table.source.path is None:
            self._tell(number, number, last=True)

    def _of_rows(self, numbers: Sequence[int], rows: list[list[Any]]) -> Stretch:
        if self._table.source.padded:
            rows = [self._fit(cells) for cells in rows]
        odd = {i: cells for i, cells in enumerate(rows) if len(cells) != self._width}
        batch = batch_of(numbers, rows, self._width, self._memory)
        if self._table.source.textual:
            batch = Batch(batch.rows, batch.texts, memory=self._memory)
        return Stretch(batch, odd, self._prepared(batch))

    def _prepared(self, batch: Batch) -> Any:
        return self.prepare(batch) if self.prepare else None

    def _fit(self, cells: list[Any]) -> list[Any]:
        """Blank cells at the end of a spreadsheet's row are formatting; absent ones are blank."""
        width = self._width
        if len(cells) == width:
            return cells
        cells = list(cells)
        while len(cells) > width and text_of(cells[-1]).strip() == "":
            cells.pop()
        return cells + [None] * (width - len(cells))


class _Teller:
    """Calls a progress function now and then."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._next = 0.0

    def __call__(self, done: int, total: int, last: bool = False) -> None:
        if self._progress and (last or monotonic() >= self._next):
            self._next = monotonic() + _PAUSE
            self._progress(min(done, total) if total else done, total)


def reread(table: Table, again: Again, reading: Reading) -> None:
    """Read the rows asked for a second time and hand them over. reading: the first."""
    if not again.asked:
        return
    wanted = again.rows
    places = pl.Series(wanted, dtype=pl.Int64).implode()
    trial = Table(quiet(table.source), table.sheet, table.layout)
    for stretch in Reading(trial, wanted[-1]).around(wanted, reading):
        batch = stretch.batch
        for row, cells in batch.lines(batch.places.filter(batch.rows.is_in(places))).values():
            again.tell(row, list(cells))
