"""The second reading: every row into the copy, every change into the log."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from ..masking import text_of
from ..rules.rows import is_blank
from ..stretches import Progress, Stretch
from ..table import Table
from .changes import ChangeLog
from .guard import STARTS, guarded
from .plan import Output, Plan
from .rows import data_rows, typed
from .shapes import SAMPLE

_REMEMBERED = 50_000

# RFC 4180 writes lines with CR LF, as do Frictionless' default dialect and Excel; every reader
# takes both. No byte order mark: RFC 4180 and Frictionless know none.
DIALECT: dict[str, Any] = {"delimiter": ",", "lineterminator": "\r\n"}

_Columns = dict[int, list[str]]
_Row = tuple[int, Sequence[str]]  # its place in the stretch, its cells
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
        self.origins: list[int] = []
        self.columns = self._header()

    def run(self, progress: Progress | None = None) -> None:
        """Read the table to its end. progress: as `check_file` takes it."""
        if self._writer:
            self._writer.writerow(self.columns)
        columns = self._plan.alignment.columns
        for stretch in data_rows(self._table, columns, self._log.add_row, progress):
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

    def _tidy(self, stretch: Stretch) -> _Columns:
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
        written = typed(stretch, output.number) if output.tidier.texts_only else None
        if written is not None:
            suspects = suspects & written
        cells = texts.to_list()
        rows = stretch.batch.rows.to_list()
        for index in suspects.arg_true().to_list():
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

    def _write(self, columns: _Columns, stretch: Stretch) -> None:
        extras = self._extras(stretch)
        rows = self._long(columns, extras) if self._plan.long else self._plain(columns, extras)
        for index, row in rows:
            self.rows += 1
            if len(self.sample) < SAMPLE:
                self.sample.append(tuple(row))
                self.origins.append(int(stretch.batch.rows[index]))
            if self._writer:
                self._writer.writerow(row)

    def _extras(self, stretch: Stretch) -> dict[int, list[str]]:
        """Cells beyond the header, by the row's place in the stretch.

        They belong nowhere for certain: they stay, and stay a finding. A row that ends early is
        filled: programs leave out the blank cells at the end.
        """
        width = len(self._table.layout.labels)
        extras: dict[int, list[str]] = {}
        for index, cells in sorted(stretch.odd.items()):
            row = int(stretch.batch.rows[index])
            if len(cells) < width:
                self._log.add("short-row", row)
            elif is_blank(cells[width:]):
                self._log.add("extra-blank", row)
            else:
                extras[index] = [guarded(text_of(cell)) for cell in cells[width:]]
        return extras

    def _plain(self, columns: _Columns, extras: dict[int, list[str]]) -> Iterator[_Row]:
        ordered = [columns[output.number] for output in self._plan.outputs]
        for index, row in enumerate(zip(*ordered, strict=True)):
            yield index, [*row, *extras[index]] if index in extras else row

    def _long(self, columns: _Columns, extras: dict[int, list[str]]) -> Iterator[_Row]:
        wide = self._plan.wide
        assert wide is not None
        fixed = [columns[output.number] for output in self._fixed()]
        for index in range(len(next(iter(columns.values()), []))):
            lead = [column[index] for column in fixed]
            for year in wide.years:
                values = [
                    columns[years[year]][index] if years.get(year) in columns else ""
                    for years in wide.stems.values()
                ]
                yield index, [*lead, year, *values, *extras.get(index, ())]
