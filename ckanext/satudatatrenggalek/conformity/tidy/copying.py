"""The second reading: every row into the copy, every change into the log."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from ..masking import text_of
from ..table import Table
from .changes import ChangeLog
from .guard import STARTS, guarded
from .plan import Output, Plan
from .shapes import SAMPLE
from .stretches import Stretch, stretches

_REMEMBERED = 50_000

# RFC 4180 writes lines with CR LF, as do Frictionless' default dialect and Excel; every reader
# takes both. No byte order mark: RFC 4180 and Frictionless know none.
DIALECT: dict[str, Any] = {"delimiter": ",", "lineterminator": "\r\n"}

_Edit = tuple[int, Output, str, str, str]  # row, column, before, after, code


class Copy:
    """Writes, or only counts, the tidied copy of one table."""

    def __init__(self, table: Table, plan: Plan, log: ChangeLog, stream: TextIO | None) -> None:
        self._table = table
        self._plan = plan
        self._log = log
        self._writer = csv.writer(stream, **DIALECT) if stream else None
        self._known: dict[int, dict[str, tuple[str, str]]] = {}
        self.rows = 0
        self.sample: list[tuple[str, ...]] = []
        self.columns = self._header()

    def run(self) -> None:
        """Read the table to its end."""
        if self._writer:
            self._writer.writerow(self.columns)
        for stretch in stretches(self._table, self._log_aside):
            self._write(self._tidy(stretch), stretch)

    def _header(self) -> tuple[str, ...]:
        plan = self._plan
        if not (plan.long and plan.wide):
            return tuple(guarded(output.name) for output in plan.outputs)
        names = (o.name for o in self._fixed())
        return tuple(map(guarded, (*names, plan.wide.year, *plan.wide.names.values())))

    def _fixed(self) -> list[Output]:
        """Columns that are no years."""
        years = self._plan.wide.numbers if self._plan.wide else ()
        return [output for output in self._plan.outputs if output.number not in years]

    def _log_aside(self, code: str, row: int, cells: Sequence[Any]) -> None:
        self._log.add_row(code, row, cells)

    def _tidy(self, stretch: Stretch) -> dict[int, list[str]]:
        """The cells of every column of the copy, by the column's number in the file."""
        edits: list[_Edit] = []
        columns = {o.number: self._column(stretch, o, edits) for o in self._plan.outputs}
        for row, output, before, after, code in sorted(edits, key=lambda e: (e[0], e[1].number)):
            self._log.add(code, row, output.name, before, after, output.number)
        if self._plan.merged.filling:
            names = {output.number: output.name for output in self._plan.outputs}
            rows = stretch.batch.rows.to_list()
            for row, number, value in self._plan.merged.fill(rows, columns):
                self._log.add("merged-cells", row, names[number], "", value, number)
        return columns

    def _column(self, stretch: Stretch, output: Output, edits: list[_Edit]) -> list[str]:
        texts = stretch.batch.column(output.number)
        suspects = output.tidier.suspects(texts) | texts.str.contains(STARTS)
        written = stretch.is_text(output.number)
        if written is not None:
            suspects = suspects & written
        cells = texts.to_list()
        rows = stretch.batch.rows
        for index in suspects.arg_true():
            before = cells[index]
            after, code = self._cell(output, before)
            if after != before:
                cells[index] = after
                edits.append((rows[index], output, before, after, code))
        return cells

    def _cell(self, output: Output, text: str) -> tuple[str, str]:
        known = self._known.setdefault(output.number, {})
        if text not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            after, code = output.tidier.tidy(text)
            safe = guarded(after)
            known[text] = (safe, code if safe == after else "formula")
        return known[text]

    def _write(self, columns: dict[int, list[str]], stretch: Stretch) -> None:
        rows = self._long(columns, stretch) if self._plan.long else self._plain(columns, stretch)
        for row in rows:
            self.rows += 1
            if len(self.sample) < SAMPLE:
                self.sample.append(tuple(row))
            if self._writer:
                self._writer.writerow(row)

    def _plain(self, columns: dict[int, list[str]], stretch: Stretch) -> Iterator[Sequence[str]]:
        ordered = [columns[output.number] for output in self._plan.outputs]
        for index, row in enumerate(zip(*ordered, strict=True)):
            # Cells beyond the header belong nowhere for certain: they stay, and stay a finding.
            yield [*row, *_extras(stretch, index)] if index in stretch.extras else row

    def _long(self, columns: dict[int, list[str]], stretch: Stretch) -> Iterator[Sequence[str]]:
        wide = self._plan.wide
        assert wide is not None
        fixed = [columns[output.number] for output in self._fixed()]
        for index in range(len(stretch.batch)):
            lead = [column[index] for column in fixed]
            for year in wide.years:
                values = [
                    columns[years[year]][index] if year in years and years[year] in columns else ""
                    for years in wide.stems.values()
                ]
                yield [*lead, year, *values, *_extras(stretch, index)]


def _extras(stretch: Stretch, index: int) -> list[str]:
    return [guarded(text_of(cell)) for cell in stretch.extras.get(index, ())]
