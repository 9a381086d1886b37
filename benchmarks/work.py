"""One piece of work in a process of its own: `python work.py WORK FILE [OPTION]`.

Prints seconds, the largest resident memory in MiB, and what was found, as JSON.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import frictionless
import polars as pl
from frictionless.formats import CsvControl
from frictionless.resources import TableResource
from tables import SCHEMA, VILLAGES, region_list

from ckanext.satudatatrenggalek.conformity import Expectation, Limits, check_file
from ckanext.satudatatrenggalek.conformity.regions import RegionList

UNBOUNDED = Limits(max_bytes=None, max_rows=None, max_findings=None)
KEPT = Limits().max_findings  # as the portal keeps them; the rest is counted
# Codes both judges know; our own rules find more.
SHARED = frozenset({"type-error", "constraint-error", "missing-cell", "extra-cell", "primary-key"})


def schema_of(option: str) -> dict[str, Any] | None:
    """The schema, none at all ("bare"), with a key ("key") or without a pattern of codes."""
    if option == "bare":
        return None
    if option == "key":
        return {**SCHEMA, "primaryKey": ["uraian"]}
    if option not in ("codes", "no-codes"):
        return SCHEMA
    fields = [dict(field) for field in SCHEMA["fields"]]
    fields[1] = {**fields[1], "constraints": {"required": True}}
    return {**SCHEMA, "fields": fields}


def baseline(path: Path, option: str) -> Any:
    """`frictionless.validate`, every error wanted."""
    dialect = frictionless.Dialect()
    if path.suffix == ".csv":
        dialect.add_control(CsvControl(delimiter=",", quote_char='"'))
    with frictionless.system.use_context(trusted=True):
        resource = TableResource(
            path=str(path),
            dialect=dialect,
            schema=frictionless.Schema.from_descriptor(schema_of(option) or SCHEMA),
            datapackage_version="v2",
        )
        return resource.validate(limit_errors=10**9)


def baseline_found(report: Any) -> Iterable[tuple[int, int, str]]:
    """(row, field, code) of its errors."""
    for error in report.tasks[0].errors:
        yield error.row_number, getattr(error, "field_number", 0), error.type


@lru_cache(maxsize=1)
def _whole_country() -> RegionList:
    """Read once in a process, as the list that comes along is."""
    return region_list(VILLAGES)


def ours(path: Path, option: str) -> Any:
    """`check_file` with every rule, every finding wanted. "codes": against the whole country's."""
    expectation = Expectation(
        name=path.name,
        table_schema=schema_of(option),
        region_codes=option != "no-codes",
        region_list=_whole_country() if option == "codes" else None,
        limits=UNBOUNDED if option != "limited" else replace(UNBOUNDED, max_findings=KEPT),
    )
    return check_file(path, expectation)


def ours_found(report: Any) -> Iterable[tuple[int, int, str]]:
    """(row, field, code) of the findings both know."""
    for finding in report.findings:
        if finding.code in SHARED:
            yield finding.row, finding.column_number or 0, finding.code


def parse(path: Path, option: str) -> Any:
    """Merely reading the file, by the fastest reader we know."""
    return pl.read_csv(path, infer_schema=False)


WORKS: dict[str, tuple[Any, Any]] = {
    "frictionless": (baseline, baseline_found),
    "check": (ours, ours_found),
    "parse": (parse, lambda frame: ()),
}


def _peak() -> int:
    """Largest resident memory in MiB; ru_maxrss would count what the parent had at the fork."""
    found = re.search(r"VmHWM:\s+([0-9]+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


def main() -> None:
    """Do the work and say how it went."""
    name, path, option = sys.argv[1], Path(sys.argv[2]), sys.argv[3] if sys.argv[3:] else ""
    work, found = WORKS[name]
    if option == "codes":
        _whole_country()
    start = time.perf_counter()
    result = work(path, option)
    seconds = time.perf_counter() - start
    memory = _peak()
    triples = sorted(found(result))
    said = {
        "seconds": seconds,
        "memory": memory,
        "findings": len(triples),
        "digest": hashlib.sha256(repr(triples).encode()).hexdigest(),
        "engine": getattr(result, "engine", ""),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
