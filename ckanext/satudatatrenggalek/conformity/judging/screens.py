"""Which cells are surely fine: conservative tests of whole columns of text.

A screen is an expression that holds only where frictionless' reader gives a value and no note
and where the value is plainly written. Everything else is doubtful and judged cell by cell, so a
screen may overlook a good cell but never a bad one. ADR 9 says how that is tested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
from frictionless import Field

from ..schema import Column
from .verdicts import Cells

_DAY = "(?:0[1-9]|1[0-9]|2[0-8])"
_YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_DATE = rf"{_YEAR}-(?:0[1-9]|1[0-2])-{_DAY}"
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_LON = r"-?(?:[0-9]{1,2}|1[0-7][0-9])(?:\.[0-9]{1,15})?"
_LAT = r"-?[0-8]?[0-9](?:\.[0-9]{1,15})?"
# Whole texts that a type in its default format takes, whatever else it may take.
_SHAPES = {
    "date": rf"^{_DATE}$",
    "datetime": rf"^{_DATE}T{_CLOCK}Z?$",
    "time": rf"^{_CLOCK}Z?$",
    "year": r"^[0-9]{4}$",
    "yearmonth": r"^[0-9]{4}-(?:0[1-9]|1[0-2])$",
    "geopoint": rf"^{_LON}, ?{_LAT}$",
}
_UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
# Parts of a pattern that Python and polars read alike on printable ASCII.
_SAFE_PATTERN = re.compile(
    r"(?:[A-Za-z0-9 _,:/;=@%&#'\"<>~!-]|\\[.\-/d+*()?|]|\[[A-Za-z0-9_. ]+(?:-[A-Za-z0-9_. ]+)*\]"
    r"|\{[0-9]{1,3}(?:,[0-9]{0,3})?\}|[.|)^$]|\((?:\?:)?|(?<=[A-Za-z0-9\]).])[+*?])*"
)
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_MARGIN = 1e-9
_LARGEST = 2**62
_EXACT = 2**53  # whole numbers below are exact as Float64


def screen(column: Column, field: Field, cells: Cells) -> pl.Expr | None:
    """True where a cell is surely fine, over the column's texts; None: every cell is doubtful."""
    text = pl.col(str(column.number))
    valued = _valued(column, field, text)
    if valued is None:
        return None
    missing = _missing(cells.missing, text)
    if missing is None:
        return valued.fill_null(False)
    if cells.required:
        return (valued & ~missing).fill_null(False)
    return (valued | missing).fill_null(False)


def typed_screen(column: Column, field: Field, cells: Cells) -> pl.Expr | None:
    """The same over a column "cells" of a spreadsheet's numbers as Float64, null where empty."""
    limits = _limits(column)
    if column.type not in ("integer", "number") or cells.missing - {""}:
        return None
    number = pl.col("cells")
    whole = number.is_finite()
    if column.type == "integer":
        whole &= (number == number.floor()) & (number.abs() < _EXACT)
    sure = _bounded(pl.when(whole).then(number), field, limits)
    if sure is None:
        return None
    return (sure if cells.required else sure | number.is_null()).fill_null(False)


def number_screen(column: Column, field: Field, cells: Cells) -> pl.Expr | None:
    """The same as `screen` over the columns "text" and "number", as the batch has read it.

    number: by `Batch.integers` for whole numbers, by `Batch.numbers` for numbers written with a
    point and nothing else; None for every other column.
    """
    if column.type not in ("integer", "number") or _is_special(column.field):
        return None
    valued = _bounded(pl.col("number"), field, _limits(column))
    missing = _missing(cells.missing, pl.col("text"))
    if valued is None or missing is None:
        return valued
    return valued & ~missing if cells.required else valued | missing


def _is_special(field: Mapping[str, Any]) -> bool:
    return field.get("decimalChar", ".") != "." or bool(field.get("groupChar", ""))


def _missing(values: frozenset[str], text: pl.Expr) -> pl.Expr | None:
    if not values:
        return None
    return text == "" if values == {""} else _among(text, values)


def _among(text: pl.Expr, values: Iterable[str]) -> pl.Expr:
    return text.is_in(pl.Series(sorted(values), dtype=pl.String).implode())


def _limits(column: Column) -> dict[str, Any]:
    """The constraints a cell alone can break, `required` aside."""
    given = column.field.get("constraints") or {}
    aside = ("required", "unique")
    return {k: v for k, v in given.items() if v is not None and k not in aside}


def _valued(column: Column, field: Field, text: pl.Expr) -> pl.Expr | None:
    """Where a cell has a value of the type that breaks no constraint but `required`."""
    limits = _limits(column)
    kind = column.type
    if kind == "any" and not limits:
        return pl.lit(True)
    if kind == "string":
        return _string(column.field, limits, text)
    if kind == "integer":
        return _bounded(text.cast(pl.Int64, strict=False), field, limits)
    if kind == "number":
        number = _number(column.field, text)
        return None if number is None else _bounded(number, field, limits)
    shape = _SHAPES.get(kind)
    if shape and not limits and column.field.get("format", "default") == "default":
        return text.str.contains(shape)
    return None


def _string(field: Mapping[str, Any], limits: dict[str, Any], text: pl.Expr) -> pl.Expr | None:
    form = field.get("format", "default")
    if form == "uuid" and not limits:
        return text.str.contains(_UUID)
    if form in ("uri", "email", "binary", "wkt", "uuid"):
        return None
    sure = pl.lit(True)
    length = text.str.len_chars()
    for name, limit in limits.items():
        if name == "minLength":
            sure &= length >= limit
        elif name == "maxLength":
            sure &= length <= limit
        elif name == "enum":
            sure &= _among(text, [item for item in limit if isinstance(item, str)])
        elif name == "pattern" and _SAFE_PATTERN.fullmatch(str(limit)):
            sure &= text.str.contains(f"^(?:{limit})$") & ~text.str.contains("[^ -~]")
        else:
            return None
    return sure


def _number(field: Mapping[str, Any], text: pl.Expr) -> pl.Expr | None:
    """The finite numbers of a column as Float64, null elsewhere."""
    decimal, group = field.get("decimalChar", "."), field.get("groupChar", "")
    if _is_special(field):
        if len(decimal) != 1 or decimal not in ".," or group not in ("", ".", ",", " "):
            return None
        plain = rf"^[+-]?[0-9{re.escape(group)}]*[0-9](?:{re.escape(decimal)}[0-9]+)?$"
        whole = text.str.contains(plain)
        text = text.str.replace_all(group, "", literal=True) if group else text
        text = pl.when(whole).then(text.str.replace_all(decimal, ".", literal=True))
    number = text.cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _bounded(number: pl.Expr, field: Field, limits: dict[str, Any]) -> pl.Expr | None:
    """Where a number is there and clearly inside its bounds; at a bound it is doubtful."""
    sure = number.is_not_null()
    read = field.create_value_reader()
    for name, limit in limits.items():
        if name not in _BOUNDS:
            return None
        bound = float(read(limit))
        if not abs(bound) < _LARGEST:
            return None
        near = abs(bound) * _MARGIN
        low = name in ("minimum", "exclusiveMinimum")
        sure &= number > bound + near if low else number < bound - near
    return sure
