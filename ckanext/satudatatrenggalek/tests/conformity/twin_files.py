"""Writers of files as offices make them: one grid of cells in every format that is read.

A cell is a text, a number, a date, a truth value or None. `Formula` is a cell with a formula,
which only some of the formats can hold.
"""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.utils.cell import range_boundaries

Grid = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Formula:
    """A formula as Excel writes it ("=A1+1") with the value it last gave (None: never computed)."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. merged: areas such as "A1:B2". hidden_*: counted from 1."""

    name: str
    grid: Grid
    merged: tuple[str, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


def text_of(cell: Any) -> str:
    """A cell as a CSV holds it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


def as_csv(grid: Grid, delimiter: str = ",", end: str = "\n") -> str:
    """The grid as text, quoted only where needed."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    writer.writerows([text_of(cell) for cell in row] for row in grid)
    return stream.getvalue()


def write_csv(path: Path, sheets: Sequence[Sheet]) -> None:
    """The first sheet as UTF-8 with commas."""
    path.write_bytes(as_csv(sheets[0].grid).encode())


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """A workbook by openpyxl; values of computed formulas are put in afterwards."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    values: dict[str, dict[str, float]] = {}
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        values[f"xl/worksheets/sheet{len(book.worksheets)}.xml"] = _fill(made, sheet)
        made.sheet_state = "hidden" if sheet.hidden else "visible"
    book.save(path)
    _compute(path, values)


def _fill(made: Any, sheet: Sheet) -> dict[str, float]:
    computed: dict[str, float] = {}
    for r, row in enumerate(sheet.grid, start=1):
        for c, cell in enumerate(row, start=1):
            target = made.cell(r, c, cell.text if isinstance(cell, Formula) else cell)
            if isinstance(cell, Formula) and cell.value is not None:
                computed[target.coordinate] = cell.value
    for area in sheet.merged:
        made.merge_cells(area)
    for row in sheet.hidden_rows:
        made.row_dimensions[row].hidden = True
    for column in sheet.hidden_columns:
        made.column_dimensions[openpyxl.utils.get_column_letter(column)].hidden = True
    return computed


def _compute(path: Path, values: Mapping[str, Mapping[str, float]]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, computed in values.items():
        text = parts[name].decode()
        for place, value in computed.items():
            start = text.index(f'<c r="{place}"')
            end = text.index("</c>", start)
            cell = text[start:end].replace("<v></v>", "").replace("<v />", "").replace("<v/>", "")
            text = f"{text[:start]}{cell}<v>{value}</v>{text[end:]}"
        parts[name] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def write_xls(path: Path, sheets: Sequence[Sheet]) -> None:
    """A BIFF workbook."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for sheet in sheets:
        made = book.add_sheet(sheet.name)
        made.visibility = 1 if sheet.hidden else 0
        covered = _covered(sheet.merged)
        for r, row in enumerate(sheet.grid):
            for c, cell in enumerate(row):
                if cell is not None and (r + 1, c + 1) not in covered:
                    date = isinstance(cell, datetime.date)
                    made.write(r, c, cell, day) if date else made.write(r, c, cell)
        for area in sheet.merged:
            left, top, right, bottom = range_boundaries(area)
            value = sheet.grid[top - 1][left - 1]
            made.write_merge(top - 1, bottom - 1, left - 1, right - 1, value)
    book.save(str(path))


def _covered(areas: Sequence[str]) -> set[tuple[int, int]]:
    return {
        (row, column)
        for area in areas
        for left, top, right, bottom in [range_boundaries(area)]
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


_SPACES = " ".join(
    f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"'
    for p in ("office", "table", "text", "style")
)


def write_ods(path: Path, sheets: Sequence[Sheet]) -> None:
    """An OpenDocument workbook with the parts a reader needs."""
    tables = "".join(
        f'<table:table table:name="{html.escape(sheet.name)}"'
        f"{' table:style-name=' + chr(34) + 'tersembunyi' + chr(34) if sheet.hidden else ''}>"
        f"{''.join(_ods_row(sheet, r) for r in range(len(sheet.grid)))}</table:table>"
        for sheet in sheets
    )
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>"
        '<style:style style:name="tersembunyi" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)


def _ods_row(sheet: Sheet, r: int) -> str:
    heads = {}
    for area in sheet.merged:
        left, top, right, bottom = range_boundaries(area)
        heads[top, left] = (right - left + 1, bottom - top + 1)
    covered = _covered(sheet.merged) - set(heads)
    cells = []
    for c, cell in enumerate(sheet.grid[r]):
        if (r + 1, c + 1) in covered:
            cells.append("<table:covered-table-cell/>")
            continue
        span = heads.get((r + 1, c + 1))
        spans = ""
        if span:
            spans = (
                f' table:number-columns-spanned="{span[0]}" table:number-rows-spanned="{span[1]}"'
            )
        cells.append(_ods_cell(cell, spans))
    hidden = ' table:visibility="collapse"' if r + 1 in sheet.hidden_rows else ""
    return f"<table:table-row{hidden}>{''.join(cells)}</table:table-row>"


def _ods_cell(cell: Any, spans: str) -> str:
    if cell is None:
        return f"<table:table-cell{spans}/>"
    if isinstance(cell, datetime.date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, (int, float)):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    shown = html.escape(text_of(cell))
    return f"<table:table-cell{spans} {kind}><text:p>{shown}</text:p></table:table-cell>"


def as_html(sheet: Sheet) -> str:
    """A page with one table, as web applications hand it out under the name .xls."""
    heads = {}
    for area in sheet.merged:
        left, top, right, bottom = range_boundaries(area)
        heads[top, left] = f' colspan="{right - left + 1}" rowspan="{bottom - top + 1}"'
    covered = _covered(sheet.merged) - set(heads)
    rows = []
    for r, row in enumerate(sheet.grid, start=1):
        cells = [
            f"<td{heads.get((r, c), '')}>{html.escape(text_of(cell))}</td>"
            for c, cell in enumerate(row, start=1)
            if (r, c) not in covered
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    style = "<style>td {mso-number-format:General}</style>"
    head = f'<html><head><meta charset="utf-8">{style}</head>'
    return f"{head}<body><table border=1>{''.join(rows)}</table></body></html>"


def write_html(path: Path, sheets: Sequence[Sheet]) -> None:
    """HTML, whatever the name says."""
    path.write_bytes(as_html(sheets[0]).encode())


def write_json(path: Path, sheets: Sequence[Sheet]) -> None:
    """The first sheet as a list of objects."""
    names, *rows = sheets[0].grid
    objects = [dict(zip(names, row, strict=True)) for row in rows]
    path.write_bytes(json.dumps(objects, ensure_ascii=False).encode())


WRITERS: dict[str, Callable[[Path, Sequence[Sheet]], None]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "xls": write_xls,
    "ods": write_ods,
    "html": write_html,
    "json": write_json,
}
