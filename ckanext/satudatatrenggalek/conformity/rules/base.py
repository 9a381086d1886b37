"""The shape of a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..batch import Again, Batch
from ..collect import Collector
from ..expectation import Expectation
from ..schema import Column


@dataclass(frozen=True)
class RuleContext:
    """What a rule may know.

    keyed: the schema has a primary key that is being checked. again: for rows whose cells are
    needed once more after the whole table was seen.
    """

    columns: tuple[Column, ...]
    expectation: Expectation
    collector: Collector
    keyed: bool = False
    again: Again = field(default_factory=Again)


class Rule:
    """Sees every data row once, in batches; `finish` is called after the last."""

    def __init__(self, context: RuleContext) -> None:
        self.columns = context.columns
        self.expectation = context.expectation
        self.collector = context.collector

    def see(self, batch: Batch) -> None:
        """Look at a stretch of data rows, in the file's order."""

    def aside(self, row: int, cells: Sequence[Any], kind: str) -> None:
        """Look at a row that is no data. kind: "total" or "note"."""

    def finish(self) -> None:
        """Say what only the whole table shows."""


class RowRule(Rule):
    """A rule that looks at one row after the other: easy to write, slow on a million rows."""

    def see(self, batch: Batch) -> None:
        """Hand over every row."""
        for index, row in enumerate(batch.rows.to_list()):
            self.see_row(row, batch.cells(index))

    def see_row(self, row: int, cells: Sequence[Any]) -> None:
        """Look at one data row; `cells` has one cell per column."""
