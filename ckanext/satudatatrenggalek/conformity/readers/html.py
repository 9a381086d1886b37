"""Tables of HTML that goes by the name of .xls: what web applications call "export to Excel".

Rows and columns are those Excel would show. Tables inside cells are laid out where they stand:
names in one table on the left and figures in another on the right become one table again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from ..coordinates import column_letter
from .source import Problem, Row, Sheet, Source, Unreadable
from .text import detect_encoding

_CHUNK = 64 * 1024
_MOST_PENDING = 256 * 1024  # characters of one tag or comment, which are looked at again and again
_MOST_CELLS = 5_000_000
_MOST_SPAN = 1_000
_DEEPEST = 30
_SILENT = frozenset({"script", "style"})
_BREAKS = frozenset({"br", "p", "div", "li", "h1", "h2", "h3"})
_VALUE = "x:num"  # Excel keeps the number itself beside the text it shows


@dataclass
class _Cell:
    columns: int = 1
    rows: int = 1
    value: str = ""
    words: list[str] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.value or " ".join("".join(self.words).split())


@dataclass
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)


def open_html(path: Path) -> Source:
    """The tables of an HTML file, one sheet each. Raises Unreadable."""
    encoding = detect_encoding(path)
    parser = _Parser()
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
            if len(parser.rawdata) > _MOST_PENDING:
                raise Unreadable("format-error", format="HTML")
    parser.close()
    grids = [grid for table in parser.tables if (grid := _Grid(table)).rows]
    if not grids:
        raise Unreadable("source-error")
    source = Source("html", [], encoding=encoding)
    for number, grid in enumerate(grids, start=1):
        source.sheets.append(_sheet(f"tabel {number}" if len(grids) > 1 else "", grid))
    source.note(Problem("html-as-xls"))
    return source


def _sheet(name: str, grid: _Grid) -> Sheet:
    def rows() -> Iterator[Row]:
        return (list(row) for row in grid.rows)

    return Sheet(name, rows, lambda: grid.merged)


class _Parser(HTMLParser):
    """Gathers tables; what stands outside of them is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._silent = 0
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, row or cell; a cell or row that was left open ends there."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._begin_table()
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].rows.append([])
        elif tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag in _BREAKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close a table."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Words of the cell that is open."""
        if self._silent == 0 and self._open and (cell := self._cell()):
            cell.words.append(data)

    def _cell(self) -> _Cell | None:
        rows = self._open[-1].rows
        return rows[-1][-1] if rows and rows[-1] else None

    def _begin_table(self) -> None:
        if len(self._open) >= _DEEPEST:
            raise Unreadable("format-error", format="HTML")
        table = _Table()
        if self._open:
            if self._cell() is None:  # a table straight inside a table
                self._open[-1].rows.append([_Cell()])
            cell = self._cell()
            assert cell is not None
            cell.tables.append(table)
        else:
            self.tables.append(table)
        self._open.append(table)

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        cell = _Cell(_span(attrs, "colspan"), _span(attrs, "rowspan"), attrs.get(_VALUE) or "")
        self._cells += cell.columns * cell.rows
        if self._cells > _MOST_CELLS:
            raise Unreadable("too-many-columns", count=self._cells, limit=_MOST_CELLS)
        rows = self._open[-1].rows
        if not rows:
            rows.append([])
        rows[-1].append(cell)


def _span(attrs: dict[str, str | None], name: str) -> int:
    text = (attrs.get(name) or "1").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(number, 1), _MOST_SPAN)


class _Grid:
    """A table as rows of texts, all of one width. merged: areas such as "A1:B2"."""

    def __init__(self, table: _Table, nested: bool = False) -> None:
        self.rows: list[list[str]] = []
        self.merged: list[str] = []
        self._reach: dict[int, int] = {}  # column -> rows a cell from above still covers
        self._nested = nested
        for row in table.rows:
            if any(cell.tables for cell in row):
                self._place_blocks(row)
            else:
                self._place(row)
        self._finish()

    def _place(self, row: list[_Cell]) -> None:
        texts: dict[int, str] = {}
        column = 0
        covered = {c: left - 1 for c, left in self._reach.items() if left > 1}
        for cell in row:
            while self._reach.get(column, 0) > 0:
                column += 1
            texts[column] = cell.text
            if cell.columns > 1 or cell.rows > 1:
                self._note(column, cell)
            for index in range(column, column + cell.columns):
                if cell.rows > 1:
                    covered[index] = cell.rows - 1
            column += cell.columns
        self._reach = covered
        width = max([column, *(c + 1 for c in self._reach)])
        self.rows.append([texts.get(index, "") for index in range(width)])

    def _note(self, column: int, cell: _Cell) -> None:
        top, left = len(self.rows) + 1, column_letter(column + 1)
        right = column_letter(column + cell.columns)
        self.merged.append(f"{left}{top}:{right}{top + cell.rows - 1}")

    def _place_blocks(self, row: list[_Cell]) -> None:
        """Cells that hold tables, side by side, the tables of one cell below one another."""
        self._reach = {}
        blocks = [_block(cell) for cell in row]
        height = max((len(block) for block in blocks), default=0)
        for index in range(height):
            line: list[str] = []
            for block in blocks:
                width = max((len(texts) for texts in block), default=0)
                texts = block[index] if index < len(block) else []
                line += texts + [""] * (width - len(texts))
            self.rows.append(line)

    def _finish(self) -> None:
        # A heading of a table on the left may reach further down than its own table does: its
        # neighbour on the right has the rows.
        hanging = max(self._reach.values(), default=0) if self._nested else 0
        self.rows += [[] for _ in range(min(hanging, _MOST_SPAN))]
        width = max((len(row) for row in self.rows), default=0)
        self.rows = [row + [""] * (width - len(row)) for row in self.rows] if width else []


def _block(cell: _Cell) -> list[list[str]]:
    lines = [line for table in cell.tables for line in _Grid(table, nested=True).rows]
    return [[cell.text], *lines] if cell.text or not cell.tables else lines
