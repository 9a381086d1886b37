"""One piece of work in a process of its own: `python work.py WORK FILE [OPTION]`.

Prints seconds, the largest resident memory in MiB, both also for the report written as JSON, and
what was found, as JSON. A process loads what its work needs and nothing else: the memory of one
judge is not charged with another's modules.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from schema import SCHEMA, VILLAGES

# Codes both judges know; our own rules find more.
SHARED = frozenset({"type-error", "constraint-error", "missing-cell", "extra-cell", "primary-key"})

Found = Iterable[tuple[int, int, str]]  # row, field, code
Write = Callable[[Any, Path], None]
Work = tuple[Callable[[], Any], Callable[[Any], Found], Write]  # the work, its findings, its report


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


def baseline(path: Path, option: str) -> Work:
    """`frictionless.validate`, every error wanted."""
    import frictionless
    from frictionless.formats import CsvControl
    from frictionless.resources import TableResource

    if path.suffix == ".xlsx":
        import openpyxl  # noqa: F401 (what it loads late is not counted as its work)

    dialect = frictionless.Dialect()
    if path.suffix == ".csv":
        dialect.add_control(CsvControl(delimiter=",", quote_char='"'))

    def run() -> Any:
        with frictionless.system.use_context(trusted=True):
            resource = TableResource(
                path=str(path),
                dialect=dialect,
                schema=frictionless.Schema.from_descriptor(schema_of(option) or SCHEMA),
                datapackage_version="v2",
            )
            return resource.validate(limit_errors=10**9)

    def found(report: Any) -> Found:
        for error in report.tasks[0].errors:
            yield error.row_number, getattr(error, "field_number", 0), error.type

    def write(report: Any, target: Path) -> None:
        report.to_json(str(target))

    return run, found, write


def ours(path: Path, option: str) -> Work:
    """`check_file` with every rule, every finding wanted.

    "codes": against the list of the whole country, read once in a process, as the list that comes
    along is. "limited": findings kept as the portal keeps them, the rest counted.
    """
    from ckanext.satudatatrenggalek.conformity import Expectation, Limits, check_file

    listed = None
    if option == "codes":
        from tables import region_list

        listed = region_list(VILLAGES)
    unbounded = Limits(max_bytes=None, max_rows=None, max_findings=None)
    kept = replace(unbounded, max_findings=Limits().max_findings)
    expectation = Expectation(
        name=path.name,
        table_schema=schema_of(option),
        region_codes=option != "no-codes",
        region_list=listed,
        limits=kept if option == "limited" else unbounded,
    )

    def found(report: Any) -> Found:
        for finding in report.findings:
            if finding.code in SHARED:
                yield finding.row, finding.column_number or 0, finding.code

    def write(report: Any, target: Path) -> None:
        with target.open("w", encoding="utf-8") as stream:
            stream.writelines(report.frictionless_json())

    return lambda: check_file(path, expectation), found, write


def parse(path: Path, option: str) -> Work:
    """Merely reading the file, by the fastest reader we know."""
    import polars as pl

    return (
        lambda: pl.read_csv(path, infer_schema=False),
        lambda frame: (),
        lambda frame, target: None,
    )


WORKS: dict[str, Callable[[Path, str], Work]] = {
    "frictionless": baseline,
    "check": ours,
    "parse": parse,
}


def _peak() -> int:
    """Largest resident memory in MiB; ru_maxrss would count what the parent had at the fork."""
    found = re.search(r"VmHWM:\s+([0-9]+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


def main() -> None:
    """Do the work and say how it went. What it needs is loaded before the clock starts."""
    name, path, option = sys.argv[1], Path(sys.argv[2]), sys.argv[3] if sys.argv[3:] else ""
    work, found, write = WORKS[name](path, option)
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    memory = _peak()
    with tempfile.TemporaryDirectory() as folder:
        write(result, Path(folder) / "report.json")
        written = time.perf_counter() - start
    told = _peak()
    triples = sorted(found(result))
    said = {
        "seconds": seconds,
        "memory": memory,
        "written_seconds": written,
        "written_memory": told,
        "findings": len(triples),
        "digest": hashlib.sha256(repr(triples).encode()).hexdigest(),
        "engine": getattr(result, "engine", ""),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
