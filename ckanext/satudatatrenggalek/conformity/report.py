"""The answer of a check: findings and a verdict, and its Frictionless 5 shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from .messages import FRICTIONLESS_TYPE, title_of

ERROR = "error"
WARNING = "warning"
ITEMS = (
    "standard",
    "metadata",
    "interoperability",
    "reference_codes",
    "as_planned",
    "personal_data",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to look at.

    row counts as the spreadsheet shows it (first row of the sheet = 1), None for the whole column
    or file. column_number counts from 1. value, cells: as found, shortened, personal data masked.
    habit: which kind of mistake it is among those of its code, "" where a code has but one: what
    is alike in code, column and habit is mended alike.
    """

    code: str
    severity: str
    item: str
    message: str
    remedy: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    column_number: int | None = None
    value: str = ""
    cells: tuple[str, ...] = ()
    habit: str = ""

    @property
    def place(self) -> str:
        """Where, in words: `lembar "Data", baris 4, kolom kode_wilayah`."""
        parts = [f'lembar "{self.sheet}"'] if self.sheet else []
        parts += [f"baris {self.row}"] if self.row else []
        parts += [f"kolom {self.column}"] if self.column else []
        return ", ".join(parts)


@dataclass(frozen=True)
class Stats:
    """Figures of one check. rows: data rows read.

    counts: findings by code, also those not kept. items: {"errors", "warnings"} by checklist item,
    likewise. unkept: how many of each kind are counted only, {"code", "column_number" (0 for
    none), "habit", "count"}.
    """

    rows: int = 0
    columns: int = 0
    bytes: int = 0
    seconds: float = 0.0
    sheet: str = ""
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    errors: int = 0
    warnings: int = 0
    truncated: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    unkept: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Report:
    """Verdict on one file. valid: no finding of severity "error"."""

    valid: bool
    findings: tuple[Finding, ...]
    stats: Stats
    name: str = ""
    labels: tuple[str, ...] = ()
    table_schema: Mapping[str, Any] | None = None
    schema_inferred: bool = False
    engine: str = "frictionless"

    def to_dict(self) -> dict[str, Any]:
        """Plain values only, fit for JSON; `from_dict` reads it back."""
        return {**asdict(self), "findings": [asdict(f) for f in self.findings]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """The inverse of `to_dict`; unknown keys (of a newer version) are passed over."""
        own = {f.name: data[f.name] for f in fields(cls) if f.name in data}
        own["findings"] = tuple(_finding(item) for item in data["findings"])
        own["labels"] = tuple(data.get("labels", ()))
        names = {f.name for f in fields(Stats)}
        stats = {k: v for k, v in data["stats"].items() if k in names}
        own["stats"] = Stats(**{**stats, "unkept": tuple(stats.get("unkept", ()))})
        return cls(**own)

    def to_frictionless(self) -> dict[str, Any]:
        """A Frictionless 5 report: `frictionless.Report.from_descriptor` accepts it.

        Findings of severity "warning" do not make a Frictionless report invalid, so they stand
        as sentences in `tasks[0].warnings` and, in the shape of errors, in `tasks[0].advice`.
        """
        shape = self._shape()
        task = shape["tasks"][0]
        shape["tasks"] = [task | {name: list(items) for name, items in self._lists()}]
        return shape

    def frictionless_json(self) -> Iterator[str]:
        """The same as JSON, piece by piece: a report of all errors may be longer than its file."""
        yield _dumps(self._shape()).removesuffix(_END)
        for name, items in self._lists():
            yield f',\n"{name}": ['
            before = "\n"
            for item in items:
                yield before + _dumps(item)
                before = ",\n"
            yield "]"
        yield _END

    def _shape(self) -> dict[str, Any]:
        """What stands around the lists, the task last."""
        task = {
            "name": _slug(self.name),
            "type": "table" if self.labels else "file",
            "valid": self.valid,
            "place": self.name or "berkas",
            "labels": list(self.labels),
            "stats": self._task_stats(),
        }
        return {
            "valid": self.valid,
            "stats": self._stats(),
            "warnings": [],
            "errors": [],
            "tasks": [task],
        }

    def _lists(self) -> Iterator[tuple[str, Iterator[Any]]]:
        wrong = [f for f in self.findings if f.severity == ERROR]
        advice = [f for f in self.findings if f.severity == WARNING]
        yield "warnings", map(_sentence, advice)
        yield "errors", (_as_error(f, self.labels) for f in wrong)
        yield "advice", (_as_error(f, self.labels) for f in advice)

    def _stats(self) -> dict[str, Any]:
        s = self.stats
        return {"tasks": 1, "errors": s.errors, "warnings": s.warnings, "seconds": s.seconds}

    def _task_stats(self) -> dict[str, Any]:
        s = self.stats
        figures = {"errors": s.errors, "warnings": s.warnings, "seconds": s.seconds}
        return {**figures, "bytes": s.bytes, "fields": s.columns, "rows": s.rows}


def _finding(data: Mapping[str, Any]) -> Finding:
    names = {f.name for f in fields(Finding)}
    known = {k: v for k, v in data.items() if k in names}
    return Finding(**{**known, "cells": tuple(known.get("cells", ()))})


_END = "}]}"  # of the last task, which the lists belong to
_dumps = json.JSONEncoder(ensure_ascii=False).encode


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9._/-]+", "-", name.rpartition(".")[0].lower()).strip("-") or "berkas"


def _sentence(finding: Finding) -> str:
    where = finding.place
    lead = f"{where[0].upper()}{where[1:]}: " if where else ""
    return f"{lead}{finding.message} {finding.remedy}".strip()


def _as_error(finding: Finding, labels: tuple[str, ...]) -> dict[str, Any]:
    kind = FRICTIONLESS_TYPE.get(finding.code, finding.code)
    title, tags = title_of(kind)
    error: dict[str, Any] = {
        "type": kind,
        "title": title,
        "description": finding.message,
        "message": finding.message,
        "tags": list(tags),
        "note": finding.remedy,
        "code": finding.code,
        "severity": finding.severity,
        "remedy": finding.remedy,
        "item": finding.item,
        "sheet": finding.sheet,
    }
    if "#header" in tags:
        error |= {"labels": list(labels), "rowNumbers": [finding.row or 1]}
    if "#label" in tags:
        error |= {"label": finding.value}
    if "#row" in tags:
        error |= {"cells": list(finding.cells), "rowNumber": finding.row or 1}
    if "#cell" in tags:
        error |= {"cell": finding.value}
    if "#cell" in tags or "#label" in tags:
        error |= {"fieldName": finding.column, "fieldNumber": finding.column_number or 1}
    return error
