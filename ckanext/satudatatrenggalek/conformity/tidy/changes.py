"""The change log: every line to the file as it is made, the first ones kept in memory."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from typing import Any, TextIO

from ..masking import mask_name, show
from ..messages.tidy import CHANGES, LOG_HEADER
from .guard import guarded
from .shapes import KEPT_CHANGES, Change

_JOINED = 12  # cells of a removed row that are shown


class ChangeLog:
    """Counts, keeps and writes changes. stream: where the log goes, None when nothing is written.

    personal: numbers of the columns whose values are masked.
    """

    def __init__(self, personal: frozenset[int], stream: TextIO | None) -> None:
        self.counts: Counter[str] = Counter()
        self.kept: list[Change] = []
        self._personal = personal
        self._writer = csv.writer(stream) if stream else None
        if self._writer:
            self._writer.writerow(LOG_HEADER)

    def add(
        self,
        code: str,
        row: int | None = None,
        column: str = "",
        before: Any = "",
        after: Any = "",
        number: int = 0,
    ) -> None:
        """One change. number: of the column in the file, 0 when it is not about one column."""
        self.counts[code] += 1
        full = len(self.kept) >= KEPT_CHANGES
        if full and self._writer is None:
            return
        personal = number in self._personal
        shown, becomes = show(before, personal), show(after, personal)
        named = mask_name(column)
        message = CHANGES[code][1]
        if "{" in message:
            message = message.format_map({"before": shown, "after": becomes})
        if not full:
            self.kept.append(Change(code, row, named, shown, becomes, message))
        if self._writer:
            place = ("" if row is None else row, guarded(named))
            self._writer.writerow((*place, guarded(shown), guarded(becomes), message, code))

    def add_row(self, code: str, row: int, cells: Sequence[Any]) -> None:
        """A row that is not copied; its filled cells stand in the log."""
        filled = [
            text
            for number, cell in enumerate(cells, start=1)
            if (text := show(cell, number in self._personal).strip())
        ]
        more = " | …" if len(filled) > _JOINED else ""
        self.add(code, row, before=" | ".join(filled[:_JOINED]) + more)
