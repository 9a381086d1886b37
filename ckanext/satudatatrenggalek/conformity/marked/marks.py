"""Which cells a report's findings point to, and what their comments say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..formats import FINDINGS_SHEET
from ..messages.marked import comment, first_note
from ..report import ERROR, Finding, Report

MAX_CELLS = 2_000
_MAX_TEXT = 1_500
_MAX_COLUMN = 16_384
_MAX_ROW = 1_048_576


@dataclass
class Mark:
    """One cell: the worst severity found there ("" leaves its fill alone) and the comment."""

    row: int
    column: int
    severity: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All findings of the cell."""
        text = "\n\n".join(dict.fromkeys(self.lines))
        return text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 1] + "…"

    def add(self, finding: Finding) -> None:
        """Take a finding of this cell."""
        self.lines.append(comment(finding.severity, finding.message, finding.remedy))
        if self.severity != ERROR:
            self.severity = finding.severity


@dataclass(frozen=True)
class Marks:
    """cells: in reading order. listed: findings of the list, in the report's order.
    hidden: findings of the check that have a place and got no cell."""

    cells: tuple[Mark, ...]
    listed: tuple[Finding, ...]
    hidden: int

    def onto(self, anchors: Sequence[tuple[int, int, int, int]]) -> Marks:
        """The same with marks inside a merged range (left, top, right, bottom) moved to its first
        cell, the only one a spreadsheet shows."""
        cells: dict[tuple[int, int], Mark] = {}
        for mark in self.cells:
            row, column = mark.row, mark.column
            for left, top, right, bottom in anchors:
                if top <= row <= bottom and left <= column <= right:
                    row, column = top, left
                    break
            moved = cells.setdefault((row, column), Mark(row, column))
            moved.lines += mark.lines
            moved.severity = ERROR if ERROR in (mark.severity, moved.severity) else mark.severity
        return replace(self, cells=tuple(cells[place] for place in sorted(cells)))

    def severities(self) -> dict[int, dict[int, str]]:
        """Row: {column: severity}, without the cells that are only commented."""
        found: dict[int, dict[int, str]] = {}
        for mark in self.cells:
            if mark.severity:
                found.setdefault(mark.row, {})[mark.column] = mark.severity
        return found


def place_of(finding: Finding, header_row: int) -> tuple[int, int] | None:
    """(row, column) of the cell a finding is shown at; None for one about the whole file.

    A finding about a row stands at its first cell, one about a column at its label.
    """
    if finding.row is None and finding.column_number is None:
        return None
    row, column = finding.row or header_row or 1, finding.column_number or 1
    return (row, column) if row <= _MAX_ROW and column <= _MAX_COLUMN else None


def marks_of(report: Report) -> Marks:
    """The marks of a report; errors come first where there are more than may be marked."""
    header, cells, placed = report.stats.header_row, dict[tuple[int, int], Mark](), 0
    for finding in _by_severity(report.findings):
        place = place_of(finding, header)
        if place is not None and (place in cells or len(cells) < MAX_CELLS):
            cells.setdefault(place, Mark(*place)).add(finding)
            placed += 1
        elif finding.row is None:
            placed += 1  # about the whole file: it is in the list
    stats = report.stats
    total = stats.errors + stats.warnings
    hidden = max(total - placed, 0)
    if total:
        top = cells.setdefault((1, 1), Mark(1, 1))
        top.lines.insert(0, first_note(stats.errors, stats.warnings, hidden, FINDINGS_SHEET))
    ordered = tuple(cells[place] for place in sorted(cells))
    return Marks(ordered, report.findings, hidden)


def _by_severity(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: f.severity != ERROR)
