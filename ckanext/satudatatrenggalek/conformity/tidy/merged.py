"""Cells merged down over several rows of data: one value that stands for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..coordinates import area_bounds
from ..readers import MAX_MERGED
from ..table import Table
from .answers import Asker, Tally
from .shapes import Question

_AREA = re.compile(r"[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}")


@dataclass(frozen=True)
class Area:
    """Rows first..last of one column, merged into one cell."""

    column: int
    first: int
    last: int
    name: str


class Merged:
    """The areas below the header of a sheet, and their filling."""

    def __init__(self, table: Table, answers: Mapping[str, str]) -> None:
        listed = table.sheet.merged()
        found = (_area(text) for text in listed if _AREA.fullmatch(text))
        self._areas = [a for a in found if a and a.first > table.layout.last]
        if len(listed) >= MAX_MERGED:
            self._areas = []  # there may be more, so nothing is filled
        self._asker = Asker("", 0, answers)
        self._values: dict[tuple[int, int], str] = {}

    def questions(self) -> Iterator[Question]:
        """Whether the areas shall be filled, when there are any."""
        if self._areas:
            first = self._areas[0]
            count = sum(area.last - area.first for area in self._areas)
            tally = Tally(first.name, count, [area.first for area in self._areas[:5]])
            yield self._asker.ask("merged-cells", tally, {"fill": first.name, "keep": ""})

    @property
    def filling(self) -> bool:
        """Whether they are to be filled."""
        return bool(self._areas) and self._asker.answer("merged-cells") == "fill"

    def fill(
        self, rows: Sequence[int], columns: Mapping[int, list[str]]
    ) -> Iterator[tuple[int, int, str]]:
        """Fill blank cells of a stretch of rows; gives (row, column number, value) of each."""
        places = {row: index for index, row in enumerate(rows)}
        for area in self._areas:
            cells = columns.get(area.column)
            if cells is None or area.last < rows[0] or area.first > rows[-1]:
                continue
            key = (area.column, area.first)
            if area.first in places:
                self._values[key] = cells[places[area.first]]
            value = self._values.get(key, "")
            for row in range(max(area.first + 1, rows[0]), min(area.last, rows[-1]) + 1):
                index = places.get(row)
                if value and index is not None and not cells[index]:
                    cells[index] = value
                    yield row, area.column, value


def _area(text: str) -> Area | None:
    left, top, right, bottom = area_bounds(text)
    if not left or not top or not bottom or left != right or bottom <= top:
        return None
    return Area(left, top, bottom, text)
