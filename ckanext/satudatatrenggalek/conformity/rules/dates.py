"""Dates of one column written in several ways."""

from __future__ import annotations

import polars as pl

from ..batch import Batch
from ..dates import ISO_DATE, ISO_WRITING, writing_of
from ..report import WARNING
from ..schema import Column
from .base import Rule, RuleContext

_ISO = f"^{ISO_DATE}$"
_MOST = 1_000  # texts of one stretch whose writing is looked at
_NAMED = 5


class DateWritings(Rule):
    """`2025-01-02`, `02/01/2025` and `2 Januari 2025` in one column: once a column."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._met = {c.number: dict[str, str]() for c in self.columns if _is_plain(c)}

    def see(self, batch: Batch) -> None:
        for number, met in self._met.items():
            if batch.natives is not None and not batch.kinds(number) <= {str, type(None)}:
                continue  # a spreadsheet's own dates are written by it
            others = batch.met(number, "other-date", _others)
            if not len(others) or len(met) >= _NAMED:
                self._iso(batch.column(number), met)
                continue
            for text in sorted(others)[:_MOST]:
                if writing := writing_of(text.strip()):
                    met.setdefault(writing, text.strip())
            self._iso(batch.column(number), met)

    def _iso(self, texts: pl.Series, met: dict[str, str]) -> None:
        if (
            ISO_WRITING not in met
            and (found := texts.filter(texts.str.contains(_ISO)).head(1)).len()
        ):
            met[ISO_WRITING] = found[0]

    def finish(self) -> None:
        columns = {column.number: column for column in self.columns}
        for number, met in self._met.items():
            if len(met) > 1:
                column = columns[number]
                shown = [self.collector.shown(column, text) for text in sorted(met.values())]
                names = ", ".join(f"`{text}`" for text in shown[:_NAMED])
                self.collector.add(
                    "date-mixed", WARNING, column=column, count=len(met), names=names
                )


def _is_plain(column: Column) -> bool:
    return column.type == "date" and column.field.get("format", "default") == "default"


def _others(texts: pl.Series) -> pl.Series:
    return texts.filter(~texts.str.contains(_ISO) & (texts != ""))
