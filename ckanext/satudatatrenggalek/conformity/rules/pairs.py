"""Codes of regions no list covers, beside names that change within the file."""

from __future__ import annotations

import polars as pl

from .. import regions
from ..batch import Batch
from ..collect import Collector
from ..report import WARNING
from ..schema import Column

_MOST = 10_000  # codes that are followed
_SAID = 100


class Pairs:
    """One code with two names: whose figures are these?"""

    def __init__(self, column: Column, names: Column) -> None:
        self._column = column
        self._names = names
        self._first: dict[str, tuple[str, int]] = {}
        self._other: dict[str, tuple[str, int]] = {}

    def see(self, batch: Batch, codes: pl.Series, rest: pl.Series) -> None:
        """Look at the rows of a mask."""
        if not rest.any() or len(self._first) > _MOST:
            return
        names = batch.column(self._names.number)
        frame = pl.DataFrame({"code": codes, "name": names, "row": batch.rows}).filter(rest)
        for code, name, row in frame.unique(["code", "name"], keep="first").sort("row").rows():
            if code.strip() and name.strip():
                self._meet(code.strip(), name.strip(), row)

    def _meet(self, code: str, name: str, row: int) -> None:
        first, _ = self._first.setdefault(code, (name, row))
        if code not in self._other and regions.plain_name(first) != regions.plain_name(name):
            self._other[code] = (name, row)

    def say(self, found: Collector) -> None:
        """Each code of several names once."""
        for code, (name, row) in list(self._other.items())[:_SAID]:
            first, before = self._first[code]
            words = {"first": found.shown(self._names, first), "before": before}
            words |= {"second": found.shown(self._names, name), "after": row}
            found.add("code-two-names", WARNING, row=row, column=self._column, value=code, **words)
        missed = len(self._other) - _SAID
        found.tally("code-two-names", WARNING, missed, self._column)
