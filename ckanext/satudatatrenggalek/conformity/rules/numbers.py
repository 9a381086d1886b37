"""Numbers that read as something else than was meant and blanks among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..masking import text_of
from ..numbers import EXCEL_ERRORS, PLAIN, THOUSANDS
from ..report import ERROR, WARNING
from ..schema import Column
from .base import RowRule, RuleContext

_KEPT = 1_000


@dataclass
class _Dots:
    """Cells of a column that may be thousands, and whether another cell proves they are not."""

    column: Column
    suspects: list[tuple[int, str, Sequence[Any]]] = field(default_factory=list)
    decimal: bool = False

    def see(self, row: int, text: str, cells: Sequence[Any]) -> None:
        if THOUSANDS.fullmatch(text):
            if len(self.suspects) < _KEPT and text.count(".") == 1:
                self.suspects.append((row, text, cells))
        elif PLAIN.fullmatch(text) and ("." in text or len(text.lstrip("+-")) > 3):
            self.decimal = True


class AmbiguousThousands(RowRule):
    """`1.000` in a number column: read as 1, often meant as a thousand.

    Said only when no cell of the column shows that its dots are decimal points
    (12.5, 0.125) or that thousands are written without dots (12500).
    """

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._dots = [_Dots(c) for c in self.columns if c.type == "number" and _dotted(c)]

    def see_row(self, row: int, cells: Sequence[Any]) -> None:
        for dots in self._dots:
            if dots.decimal:
                continue
            cell = cells[dots.column.number - 1]
            if isinstance(cell, str):
                dots.see(row, cell.strip(), cells)

    def finish(self) -> None:
        for dots in self._dots:
            for row, text, cells in () if dots.decimal else dots.suspects:
                self.collector.add(
                    "ambiguous-thousands",
                    ERROR,
                    row=row,
                    column=dots.column,
                    value=text,
                    cells=cells,
                    read=text.rstrip("0").rstrip("."),
                    meant=text.replace(".", ""),
                    precise=_precise(text),
                )


def _dotted(column: Column) -> bool:
    return column.field.get("decimalChar", ".") == "." and not column.field.get("groupChar")


def _precise(text: str) -> str:
    short = text.rstrip("0")
    return short + "0" if short.endswith(".") else short


class ExcelErrors(RowRule):
    """`#REF!` and its kin in columns where frictionless takes any text."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._columns = [c for c in self.columns if c.type in ("string", "any")]

    def see_row(self, row: int, cells: Sequence[Any]) -> None:
        for column in self._columns:
            cell = cells[column.number - 1]
            if isinstance(cell, str) and cell[:1] == "#" and cell.strip().upper() in EXCEL_ERRORS:
                self.collector.add("excel-error", row=row, column=column, value=cell, cells=cells)


@dataclass
class _Gaps:
    column: Column
    index: int
    filled: int = 0
    rows: list[int] = field(default_factory=list)


class BlankCells(RowRule):
    """Blanks in a number column that is otherwise filled: a forgotten figure or a real nothing?"""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._gaps = [
            _Gaps(c, c.number - 1)
            for c in self.columns
            if c.type in ("number", "integer")
            and not (c.field.get("constraints") or {}).get("required")
        ]

    def see_row(self, row: int, cells: Sequence[Any]) -> None:
        for gaps in self._gaps:
            if text_of(cells[gaps.index]).strip():
                gaps.filled += 1
            elif len(gaps.rows) < _KEPT:
                gaps.rows.append(row)

    def finish(self) -> None:
        for gaps in self._gaps:
            for row in gaps.rows if gaps.filled > len(gaps.rows) else ():
                self.collector.add("blank-cell", WARNING, row=row, column=gaps.column)
