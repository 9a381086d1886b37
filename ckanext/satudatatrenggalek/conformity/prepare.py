"""What is made from a file for people to take away: a tidied copy, a marked workbook.

Each is written into a folder of its own, with a JSON beside it that says what it is. Only paths
and plain values go in, so that it can run in a process with limits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from .engine import check_file
from .expectation import Expectation
from .marked import write_marked
from .report import Report
from .table import rows
from .tidy import Tidied, write_tidied

TIDIED, LOG, MARKED = "tidied.csv", "log.csv", "marked.xlsx"
TOLD = "told.json"
_SAMPLE = 20


def prepare_tidied(
    path: Path, expectation: Expectation, answers: Mapping[str, str], folder: Path
) -> None:
    """Write a tidied copy, its log, and what there is to say of them.

    ``told.json``: a `Tidied` as plain values, with `before` (first rows of the original:
    {sheet, header, rows: [{number, cells}], more}) and `after` ({errors, warnings} of a check of
    the copy). ``{"rows": null}`` alone when the file holds no table that can be read.

    Raises OSError, BadSchema.
    """
    tidied = write_tidied(path, expectation, answers, folder / TIDIED, folder / LOG)
    _tell(folder, {"rows": None} if tidied is None else _told(path, expectation, tidied, folder))


def _told(path: Path, expectation: Expectation, tidied: Tidied, folder: Path) -> dict[str, Any]:
    page = rows(path, expectation, 0, _SAMPLE)
    copied = replace(
        expectation,
        name=tidied.name,
        format="csv",
        sheet="",
        table_schema=tidied.table_schema if expectation.table_schema else None,
    )
    report = check_file(folder / TIDIED, copied)
    return {
        **asdict(tidied),
        "total": tidied.total,
        "before": asdict(page) if page else None,
        "after": {"errors": report.stats.errors, "warnings": report.stats.warnings},
    }


def prepare_marked(path: Path, report: Mapping[str, Any], folder: Path) -> None:
    """Write a workbook with the findings of a report at their cells.

    report: `Report.to_dict` of a check of this very file. ``told.json``: a `Marked` as plain
    values, or ``{"name": ""}`` when none can be made. Raises OSError.
    """
    marked = write_marked(path, Report.from_dict(report), folder / MARKED)
    _tell(folder, {"name": ""} if marked is None else asdict(marked))


def _tell(folder: Path, told: Mapping[str, Any]) -> None:
    (folder / TOLD).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
