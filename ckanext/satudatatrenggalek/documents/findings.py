"""The findings of one check as a table to take away: CSV and Excel, one line a finding.

What a cell of the producer's file says is text here, whatever it begins with: never a formula.
"""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

_COLUMNS = (
    ("Nomor", "number", 8),
    ("Tingkat", "severity", 14),
    ("Lembar", "sheet", 16),
    ("Baris", "row", 8),
    ("Kolom", "column", 24),
    ("Isi sel", "value", 24),
    ("Temuan", "message", 60),
    ("Cara memperbaiki", "remedy", 60),
    ("Kode", "code", 20),
)
_SEVERITIES = {"error": "Kesalahan", "warning": "Perlu dilihat"}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_HEAD = {"bold": True, "bg_color": "#E6F0F2", "bottom": 2, "valign": "top"}
_BODY = {"text_wrap": True, "valign": "top"}


def as_csv(findings: Sequence[Mapping[str, Any]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; what could run is led by an apostrophe."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(title for title, _, _ in _COLUMNS)
    for line in _lines(findings):
        writer.writerow([harmless(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(findings: Sequence[Mapping[str, Any]]) -> bytes:
    """A workbook of one sheet, its head fixed and filtered."""
    out = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, settings)
    sheet, body = book.add_worksheet("Temuan"), book.add_format(_BODY)
    for index, (_, _, width) in enumerate(_COLUMNS):
        sheet.set_column(index, index, width)
    sheet.write_row(0, 0, [title for title, _, _ in _COLUMNS], book.add_format(_HEAD))
    for number, line in enumerate(_lines(findings), 1):
        for index, cell in enumerate(line):
            if isinstance(cell, int):
                sheet.write_number(number, index, cell, body)
            else:
                sheet.write_string(number, index, cell, body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(findings), 1), len(_COLUMNS) - 1)
    book.close()
    return out.getvalue()


def _lines(findings: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    lines = []
    for number, finding in enumerate(findings, 1):
        severity = _SEVERITIES.get(finding["severity"], finding["severity"])
        told = {**finding, "number": number, "severity": severity}
        lines.append([_cell(told.get(name)) for _, name, _ in _COLUMNS])
    return lines


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, int) else str(value)


def harmless(cell: Any) -> Any:
    """A cell as a CSV may hold it: text that a spreadsheet could run is led by an apostrophe."""
    dangerous = isinstance(cell, str) and cell.startswith(_FORMULA_STARTS)
    return f"'{cell}" if dangerous else cell
