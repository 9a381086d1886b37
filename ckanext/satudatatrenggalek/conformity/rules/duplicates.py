"""Rows that are there twice, and keys that are there twice with different figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from ..batch import Batch
from ..report import WARNING
from ..roles import key_columns
from ..seen import Repeats, Seen, marks_of
from .base import MOST, Rule, RuleContext

_SHARE = 0.1  # more rows than this sharing keys: then they are no keys
_FEW = 5


class DuplicateRows(Rule):
    """Rows equal in every cell. Silent where a primary key already tells rows apart.

    Where no key is declared, the columns that say what a row is about (region, period, kind) are
    taken for one if nearly all rows differ in them: rows alike in these but not in their figures
    contradict each other.
    """

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._again = context.again
        off = context.keyed or len(context.columns) < 2
        self._rows = None if off else Seen()
        self._key = () if off else key_columns(self.columns)
        self._keys = Seen() if self._key else None

    def see(self, batch: Batch) -> None:
        if self._rows is None:
            return
        names = [str(c.number) for c in self._key]
        compared = batch.texts
        if names:
            keys = marks_of(batch.texts.select(names))
            # The mark of the key stands for its columns in the mark of the row.
            compared = compared.drop(names).with_columns(key=keys)
            self._see_key(keys, batch.rows)
        self._rows.add(marks_of(compared), batch.rows)

    def _see_key(self, marks: pl.Series, rows: pl.Series) -> None:
        first = self._keys is not None and not len(self._keys)
        if first and marks.n_unique() < (1 - 2 * _SHARE) * len(marks):
            self._keys = None  # by these columns rows are not told apart
        if self._keys is not None:
            self._keys.add(marks, rows)

    def finish(self) -> None:
        if self._rows is None:
            return
        with self._rows as rows, self._keys or Seen() as keys:
            twice = keys.count()
            if self._keys is not None and not twice:
                return  # no key is there twice, so no row is
            again = rows.repeats(MOST)
            self._say(again, again.count, "duplicate-row", {})
            self._contradictions(keys, twice - again.count, again)

    def _contradictions(self, keys: Seen, count: int, again: Repeats) -> None:
        """Rows alike in their key and in nothing else; count: how many there are."""
        total = len(keys)
        if total < _FEW or not 0 < count <= max(1, _SHARE * total):
            return
        same = again.frame["row"].implode()
        frame = keys.repeats(MOST).frame.filter(~pl.col("row").is_in(same))
        names = ", ".join(f"`{column.name}`" for column in self._key)
        self._say(Repeats(count, frame), count, "duplicate-key", {"names": names})

    def _say(self, repeats: Repeats, count: int, code: str, words: dict[str, Any]) -> None:
        first = dict(repeats.frame.select("row", "first").iter_rows())

        def look(row: int, cells: Sequence[Any]) -> None:
            self.collector.add(code, WARNING, row=row, cells=cells, other=first[row], **words)

        self._again.ask(first, look)
        self.collector.tally(code, WARNING, count - len(first))
