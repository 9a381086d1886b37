"""XLSX by openpyxl and XLS by xlrd: cells with their types, error cells kept as text."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import openpyxl
import xlrd
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.xldate import XLDateError, xldate_as_datetime

from .source import READ_ERRORS, Row, Sheet, Source, Unreadable

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
_CHUNK = 1024 * 1024
MAX_MERGED = 1_000


class _Silence:
    """Where xlrd writes its complaints."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None


def open_xlsx(path: Path) -> Source:
    """Visible sheets of an XLSX with the values Excel last computed. Raises Unreadable."""
    stream = path.open("rb")  # openpyxl judges a path by its ending; stored files have none
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        sheets = [s for s in book.worksheets if s.sheet_state == "visible"] or book.worksheets
    except READ_ERRORS as error:
        stream.close()
        raise Unreadable("format-error", format="XLSX") from error
    return Source("xlsx", [_xlsx_sheet(path, sheet) for sheet in sheets], close=stream.close)


def _xlsx_sheet(path: Path, sheet: Any) -> Sheet:
    return Sheet(sheet.title, lambda: _xlsx_rows(sheet), lambda: _merged(path, sheet))


def _xlsx_rows(sheet: Any) -> Iterator[Row]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if not isinstance(sheet, ReadOnlyWorksheet):
            return
        # The stated dimension is often wrong; without it openpyxl reads what is there.
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(values_only=True):
            yield list(cells)


def _merged(path: Path, sheet: Any) -> list[str]:
    """Merged ranges, read from the sheet's XML: openpyxl does not give them when streaming."""
    found: list[str] = []
    try:
        with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as stream:
            for match in _scan(stream):
                found.append(match.decode("ascii"))
                if len(found) >= MAX_MERGED:
                    break
        return sorted(found, key=lambda area: range_boundaries(area)[1::-1])
    except READ_ERRORS:
        return found


def _scan(stream: IO[bytes]) -> Iterator[bytes]:
    tail = b""
    while chunk := stream.read(_CHUNK):
        text = tail + chunk
        end = 0
        for match in _MERGED.finditer(text):
            end = match.end()
            yield match[1]
        tail = text[max(end, len(text) - 200) :]


def open_xls(path: Path) -> Source:
    """Visible sheets of an XLS. Raises Unreadable."""
    try:
        book = xlrd.open_workbook(str(path), logfile=_Silence(), formatting_info=True)  # type: ignore[arg-type]
        sheets = [s for s in book.sheets() if s.visibility == 0] or book.sheets()
    except READ_ERRORS as error:
        locked = "encrypted" in str(error).lower()
        code = "password-locked" if locked else "format-error"
        raise Unreadable(code, format="XLS") from error
    return Source("xls", [_xls_sheet(book, sheet) for sheet in sheets])


def _xls_sheet(book: Book, sheet: Any) -> Sheet:
    return Sheet(sheet.name, lambda: _xls_rows(book, sheet), lambda: _xls_merged(sheet))


def _xls_rows(book: Book, sheet: Any) -> Iterator[Row]:
    for index in range(sheet.nrows):
        yield [_xls_value(book, cell) for cell in sheet.row(index)]


def _xls_merged(sheet: Any) -> list[str]:
    return [
        f"{xlrd.cellname(top, left)}:{xlrd.cellname(bottom - 1, right - 1)}"
        for top, bottom, left, right in sheet.merged_cells[:MAX_MERGED]
    ]


def _xls_value(book: Book, cell: Any) -> Any:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xldate_as_datetime(cell.value, book.datemode)
        except (XLDateError, ValueError, OverflowError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_NUMBER and float(cell.value).is_integer():
        return int(cell.value)
    return cell.value
