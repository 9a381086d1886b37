"""Units against the Standar Data, and figures against what their unit allows."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from .. import units
from ..batch import Batch
from ..layout import normal
from ..numbers import THOUSANDS
from ..report import ERROR, WARNING
from ..roles import measures
from ..schema import Column
from .base import Rule, RuleContext

_THOUSANDS = rf"^\s*{THOUSANDS.pattern}\s*$"
_NUMBERS = ("integer", "number")
_MOST = 1_000


@dataclass
class _Written:
    """Units in a column `satuan`: first row and number of cells by text."""

    column: Column
    met: dict[str, tuple[int, int]] = field(default_factory=dict)


class Units(Rule):
    """Units in labels and in a column `satuan` against the Standar Data."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._figures = measures(self.columns)
        self._written = [
            _Written(c) for c in self.columns if normal(c.name) in ("satuan", "satuan_ukuran")
        ]

    def see(self, batch: Batch) -> None:
        for written in self._written:
            counted = batch.counted(written.column.number)
            for text, count, row in counted.head(_MOST).iter_rows():
                first, before = written.met.get(text, (row, 0))
                written.met[text] = (first, before + count)

    def finish(self) -> None:
        for column in self._figures:
            standard = units.standard_of(column) or self._dataset_unit()
            found = units.unit_in_label(column.label)
            if found and units.canonical(standard) and not units.agrees(found, standard):
                self.collector.add(
                    "unit-label", WARNING, column=column, value=found, standard=standard
                )
        for written in self._written:
            self._column(written)

    def _dataset_unit(self) -> str:
        return self.expectation.unit if len(self._figures) == 1 else ""

    def _column(self, written: _Written) -> None:
        standard = self._dataset_unit() or next(map(units.standard_of, self._figures), "")
        if len(self._figures) != 1 or not standard:
            return
        for text, (row, count) in written.met.items():
            if text.strip() and not units.agrees(text, standard):
                self.collector.add(
                    "unit-differs",
                    ERROR,
                    row=row,
                    column=written.column,
                    value=text,
                    standard=standard,
                    more=f" ({count} baris)" if count > 1 else "",
                )


@dataclass(frozen=True)
class _Watch:
    """What to hold the figures of a column against. why: "persen", "pH", "umur" or ""."""

    column: Column
    unit: str
    least: float | None
    most: float | None
    why: str
    whole: bool
    positive: bool


class Ranges(Rule):
    """Shares beyond 0 to 100, fractions of people, counts below nothing."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        figures = measures(self.columns)
        dataset = self.expectation.unit if len(figures) == 1 else ""
        watches = [_watch(c, units.of(c, dataset)) for c in self.columns if c.type in _NUMBERS]
        self._watches = [w for w in watches if w.why or w.whole or w.positive]

    def see(self, batch: Batch) -> None:
        for watch in self._watches:
            numbers = batch.numbers(watch.column.number)
            low, high = numbers.min(), numbers.max()
            if isinstance(low, float) and isinstance(high, float):
                self._bounds(batch, watch, numbers, (low, high))
                if watch.whole:
                    self._whole(batch, watch, numbers)

    def _bounds(
        self, batch: Batch, watch: _Watch, numbers: pl.Series, ends: tuple[float, float]
    ) -> None:
        if watch.why:
            low = watch.least is not None and ends[0] < watch.least
            high = watch.most is not None and ends[1] > watch.most
            if low or high:
                wrong = (numbers < (watch.least if low else ends[0])) | (
                    numbers > (watch.most if high else ends[1])
                )
                self._say(batch, wrong, watch, "out-of-range", WARNING)
        elif watch.positive and ends[0] < 0:
            self._say(batch, numbers < 0, watch, "negative-count", ERROR)

    def _whole(self, batch: Batch, watch: _Watch, numbers: pl.Series) -> None:
        broken = (numbers % 1 != 0).fill_null(False)
        if broken.any():
            texts = batch.column(watch.column.number)
            self._say(
                batch, broken & ~texts.str.contains(_THOUSANDS), watch, "whole-number", WARNING
            )

    def _say(self, batch: Batch, wrong: pl.Series, watch: _Watch, code: str, severity: str) -> None:
        said = {"unit": watch.unit or "satuannya", "range": _range(watch), "why": watch.why}
        self.each(batch, wrong.fill_null(False), code, watch.column, severity, lambda *_: said)


def _watch(column: Column, unit: str) -> _Watch:
    least, most, why = units.bounds_of(column, unit)
    return _Watch(
        column,
        unit,
        least,
        most,
        why if least is not None or most is not None else "",
        units.counts(column, unit) and column.type == "number",
        units.never_negative(column, unit),
    )


def _range(watch: _Watch) -> str:
    if watch.most is None:
        return "0 atau lebih"
    return f"{watch.least or 0:g} sampai {watch.most:g}"
