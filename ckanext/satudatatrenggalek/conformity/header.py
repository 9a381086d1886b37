"""Findings about the file as a whole: its sheet, its header, its columns against the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .collect import Collector
from .coordinates import area_bounds, column_letter
from .layout import Layout
from .personal import KINDS
from .personal_values import kinds_in_text
from .report import ERROR, WARNING
from .schema import Alignment, Column
from .table import Table

_NAMED = 6
_INVENTED = re.compile(r"kolom_[0-9]+")
_LONGEST = 320  # characters of a name in which a personal number is looked for


def report_sheet(table: Table, collector: Collector) -> None:
    """Other sheets, rows above the header, a header that is stacked or missing, merged cells."""
    layout = table.layout
    if table.others:
        names = ", ".join(f"`{name}`" for name in (table.sheet.name, *table.others)[:_NAMED])
        collector.add(
            "several-sheets",
            WARNING,
            value=table.sheet.name,
            count=len(table.others) + 1,
            names=names,
        )
    if layout.headless:
        collector.add("no-header", row=1)
    elif layout.above:
        collector.add("title-rows", row=layout.first, value=layout.above)
    elif layout.first > 1:
        more = f", begitu juga {n} baris sesudahnya" if (n := layout.first - 2) else ""
        collector.add("blank-row", row=1, more=more)
    if layout.stacked:
        collector.add("stacked-header", row=layout.first, last=layout.last)
    if merged := [area for area in table.sheet.merged() if _matters(area, layout)]:
        collector.add("merged-cells", value=merged[0], count=len(merged))
    _report_hidden(table, collector)


def _matters(area: str, layout: Layout) -> bool:
    """Whether a merged area hides cells of data or of a header of one row.

    Those of titles and stacked headers go with them, and so do lines merged across from the
    first column: totals, notes.
    """
    left, top, _, bottom = (bound or 0 for bound in area_bounds(area))
    if top > layout.last:
        return not (top == bottom and left == 1)
    return bottom >= layout.first and not layout.stacked


def _report_hidden(table: Table, collector: Collector) -> None:
    rows, columns = table.sheet.hidden()
    first, width = table.layout.first or 1, len(table.layout.labels)
    places = [f"baris {span}" for span in _spans([row for row in rows if row >= first])]
    shown = [(low, min(high, width)) for low, high in columns if low <= width]
    places += [f"kolom {column_letter(n)}" for a, b in shown for n in range(a, b + 1)]
    if places:
        more = f" dan {n} tempat lain" if (n := len(places) - _NAMED) > 0 else ""
        names = ", ".join(places[:_NAMED]) + more
        collector.add("hidden-cells", WARNING, value=places[0], names=names)


def report_names(table: Table, public: bool, found: Collector) -> None:
    """A personal number that stands as the name of the sheet or of a column."""
    row = table.layout.last or 1
    names = [("Nama lembar", table.sheet.name, None)]
    names += [(f"Judul kolom ke-{n}", t, row) for n, t in enumerate(table.layout.labels, start=1)]
    for what, name, place in names:
        for kind in sorted(kinds_in_text(name[:_LONGEST])):
            severity = ERROR if public and KINDS[kind].strict else WARNING
            words = KINDS[kind].words
            found.add("personal-name", severity, row=place, value=name, where=what, what=words)


def _spans(numbers: Sequence[int]) -> list[str]:
    """4, 5, 6, 9 as `4 sampai 6`, `9`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return [f"{low} sampai {high}" if high > low else str(low) for low, high in spans]


def report_labels(layout: Layout, alignment: Alignment, inferred: bool, found: Collector) -> None:
    """Labels that are blank, double or untidy, and columns that are not as planned."""
    row = layout.last or 1
    _labels(layout, alignment, found, row)
    _unnamed(layout, alignment, found, row)
    if inferred:
        return
    planned = [column for column in alignment.columns if column.planned]
    if not planned:
        names = ", ".join(f"`{field['name']}`" for field in alignment.missing[:_NAMED])
        found.add("unmatched-header", row=row, names=names)
        return
    _plan(alignment, found, row)
    if alignment.moved:
        names = ", ".join(f"`{column.name}`" for column in planned[:_NAMED])
        found.add("column-order", WARNING, row=row, names=names)


def _labels(layout: Layout, alignment: Alignment, found: Collector, row: int) -> None:
    seen: Counter[str] = Counter()
    renamed = {column.number for column in alignment.renamed}
    for column in alignment.columns:
        label, tidy = column.label, " ".join(column.label.split())
        seen[label] += 1
        if not tidy:
            found.add("blank-label", row=row, column=column)
        elif seen[label] > 1:
            found.add("duplicate-label", row=row, column=column, value=label)
        elif label != tidy and column.number not in renamed and not layout.stacked:
            found.add("untidy-label", WARNING, row=row, column=column, value=label, tidy=tidy)


def _unnamed(layout: Layout, alignment: Alignment, found: Collector, row: int) -> None:
    """Names that only count the columns, as a tidied copy writes them where a file has none."""
    invented = [c.label for c in alignment.columns if _INVENTED.fullmatch(c.label)]
    if invented and not layout.headless:
        names = ", ".join(f"`{name}`" for name in invented[:_NAMED])
        more = f" dan {n} lagi" if (n := len(invented) - _NAMED) > 0 else ""
        found.add("unnamed-columns", row=row, count=len(invented), names=f"{names}{more}")


def _plan(alignment: Alignment, found: Collector, row: int) -> None:
    for column in alignment.renamed:
        found.add("incorrect-label", row=row, column=column, value=column.label)
    for column in alignment.extra:
        if column.label.strip():
            found.add("extra-label", row=row, column=column, value=column.label)
    for number, field in enumerate(alignment.missing, start=len(alignment.columns) + 1):
        found.add("missing-label", row=row, column=Column(number, "", field))
