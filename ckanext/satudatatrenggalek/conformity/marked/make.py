"""`write_marked`: the findings of a check, shown in the producer's own workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..expectation import Expectation
from ..readers import Unreadable
from ..report import Report
from ..table import Table, open_table
from .marks import Marks, marks_of


@dataclass(frozen=True)
class Marked:
    """A marked workbook. cells: marked. hidden: findings without a cell of their own.

    own: the producer's own workbook; False for an XLSX made from a table of another format.
    name: a file name for it.
    """

    cells: int
    hidden: int
    own: bool
    name: str


def write_marked(path: Path, report: Report, target: Path) -> Marked | None:
    """Write an XLSX to `target` in which the findings of `report` are coloured and commented.

    report: of this very file. A workbook keeps everything else it holds; of other formats the
    table is copied into a new one. None when the file holds no table or one larger than a sheet.
    Raises OSError.
    """
    # What writes workbooks takes as much to load as the rest of the engine; few checks need it.
    from .package import Unmarkable
    from .workbook import mark_workbook

    marks = marks_of(report)
    stem = report.name.rpartition(".")[0] or report.name or "berkas"
    name = f"{stem}_bertanda.xlsx"
    if report.stats.format == "xlsx":
        try:
            cells = mark_workbook(path, report, marks, report.stats.sheet, target)
            return Marked(cells, marks.hidden, True, name)
        except Unmarkable:
            pass  # an unusual workbook; its table is copied instead
    cells = _copy(path, report, marks, target)
    return None if cells is None else Marked(cells, marks.hidden, False, name)


def _copy(path: Path, report: Report, marks: Marks, target: Path) -> int | None:
    """Mark a workbook made of the table; None when there is none or it is too large."""
    from .convert import convert, sheet_name
    from .workbook import mark_workbook

    given = None if report.schema_inferred else report.table_schema
    expectation = Expectation(
        name=report.name,
        format=report.stats.format,
        table_schema=given,
        sheet=report.stats.sheet,
    )
    try:
        opened = open_table(path, expectation)
    except Unreadable:
        return None
    if not isinstance(opened, Table) or opened.source.format == "geojson":
        return None
    name = sheet_name(opened.sheet.name)
    with opened.source, tempfile.NamedTemporaryFile(dir=target.parent, suffix=".xlsx") as plain:
        made = Path(plain.name)
        if not convert(_rows(opened), name, made):
            return None
        return mark_workbook(made, report, marks, name, target)


def _rows(table: Table) -> Iterator[tuple[int, Sequence[Any]]]:
    yield from table.source.rows(table.sheet)
