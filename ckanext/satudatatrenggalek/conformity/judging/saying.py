"""Findings out of verdicts: which sentence, with which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isfinite
from operator import ge, gt, le, lt
from typing import Any

from ..collect import Collector
from ..explain import beyond, explain_constraint, explain_type, type_words, without_blanks
from ..masking import text_of
from ..numbers import diagnose
from ..report import ERROR
from ..schema import Column
from .verdicts import CONSTRAINT, NOT_PLAIN, TYPE, Cells, Verdict

_LIMITS = {"minimum": lt, "maximum": gt, "exclusiveMinimum": le, "exclusiveMaximum": ge}


def say(
    found: Collector,
    judged: Cells,
    verdict: Verdict,
    row: int,
    cells: Sequence[Any],
    spreadsheet: bool,
) -> None:
    """Add the findings of one cell; `cells` is its row as found. judged: its column's verdicts."""
    column = judged.column
    cell = cells[column.number - 1] if column.number <= len(cells) else None
    for code, constraint in verdict.faults:
        if code == TYPE and spreadsheet and text_of(cell).startswith("="):
            code = "formula-uncomputed"
        habit = constraint or verdict.habit
        if not found.room(code, column, habit):
            found.tally(code, ERROR, 1, column, habit)
            continue
        shown = found.shown(column, cell)
        says: tuple[str, str, str] | None = None
        words: dict[str, Any] = {}
        if code == NOT_PLAIN:
            how = f"{_plainly(column, cell)}{_beyond(column, cell)}"
            words = {"type": type_words(column), "how": how}
        elif code == TYPE:
            says = explain_type(column, cell, shown, spreadsheet)
            if limits := _beyond(column, cell):
                says = (says[0], f"{says[1]}{limits}", says[2])
        elif code == CONSTRAINT:
            says = explain_constraint(column, constraint, row, shown)
        if says and judged.only_blanks(cell):
            says = without_blanks(says[0], shown)
        more = {"habit": habit, "says": says, **words}
        found.add(code, ERROR, row=row, column=column, value=cell, cells=cells, **more)


def say_width(
    found: Collector, columns: Mapping[int, Column], row: int, cells: Sequence[Any], most: int
) -> None:
    """Add the findings of a row with more or fewer cells than the table has columns."""
    width = len(columns)
    if len(cells) > most:
        found.add("too-many-columns", row=row, count=len(cells), limit=most)
    for number in range(width + 1, min(len(cells), most) + 1):
        value = cells[number - 1]
        found.add("extra-cell", row=row, number=number, value=value, cells=cells, note="")
    for number in range(len(cells) + 1, width + 1):
        found.add("missing-cell", row=row, column=columns[number], cells=cells)


def _beyond(column: Column, cell: Any) -> str:
    """That a number which has to be written otherwise is not allowed anyway, "" when it is.

    A number that may be read in two ways has to be beyond the limit in both.
    """
    if column.type not in ("number", "integer") or not isinstance(cell, str):
        return ""
    rules = column.field.get("constraints") or {}
    limits = [name for name in _LIMITS if name in rules]
    if not limits:
        return ""
    read = diagnose(cell)
    plain = [text for text in (read.plain, read.also, _of_python(cell)) if text]
    broken = [name for name in limits if plain and all(_breaks(t, name, rules) for t in plain)]
    return beyond(column, broken)


def _breaks(plain: str, name: str, rules: Mapping[str, Any]) -> bool:
    try:
        return _LIMITS[name](Decimal(plain), Decimal(str(rules[name])))
    except ArithmeticError:  # a limit in the column's own writing
        return False


def _of_python(text: str) -> str:
    """A number only Python takes for one (1_000), plainly; "" for none."""
    try:
        return text_of(float(text)) if isfinite(float(text)) else ""
    except ValueError:
        return ""


def _plainly(column: Column, cell: Any) -> str:
    text = text_of(cell).strip()
    if column.type == "date":
        parts = text.split("-")
        if all(part.isdigit() for part in parts) and len(parts) == 3:
            return f"Tulis `{int(parts[0]):04}-{int(parts[1]):02}-{int(parts[2]):02}`."
    plain = _of_python(text)
    return f"Tulis `{plain}`." if plain else "Tulis angkanya. Kosongkan bila datanya tidak ada."
