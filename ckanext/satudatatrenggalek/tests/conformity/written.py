"""Expectations written by hand, and the comparison of a report with one.

A finding is a mapping with `code` and, where they apply, `column` (from 1), `row` or `rows`
("4 9-11": one finding per row), and for the first of them `value` and `says` (words of message
and remedy).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ckanext.satudatatrenggalek.conformity import Report

Place = tuple[str, "int | None", "int | None"]


def rows_of(text: Any) -> list[int]:
    """`4 9-11` as [4, 9, 10, 11]."""
    rows: list[int] = []
    for part in str(text).split():
        first, _, last = part.partition("-")
        rows += range(int(first), int(last or first) + 1)
    return rows


def places(written: Sequence[Mapping[str, Any]]) -> Iterator[Place]:
    """(code, row, column) of every finding expected."""
    for item in written:
        for row in rows_of(item["rows"]) if "rows" in item else [item.get("row")]:
            yield item["code"], row, item.get("column")


def differences(report: Report, written: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the report lacks, has beyond the expectation, or says in other words."""
    found = Counter((f.code, f.row, f.column_number) for f in report.findings)
    wanted = Counter(places(written))
    lacks = [f"lacks {place}" for place in (wanted - found).elements()]
    beyond = [f"has {place}" for place in (found - wanted).elements()]
    return lacks + beyond + [line for item in written for line in _unsaid(report, item)]


def _unsaid(report: Report, item: Mapping[str, Any]) -> Iterator[str]:
    row = rows_of(item["rows"])[0] if "rows" in item else item.get("row")
    place = (item["code"], row, item.get("column"))
    for finding in report.findings:
        if (finding.code, finding.row, finding.column_number) != place:
            continue
        said = f"{finding.message} {finding.remedy}".replace("\n", " ")
        yield from (f"{place}: no `{w}` in: {said}" for w in item.get("says", ()) if w not in said)
        if "value" in item and finding.value != item["value"]:
            yield f"{place}: value {finding.value!r}, not {item['value']!r}"
        return
