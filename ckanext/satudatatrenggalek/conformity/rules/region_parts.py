"""Codes kept in several columns: province 35, kabupaten 03, kecamatan 01, desa 2001."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from .. import regions
from ..batch import Batch
from ..schema import Column

_ORDER = (regions.PROVINCE, regions.REGENCY, regions.DISTRICT, regions.VILLAGE)
# Longest part of a code by level: kabupaten 03, kecamatan 01 or (BPS) 010, desa 2001.
_LONGEST = {regions.REGENCY: 2, regions.DISTRICT: 3, regions.VILLAGE: 4}


class Parts:
    """Which code columns hold only the last part of a code, learnt from the first rows."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._levels = {c.number: regions.level_of(c.name) for c in columns}
        self._parts: dict[int, tuple[int, str]] | None = None  # first row and example by column
        self._long: set[int] = set()  # parts written as BPS does

    def learn(self, batch: Batch) -> None:
        """Look at the first batch: all cells short means parts."""
        if self._parts is not None:
            return
        found: dict[int, tuple[int, str]] = {}
        for column in self._columns:
            longest = _LONGEST.get(self._levels[column.number])
            texts = batch.column(column.number)
            filled = texts.filter(texts != "")
            if longest is None or filled.is_empty():
                continue
            if filled.str.contains(rf"^\s*[0-9]{{1,{longest}}}\s*$").all():
                index = (texts != "").arg_max() or 0
                found[column.number] = (batch.rows[index], texts[index])
                if self._levels[column.number] == regions.DISTRICT and (
                    filled.str.strip_chars().str.len_bytes().max() == 3
                ):
                    self._long.add(column.number)
        self._parts = found  # only now, since the thread that reads ahead asks as well

    def are_whole(self, column: Column) -> bool:
        """Whether the cells of a column are known to be whole codes."""
        return self._parts is not None and column.number not in self._parts

    def full(self, batch: Batch, column: Column) -> pl.Series | None:
        """The whole codes of a column; None where the part before them is in no column."""
        texts = batch.column(column.number)
        if not self._parts or column.number not in self._parts:
            return texts
        parent = self._parent(column)
        before = self.full(batch, parent) if parent else None
        if before is None:
            return None
        width = 3 if column.number in self._long else 2
        if self._levels[column.number] == regions.VILLAGE:
            width = 4
        own = texts.str.strip_chars().str.zfill(width)
        joined = pl.DataFrame({"a": before.str.strip_chars(), "b": own}).select(
            pl.when(texts == "").then(pl.lit("")).otherwise(pl.col("a") + "." + pl.col("b"))
        )
        codes = joined.to_series()
        return (
            codes.str.replace_all(".", "", literal=True) if column.number in self._long else codes
        )

    def alone(self) -> list[tuple[Column, int, str]]:
        """Columns of parts without the part before them: (column, first row, example)."""
        parts = self._parts or {}
        return [
            (c, *parts[c.number])
            for c in self._columns
            if c.number in parts and not self._rooted(c)
        ]

    def _rooted(self, column: Column) -> bool:
        if column.number not in (self._parts or {}):
            return True
        parent = self._parent(column)
        return parent is not None and self._rooted(parent)

    def _parent(self, column: Column) -> Column | None:
        level = _ORDER.index(self._levels[column.number])
        above = _ORDER[level - 1]
        return next((c for c in self._columns if self._levels[c.number] == above), None)
