"""Findings about the file as a whole: its sheet, its header, its columns against the plan."""

from __future__ import annotations

from collections import Counter

from .collect import Collector
from .layout import Layout
from .report import WARNING
from .schema import Alignment, Column
from .table import Table

_NAMED = 6


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
    if layout.stacked:
        collector.add("stacked-header", row=layout.first, last=layout.last)
    if merged := table.sheet.merged():
        collector.add("merged-cells", WARNING, value=merged[0], count=len(merged))


def report_labels(layout: Layout, alignment: Alignment, inferred: bool, found: Collector) -> None:
    """Labels that are blank, double or untidy, and columns that are not as planned."""
    row = layout.last or 1
    _labels(layout, alignment, found, row)
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


def _plan(alignment: Alignment, found: Collector, row: int) -> None:
    for column in alignment.renamed:
        found.add("incorrect-label", row=row, column=column, value=column.label)
    for column in alignment.extra:
        if column.label.strip():
            found.add("extra-label", row=row, column=column, value=column.label)
    for number, field in enumerate(alignment.missing, start=len(alignment.columns) + 1):
        found.add("missing-label", row=row, column=Column(number, "", field))
