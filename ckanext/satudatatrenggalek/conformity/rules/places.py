"""Coordinates in columns: latitude and longitude in Trenggalek and not exchanged."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from ..batch import Batch
from ..geometry import EAST, NORTH, SOUTH, WEST
from ..layout import normal
from ..report import WARNING
from ..schema import Column
from .base import Rule, RuleContext

_LATITUDE = re.compile(r"(?:garis_)?lintang|l?att?itude|lat|koordinat_(?:y|lintang)")
_LONGITUDE = re.compile(r"(?:garis_)?bujur|long?t?itude|lon|long|lng|koordinat_(?:x|bujur)")
_BOTH = re.compile(r"(?:titik_)?koordinat|lat_long?|latlong?|lokasi_peta")
_PAIR = r"^\s*\(?(-?[0-9]{1,3}\.[0-9]+)\s*[,; ]\s*(-?[0-9]{1,3}\.[0-9]+)\)?\s*$"


@dataclass
class _Axis:
    """A column of one axis; low, high: what it may be in Trenggalek; the other's bounds."""

    column: Column
    part: int
    own: tuple[float, float]
    other: tuple[float, float]
    outside: int = 0
    row: int = 0
    example: str = ""
    swapped: int = 0
    swapped_row: int = 0
    swapped_example: str = ""


class Places(Rule):
    """One finding a column for coordinates far away, one for coordinates that are exchanged."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._axes = [axis for column in self.columns if (axis := _axis(column))]

    def see(self, batch: Batch) -> None:
        for axis in self._axes:
            texts = batch.column(axis.column.number)
            if axis.part:
                numbers = texts.str.extract(_PAIR, axis.part).cast(pl.Float64, strict=False)
            else:
                numbers = batch.numbers(axis.column.number)
            _measure(axis, batch.rows, texts, numbers)

    def finish(self) -> None:
        for axis in self._axes:
            for count, row, example, code in (
                (axis.swapped, axis.swapped_row, axis.swapped_example, "place-swapped"),
                (axis.outside, axis.row, axis.example, "place-outside"),
            ):
                if count:
                    more = f" ({count} sel)" if count > 1 else ""
                    self.collector.add(
                        code, WARNING, row=row, column=axis.column, value=example, more=more
                    )


def _measure(axis: _Axis, rows: pl.Series, texts: pl.Series, numbers: pl.Series) -> None:
    outside = ~numbers.is_between(*axis.own).fill_null(True)
    if not outside.any():
        return
    swapped = outside & numbers.is_between(*axis.other).fill_null(False)
    far = outside & ~swapped
    if swapped.any() and not axis.swapped:
        index = swapped.arg_max() or 0
        axis.swapped_row, axis.swapped_example = rows[index], texts[index]
    if far.any() and not axis.outside:
        index = far.arg_max() or 0
        axis.row, axis.example = rows[index], texts[index]
    axis.swapped += int(swapped.sum())
    axis.outside += int(far.sum())


def _axis(column: Column) -> _Axis | None:
    name = normal(column.name)
    north, east = (SOUTH, NORTH), (WEST, EAST)
    if _BOTH.fullmatch(name):
        return _Axis(column, 1, north, east)
    if _LATITUDE.fullmatch(name):
        return _Axis(column, 0, north, east)
    if _LONGITUDE.fullmatch(name):
        return _Axis(column, 0, east, north)
    return None
