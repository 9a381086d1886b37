"""What was found out about texts that come again and again: every test looks at each text once.

Columns of a table repeat themselves from stretch to stretch. A test (a screen of the judge, a look
of a rule) is asked which texts of a stretch it holds for; only those no stretch had before are
looked at, all others are remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock

import polars as pl

Pick = Callable[[pl.Series], pl.Series]

_REMEMBERED = 10_000  # texts of a column; beyond, all is forgotten and learned anew


class Texts:
    """The different texts of one column so far, and for which of them tests hold."""

    def __init__(self) -> None:
        self._order: list[str] = []
        self._known: set[str] = set()
        self._tested: dict[str, tuple[int, set[str]]] = {}

    def __len__(self) -> int:
        return len(self._order)

    def learn(self, texts: Iterable[str]) -> None:
        """Take in the texts of a stretch."""
        fresh = set(texts).difference(self._known)
        self._order += fresh
        self._known |= fresh

    def met(self, test: str, pick: Pick) -> set[str]:
        """All texts so far for which a test holds. pick: those of some texts for which it does."""
        upto, found = self._tested.get(test, (0, set[str]()))
        if upto < len(self._order):
            fresh = pl.Series(self._order[upto:], dtype=pl.String)
            found = found.union(pick(fresh))
            self._tested[test] = (len(self._order), found)
        return found


class Memory:
    """The texts of every column of one reading. Two threads may ask: one reads ahead.

    repeating: columns that repeat themselves; differing: columns most of whose cells differ, which
    are looked at cell by cell.
    """

    def __init__(self) -> None:
        self.repeating: set[int] = set()
        self.differing: set[int] = set()
        self._lock = Lock()
        self._columns: dict[int, Texts] = {}

    def learn(self, number: int, texts: Iterable[str]) -> Texts:
        """What is known of a column, the texts of this stretch among it."""
        with self._lock:
            column = self._columns.get(number)
            if column is None or len(column) > _REMEMBERED:
                column = self._columns[number] = Texts()
            column.learn(texts)
            return column

    def met(self, column: Texts, test: str, pick: Pick) -> set[str]:
        """As `Texts.met`."""
        with self._lock:
            return column.met(test, pick)
