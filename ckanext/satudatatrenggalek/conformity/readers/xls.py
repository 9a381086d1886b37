"""XLS by xlrd: cells with their types, error cells kept as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.xldate import XLDateError, xldate_as_datetime

from .source import MAX_MERGED, READ_ERRORS, Hidden, Row, Sheet, Source, Unreadable

_ERRORS = (*READ_ERRORS, XLRDError, CompDocError)


class _Silence:
    """Where xlrd writes its complaints."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None


def open_xls(path: Path) -> Source:
    """Visible sheets of an XLS. Raises Unreadable."""
    try:
        book = xlrd.open_workbook(str(path), logfile=_Silence(), formatting_info=True)  # type: ignore[arg-type]
        sheets = [s for s in book.sheets() if s.visibility == 0] or book.sheets()
    except _ERRORS as error:
        locked = "encrypted" in str(error).lower()
        code = "password-locked" if locked else "format-error"
        raise Unreadable(code, format="XLS") from error
    return Source("xls", [_xls_sheet(book, sheet) for sheet in sheets], errors=_ERRORS)


def _xls_sheet(book: Book, sheet: Any) -> Sheet:
    return Sheet(
        sheet.name,
        lambda: _xls_rows(book, sheet),
        lambda: _xls_merged(sheet),
        lambda: _xls_hidden(sheet),
    )


def _xls_rows(book: Book, sheet: Any) -> Iterator[Row]:
    for index in range(sheet.nrows):
        yield [_xls_value(book, cell) for cell in sheet.row(index)]


def _xls_merged(sheet: Any) -> list[str]:
    return [
        f"{xlrd.cellname(top, left)}:{xlrd.cellname(bottom - 1, right - 1)}"
        for top, bottom, left, right in sorted(sheet.merged_cells, key=lambda c: (c[0], c[2]))
    ][:MAX_MERGED]


def _xls_hidden(sheet: Any) -> Hidden:
    rows = [index + 1 for index, row in sheet.rowinfo_map.items() if row.hidden]
    columns = [index + 1 for index, column in sheet.colinfo_map.items() if column.hidden]
    return sorted(r for r in rows if r <= sheet.nrows), [(c, c) for c in sorted(columns)]


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
