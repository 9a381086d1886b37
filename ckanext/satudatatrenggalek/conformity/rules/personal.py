"""Columns of personal data, found by their label or by the shape of their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..masking import hide, text_of
from ..personal import KINDS, kind_of_name, kind_of_value
from ..report import ERROR, WARNING
from ..schema import Column
from .base import RowRule, RuleContext


@dataclass
class _Hits:
    count: int = 0
    row: int = 0
    example: str = ""

    def see(self, row: int, text: str) -> None:
        self.count += 1
        if self.count == 1:
            self.row, self.example = row, hide(text)


def personal_columns(columns: Sequence[Column]) -> frozenset[int]:
    """Numbers of the columns whose label announces personal data; their values are masked."""
    return frozenset(c.number for c in columns if kind_of_name(c.name))


class PersonalData(RowRule):
    """One finding per column and kind, with the number of cells and one masked example."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._named = [(c, kind_of_name(c.name)) for c in self.columns]
        self._hits: dict[tuple[int, str], _Hits] = {}

    def see_row(self, row: int, cells: Sequence[Any]) -> None:
        for column, named in self._named:
            cell = cells[column.number - 1]
            if cell is None or cell == "":
                continue
            kind = named or kind_of_value(cell)
            if kind and (text := text_of(cell).strip()):
                self._hits.setdefault((column.number, kind), _Hits()).see(row, text)

    def finish(self) -> None:
        for (number, kind), hits in self._hits.items():
            strict = KINDS[kind].strict
            self.collector.add(
                "personal-data" if strict else "personal-contact",
                ERROR if strict and self.expectation.public else WARNING,
                row=hits.row,
                column=self.columns[number - 1],
                value=hits.example,
                what=KINDS[kind].words,
                count=hits.count,
            )
