"""Columns as such: how they are named, whether they hold anything, whether they vary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .. import units
from ..batch import Batch
from ..layout import normal
from ..masking import show
from ..numbers import MISSING
from ..report import WARNING
from ..roles import MEASURE, role
from ..schema import Column, is_year_column
from ..years import year_of
from .base import Rule, RuleContext

_ROWS = 10  # fewer rows may well agree
_YEARS = 3
_MARKERS = MISSING - {"x", "*"}  # which may be a value as well
_NAMED = 5
_LONGEST = 60
_MADE_UP = re.compile(r"kolom_[0-9]+")
_GOOD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*")


@dataclass
class _Held:
    """The one value a column held so far; varies: it held another. filled: anything at all.

    marker: what stands in place of a value, such as "...".
    """

    column: Column
    value: str = ""
    marker: str = ""
    filled: bool = False
    varies: bool = False


class ColumnContents(Rule):
    """Columns without a single value, and figures that are the same in every row."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._held = [_Held(column) for column in self.columns]
        self._rows = 0

    def see(self, batch: Batch) -> None:
        self._rows += len(batch)
        for held in self._held:
            if not held.varies and len(batch):
                _look(held, batch)

    def finish(self) -> None:
        for held in self._held:
            if held.varies or not self._rows or not held.column.label.strip():
                continue
            if not held.filled:
                more = f", hanya tanda `{held.marker}`" if held.marker else ""
                self.collector.add(
                    "empty-column", WARNING, column=held.column, value=held.marker, more=more
                )
            elif self._rows >= _ROWS and _should_vary(held):
                self.collector.add(
                    "constant-column",
                    WARNING,
                    column=held.column,
                    value=held.value,
                    count=self._rows,
                )


def _look(held: _Held, batch: Batch) -> None:
    texts = batch.column(held.column.number)
    first = held.value if held.filled else texts[0]
    if (texts.head(1_000) != first).any() and _is_filled(first):
        held.varies = held.filled = True
        return
    distinct = texts.unique()
    few = distinct.head(len(_MARKERS) + 2).to_list()
    filled = [text for text in few if _is_filled(text)]
    held.marker = held.marker or next((t.strip() for t in sorted(few) if t.strip()), "")
    if len(distinct) > len(_MARKERS) + 1 or len(filled) > 1:
        held.varies = held.filled = True
    elif filled:
        held.varies = len(distinct) > 1 or (held.filled and held.value != filled[0])
        held.value, held.filled = filled[0], True
    elif held.filled:
        held.varies = True


def _should_vary(held: _Held) -> bool:
    """Nothing at all may be true of every row; and of a column without a name nothing is known."""
    named = not _MADE_UP.fullmatch(held.column.name)
    return named and role(held.column) == MEASURE and held.value.strip(" 0.,") != ""


def _is_filled(text: str) -> bool:
    return bool(text.strip()) and text.strip().lower() not in _MARKERS


class ColumnNames(Rule):
    """Names a program cannot use as they are, units or years in place of names."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._header_row = context.header_row or None

    def finish(self) -> None:
        labels = [c for c in self.columns if c.label.strip()]
        if not self.expectation.table_schema:
            self._snake(labels)
        for column in labels:
            if units.is_unit(column.label):
                self.collector.add("name-is-unit", WARNING, column=column, value=column.label)
        self._years(labels)

    def _snake(self, labels: list[Column]) -> None:
        odd = [c for c in labels if not _GOOD.fullmatch(c.label.strip())]
        if odd:
            kept = [c.label.strip() for c in labels if c not in odd]
            better = better_names([c.label for c in odd], kept)
            pairs = [
                f"`{show(c.label.strip())}` menjadi `{name}`"
                for c, name in zip(odd, better, strict=True)
            ]
            more = f", dan {len(pairs) - _NAMED} lagi" if len(pairs) > _NAMED else ""
            self.collector.add(
                "column-names",
                WARNING,
                row=self._header_row,
                count=len(odd),
                names=", ".join(pairs[:_NAMED]) + more,
            )

    def _years(self, labels: list[Column]) -> None:
        if any(is_year_column(c.name) and not year_of(c.label) for c in labels):
            return
        wide = {year: c for c in labels if (year := year_of(c.label))}
        if len(wide) >= _YEARS:
            first, last = min(wide), max(wide)
            self.collector.add(
                "wide-years",
                WARNING,
                row=self._header_row,
                value=wide[first].label,
                first=first,
                last=last,
            )


def better_names(labels: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """`better_name` of each, no two alike and none of those taken: the next one ends in `_2`."""
    used, names = set(taken), []
    for label in labels:
        first = name = better_name(label)
        number = 1
        while name in used:
            number += 1
            end = f"_{number}"
            name = first[: _LONGEST - len(end)].rstrip("_") + end
        used.add(name)
        names.append(name)
    return names


def better_name(label: str) -> str:
    """A name a program can use, close to the label: `Luas Panen (Ha)` is `luas_panen_ha`."""
    name = normal(label.replace("²", "2").replace("³", "3").replace("%", " persen "))
    if len(name) > _LONGEST:
        # The year at its end is often all that tells a long name from the next one.
        year = name[-4:] if name.endswith(f"_{year_of(label)}") else ""
        name = name[: _LONGEST - len(year) - 1].rstrip("_") + (f"_{year}" if year else "")
    return f"kolom_{name}" if name[:1].isdigit() or not name else name
