"""`check_file`: one file and what it should be in, one report out.

A bad file never raises: whatever is wrong with it is a finding. Columns are matched with the schema
by name, so a moved or missing column is one finding instead of one per cell; apart from that, cells
are judged as frictionless judges them (`judging`), and then asked what Satu Data asks (`rules`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from .before import read_before
from .collect import Collector
from .expectation import Expectation
from .geometry import report_geometries
from .handed_back import hand_back
from .header import report_labels, report_names, report_sheet
from .inference import inferred_schema, report_meant
from .judging import Judge
from .masking import masked_names
from .notation import notations_of
from .packed import in_words
from .personal import personal_columns
from .readers import Problem, Source, Unreadable
from .report import ERROR, WARNING, Report, Stats
from .rules import RULES, RuleContext
from .schema import align
from .stretches import Progress, Reading, reread
from .table import Table, open_table

_SELDOM = (100_000, 50, 100)  # objects made before a collection, and what older ones wait for
FAST, CAREFUL = "satudata/fast", "satudata/careful"
# What the file survives being read with; everything else a reader notes is an error.
_MILD = frozenset({"not-utf8", "old-line-ends", "formula-outside"})


def check_file(path: Path, expectation: Expectation, progress: Progress | None = None) -> Report:
    """Check a file against what it should be.

    progress(done, total) is called about ten times a second while rows are judged: bytes of the
    file where it is text, else rows, with 0 for a total that is not known before the end.
    Raises OSError when the file cannot be opened and BadSchema when the schema handed in is
    itself wrong; never for what the file holds.
    """
    hand_back()
    check = _Check(path, expectation, progress)
    with _seldom_collected():
        check.run()
    return check.report()


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Rows make no cycles; looking for some at every few hundred takes a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Check:
    def __init__(
        self, path: Path, expectation: Expectation, progress: Progress | None = None
    ) -> None:
        self._path = path
        self._expectation = expectation
        self._progress = progress
        self._engine = CAREFUL
        self._began = monotonic()
        self._found = Collector("", expectation.limits.max_findings)
        self._bytes = path.stat().st_size
        self._schema: Mapping[str, Any] | None = expectation.table_schema
        self._table: Table | None = None
        self._source: Source | None = None
        self._rows = 0

    def run(self) -> None:
        limit = self._expectation.limits.max_bytes
        if limit is not None and self._bytes > limit:
            self._found.add("too-large", size=in_words(self._bytes), limit=in_words(limit))
            return
        try:
            opened = open_table(self._path, self._expectation)
        except Unreadable as unreadable:
            self._problem(unreadable.problem)
            return
        source = self._source = opened.source if isinstance(opened, Table) else opened
        with source:
            if isinstance(opened, Table):
                self._table = opened
                self._check_table(opened)
            else:
                self._no_table(opened)
        report_geometries(source.geometries, self._found, self._labels())
        for problem in source.problems:
            self._problem(problem)

    def _labels(self) -> tuple[str, ...]:
        return self._table.layout.labels if self._table else ()

    def _no_table(self, source: Source) -> None:
        if source.format in ("pdf", "docx"):
            self._found.add("not-a-table", WARNING, format=source.format.upper())

    def _check_table(self, table: Table) -> None:
        limits = self._expectation.limits
        self._found.sheet = table.shown_sheet
        schema = self._expectation.table_schema
        if not schema:
            self._schema = inferred_schema(table, limits.max_rows)
        descriptor = dict(self._schema or {})
        by_position = table.layout.headless or not schema
        alignment = align(descriptor, table.layout.labels, by_position)
        self._found.personal = personal_columns(alignment.columns)
        report_sheet(table, self._found)
        report_labels(table.layout, alignment, not schema, self._found)
        report_names(table, self._expectation.public, self._found)
        judge = Judge(
            descriptor,
            alignment,
            self._expectation,
            self._found,
            table.source.spreadsheet,
            table.layout.aggregates,
        )
        context = RuleContext(
            alignment.columns,
            self._expectation,
            self._found,
            judge.keyed,
            header_row=table.layout.last,
            before=read_before(self._expectation),
            notations=notations_of(alignment.columns, self._expectation.unit),
            refused=judge.refused,
        )
        reading = Reading(table, limits.max_rows, self._progress)
        judge.run(reading, [rule(context) for rule in RULES], context.again)
        self._engine = CAREFUL if reading.careful else FAST
        reread(table, context.again, reading)
        self._rows = judge.rows
        if not schema:
            report_meant(alignment.columns, judge.rows, self._found)
        if not judge.rows and not table.source.problems:
            self._found.add("no-data-rows")

    def _problem(self, problem: Problem) -> None:
        severity = WARNING if problem.code in _MILD else ERROR
        self._found.add(problem.code, severity, row=problem.row, **problem.words)

    def report(self) -> Report:
        found, table, schema = self._found, self._table, self._schema
        return Report(
            valid=found.errors == 0,
            findings=found.result(),
            stats=self._stats(),
            name=self._expectation.name or self._path.name,
            labels=tuple(masked_names(table.layout.labels)) if table else (),
            table_schema=dict(schema) if schema else None,
            schema_inferred=bool(schema) and not self._expectation.table_schema,
            engine=self._engine,
        )

    def _stats(self) -> Stats:
        found, table, source = self._found, self._table, self._source
        return Stats(
            rows=self._rows,
            columns=len(table.layout.labels) if table else 0,
            bytes=self._bytes,
            seconds=round(monotonic() - self._began, 3),
            sheet=table.shown_sheet if table else "",
            format=source.format if source else self._expectation.claimed,
            encoding=source.encoding if source else "",
            delimiter=source.delimiter if source else "",
            header_row=table.layout.last if table else 0,
            errors=found.errors,
            warnings=found.warnings,
            truncated=found.truncated,
            counts=dict(found.counts),
            items=found.items,
            unkept=found.unkept(),
        )
