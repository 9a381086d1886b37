"""A workbook marked in place: its parts, one after the other."""

from __future__ import annotations

import mmap
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path
from shutil import copyfileobj
from typing import Any

import lxml.etree as etree

from ..formats import FINDINGS_SHEET
from ..masking import name_meant
from ..report import Report
from .comments import Comments, draw
from .findings import findings_sheet
from .marks import Marks
from .package import MAIN, RELATED, Package, Unmarkable, read_xml, write_xml
from .sheet import SheetEdits, merged_ranges
from .styles import Styles

# What zipfile and numbers in damaged or hostile parts raise.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_N = f"{{{MAIN}}}"
_BOOK = "xl/workbook.xml"
_TYPE = "application/vnd.openxmlformats-officedocument"
_COMMENTS = f"{_TYPE}.spreadsheetml.comments+xml"
_SHEET = f"{_TYPE}.spreadsheetml.worksheet+xml"
_DRAWING = f"{_TYPE}.vmlDrawing"


def mark_workbook(path: Path, report: Report, marks: Marks, sheet: str, target: Path) -> int:
    """Write the workbook at `path` to `target` with `sheet` marked; gives the number of cells.

    sheet: its name, or what a report shows in its place.

    Raises Unmarkable.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Book(Package(archive), sheet).mark(report, marks, target)
    except _DAMAGED as error:
        raise Unmarkable("zip") from error


class _Book:
    def __init__(self, package: Package, sheet: str) -> None:
        self._package = package
        self._root = read_xml(package.read(_BOOK))
        self._parts = package.related(_BOOK, "worksheet")
        self._sheet = self._meant(sheet)
        self._part = self._part_of(self._sheet)
        if not self._part:
            raise Unmarkable("sheet")

    def mark(self, report: Report, marks: Marks, target: Path) -> int:
        name = next(iter(self._package.related(_BOOK, "styles").values()), "xl/styles.xml")
        styles = Styles(self._package.read(name))
        with tempfile.TemporaryFile(dir=target.parent) as edited:
            cells = self._mark_cells(marks, styles, edited, target.parent)
            self._list(findings_sheet(report, marks, self._sheet, styles))
            self._package.put(name, styles.content())
            self._package.save(target)
        return cells

    def _part_of(self, sheet: str) -> str:
        for item in self._root.iterfind(f"{_N}sheets/{_N}sheet"):
            if item.get("name") == sheet:
                return self._parts.get(item.get(f"{{{RELATED}}}id", ""), "")
        return ""

    def _meant(self, shown: str) -> str:
        """The sheet a report names so: one of those that are read, see `readers.xlsx`."""
        sheets = [
            item
            for item in self._root.iterfind(f"{_N}sheets/{_N}sheet")
            if item.get(f"{{{RELATED}}}id", "") in self._parts
        ]
        visible = [s for s in sheets if s.get("state", "visible") == "visible"] or sheets
        return name_meant(shown, [s.get("name", "") for s in visible]) or shown

    def _mark_cells(self, marks: Marks, styles: Styles, edited: Any, folder: Path) -> int:
        with tempfile.TemporaryFile(dir=folder) as unpacked:
            with self._package.open(self._part) as part:
                copyfileobj(part, unpacked)
            unpacked.flush()
            if not unpacked.tell():
                raise Unmarkable("sheet")
            with mmap.mmap(unpacked.fileno(), 0, access=mmap.ACCESS_READ) as content:
                marks = marks.onto(merged_ranges(content))
                edits = SheetEdits(content, marks.severities(), styles)
                edits.read()
                self._comment(edits, marks)
                edits.write(edited)
        self._package.put(self._part, edited)
        return len(marks.cells)

    def _comment(self, edits: SheetEdits, marks: Marks) -> None:
        """Comments and their drawing, added to the sheet's own where it has them."""
        package, part = self._package, self._part
        name = next(iter(package.related(part, "comments").values()), "")
        if not name and not marks.cells:
            return
        comments = Comments(package.read(name) if name else None)
        dropped = comments.drop_ours()
        added = comments.add(marks.cells)
        if not name:
            name = package.free("xl/comments{}.xml")
            package.declare(name, _COMMENTS)
            package.relate(part, "comments", name)
        package.put(name, comments.content())
        drawing = package.related(part, "vmlDrawing").get(edits.legacy, "")
        content = package.read(drawing) if drawing else None
        if not drawing:
            drawing = package.free("xl/drawings/vmlDrawing{}.vml")
            package.declare(drawing, _DRAWING)
            edits.add_legacy(package.relate(part, "vmlDrawing", drawing))
        package.put(drawing, draw(content, dropped, added))

    def _list(self, content: bytes) -> None:
        """The list of findings: in the sheet of an earlier marking, else in one more sheet."""
        part = self._part_of(FINDINGS_SHEET)
        if not part:
            part = self._package.free("xl/worksheets/sheet{}.xml")
            self._package.declare(part, _SHEET)
            self._add_sheet(self._package.relate(_BOOK, "worksheet", part))
        self._package.put(part, content)

    def _add_sheet(self, relation: str) -> None:
        sheets = self._root.find(f"{_N}sheets")
        ids = [int(item.get("sheetId", "0")) for item in sheets]
        added = etree.SubElement(
            sheets, f"{_N}sheet", name=FINDINGS_SHEET, sheetId=str(max(ids, default=0) + 1)
        )
        added.set(f"{{{RELATED}}}id", relation)
        self._package.put(_BOOK, write_xml(self._root))
