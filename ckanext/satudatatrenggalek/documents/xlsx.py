"""Draws the report's tables as an Excel workbook. Numbers stay numbers; text is never a formula."""

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..domain.deadlines import WIB
from ..domain.figures import Figures
from ..domain.words import waktu
from . import report
from .report import Issue
from .tables import Kind, Table, Value, day_of

_FORMATS = {
    Kind.TEXT: {"text_wrap": True},
    Kind.COUNT: {"num_format": "#,##0"},
    Kind.HOURS: {"num_format": "#,##0.0"},
    Kind.SHARE: {"num_format": "0%"},
    Kind.DAY: {"num_format": "dd-mm-yyyy", "align": "center"},
}
_HEAD = {"bold": True, "text_wrap": True, "bg_color": "#E6F0F2", "bottom": 2, "valign": "top"}
_CHARACTERS_PER_WIDTH = 7


def workbook(figures: Figures, issue: Issue) -> bytes:
    """The five sheets of the report; the same figures and issue give the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties(
        {"title": issue.title, "created": issue.issued_at.astimezone(WIB).replace(tzinfo=None)}
    )
    for name, tables in _sheets(figures):
        _Sheet(book, name).fill(_opening(figures, issue), tables)
    book.close()
    return out.getvalue()


def _sheets(figures: Figures) -> list[tuple[str, Sequence[Table]]]:
    return [
        ("Ringkasan", (report.summary(figures), report.rounds(figures), report.appointed(figures))),
        ("Per OPD", (report.by_office(figures),)),
        ("Waktu per langkah", (report.step_times(figures),)),
        ("Alasan pengembalian", (report.reasons(figures), report.reason_texts(figures))),
        ("Daftar", (report.listing(figures),)),
    ]


def _opening(figures: Figures, issue: Issue) -> tuple[str, ...]:
    return (
        issue.title,
        f"Periode {report.period_of(figures).text}. Diterbitkan {waktu(issue.issued_at)}.",
        f"Nomor {issue.number}. Periksa keaslian: {issue.verify_url}",
    )


class _Sheet:
    """One sheet, filled from the top."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.bold: Format = book.add_format({"bold": True})
        self.head: Format = book.add_format(_HEAD)
        self.plain = {kind: book.add_format({**_FORMATS[kind], "valign": "top"}) for kind in Kind}
        self.strong = {
            kind: book.add_format({**_FORMATS[kind], "bold": True, "top": 1}) for kind in Kind
        }
        self.row = 0

    def fill(self, opening: tuple[str, ...], tables: Sequence[Table]) -> None:
        """Opening lines, then each table with a blank line before it."""
        for line in opening:
            self.sheet.write_string(self.row, 0, line, self.bold if self.row == 0 else None)
            self.row += 1
        for index, column in enumerate(tables[0].columns):
            self.sheet.set_column(index, index, max(12, column.width * _CHARACTERS_PER_WIDTH))
        for table in tables:
            self._table(table)

    def _table(self, table: Table) -> None:
        self.row += 1
        self.sheet.write_string(self.row, 0, table.title, self.bold)
        self.row += 1
        for index, column in enumerate(table.columns):
            self.sheet.write_string(self.row, index, column.label, self.head)
        for values in table.rows:
            self._line(table, values, self.plain)
        if table.total:
            self._line(table, table.total, self.strong)
        self.row += 1
        if table.note:
            self.sheet.write_string(self.row, 0, table.note)
            self.row += 1

    def _line(self, table: Table, values: tuple[Value, ...], formats: dict[Kind, Format]) -> None:
        self.row += 1
        for index, (column, value) in enumerate(zip(table.columns, values, strict=True)):
            self._cell(index, value, column.kind, formats[column.kind])

    def _cell(self, index: int, value: Value, kind: Kind, style: Format) -> None:
        """Never ``write()``: it would make a formula of a title that begins with ``=``."""
        place = (self.row, index)
        if isinstance(value, tuple):
            value, whole = value
            if whole:
                self.sheet.write_number(*place, value / whole, style)
            else:
                self.sheet.write_blank(*place, None, style)
        elif value is None or value == "":
            self.sheet.write_blank(*place, None, style)
        elif isinstance(value, int):
            self.sheet.write_number(*place, value / 3600 if kind is Kind.HOURS else value, style)
        elif kind is Kind.DAY and (day := day_of(value)):
            midnight = datetime.combine(day, time())
            self.sheet.write_datetime(*place, midnight, style)
        else:
            self.sheet.write_string(*place, value, style)
