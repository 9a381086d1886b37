"""ODS by the standard library: repeated rows and columns are unfolded only where they hold data.

A sheet may claim a million repeated blank cells; they are counted, not built.
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from ..coordinates import column_letter
from ..expectation import Limits
from .package import check_package
from .source import MAX_MERGED, READ_ERRORS, Hidden, Row, Sheet, Source, Unreadable

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384


def open_ods(path: Path, limits: Limits) -> Source:
    """Visible sheets of an ODS. Raises Unreadable."""
    check_package(path, "ODS", limits)
    try:
        found = list(_tables(path))
    except READ_ERRORS as error:
        raise Unreadable("format-error", format="ODS") from error
    sheets = [(_sheet(path, i, name), shown) for i, (name, shown) in enumerate(found)]
    return Source("ods", [s for s, shown in sheets if shown] or [s for s, _ in sheets])


def _sheet(path: Path, index: int, name: str) -> Sheet:
    return Sheet(
        name,
        lambda: _unfold(_rows(path, index)),
        lambda: _merged(path, index),
        lambda: _hidden(path, index),
    )


def _events(path: Path) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        yield from ElementTree.iterparse(stream, events=("start", "end"))  # noqa: S314


def _tables(path: Path) -> Iterator[tuple[str, bool]]:
    """(name, visible) of every sheet."""
    invisible: set[str] = set()
    style = ""
    for event, element in _events(path):
        if event == "start" and element.tag == f"{_STYLE}style":
            style = element.get(f"{_STYLE}name", "")
        elif element.tag == f"{_STYLE}table-properties":
            if element.get(f"{_TABLE}display") == "false":
                invisible.add(style)
        elif event == "start" and element.tag == f"{_TABLE}table":
            shown = element.get(f"{_TABLE}style-name", "") not in invisible
            yield element.get(f"{_TABLE}name", ""), shown
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            element.clear()


def _row_elements(path: Path, wanted: int) -> Iterator[Any]:
    index = -1
    for event, element in _events(path):
        if element.tag == f"{_TABLE}table":
            if event == "end" and index == wanted:
                return
            index += event == "start"
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            if index == wanted:
                yield element
            element.clear()


def _rows(path: Path, wanted: int) -> Iterator[tuple[Row, int]]:
    for element in _row_elements(path, wanted):
        yield _cells(element), _count(element, "number-rows-repeated", MAX_ROWS)


def _unfold(rows: Iterator[tuple[Row, int]]) -> Iterator[Row]:
    """Repeated rows one by one; blanks at the end of the sheet are dropped."""
    blanks, total = 0, 0
    for cells, times in rows:
        if not cells:
            blanks += times
            continue
        for row in [[]] * min(blanks, MAX_ROWS) + [cells] * times:
            total += 1
            if total > MAX_ROWS:
                return
            yield list(row)
        blanks = 0


def _cells(element: Any) -> Row:
    cells: Row = []
    blanks = 0
    for child in element:
        if child.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = _count(child, "number-columns-repeated", MAX_COLUMNS)
        value = _value(child)
        if value is None:
            blanks += times
            continue
        cells += [None] * min(blanks, MAX_COLUMNS) + [value] * times
        blanks = 0
        if len(cells) > MAX_COLUMNS:
            break
    return cells[:MAX_COLUMNS]


def _count(element: Any, name: str, most: int) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 12 else 1


def _value(cell: Any) -> Any:
    kind = cell.get(f"{_OFFICE}value-type", "")
    raw = cell.get(f"{_OFFICE}value", "")
    if kind in ("float", "percentage", "currency") and raw:
        number = float(raw)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value", "")) or _text(cell)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    formula = cell.get(f"{_TABLE}formula", "")
    return _text(cell) or (f"={formula.partition('=')[2]}" if formula and not kind else None)


def _date(text: str) -> datetime.date | None:
    try:
        if "T" in text:
            return datetime.datetime.fromisoformat(text)
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _text(cell: Any) -> str:
    """The cell's own paragraphs; comments (annotations) are children of another element."""
    return "\n".join("".join(p.itertext()) for p in cell.findall(f"{_TEXT}p"))


def _merged(path: Path, wanted: int) -> list[str]:
    found: list[str] = []
    for number, element in _numbered(path, wanted):
        column = 1
        for cell in element:
            wide = _count(cell, "number-columns-spanned", MAX_COLUMNS)
            high = _count(cell, "number-rows-spanned", MAX_ROWS)
            if wide > 1 or high > 1:
                left, right = column_letter(column), column_letter(column + wide - 1)
                found.append(f"{left}{number}:{right}{number + high - 1}")
            column = min(column + _count(cell, "number-columns-repeated", MAX_COLUMNS), MAX_COLUMNS)
        if len(found) >= MAX_MERGED:
            break
    return found


def _hidden(path: Path, wanted: int) -> Hidden:
    hidden = ("collapse", "filter")
    rows = [
        number
        for number, element in _numbered(path, wanted)
        if element.get(f"{_TABLE}visibility") in hidden and len(element)
    ]
    return rows, []


def _numbered(path: Path, wanted: int) -> Iterator[tuple[int, Any]]:
    """Rows with the number of the first row each stands for; ends where the file breaks."""
    number = 1
    try:
        for element in _row_elements(path, wanted):
            yield number, element
            number += _count(element, "number-rows-repeated", MAX_ROWS)
    except READ_ERRORS:
        return
