"""The verdict on one cell: frictionless' own cell reader decides, and is asked once a value.

What frictionless would accept silently although it is no plain number or date (NaN, inf, 1_000,
digits of other scripts, 2024-1-5) is refused here as `number-not-plain`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from math import isfinite
from typing import Any

from frictionless import Field, FrictionlessException

from ..dates import ISO_DATE
from ..explain import habit_of
from ..masking import text_of
from ..numbers import PLAIN
from ..schema import Column
from .judged import LARGE_ENUM
from .keys import key_of

_PLAIN_DATE = re.compile(ISO_DATE)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_PLAIN_YEAR = re.compile(r"[0-9]{4}")
# What frictionless' comparisons raise on values they were not made for (a time with a zone
# against a bound without one); the cell is refused as of the wrong type then.
_READ_ERRORS = (ArithmeticError, LookupError, TypeError, ValueError, FrictionlessException)
_REMEMBERED = 200_000
NOT_PLAIN = "number-not-plain"
TYPE = "type-error"
CONSTRAINT = "constraint-error"


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a cell, and what it counts as among others.

    faults: (code, name of the constraint or ""). value: as frictionless reads it, None for a
    missing or refused one. missing: the cell holds nothing. habit: of a type error, see
    `habit_of`.
    """

    faults: tuple[tuple[str, str], ...] = ()
    value: Any = None
    missing: bool = False
    habit: str = ""

    @cached_property
    def key(self) -> str | None:
        """Equal for values frictionless takes for equal."""
        return key_of(self.value)


class Cells:
    """Verdicts on the cells of one column."""

    def __init__(self, column: Column, field: Field) -> None:
        self.column = column
        self.missing = _missing_values(field)
        self.required = bool(field.constraints.get("required"))
        self._type = column.type
        self._read = field.create_cell_reader()
        self._allowed, self._unlisted = _allowed(column, field)
        self._known: dict[Any, Verdict] = {}

    def text(self, text: str) -> Verdict:
        """The verdict on a cell of a text file."""
        found = self._known.get(text)
        if found is None:
            found = self._remember(text, self._judge(text))
        return found

    def cell(self, cell: Any) -> Verdict:
        """The verdict on a cell with a type; text columns take what a CSV would hold."""
        if isinstance(cell, str):
            return self.text(cell)
        if self._type == "string" and cell is not None:
            return self.text(text_of(cell))
        try:
            known = (type(cell), cell)
            found = self._known.get(known)
        except TypeError:  # a list or an object out of a JSON file
            return self._judge(cell)
        if found is None:
            found = self._remember(known, self._judge(cell))
        return found

    def _remember(self, known: Any, verdict: Verdict) -> Verdict:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[known] = verdict
        return verdict

    def _judge(self, cell: Any) -> Verdict:
        if self._type == "datetime" and type(cell) is date:
            cell = datetime.combine(cell, time())  # midnight, as a workbook means it
        odd = _odd(self.column, cell)
        try:
            value, notes = self._read(cell)
        except _READ_ERRORS:
            return self._refused(NOT_PLAIN if odd else TYPE, cell)
        if odd and value is not None:
            return Verdict(((NOT_PLAIN, ""),))
        faults = tuple((TYPE, "") if n == "type" else (CONSTRAINT, n) for n in notes or ())
        if self._unlisted(value):
            faults = (*faults, (CONSTRAINT, "enum"))
        if (TYPE, "") in faults:
            return Verdict(faults, value, habit=self._habit(cell))
        return Verdict(faults, value, value is None)

    def _refused(self, code: str, cell: Any) -> Verdict:
        return Verdict(((code, ""),), habit=self._habit(cell) if code == TYPE else "")

    def _habit(self, cell: Any) -> str:
        return "blanks" if self.only_blanks(cell) else habit_of(self.column, cell)

    def only_blanks(self, cell: Any) -> bool:
        """Whether nothing is wrong with a text but the blanks around it."""
        bare = cell.strip() if isinstance(cell, str) else ""
        return bool(bare) and bare != cell and not self.text(bare).faults


def _missing_values(field: Field) -> frozenset[str]:
    if field.has_defined("missing_values") or not field.schema:
        return frozenset(field.missing_values)
    return frozenset(field.schema.missing_values)


def _allowed(column: Column, field: Field) -> tuple[frozenset[Any], Callable[[Any], bool]]:
    """Values of an enumeration too long for frictionless, and whether a value is not of them."""
    listed = (column.field.get("constraints") or {}).get("enum") or ()
    if len(listed) <= LARGE_ENUM:
        return frozenset(), lambda value: False
    read = field.create_value_reader()
    values = [read(item) for item in listed]
    try:
        allowed = frozenset(values)
        return allowed, lambda value: value is not None and value not in allowed
    except TypeError:  # lists and objects
        return frozenset(), lambda value: value is not None and value not in values


def _odd(column: Column, cell: Any) -> bool:
    """Whether frictionless would take the cell although it is not plainly written."""
    kind = column.type
    if not isinstance(cell, str):
        return kind in ("number", "integer", "year") and _endless(cell)
    if not cell:
        return False
    if kind in ("number", "integer"):
        return not PLAIN.fullmatch(cell.strip()) and castable(column.field, cell.strip())
    if kind == "date" and column.field.get("format", "default") == "default":
        return not _PLAIN_DATE.fullmatch(cell) and bool(_DATE.fullmatch(cell))
    return kind == "year" and len(cell) == 4 and not _PLAIN_YEAR.fullmatch(cell)


def _endless(cell: Any) -> bool:
    return isinstance(cell, float) and not isfinite(cell)


def castable(field: Mapping[str, Any], text: str) -> bool:
    """Python's own idea of a number: underscores, NaN, infinity, digits of every script."""
    if field.get("bareNumber", True) is False:
        return text.lower().lstrip("+-") in ("nan", "snan", "inf", "infinity")
    try:
        float(text)
    except ValueError:
        return text.lower().lstrip("+-").startswith("snan")
    return True
