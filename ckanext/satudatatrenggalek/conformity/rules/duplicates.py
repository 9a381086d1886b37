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
        self._seen = None if off else Seen()
        self._key = () if off else key_columns(self.columns)

    def see(self, batch: Batch) -> None:
        if self._seen is None:
            return
        keys = marks_of(batch.texts.select(self._names)) if self._key else None
        if keys is not None and not len(self._seen) and not _telling(keys):
            self._key, keys = (), None
        if keys is None:
            self._seen.add(marks_of(batch.texts), batch.rows)
            return
        # The mark of the key stands for its columns in the mark of the row.
        whole = marks_of(batch.texts.drop(self._names).with_columns(key=keys))
        self._seen.add(keys, batch.rows, whole)

    @property
    def _names(self) -> list[str]:
        return [str(column.number) for column in self._key]

    def finish(self) -> None:
        if self._seen is None:
            return
        with self._seen as seen:
            if self._key:
                by_key, again = seen.both(MOST)
            else:
                again = seen.repeats(MOST)
                by_key = again
        self._say(again, again.count, "duplicate-row", {})
        self._contradictions(len(seen), by_key, again)

    def _contradictions(self, total: int, by_key: Repeats, again: Repeats) -> None:
        """Rows alike in their key and in nothing else. again: those alike in all."""
        count = by_key.count - again.count
        if total < _FEW or not 0 < count <= max(1, _SHARE * total):
            return
        frame = by_key.frame.filter(~pl.col("row").is_in(again.frame["row"].implode()))
        names = ", ".join(f"`{column.name}`" for column in self._key)
        self._say(Repeats(count, frame), count, "duplicate-key", {"names": names})

    def _say(self, repeats: Repeats, count: int, code: str, words: dict[str, Any]) -> None:
        first = dict(repeats.frame.select("row", "first").iter_rows())

        def look(row: int, cells: Sequence[Any]) -> None:
            self.collector.add(code, WARNING, row=row, cells=cells, other=first[row], **words)

        self._again.ask(first, look)
        self.collector.tally(code, WARNING, count - len(first), None)


def _telling(keys: pl.Series) -> bool:
    """Whether rows are told apart by their keys."""
    return keys.n_unique() >= (1 - 2 * _SHARE) * len(keys)
