"""Counts that became fractions: once a column."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..batch import Batch, native
from ..counted import Shifted, is_count, meant_by
from ..schema import Column
from .base import Rule, RuleContext


@dataclass
class _Counts:
    column: Column
    seen: Shifted = field(default_factory=Shifted)
    typed: int = 0
    row: int = 0
    value: str = ""

    def see(self, batch: Batch) -> None:
        before, texts = self.seen.shifted, batch.column(self.column.number)
        shifted = self.seen.see(texts)
        if not before and shifted.any():
            index = shifted.arg_true()[0]
            self.row, self.value = batch.rows[index], texts[index]
        if batch.natives is not None:
            cells = batch.natives[self.column.number - 1]
            self.typed += sum(isinstance(native(cell), float) for cell in cells)


class ThousandsAsDecimals(Rule):
    """A column that counts people or things holds 167.228: once a column."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._counts = [_Counts(c) for c in self.columns if c.type == "number" and is_count(c)]

    def see(self, batch: Batch) -> None:
        """Count how the cells of such columns are written."""
        for counts in self._counts:
            if not counts.seen.others:
                counts.see(batch)

    def finish(self) -> None:
        for counts in self._counts:
            if counts.seen.destroyed(bool(counts.typed)):
                self.collector.add(
                    "thousands-as-decimal",
                    row=counts.row,
                    column=counts.column,
                    value=counts.value,
                    count=counts.seen.shifted + counts.seen.shortened,
                    meant=meant_by(counts.value),
                )
