"""The shape of a rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ..again import Again
from ..batch import Batch, among
from ..collect import Collector
from ..expectation import Expectation
from ..memory import Pick
from ..notation import Notation
from ..report import ERROR
from ..schema import Column
from .editions import Before

Words = Callable[[int, str], dict[str, Any]]

MOST = 1_000  # findings of one kind composed for one column of one batch; the rest is counted


@dataclass(frozen=True)
class RuleContext:
    """What a rule may know.

    keyed: the schema has a primary key that is being checked. again: for rows whose cells are
    needed once more after the whole table was seen. header_row: of the labels, 0 without header.
    before: the edition before, None for the first. notations: how columns of figures are written,
    by number, as far as was seen. refused: which of some texts of a column the judge finds fault
    with.
    """

    columns: tuple[Column, ...]
    expectation: Expectation
    collector: Collector
    keyed: bool = False
    again: Again = field(default_factory=Again)
    header_row: int = 0
    before: Before | None = None
    notations: Mapping[int, Notation] = field(default_factory=dict)
    refused: Callable[[Column, pl.Series], Collection[str]] = lambda column, texts: ()


def where(batch: Batch, number: int, test: str, pick: Pick) -> pl.Series | None:
    """A mask of the cells of a column where a test holds (`Batch.met`); None: nowhere."""
    found = batch.met(number, test, pick)
    return among(batch.column(number), found) if found else None


def say_each(
    collector: Collector,
    batch: Batch,
    wrong: pl.Series | Sequence[int],
    code: str,
    column: Column,
    severity: str = ERROR,
    words: Words | None = None,
) -> None:
    """One finding for every wrong cell; beyond what is kept they are counted.

    wrong: a mask of cells, or their places in the batch, ascending.
    words: (index in the batch, text of the cell) -> what fills the code's sentences.
    """
    places = batch.places.filter(wrong).to_list() if isinstance(wrong, pl.Series) else wrong
    most = min(MOST, collector.left(code, column))
    lines = batch.lines(places[:most])
    texts = batch.column(column.number).gather(list(lines)).to_list() if lines else ()
    for (index, (row, cells)), text in zip(lines.items(), texts, strict=True):
        collector.add(
            code,
            severity,
            row=row,
            column=column,
            value=text.strip(),
            cells=cells,
            **(words(index, text) if words else {}),
        )
    collector.tally(code, severity, len(places) - len(lines), column)


class Rule:
    """Sees every data row once, in batches; `finish` is called after the last."""

    def __init__(self, context: RuleContext) -> None:
        self.columns = context.columns
        self.expectation = context.expectation
        self.collector = context.collector

    def begin(self) -> None:
        """Get ready, while the first rows are read, where that takes its time."""

    def ahead(self, batch: Batch) -> None:
        """Have the batch hold (`Batch.made`) what `see` will ask of it.

        Called in the thread that reads ahead, also of rows that turn out to be no data: nothing
        is said and nothing remembered here.
        """

    def see(self, batch: Batch) -> None:
        """Look at a stretch of data rows, in the file's order."""

    def aside(self, row: int, cells: Sequence[Any], kind: str) -> None:
        """Look at a row that is no data; kind: "total" or "note"."""

    def finish(self) -> None:
        """Say what only the whole table shows."""

    def each(
        self,
        batch: Batch,
        wrong: pl.Series | Sequence[int],
        code: str,
        column: Column,
        severity: str = ERROR,
        words: Words | None = None,
    ) -> None:
        """As `say_each`, to the collector of this rule."""
        say_each(self.collector, batch, wrong, code, column, severity, words)
