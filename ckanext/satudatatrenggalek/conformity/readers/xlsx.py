"""XLSX: calamine for speed, what it loses put back from the XML, openpyxl where it cannot."""

from __future__ import annotations

import posixpath
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ..coordinates import area_bounds, column_letter
from ..expectation import Limits
from .package import check_package
from .source import READ_ERRORS, Problem, Row, Sheet, Source, Unreadable
from .worksheet import Scan, scan

# calamine holds a sheet as a full rectangle, 32 bytes a cell; larger ones are streamed.
_LARGEST = 30_000_000
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LAST_ROW = 1_048_576


def open_xlsx(path: Path, limits: Limits) -> Source:
    """Visible sheets of an XLSX with the values Excel last computed. Raises Unreadable."""
    check_package(path, "XLSX", limits)
    source = Source("xlsx", [], errors=(CalamineError,))
    book = _Book(path, source)
    try:
        source.sheets = [book.sheet(name) for name in book.visible()]
    except (*READ_ERRORS, CalamineError) as error:
        raise Unreadable("format-error", format="XLSX") from error
    if not source.sheets:
        raise Unreadable("source-error")
    return source


class _Book:
    """One workbook; the sheet read last is kept, as a check reads it several times."""

    def __init__(self, path: Path, source: Source) -> None:
        self._path = path
        self._source = source
        self._scans: dict[str, Scan] = {}
        self._kept: tuple[str, Any] = ("", None)

    def visible(self) -> list[str]:
        """Names of the sheets to look at, in the workbook's order; raises what reading raises."""
        self._parts = _parts(self._path)
        try:
            with self._path.open("rb") as stream:
                sheets = CalamineWorkbook.from_filelike(stream).sheets_metadata
        except CalamineError:
            return self._visible_carefully()
        tables = [s for s in sheets if s.typ == SheetTypeEnum.WorkSheet and s.name in self._parts]
        shown = [s.name for s in tables if s.visible == SheetVisibleEnum.Visible]
        return shown or [s.name for s in tables]

    def _visible_carefully(self) -> list[str]:
        with self._path.open("rb") as stream:
            sheets = _load(stream).worksheets
            shown = [s.title for s in sheets if s.sheet_state == "visible"]
            return shown or [s.title for s in sheets]

    def sheet(self, name: str) -> Sheet:
        """A sheet to be read later."""
        return Sheet(
            name,
            lambda: self._rows(name),
            lambda: _in_order(self._scan(name).merged),
            lambda: self._hidden(name),
        )

    def _scan(self, name: str) -> Scan:
        if name not in self._scans:
            with zipfile.ZipFile(self._path) as archive, archive.open(self._parts[name]) as stream:
                self._scans[name] = scan(stream)
        return self._scans[name]

    def _hidden(self, name: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = self._scan(name)
        return found.hidden_rows, found.hidden_columns

    def _rows(self, name: str) -> Iterator[Row]:
        found = self._scan(name)
        if found.outside:
            row, formula = found.outside
            words = {"value": formula[:80], "count": found.outsiders}
            self._source.note(Problem("formula-outside", words, row))
        fast = self._fast(name, found)
        self._source.careful = fast is None
        rows = fast or self._carefully(name)
        yield from _mended(rows, found.cells) if found.cells else rows

    def _fast(self, name: str, found: Scan) -> Iterator[Row] | None:
        """Rows by calamine; None where it cannot or must not read this sheet."""
        if not found.plain or found.area > _LARGEST:
            return None
        try:
            if self._kept[0] != name:
                with self._path.open("rb") as stream:
                    book = CalamineWorkbook.from_filelike(stream)
                    self._kept = (name, book.get_sheet_by_name(name))
        except CalamineError:
            return None
        return _calamine_rows(self._kept[1])

    def _carefully(self, name: str) -> Iterator[Row]:
        with self._path.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = _load(stream)[name]
            if hasattr(sheet, "reset_dimensions"):  # a sheet of cells, not of one chart
                # The stated dimension is often wrong; without it openpyxl reads what is there.
                sheet.reset_dimensions()
                for cells in sheet.iter_rows(values_only=True):
                    yield list(cells)


def _load(stream: Any) -> Any:
    import openpyxl  # of few files; loading it takes longer than reading most of them

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)


def _calamine_rows(sheet: Any) -> Iterator[Row]:
    """Rows with every number as a float, which `batch.native` undoes where it matters."""
    start = sheet.start
    if start is None:
        return
    lead: Row = [None] * start[1]
    for cells in sheet.iter_rows():
        yield lead + (cells if "" not in cells else [None if c == "" else c for c in cells])


def _mended(rows: Iterator[Row], special: dict[tuple[int, int], Any]) -> Iterator[Row]:
    """Rows with the cells that were lost, those below the last row that was read too."""
    by_row: dict[int, dict[int, Any]] = {}
    for (row, column), value in special.items():
        by_row.setdefault(row, {})[column] = value
    number = 0
    for number, cells in enumerate(rows, start=1):
        yield _patched(cells, by_row[number]) if number in by_row else cells
    for lost in range(number + 1, min(max(by_row), _LAST_ROW) + 1):
        yield _patched([], by_row.get(lost, {}))


def _patched(cells: Row, special: dict[int, Any]) -> Row:
    patched = cells + [None] * (max(special, default=0) - len(cells))
    for column, value in special.items():
        patched[column - 1] = value
    return patched


def _in_order(areas: list[str]) -> list[str]:
    """Areas from top to bottom, those that are no area left out."""
    bounds = []
    for area in areas:
        try:
            left, top, right, bottom = area_bounds(area)
        except (TypeError, ValueError):
            continue
        bounds.append((top, left, bottom, right))
    return [
        f"{column_letter(left)}{top}:{column_letter(right)}{bottom}"
        for top, left, bottom, right in sorted(bounds)
    ]


def _parts(path: Path) -> dict[str, str]:
    """Sheet name -> part of the package, from workbook.xml and its relations."""
    with zipfile.ZipFile(path) as archive:
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
        there = set(archive.namelist())
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    parts = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_RELATIONS), "")
            part = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
            if part in there:
                parts[element.get("name", "")] = part
    return parts
