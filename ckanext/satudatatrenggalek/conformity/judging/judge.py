"""One judge for every way of reading: screens columns, confirms cells, lets the rules look.

Only data rows are judged; totals, notes and blank rows are set aside with a finding each. Cells
are screened by column (`screens`), doubtful ones go to frictionless' own cell readers
(`verdicts`), rows wider or narrower than the table are judged cell by cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl
from frictionless import Schema

from ..again import Again
from ..batch import Batch
from ..collect import Collector
from ..expectation import Expectation
from ..handed_back import hand_back
from ..rules import Rule
from ..schema import Alignment, Column
from ..stretches import Reading, Stretch
from .aside import Aside
from .columns import ColumnJudge, Fault, judges_of
from .integrity import Integrity
from .judged import for_frictionless
from .saying import say, say_width
from .verdicts import Verdict

_FIGURES = ("integer", "number")
_HANDED_BACK, _WARM = 8, 2  # of so many stretches, after so many
_MOST_EXTRA = 50  # cells beyond the table's width that are reported one by one


@dataclass(frozen=True)
class _Prepared:
    """What of a batch can be told before its turn: rows to be asked about, faults by column."""

    doubtful: Sequence[int]
    faults: Sequence[tuple[ColumnJudge, Sequence[Fault]]]


class Judge:
    """One pass over the rows of a table. rows: how many data rows were judged."""

    def __init__(
        self,
        schema: Mapping[str, Any],
        alignment: Alignment,
        expectation: Expectation,
        collector: Collector,
        spreadsheet: bool,
        aggregates: frozenset[str] = frozenset(),
    ) -> None:
        self._found = collector
        self._spreadsheet = spreadsheet
        self._columns = {column.number: column for column in alignment.columns}
        self._judges = _judges(schema, alignment)
        named = {j.column.name: j for j in self._judges if j.column.planned}
        self._integrity = Integrity(schema, named, expectation.references, collector)
        self._aside = Aside(alignment.columns, collector, spreadsheet, aggregates)
        self._may_be_empty = _may_be_empty(self._judges)
        self.rows = 0

    @property
    def keyed(self) -> bool:
        """Whether a primary key is being checked."""
        return bool(self._integrity.key)

    def refused(self, column: Column, texts: pl.Series) -> Collection[str]:
        """Which of some texts of a column are at fault by themselves."""
        judge = next(j for j in self._judges if j.column.number == column.number)
        return judge.refused(texts)

    def run(self, reading: Reading, rules: Sequence[Rule], again: Again) -> None:
        """Judge and report every row, and let the rules see them."""
        reading.prepare = partial(self._prepared, rules)
        reading.meanwhile = partial(_begin, rules)
        for number, stretch in enumerate(reading):
            if number % _HANDED_BACK == _WARM:
                hand_back()
            self._judge(stretch, rules, reading)
        hand_back()
        self._aside.finish()
        self._integrity.finish(again)
        for rule in rules:
            rule.finish()

    def _prepared(self, rules: Sequence[Rule], batch: Batch) -> _Prepared:
        doubts = {judge.column.number: judge.doubts(batch) for judge in self._judges}
        for number, column in self._columns.items():
            if column.type in _FIGURES:
                batch.numbers(number)
        faults = [
            (judge, list(judge.at_fault(batch, doubts[judge.column.number])))
            for judge in self._judges
        ]
        doubtful = self._aside.doubtful(batch, doubts)
        for rule in rules:
            rule.ahead(batch)
        return _Prepared(doubtful, faults)

    def _judge(self, stretch: Stretch, rules: Sequence[Rule], reading: Reading) -> None:
        batch, prepared = stretch.batch, stretch.prepared
        reading.read_on()
        stay = self._aside.take(stretch, prepared.doubtful, rules)
        dropped = set() if stay is None else set((~stay).arg_true().to_list())
        empty = self._empty(batch)
        odd = {i: cells for i, cells in stretch.odd.items() if i not in dropped}
        faults = [
            fault
            for judge, found in prepared.faults
            for fault in _with_absent(judge, found, odd)
            if fault[0] not in dropped and fault[0] not in empty
        ]
        faults.sort(key=lambda fault: fault[0])
        found = batch.lines(
            index for index, judge, verdict in faults if self._shows(judge, verdict)
        )
        for index in sorted(empty - dropped):
            self._found.add("blank-row", row=int(batch.rows[index]), more="")
        for index, judge, verdict in faults:
            row, cells = found.get(index, (0, ()))
            cells = odd.get(index, cells)
            say(self._found, judge.cells, verdict, row, cells, self._spreadsheet)
        self._say_widths(batch, {i: cells for i, cells in odd.items() if i not in empty})
        short = {int(batch.rows[i]): len(cells) for i, cells in odd.items()}
        kept = batch if stay is None else batch.keep(stay)
        self.rows += len(kept)
        self._integrity.see(kept, short)
        for rule in rules:
            rule.see(kept)

    def _shows(self, judge: ColumnJudge, verdict: Verdict) -> bool:
        """Whether a fault may be kept, so that its row is needed; else it is counted only."""
        column = judge.column
        kept = any(
            self._found.room(code, column, name or verdict.habit) for code, name in verdict.faults
        )
        return kept or self._spreadsheet

    def _empty(self, batch: Batch) -> set[int]:
        """Rows that hold nothing but marks of missing values: frictionless calls them blank."""
        if not self._may_be_empty:
            return set()
        texts = batch.texts
        tests = [
            pl.col(j.name).is_in(pl.Series(sorted({"", *j.cells.missing})).implode())
            for j in self._judges
        ]
        places = texts.select(pl.all_horizontal(tests)).to_series().arg_true().to_list()
        return {i for i in places if self._is_empty(batch.cells(i))}

    def _is_empty(self, cells: list[Any]) -> bool:
        return all(
            judge.cells.cell(cell).missing for judge, cell in zip(self._judges, cells, strict=True)
        )

    def _say_widths(self, batch: Batch, odd: Mapping[int, list[Any]]) -> None:
        most = len(self._columns) + _MOST_EXTRA
        for index, row in odd.items():
            say_width(self._found, self._columns, int(batch.rows[index]), row, most)


def _judges(schema: Mapping[str, Any], alignment: Alignment) -> list[ColumnJudge]:
    judged = Schema.from_descriptor(for_frictionless(schema, alignment))
    return judges_of(alignment.columns, judged.fields)


def _begin(rules: Sequence[Rule]) -> None:
    for rule in rules:
        rule.begin()


def _with_absent(
    judge: ColumnJudge, faults: Sequence[Fault], odd: Mapping[int, list[Any]]
) -> Iterator[Fault]:
    """Faults of a column where some rows end before it: an absent cell is not a blank one."""
    number = judge.column.number
    absent = {index for index, cells in odd.items() if len(cells) < number}
    yield from (fault for fault in faults if fault[0] not in absent)
    verdict = judge.cells.cell(None)
    if verdict.faults:
        yield from ((index, judge, verdict) for index in sorted(absent))


def _may_be_empty(judges: Sequence[ColumnJudge]) -> bool:
    """Whether a row can be empty for frictionless that is not blank to the eye."""
    return any(judge.cells.missing - {""} for judge in judges)
