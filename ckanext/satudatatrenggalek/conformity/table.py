"""The table to check inside an opened file: which sheet, where its header, which rows follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from .expectation import Expectation
from .formats import FINDINGS_SHEET
from .layout import SAMPLE_ROWS, Layout, find_layout, normal
from .masking import masked_names, name_meant, text_of
from .readers import Sheet, Source, Unreadable, open_source
from .schema import names_of, read_schema

# Sheets that explain the table and are not it.
_ASIDE = frozenset({"metadata", "keterangan", "petunjuk", "judul", "readme", "catatan", "cover"})


@dataclass(frozen=True)
class Table:
    """One table of a file. others: names of further sheets that hold something."""

    source: Source
    sheet: Sheet
    layout: Layout
    others: tuple[str, ...] = ()

    @property
    def shown_sheet(self) -> str:
        """The name of the sheet, fit for a report."""
        place = next(i for i, each in enumerate(self.source.sheets) if each is self.sheet)
        return masked_names([each.name for each in self.source.sheets])[place]

    def rows(self, limit: int | None = None) -> Iterator[tuple[int, list[Any]]]:
        """(row number as the spreadsheet shows it, cells) of the rows below the header."""
        for number, cells in self.source.rows(self.sheet, limit):
            if number > self.layout.last:
                yield number, cells


def open_table(path: Path, expectation: Expectation) -> Table | Source:
    """The table of a file, or the bare source of a file that holds none (a PDF, plain JSON).

    Raises Unreadable, BadSchema, OSError.
    """
    schema = read_schema(expectation.table_schema) if expectation.table_schema else None
    wanted = names_of(schema)
    source = open_source(path, expectation, wanted)
    if not source.sheets:
        return source
    try:
        return _choose(source, expectation, wanted)
    except Unreadable:
        source.close()
        raise


def _choose(source: Source, expectation: Expectation, wanted: frozenset[str]) -> Table:
    found = [
        (sheet, layout)
        for sheet in _candidates(source, expectation)
        if (layout := find_layout(_sample(source, sheet), wanted, source.padded))
    ]
    if not found:
        raise _why_nothing(source)
    sheet, layout = max(found, key=lambda item: _fitness(source, item[0], item[1], wanted))
    most = expectation.limits.max_columns
    if len(layout.labels) > most:
        raise Unreadable("too-many-columns", count=len(layout.labels), limit=most)
    others = tuple(s.name for s, _ in found if s is not sheet)
    return Table(source, sheet, layout, others)


def _candidates(source: Source, expectation: Expectation) -> list[Sheet]:
    if not expectation.sheet or not source.spreadsheet:
        others = [s for s in source.sheets if s.name != FINDINGS_SHEET]
        return others or source.sheets
    wanted = name_meant(expectation.sheet, [s.name for s in source.sheets])
    named = [s for s in source.sheets if wanted and s.name == wanted]
    if not named:
        names = ", ".join(f"`{s.name}`" for s in source.sheets)
        raise Unreadable("sheet-missing", value=expectation.sheet, names=names)
    return named


def _sample(source: Source, sheet: Sheet) -> list[list[Any]]:
    # A reader of its own: problems met here are met and noted again in the full reading.
    trial = Source(source.format, [], source.encoding, source.delimiter)
    return [cells for _, cells in islice(trial.rows(sheet), SAMPLE_ROWS)]


def _why_nothing(source: Source) -> Unreadable:
    """What stopped the reading of the first sheet, or that there is nothing in any."""
    trial = Source(source.format, [], source.encoding, source.delimiter)
    next(trial.rows(source.sheets[0]), None)
    first = next(iter(trial.problems), None)
    return Unreadable(first.code, **first.words) if first else Unreadable("source-error")


def _fitness(
    source: Source, sheet: Sheet, layout: Layout, wanted: frozenset[str]
) -> tuple[int, bool, bool, int]:
    hits = len(wanted & {normal(label) for label in layout.labels})
    rows = len(_sample(source, sheet)) if len(source.sheets) > 1 else 0
    return hits, normal(sheet.name) not in _ASIDE, len(layout.labels) > 1, rows


@dataclass(frozen=True)
class RowView:
    """One row to show: its number in the spreadsheet and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A stretch of a table to show. header_row: 0 when the file has none. more: rows follow."""

    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[RowView, ...]
    more: bool


def readable_table(path: Path, expectation: Expectation) -> Table | None:
    """The table of a file, open; None when it has none that can be read. Raises OSError."""
    try:
        opened = open_table(path, expectation)
    except Unreadable:
        return None
    return opened if isinstance(opened, Table) else None


def rows(path: Path, expectation: Expectation, offset: int = 0, limit: int = 100) -> Page | None:
    """`limit` rows below the header from the `offset`-th on; None when there is no table.

    Cells are shown as they are, personal data included: for those who may read the file. Names of
    the sheet and the columns are masked, as in the report.
    """
    table = readable_table(path, expectation)
    if table is None:
        return None
    trial = Table(quiet(table.source), table.sheet, table.layout)
    with table.source:
        taken = list(islice(trial.rows(), offset, offset + limit + 1))
    views = tuple(RowView(number, _texts(cells)) for number, cells in taken[:limit])
    layout = table.layout
    header = tuple(masked_names(layout.labels))
    return Page(table.shown_sheet, header, layout.last, views, len(taken) > limit)


def last_row(path: Path, expectation: Expectation) -> int | None:
    """Number of the last row, as the spreadsheet shows it; None when there is no table."""
    table = readable_table(path, expectation)
    if table is None:
        return None
    trial = Table(quiet(table.source), table.sheet, table.layout)
    with table.source:
        return max((number for number, _ in trial.rows()), default=table.layout.last)


def _texts(cells: Sequence[Any]) -> tuple[str, ...]:
    return tuple(text_of(cell) for cell in cells)


def _stay_open() -> None:
    return None


def quiet(source: Source) -> Source:
    """The same source for another reading, whose problems are known already."""
    return replace(source, close=_stay_open, problems=[], geometries=[])
