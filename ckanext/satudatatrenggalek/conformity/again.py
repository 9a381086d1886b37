"""A second look at rows that have gone by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

Look = Callable[[int, list[Any]], None]


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
