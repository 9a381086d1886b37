"""Which rows carry a mark seen before, for tables of any length in little memory.

A mark is a 64-bit hash of what is compared: a cell, a key, a whole row. Marks and row numbers
(16 bytes a row) are kept in memory up to a bound and in a temporary file beyond it; answers are
given part by part, each part holding the marks of one remainder. Two different values share a
mark once in 2**64: among ten million rows a false alarm is likelier than one in 300,000 only.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from itertools import chain
from typing import IO

import polars as pl

HELD = 65_536  # 1 MiB, and as much again for a moment when they are written
_PARTS = 16  # into which marks are sorted once they do not fit, by their remainder
_TOGETHER = 250_000  # marks looked at together, few enough for a processor to hold them near
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
    """Marks with their rows. held: how many stay in memory before a temporary file is used.

    Close it, or use it in `with`; the file is gone then.
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

    def add(self, marks: pl.Series, rows: pl.Series) -> None:
        """Keep the marks (UInt64) of rows (Int64), in the file's order; null marks are no marks."""
        frame = pl.DataFrame({"mark": marks, "row": rows}, schema=_SCHEMA)
        if marks.null_count():
            frame = frame.filter(pl.col("mark").is_not_null())
        self._waiting.append(frame)
        self._waits += len(frame)
        self._total += len(frame)
        if self._waits > self._held:
            self._spill()

    def count(self) -> int:
        """How many rows have a mark that came before."""
        return sum(map(_again, self._parts(self._shares())))

    def repeats(self, most: int | None = None) -> Repeats:
        """Rows whose mark came before, at most the first `most` of them in the frame."""
        count, frames = 0, [pl.DataFrame(schema=_REPEATS)]
        for part in self._parts(self._shares()):
            if found := _again(part):
                count += found
                frames.append(_first(_repeated(part), most))
        return Repeats(count, _first(pl.concat(frames), most))

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
        empty = pl.DataFrame(schema=_SCHEMA)
        if not shares:
            yield pl.concat([empty, *self._waiting])
            return
        for number in range(_PARTS):
            waiting = [each.filter(pl.col("mark") % _PARTS == number) for each in self._waiting]
            for share in range(shares):
                found = chain(self._read(number), waiting)
                if shares > 1:
                    mine = pl.col("mark") // _PARTS % shares == share
                    found = (each.filter(mine) for each in found)
                yield pl.concat([empty, *found])

    def _shares(self) -> int:
        """How many shares of a part are looked at one after the other; 0: all fits into memory."""
        return 1 + self._total // (_PARTS * _TOGETHER) if self._written else 0


def _again(part: pl.DataFrame) -> int:
    return len(part) - part["mark"].n_unique()


def _repeated(part: pl.DataFrame) -> pl.DataFrame:
    return (
        part.filter(pl.col("mark").is_duplicated())
        .select(
            "row",
            first=pl.col("row").first().over("mark"),
            before=pl.col("row").shift(1).over("mark"),
        )
        .filter(pl.col("before").is_not_null())
    )


def _first(frame: pl.DataFrame, most: int | None) -> pl.DataFrame:
    ordered = frame.sort("row", maintain_order=True)
    return ordered if most is None else ordered.head(most)
