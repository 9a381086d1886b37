"""Years in the table against the period of the edition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..masking import text_of
from ..report import WARNING
from ..schema import Column, is_year_column
from .base import RowRule, RuleContext

_FEW = 3


class Period(RowRule):
    """One finding per year that is not the edition's; one for all of them in a long series."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        found = re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", self.expectation.period)
        self._wanted = frozenset(found)
        years = [c for c in self.columns if is_year_column(c.name)]
        self._years: list[Column] = years if found else []
        self._first: dict[tuple[int, str], int] = {}
        self._counts: Counter[tuple[int, str]] = Counter()

    def see_row(self, row: int, cells: Sequence[Any]) -> None:
        for column in self._years:
            text = text_of(cells[column.number - 1]).strip()
            if re.fullmatch(r"(?:19|20)[0-9]{2}", text) and text not in self._wanted:
                self._first.setdefault((column.number, text), row)
                self._counts[column.number, text] += 1

    def finish(self) -> None:
        for column in self._years:
            outside = sorted(year for number, year in self._first if number == column.number)
            if len(outside) > _FEW:
                row = min(self._first[column.number, year] for year in outside)
                series = f"{outside[0]} sampai {outside[-1]}"
                self._say(column, row, series, f" ({len(outside)} tahun lain)")
                continue
            for year in outside:
                count = self._counts[column.number, year]
                more = f" ({count} baris)" if count > 1 else ""
                self._say(column, self._first[column.number, year], year, more)

    def _say(self, column: Column, row: int, value: str, more: str) -> None:
        self.collector.add(
            "period-mismatch",
            WARNING,
            row=row,
            column=column,
            value=value,
            period=self.expectation.period,
            more=more,
        )
