"""What the fast reader of workbooks does not tell, read from the XML of one sheet.

One pass with a byte pattern over the part, a megabyte at a time: error cells, formulas without
a value or into other files, numbers longer than a float holds, merged areas, hidden rows and
columns, and how far the cells reach.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from ..coordinates import cell_place
from .source import MAX_MERGED

MAX_KEPT = 100_000  # special cells remembered; more of them are no table
_CHUNK = 1024 * 1024
_LONGEST = 4 * _CHUNK  # of one cell's XML: a text has at most 32,767 characters
# Patterns begin with plain bytes, which a scan skips to; one pattern for all would look at each.
_CELLS = (re.compile(rb't="e"'), re.compile(rb"<f[\s>/]"), re.compile(rb"<v>-?[0-9]{16,}</v>"))
_ROWS = re.compile(rb"<row\s[^>]*>")
_COLUMNS = re.compile(rb"<col\s[^>]*>")
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
_REACH = ((re.compile(rb'r="[A-Z]{2}[0-9]'), 702), (re.compile(rb'r="[A-Z]{3}[0-9]'), 16_384))
_REF = re.compile(rb'\sr="([A-Z]{1,3}[0-9]{1,7})"')
_ROW = re.compile(rb'\sr="([0-9]{1,7})"')
_FORMULA = re.compile(rb"<f(?:\s[^>]*)?>([^<]*)</f>")
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_LONG_NUMBER = re.compile(rb"-?[0-9]{16,}")
_TYPED = re.compile(rb'\st="[^n]')
_SPAN = re.compile(rb'\s(min|max)="([0-9]{1,5})"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_OTHER_FILE = re.compile(r"\[[^\]]+\](?![,\]])[^!]*!|file:///|https?://", re.IGNORECASE)


@dataclass
class Scan:
    """What one pass over a sheet's XML found. Rows and columns count from 1.

    cells: (row, column) -> value the fast reader loses or spoils: the text of an error, an exact
    integer, the formula ("=A1+1") that has no value. outside: the first formula that reads another
    file, with its row, and how many there are. merged: areas such as "A1:B2". hidden_rows,
    hidden_columns: numbers; columns as (first, last). rows: the last row. columns: at most so many.
    """

    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    outside: tuple[int, str] | None = None
    outsiders: int = 0
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    rows: int = 0
    columns: int = 26
    plain: bool = True

    @property
    def area(self) -> int:
        """Cells a dense table of this reach has at most."""
        return self.rows * self.columns


def scan(stream: IO[bytes]) -> Scan:
    """Read a sheet's XML once. Raises what a broken package raises (READ_ERRORS)."""
    found = Scan()
    for piece in _pieces(stream):
        if b"<x:" in piece[:4096]:
            found.plain = False  # prefixed names: only a real XML reader will do
        for reach, columns in _REACH:
            if found.columns < columns and reach.search(piece):
                found.columns = columns
        _see_rows(found, piece)
        starts = {
            piece.rfind(b"<c ", 0, match.start())
            for mark in _CELLS
            for match in mark.finditer(piece)
        }
        for start in sorted(starts - {-1}):
            end = piece.find(b"</c>", start)
            _see_cell(found, piece[start : end if end > 0 else None])
        if len(found.merged) < MAX_MERGED:
            found.merged += [
                m[1].decode("ascii") for m in islice(_MERGED.finditer(piece), MAX_MERGED)
            ]
    return found


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The part in pieces that end between cells."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        text = tail + chunk
        end = max(text.rfind(b"<c "), text.rfind(b"<row"), text.rfind(b"<mergeCell "))
        if end <= 0:
            if len(text) > _LONGEST:
                raise ValueError("a cell without end")
            tail = text
            continue
        yield text[:end]
        tail = text[end:]
    yield tail


def _see_rows(found: Scan, piece: bytes) -> None:
    """The number of the last row, and which rows and columns are hidden."""
    last = _ROWS.search(piece, max(piece.rfind(b"<row "), 0))
    number = _ROW.search(last[0]) if last else None
    if last and not number:
        found.plain = False
    found.rows = max(found.rows, int(number[1]) if number else 0)
    if b'hidden="' not in piece:
        return
    for match in _COLUMNS.finditer(piece):
        _see_columns(found, match[0])
    for match in _ROWS.finditer(piece):
        number = _ROW.search(match[0])
        if number and _HIDDEN.search(match[0]) and not match[0].endswith(b"/>"):
            found.hidden_rows.append(int(number[1]))


def _see_columns(found: Scan, text: bytes) -> None:
    if _HIDDEN.search(text):
        span = {name: int(number) for name, number in _SPAN.findall(text)}
        if b"min" in span and b"max" in span:
            found.hidden_columns.append((span[b"min"], span[b"max"]))


def _see_cell(found: Scan, text: bytes) -> None:
    ref = _REF.search(text[: text.find(b">")])
    if ref is None:
        found.plain = False
        return
    place = cell_place(ref[1].decode("ascii"))
    head = text[: text.find(b">")]
    value, formula = _VALUE.search(text), _formula(text)
    if formula and _OTHER_FILE.search(formula):
        found.outsiders += 1
        found.outside = found.outside or (place[0], formula)
    if len(found.cells) >= MAX_KEPT:
        found.plain = False
    elif b't="e"' in head and value:
        found.cells[place] = value[1].decode("utf-8", "replace")
    elif value and _LONG_NUMBER.fullmatch(value[1]) and not _TYPED.search(head):
        found.cells[place] = int(value[1])
    elif formula and not value and b't="str"' not in head and b"<is>" not in text:
        found.cells[place] = formula


def _formula(text: bytes) -> str:
    """The formula of a cell as Excel shows it, "=…" where it is shared with a cell above."""
    if b"<f" not in text:
        return ""
    match = _FORMULA.search(text)
    return "=" + (html.unescape(match[1].decode("utf-8", "replace")) if match else "…")
