"""Findings out of verdicts: which sentence, with which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from ..collect import Collector
from ..explain import explain_constraint, explain_type, type_words
from ..masking import text_of
from ..report import ERROR
from ..schema import Column
from .verdicts import CONSTRAINT, NOT_PLAIN, TYPE, Verdict


def say(
    found: Collector,
    column: Column,
    verdict: Verdict,
    row: int,
    cells: Sequence[Any],
    spreadsheet: bool,
) -> None:
    """Add the findings of one cell; `cells` is its row as found."""
    cell = cells[column.number - 1] if column.number <= len(cells) else None
    for code, constraint in verdict.faults:
        if code == TYPE and spreadsheet and text_of(cell).startswith("="):
            code = "formula-uncomputed"
        if not found.room(code, column):
            found.tally(code, ERROR, 1)
            continue
        shown = found.shown(column, cell)
        says: tuple[str, str, str] | None = None
        words: dict[str, Any] = {}
        if code == NOT_PLAIN:
            words = {"type": type_words(column), "how": _plainly(column, cell)}
        elif code == TYPE:
            says = explain_type(column, cell, shown, spreadsheet)
        elif code == CONSTRAINT:
            says = explain_constraint(column, constraint, row, shown)
        found.add(code, ERROR, row=row, column=column, value=cell, cells=cells, says=says, **words)


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


def _plainly(column: Column, cell: Any) -> str:
    text = text_of(cell).strip()
    if column.type == "date":
        parts = text.split("-")
        if all(part.isdigit() for part in parts) and len(parts) == 3:
            return f"Tulis `{int(parts[0]):04}-{int(parts[1]):02}-{int(parts[2]):02}`."
    try:
        plain = text_of(float(text)) if isfinite(float(text)) else ""
    except ValueError:
        plain = ""
    return f"Tulis `{plain}`." if plain else "Tulis angkanya. Kosongkan bila datanya tidak ada."
