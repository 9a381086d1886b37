"""The findings of a check as its report page shows them: one block a column and kind."""

from typing import Any

from ..conformity import alike, with_unkept

_EXTRACTS = 3  # rows of the file shown in a block
_ROWS = 12  # row numbers named in a block
_BESIDE = 3  # columns shown on each side of the one a finding is in
_WIDEST = 8  # columns of a row shown when no column is at fault


def groups_of(check: dict[str, Any]) -> list[dict[str, Any]]:
    """Findings of one column and remedy together, mistakes first, in the order of the file.

    :param check: as ``satudata_conformity_show`` gives it.
    :returns: ``[{code, column, severity, message, remedy, count, rows, more, extracts}]``. count:
        all of them, also those only counted; rows: where, as the spreadsheet counts, up to a
        dozen, ``more`` beyond them; extracts: see ``_extract``.
    """
    unkept = (check.get("stats") or {}).get("unkept") or ()
    found = alike(with_unkept(check.get("findings") or (), unkept))
    groups = [_group(group, check.get("labels") or []) for group in found]
    return sorted(groups, key=lambda group: (group["severity"] != "error", group["first_row"]))


def _group(first: dict[str, Any], labels: list[str]) -> dict[str, Any]:
    found = first["members"]
    rows = list(dict.fromkeys(finding["row"] for finding in found if finding["row"]))
    same = all(finding["message"] == first["message"] for finding in found)
    return {
        "code": first["code"],
        "column": first["column"],
        "severity": first["severity"],
        "message": first["message"],
        "remedy": first["remedy"],
        "others": [] if same else found[1:_EXTRACTS],
        "count": first["count"],
        "rows": rows[:_ROWS],
        "more": max(first["count"] - _ROWS, 0) if rows else 0,
        "first_row": rows[0] if rows else 0,
        "extracts": [
            _extract(finding, labels) for finding in found[:_EXTRACTS] if finding["cells"]
        ],
    }


def _extract(finding: dict[str, Any], labels: list[str]) -> dict[str, Any]:
    """A row of the file around the cell at fault, as the report keeps it: personal data masked.

    :returns: ``{row, cells: [{label, value, wrong}], before, after}``; before, after: whether
        columns are left out there.
    """
    cells, at = finding["cells"], finding["column_number"]
    begin = max(at - 1 - _BESIDE, 0) if at else 0
    end = at + _BESIDE if at else _WIDEST
    shown = [
        {
            "label": labels[index] if index < len(labels) else f"kolom ke-{index + 1}",
            "value": cells[index],
            "wrong": index + 1 == at,
        }
        for index in range(begin, min(end, len(cells)))
    ]
    return {"row": finding["row"], "cells": shown, "before": begin > 0, "after": end < len(cells)}


def summary_of(check: dict[str, Any]) -> list[dict[str, Any]]:
    """How many findings there are of each kind in each column, most first."""
    counted: dict[tuple[str, str], dict[str, Any]] = {}
    for group in groups_of(check):
        key = (group["column"], group["severity"])
        line = counted.setdefault(key, {"column": key[0], "severity": key[1], "count": 0})
        line["count"] += group["count"]
    return sorted(counted.values(), key=lambda line: (line["severity"] != "error", -line["count"]))
