"""The shape of a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..collect import Collector
from ..expectation import Expectation
from ..schema import Column


@dataclass(frozen=True)
class RuleContext:
    """What a rule may know. keyed: the schema has a primary key that is being checked."""

    columns: tuple[Column, ...]
    expectation: Expectation
    collector: Collector
    keyed: bool = False


class Rule:
    """Sees every data row once; `finish` is called after the last."""

    def __init__(self, context: RuleContext) -> None:
        self.columns = context.columns
        self.expectation = context.expectation
        self.collector = context.collector

    def see(self, row: int, cells: Sequence[Any]) -> None:
        """Look at one data row; `cells` has at least one cell per column."""

    def finish(self) -> None:
        """Say what only the whole table shows."""
