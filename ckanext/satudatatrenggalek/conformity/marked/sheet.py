"""A sheet's XML, edited where cells are marked and nowhere else: bytes between edits are copied.

Expat tells where every row and cell begins; it is streamed, expands nothing and refuses a
document type. Cells and rows that are missing are added in their order.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any
from xml.parsers import expat

from ..coordinates import area_bounds, column_letter
from .package import MAIN, RELATED, Unmarkable
from .styles import Styles

Marks = Mapping[int, Mapping[int, str]]  # row: {column number: severity}

_CHUNK = 1024 * 1024
_TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_STYLE = re.compile(rb"(?<=\s)s\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+[0-9]+:[A-Z]+[0-9]+)\"")
_MOST_MERGED = 5_000
# What stands behind `legacyDrawing` in a worksheet (ECMA-376, CT_Worksheet).
_BEHIND = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    }
)


@dataclass(frozen=True)
class Edit:
    """Replace the bytes from start to end; insert where both are equal."""

    start: int
    end: int
    content: bytes


class SheetEdits:
    """The edits that mark one sheet. legacy: relationship id of its drawing of comments, ""."""

    def __init__(self, part: mmap.mmap, marks: Marks, styles: Styles) -> None:
        self._part = part
        self._styles = styles
        self._waiting = {row: dict(columns) for row, columns in marks.items()}
        self._edits: list[Edit] = []
        self._prefix = ""
        self._depth = 0
        self._inside = False
        self._row = self._column = 0
        self._row_style = ""
        self._column_styles: list[tuple[int, int, int]] = []
        self._legacy_place = -1
        self.legacy = ""

    def read(self) -> None:
        """Find every place to edit. Raises Unmarkable."""
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse
        try:
            for offset in range(0, len(self._part), _CHUNK):
                parser.Parse(self._part[offset : offset + _CHUNK], False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Unmarkable("sheet") from error

    def add_legacy(self, relation: str) -> None:
        """Make the sheet show the comments of a drawing."""
        name = f"{self._prefix}legacyDrawing"
        tag = f'<{name} xmlns:r="{RELATED}" r:id="{relation}"/>'.encode()
        self._insert(self._legacy_place, tag)

    def write(self, out: IO[bytes]) -> None:
        """The sheet with its edits."""
        place = 0
        for edit in sorted(self._edits, key=lambda e: (e.start, e.end)):
            _copy(self._part, place, edit.start, out)
            out.write(edit.content)
            place = edit.end
        _copy(self._part, place, len(self._part), out)

    # What expat meets

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._depth += 1
        if self._depth == 1:
            self._root(name, attributes)
        elif self._depth == 2:
            self._second(local, attributes)
        elif self._inside and local == "row":
            self._start_row(attributes)
        elif self._inside and local == "c":
            self._start_cell(attributes)
        elif local == "col" and self._depth == 3:
            self._default_style(attributes)

    def _root(self, name: str, attributes: Mapping[str, str]) -> None:
        self._prefix = name[: -len("worksheet")]
        spaces = {key: value for key, value in attributes.items() if key.startswith("xmlns")}
        if not name.endswith("worksheet") or MAIN not in spaces.values():
            raise Unmarkable("sheet")

    def _second(self, local: str, attributes: Mapping[str, str]) -> None:
        self._inside = local == "sheetData"
        if local == "legacyDrawing":
            self.legacy = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        if local in _BEHIND and self._legacy_place < 0:
            self._legacy_place = self._parser.CurrentByteIndex

    def _end(self, name: str) -> None:
        self._depth -= 1
        place = self._parser.CurrentByteIndex
        if self._depth == 2 and self._inside and name.endswith("row"):
            self._fill_row(place, name, 16_385)
        elif self._depth == 1 and self._inside:
            self._inside = False
            self._add_rows(place, name, 1_048_577)
        elif self._depth == 0 and self._legacy_place < 0:
            self._legacy_place = place

    def _default_style(self, attributes: Mapping[str, str]) -> None:
        first, last, style = (_number(attributes.get(k)) for k in ("min", "max", "style"))
        self._column_styles.append((first, last, style))

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._row = _number(attributes.get("r")) or self._row + 1
        self._column = 0
        self._row_style = attributes.get("s", "") if attributes.get("customFormat") == "1" else ""
        self._add_rows(self._parser.CurrentByteIndex, "", self._row)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._column = _column(attributes.get("r", "")) or self._column + 1
        place = self._parser.CurrentByteIndex
        self._fill_row(place, "", self._column)
        style = _number(attributes.get("s"))
        severity = self._waiting.get(self._row, {}).pop(self._column, "")
        wanted = self._styles.marked(style, severity) if severity else self._styles.restored(style)
        if wanted != style:
            self._restyle(place, wanted)

    # Edits

    def _restyle(self, place: int, style: int) -> None:
        match = _TAG.match(self._part, place)
        if match is None:
            raise Unmarkable("cell")
        tag, attribute = match.group(), f's="{style}"'.encode()
        if _STYLE.search(tag):
            changed = _STYLE.sub(attribute, tag, count=1)
        else:
            changed = re.sub(rb"(\s*/?>)$", b" " + attribute + rb"\1", tag, count=1)
        self._edits.append(Edit(place, match.end(), changed))

    def _fill_row(self, place: int, closing: str, below: int) -> None:
        """Add the marked cells this row lacks before column `below`."""
        waiting = self._waiting.get(self._row, {})
        columns = sorted(column for column in waiting if column < below)
        if columns:
            cells = b"".join(self._cell(self._row, c, waiting.pop(c)) for c in columns)
            self._insert_into(place, closing, cells)
        if not waiting:
            self._waiting.pop(self._row, None)

    def _add_rows(self, place: int, closing: str, below: int) -> None:
        """Add the marked rows the sheet lacks before row `below`."""
        rows = sorted(row for row in self._waiting if row < below)
        content = b""
        for row in rows:
            self._row_style = ""
            marks = self._waiting.pop(row)
            cells = b"".join(self._cell(row, c, marks[c]) for c in sorted(marks))
            name = f"{self._prefix}row".encode()
            content += b'<%s r="%d">%s</%s>' % (name, row, cells, name)
        if content:
            self._insert_into(place, closing, content)

    def _insert_into(self, place: int, closing: str, content: bytes) -> None:
        """Insert before `place`, where an element ends; an element closed in itself is opened."""
        end = f"</{closing}".encode()
        if not closing or self._part[place : place + len(end)] == end:
            self._insert(place, content)
            return
        opened = self._part.rfind(b"/>", 0, place)
        self._edits.append(Edit(opened, place, b">" + content + end + b">"))

    def _insert(self, place: int, content: bytes) -> None:
        self._edits.append(Edit(place, place, content))

    def _cell(self, row: int, column: int, severity: str) -> bytes:
        style = self._styles.marked(_number(self._row_style) or self._of_column(column), severity)
        reference = f"{column_letter(column)}{row}"
        return f'<{self._prefix}c r="{reference}" s="{style}"/>'.encode()

    def _of_column(self, column: int) -> int:
        return next((s for first, last, s in self._column_styles if first <= column <= last), 0)


def merged_ranges(part: mmap.mmap) -> list[tuple[int, int, int, int]]:
    """(left, top, right, bottom) of the sheet's merged cells, the first few thousand."""
    found = []
    for match in islice(_MERGED.finditer(part), _MOST_MERGED):
        left, top, right, bottom = area_bounds(match[1].decode("ascii"))
        found.append((left or 1, top or 1, right or 1, bottom or 1))
    return found


def _copy(part: mmap.mmap, start: int, end: int, out: IO[bytes]) -> None:
    for place in range(start, end, _CHUNK):
        out.write(part[place : min(place + _CHUNK, end)])


def _refuse(*_: Any) -> None:
    raise Unmarkable("doctype")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _column(reference: str) -> int:
    """Number of the column of `AB12`, 0 when it names none."""
    number = 0
    for letter in _letters(reference):
        number = number * 26 + ord(letter) - 64
    return number


def _letters(reference: str) -> Iterator[str]:
    for letter in reference.replace("$", "").upper():
        if not "A" <= letter <= "Z":
            return
        yield letter
