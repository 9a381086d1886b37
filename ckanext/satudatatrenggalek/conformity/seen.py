"""Which rows carry a mark seen before, for tables of any length in little memory.

A mark is a 64-bit hash of what is compared: a cell, a key, a whole row. Marks and row numbers
(16 bytes a row) are kept in memory up to a bound and in a temporary file beyond it; answers are
given part by part, each part holding the marks of one remainder. Two different values share a
mark once in 2**64: among ten million rows a false alarm is likelier than one in 300,000 only.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from itertools import chain, islice
from typing import IO

import polars as pl

HELD = 65_536  # 1 MiB, and as much again for a moment when they are written
_PARTS = 16  # into which marks are sorted once they do not fit, by their remainder
_TOGETHER = 300_000  # marks looked at together: 7 MB of them, and a third of it put in order
_SCHEMA = {"mark": pl.UInt64, "row": pl.Int64}
_REPEATS = {"row": pl.Int64, "first": pl.Int64, "before": pl.Int64}


def marks_of(columns: pl.DataFrame) -> pl.Series:
    """One mark a row from all columns together, UInt64; equal rows of text have equal marks."""
    return columns.hash_rows(20261125)


@dataclass(frozen=True)
class Repeats:
    """Rows whose mark came before.

    count: how many there are. frame: the first of them in the file's order, with the columns
    row, first (row where the mark was seen first) and before (where it was seen last).
    """

    count: int
    frame: pl.DataFrame


class Seen:
    """Marks with their rows, and with a further mark of each where one is added.

    held: how many stay in memory before a temporary file is used. Close it, or use it in `with`:
    the file is gone then.
    """

    def __init__(self, held: int = HELD) -> None:
        self._held = held
        self._total = 0
        self._waiting: list[pl.DataFrame] = []
        self._waits = 0
        self._written: list[tuple[int, int, int]] = []  # part, and where in the file
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        return self._total

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, marks: pl.Series, rows: pl.Series, whole: pl.Series | None = None) -> None:
        """Keep the marks (UInt64) of rows (Int64), in the file's order; null marks are no marks.

        whole: further marks of theirs (UInt64), each with one mark only; for all rows or none.
        """
        frame = pl.DataFrame({"mark": marks, "row": rows}, schema=_SCHEMA)
        if whole is not None:
            frame = frame.with_columns(whole=whole)
        if marks.null_count():
            frame = frame.filter(pl.col("mark").is_not_null())
        self._waiting.append(frame)
        self._waits += len(frame)
        self._total += len(frame)
        if self._waits > self._held:
            self._spill()

    def repeats(self, most: int | None = None) -> Repeats:
        """Rows whose mark came before, at most the first `most` of them in the frame."""
        return self._found(most, ("mark",))[0]

    def both(self, most: int | None = None) -> tuple[Repeats, Repeats]:
        """The same, and those of them whose `whole` came before as well."""
        by_mark, by_whole = self._found(most, ("mark", "whole"))
        return by_mark, by_whole

    def _found(self, most: int | None, names: Sequence[str]) -> list[Repeats]:
        counts = [0 for _ in names]
        frames = [[pl.DataFrame(schema=_REPEATS)] for _ in names]
        for part in self._parts(self._shares()):
            ordered = part["mark"].sort()
            again = ordered.filter(ordered == ordered.shift(1))
            if again.is_empty():
                continue
            twice = part.filter(pl.col("mark").is_in(again.unique().implode()))
            for place, name in enumerate(names):
                counts[place] += len(twice) - twice[name].n_unique()
                frames[place].append(_first(_repeated(twice, name), most))
        return [
            Repeats(count, _first(pl.concat(found), most))
            for count, found in zip(counts, frames, strict=True)
        ]

    def strangers(self, known: Seen, most: int | None = None) -> tuple[int, pl.Series]:
        """(count, first rows) of the rows whose mark `known` has never seen."""
        shares = max(self._shares(), known._shares())
        count, frames = 0, [pl.DataFrame(schema=_SCHEMA)]
        for own, other in zip(self._parts(shares), known._parts(shares), strict=True):
            found = own.join(other, on="mark", how="anti")
            count += len(found)
            frames.append(_first(found, most))
        return count, _first(pl.concat(frames), most)["row"]

    def close(self) -> None:
        """Remove the temporary files."""
        self._waiting.clear()
        self._written.clear()
        if self._file:
            self._file.close()
            self._file = None

    def _spill(self) -> None:
        # It has no name, so that nothing is left of it whatever becomes of this process.
        self._file = self._file or tempfile.TemporaryFile(prefix="satudata-seen-")  # noqa: SIM115
        self._file.seek(0, SEEK_END)
        held = pl.concat(self._waiting)
        parts = (held["mark"] % _PARTS).cast(pl.UInt8)
        for part in range(_PARTS):
            packed = BytesIO()
            held.filter(parts == part).write_ipc_stream(packed)
            self._written.append((part, self._file.tell(), packed.tell()))
            self._file.write(packed.getbuffer())
        self._waiting.clear()
        self._waits = 0

    def _read(self, number: int) -> Iterator[pl.DataFrame]:
        """What was written of a part."""
        for part, start, length in self._written:
            if part == number and self._file:
                self._file.seek(start)
                yield pl.read_ipc_stream(BytesIO(self._file.read(length)))

    def _parts(self, shares: int) -> Iterator[pl.DataFrame]:
        """Frames that share no mark, in the file's order; one of all for 0 shares.

        shares: into how many each part of the file is taken; `_shares` says how many are wanted.
        """
        if not shares:
            yield _together(self._waiting)
            return
        for number in range(_PARTS):
            waiting = [each.filter(pl.col("mark") % _PARTS == number) for each in self._waiting]
            for share in range(shares):
                found = chain(self._read(number), waiting)
                if shares > 1:
                    mine = pl.col("mark") // _PARTS % shares == share
                    found = (each.filter(mine) for each in _in_tens(found))
                yield _together(found)

    def _shares(self) -> int:
        """How many shares of a part are looked at one after the other; 0: all fits into memory."""
        return 1 + self._total // (_PARTS * _TOGETHER) if self._written else 0


def _in_tens(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Ten frames as one: what was written at a time is small, and a filter has its price."""
    waiting = iter(frames)
    while ten := list(islice(waiting, 10)):
        yield pl.concat(ten)


def _together(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(list(frames) or [pl.DataFrame(schema=_SCHEMA)])


def _repeated(twice: pl.DataFrame, name: str) -> pl.DataFrame:
    """Rows whose mark of this name came before. twice: all rows it may have come in."""
    found = twice.select(
        "row",
        first=pl.col("row").first().over(name),
        before=pl.col("row").shift(1).over(name),
    )
    return found.filter(pl.col("before").is_not_null())


def _first(frame: pl.DataFrame, most: int | None) -> pl.DataFrame:
    ordered = frame.sort("row", maintain_order=True)
    return ordered if most is None else ordered.head(most)
