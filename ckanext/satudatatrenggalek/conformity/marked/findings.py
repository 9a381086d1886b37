"""The added sheet: every finding of the report, with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from ..coordinates import column_letter
from ..grouping import with_unkept
from ..messages.marked import (
    COLUMNS,
    HOW,
    NOTHING,
    TITLE,
    WHOLE,
    WORDS,
    and_more,
    not_marked,
    summary,
)
from ..report import Finding, Report
from .marks import Marks, place_of
from .package import MAIN
from .styles import Styles
from .text import escaped

_WIDTHS = (6, 14, 22, 26, 60, 60)
_HEAD = 5  # row of the list's heading


def findings_sheet(report: Report, marks: Marks, sheet: str, styles: Styles) -> bytes:
    """The sheet's XML. sheet: name of the checked sheet, for the links."""
    stats = report.stats
    plain, bold = styles.wrapped(), styles.wrapped(bold=True)
    tinted = {severity: styles.marked(plain, severity) for severity in WORDS}
    rows = [
        _row(1, [f"{TITLE}: {report.name}"], [bold], False),
        _row(2, [summary(stats.errors, stats.warnings, marks.hidden)], [plain], False),
        _row(3, [HOW], [plain], False),
        _row(_HEAD, COLUMNS, [bold] * len(COLUMNS)),
    ]
    told = with_unkept([asdict(finding) for finding in marks.listed], stats.unkept)
    for number, finding in enumerate(marks.listed, start=1):
        first = told[number - 1]
        texts = (
            str(number),
            WORDS[finding.severity],
            _place(finding, report.stats.header_row),
            finding.value,
            finding.message + and_more(first["unkept"] + first["unsorted"]),
            finding.remedy,
        )
        rows.append(_row(_HEAD + number, texts, [plain, tinted[finding.severity], *[plain] * 4]))
    below = _HEAD + len(marks.listed) + 1
    if not marks.listed:
        rows.append(_row(below, [NOTHING], [plain], False))
    elif marks.hidden:
        rows.append(_row(below + 1, [not_marked(marks.hidden)], [plain], False))
    return _sheet("".join(rows), "".join(_links(report, marks, sheet))).encode()


def _sheet(rows: str, links: str) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(_WIDTHS, start=1)
    )
    merged = "".join(f'<mergeCell ref="A{n}:F{n}"/>' for n in (1, 2, 3))
    hyperlinks = f"<hyperlinks>{links}</hyperlinks>" if links else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{_HEAD}" topLeftCell="A{_HEAD + 1}" activePane="bottomLeft"'
        ' state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{rows}</sheetData>"
        f'<mergeCells count="3">{merged}</mergeCells>{hyperlinks}</worksheet>'
    )


def _row(number: int, texts: Sequence[str], styles: Sequence[int], automatic: bool = True) -> str:
    cells = "".join(
        f'<c r="{column_letter(column)}{number}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{escaped(text)}</t></is></c>'
        for column, (text, style) in enumerate(zip(texts, styles, strict=True), start=1)
    )
    height = "" if automatic else ' ht="32" customHeight="1"'
    return f'<row r="{number}"{height}>{cells}</row>'


def _place(finding: Finding, header_row: int) -> str:
    place = place_of(finding, header_row)
    if place is None:
        return WHOLE
    cell = f"{column_letter(place[1])}{place[0]}"
    if finding.row is None:
        return f"kolom {finding.column or column_letter(place[1])}"
    if finding.column_number:
        return f"{cell}, {finding.column}" if finding.column else cell
    return f"baris {finding.row}"


def _links(report: Report, marks: Marks, sheet: str) -> Iterator[str]:
    quoted = sheet.replace("'", "''")
    for number, finding in enumerate(marks.listed, start=1):
        if place := place_of(finding, report.stats.header_row):
            target = escaped(f"'{quoted}'!{column_letter(place[1])}{place[0]}")
            yield f'<hyperlink ref="C{_HEAD + number}" location="{target}"/>'
