"""Makes the next of something in a thread while the one before it is at work."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")

_TURN = 0.0002  # seconds one thread keeps Python while another waits for it


@contextmanager
def _short_turns() -> Iterator[None]:
    """Python's own 0.005 are waited after each of the many short calls into polars."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(before)


class Ahead(Generic[T]):
    """The same items. The next one is begun where `begin` is called, at the latest when asked for.

    What raises while an item is made is raised where the item is asked for.
    """

    def __init__(self, items: Iterator[T]) -> None:
        self._items = items
        self._pool = ThreadPoolExecutor(1)
        self._coming: Future[T | None] | None = None

    def __iter__(self) -> Iterator[T]:
        with self._pool, _short_turns():
            while True:
                self.begin()
                assert self._coming is not None
                item, self._coming = self._coming.result(), None
                if item is None:
                    return
                yield item

    def begin(self) -> None:
        """Have the next item made from now on; does nothing when it already is."""
        if self._coming is None:
            self._coming = self._pool.submit(next, self._items, None)
