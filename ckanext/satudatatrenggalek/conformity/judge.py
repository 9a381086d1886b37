"""Rows through frictionless: its cell readers decide, our sentences speak.

Only data rows are handed over; totals, notes and blank rows are reported here. What frictionless
would accept silently although it is no plain number or date (NaN, inf, 1_000, digits of other
scripts, 2024-1-5) is handed over spoiled, so that the cell is refused, and named
`number-not-plain`. sNaN would otherwise raise out of frictionless.
"""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from frictionless import Dialect, FrictionlessException, Schema
from frictionless import errors as frictionless_errors
from frictionless.resources import TableResource

from .batch import batch_of
from .collect import Collector
from .expectation import Limits
from .explain import constraint_of, explain_constraint, explain_type, type_words
from .masking import text_of
from .numbers import PLAIN
from .report import ERROR
from .rules import Rule
from .rules.rows import is_blank, is_note, is_total
from .schema import Alignment, Column, for_frictionless
from .table import Table

_PLAIN_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN_YEAR = re.compile(r"[0-9]{4}")
_PLAINLY_WRITTEN = frozenset({"number", "integer", "date", "year"})
_POSITION = re.compile(r"position (\d+)")
# Values frictionless' own comparisons and dictionaries cannot take (a list under `unique`).
_JUDGE_ERRORS = (ArithmeticError, LookupError, TypeError, ValueError, FrictionlessException)
_SPOILED = "\u0000"
_BATCH = 5_000
_MOST_EXTRA = 50  # frictionless copies the whole row into the error of every extra cell


class Judge:
    """One pass over the rows of a table."""

    def __init__(
        self,
        table: Table,
        schema: dict[str, Any],
        alignment: Alignment,
        collector: Collector,
        limits: Limits,
    ) -> None:
        self._table = table
        self._columns = alignment.columns
        self._descriptor = for_frictionless(schema, alignment)
        self._key = ", ".join(f"`{name}`" for name in self._descriptor.get("primaryKey", ()))
        self._found = collector
        self._limits = limits
        self._spreadsheet = table.source.spreadsheet
        self._texts = [c.number - 1 for c in self._columns if c.type == "string"]
        self._plains = [(c.number - 1, c) for c in self._columns if c.type in _PLAINLY_WRITTEN]
        self._waiting: deque[tuple[int, list[Any], frozenset[int]]] = deque()
        self._numbers = array("Q")  # spreadsheet row number of each row handed to frictionless
        self._blanks: list[int] = []
        self._seen: list[tuple[int, list[Any]]] = []
        self.rows = 0

    @property
    def keyed(self) -> bool:
        """Whether a primary key is being checked."""
        return bool(self._key)

    def run(self, rules: Sequence[Rule]) -> None:
        """Read, judge and report every row; problems of reading stay on the source."""
        resource = TableResource(
            data=self._feed(),
            schema=Schema.from_descriptor(self._descriptor),
            dialect=Dialect(header=False),
        )
        try:
            with resource:
                for row in resource.row_stream:
                    self._row(row.errors)
                    if len(self._seen) >= _BATCH:
                        self._show(rules)
        except _JUDGE_ERRORS:
            last = self._numbers[-1] if self._numbers else 0
            self._found.add("cut-short", row=last or None)
        self._show(rules)
        for rule in rules:
            rule.finish()

    def _show(self, rules: Sequence[Rule]) -> None:
        batch = batch_of(
            [row for row, _ in self._seen], [cells for _, cells in self._seen], len(self._columns)
        )
        self._seen.clear()
        for rule in rules:
            rule.see(batch)

    # Handing over

    def _feed(self) -> Iterator[list[Any]]:
        for number, cells in self._table.rows(self._limits.max_rows):
            if is_blank(cells):
                self._blanks.append(number)
                continue
            self._gaps_before(number)
            if self._aside(number, cells):
                continue
            cells = self._fit(number, cells)
            handed, spoiled = self._handed(cells)
            width = len(self._columns)
            self._waiting.append((number, cells + [None] * (width - len(cells)), spoiled))
            self._numbers.append(number)
            self.rows += 1
            yield handed
        self._gaps_at_end()

    def _aside(self, number: int, cells: list[Any]) -> bool:
        """Totals and notes are not data: one finding, and no other about that row."""
        if total := is_total(cells):
            self._found.add("total-row", row=number, value=total, cells=cells)
        elif note := is_note(cells, len(self._columns)):
            self._found.add("note-row", row=number, value=note, cells=cells)
        else:
            return False
        return True

    def _gaps_before(self, number: int) -> None:
        for blank in self._blanks:
            self._found.add("blank-row", row=blank, more="")
        self._blanks.clear()

    def _gaps_at_end(self) -> None:
        """Blank rows at the end: nothing in a spreadsheet (formatting), one finding in a CSV."""
        if self._blanks and not self._spreadsheet:
            more = f", begitu juga {n} baris sesudahnya" if (n := len(self._blanks) - 1) else ""
            self._found.add("blank-row", row=self._blanks[0], more=more)

    def _fit(self, number: int, cells: list[Any]) -> list[Any]:
        width = len(self._columns)
        if self._spreadsheet:
            while len(cells) > width and text_of(cells[-1]).strip() == "":
                cells.pop()
            cells += [None] * (width - len(cells))
        most = width + _MOST_EXTRA
        if len(cells) > most:
            self._found.add("too-many-columns", row=number, count=len(cells), limit=most)
        return cells[:most]

    def _handed(self, cells: list[Any]) -> tuple[list[Any], frozenset[int]]:
        handed = list(cells)
        spoiled = []
        width = len(cells)
        for index in self._texts:
            if index < width and not isinstance(cells[index], str) and cells[index] is not None:
                # A number typed into a text column of a spreadsheet: its CSV holds the same text.
                handed[index] = text_of(cells[index])
        for index, column in self._plains:
            if index < width and _odd(column, cells[index]):
                handed[index] = _SPOILED + text_of(cells[index])
                spoiled.append(column.number)
        return handed, frozenset(spoiled)

    # Reporting

    def _row(self, errors: Sequence[Any]) -> None:
        number, cells, spoiled = self._waiting.popleft()
        for error in errors:
            self._report(error, number, cells, spoiled)
        self._seen.append((number, cells))

    def _report(self, error: Any, row: int, cells: list[Any], spoiled: frozenset[int]) -> None:
        if isinstance(error, frictionless_errors.PrimaryKeyError):
            other = self._other(error.note)
            self._found.add("primary-key", row=row, cells=cells, keys=self._key, other=other)
            return
        position = getattr(error, "field_number", 0)
        if not 1 <= position <= len(self._columns):
            value = cells[position - 1] if 0 < position <= len(cells) else ""
            note = error.note[:200]
            self._found.add(
                error.type, row=row, number=position or None, value=value, cells=cells, note=note
            )
            return
        self._report_cell(error, self._columns[position - 1], row, cells, position in spoiled)

    def _report_cell(
        self, error: Any, column: Column, row: int, cells: list[Any], spoiled: bool
    ) -> None:
        cell = cells[column.number - 1]
        shown = self._found.shown(column, cell)
        code, says = error.type, None
        words: dict[str, Any] = {}
        if code == "type-error" and spoiled:
            code = "number-not-plain"
            words = {"type": type_words(column), "how": _plainly(column, cell)}
        elif code == "type-error":
            says = explain_type(column, cell, shown, self._spreadsheet)
        elif code == "constraint-error":
            says = explain_constraint(column, constraint_of(error.note), row, shown)
        elif code == "unique-error":
            words = {"other": self._other(error.note)}
        self._found.add(
            code, ERROR, row=row, column=column, value=cell, cells=cells, says=says, **words
        )

    def _other(self, note: str) -> int | str:
        """The spreadsheet's number of the row a frictionless note points to."""
        match = _POSITION.search(note)
        position = int(match[1]) if match else 0
        return self._numbers[position - 1] if 0 < position <= len(self._numbers) else "lain"


def _odd(column: Column, cell: Any) -> bool:
    """Whether frictionless would take the cell although it is not plainly written."""
    if not isinstance(cell, str):
        return isinstance(cell, float) and not isfinite(cell)
    if not cell:
        return False
    if column.type in ("number", "integer"):
        return not PLAIN.fullmatch(cell.strip()) and _castable(column, cell.strip())
    if column.type == "date" and column.field.get("format", "default") == "default":
        return not _PLAIN_DATE.fullmatch(cell) and bool(
            re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", cell)
        )
    return column.type == "year" and len(cell) == 4 and not _PLAIN_YEAR.fullmatch(cell)


def _castable(column: Column, text: str) -> bool:
    """Python's own idea of a number: underscores, NaN, infinity, digits of every script."""
    if column.field.get("bareNumber", True) is False:
        return text.lower().lstrip("+-") in ("nan", "snan", "inf", "infinity")
    try:
        float(text)
    except ValueError:
        return text.lower().lstrip("+-").startswith("snan")
    return True


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
