"""An XLSX of a table that is none: CSV, XLS, ODS and their like, cell by cell as found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from math import isfinite
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..masking import text_of

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
_MAX_TEXT = 32_767
_EXACT = 10**15  # Excel keeps fifteen digits
_DATES = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss"}


def sheet_name(name: str) -> str:
    """A name Excel takes for a sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[:31] or "Data"


def convert(rows: Iterable[tuple[int, Sequence[Any]]], name: str, target: Path) -> bool:
    """Write (row number, cells) to an XLSX with one sheet; False when a sheet is too small.

    Text is written as text, so that nothing becomes a formula, a link or a number.
    """
    options = {"constant_memory": True, "tmpdir": str(target.parent), "strings_to_urls": False}
    fits = True
    with xlsxwriter.Workbook(str(target), options) as book:
        sheet = book.add_worksheet(name)
        formats = {kind: book.add_format({"num_format": text}) for kind, text in _DATES.items()}
        for number, cells in rows:
            if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
                fits = False
                break
            for column, cell in enumerate(cells):
                if cell is not None and cell != "":
                    _write(sheet, (number - 1, column), cell, formats)
    return fits


def _write(
    sheet: Worksheet, place: tuple[int, int], cell: Any, formats: dict[type, Format]
) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(*place, cell)
    elif isinstance(cell, (int, float)) and isfinite(cell) and abs(cell) < _EXACT:
        sheet.write_number(*place, cell)
    elif isinstance(cell, (date, time)) and getattr(cell, "year", 1900) >= 1900:
        sheet.write(*place, cell, formats[type(cell)])
    else:
        sheet.write_string(*place, text_of(cell)[:_MAX_TEXT])
