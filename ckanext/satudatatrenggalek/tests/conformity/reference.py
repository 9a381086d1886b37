"""frictionless as the reference: the same file and schema through both, findings as triples."""

from __future__ import annotations

import copy
import csv
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from frictionless import Dialect, Package, Resource, Schema, system
from frictionless.formats import CsvControl

from ckanext.satudatatrenggalek.conformity import Expectation, Limits, Report, check_file

# Codes both can find. Everything else we report is ours (rules, layout) and has its own tests.
SHARED = frozenset(
    {
        "type-error",
        "constraint-error",
        "unique-error",
        "primary-key",
        "foreign-key",
        "extra-cell",
        "missing-cell",
        "blank-row",
        "extra-label",
        "missing-label",
    }
)
SPOILED = "bukan angka"
# Where we differ on purpose, and why. test_differences.py asserts each of them.
DIFFERENCES = {
    "number-not-plain": "NaN, inf, 1_000, digits of other scripts and 2024-1-5 pass frictionless;"
    " other programs read them differently or not at all",
    "pattern": "frictionless applies a pattern without brackets, so `x|y` means ^x or y$",
    "aside": "blank rows at the end are one finding, rows of totals and notes are no data and"
    " take no part in keys",
    "text": "a number in a text column of a workbook is the text its CSV would hold",
    "by-name": "columns are matched by name: a moved column is one finding, not one per cell",
    "bounds": "frictionless raises on a bound it cannot compare with (a time with a zone and one"
    " without); the cell is refused",
    "unhashable": "frictionless raises on lists and objects under `unique` or in keys; we compare",
    "references": "frictionless stops where a foreign key names a table it was not given",
}

Triple = tuple[int, int, str]


def bracketed(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with its patterns as we apply them."""
    schema = copy.deepcopy(dict(schema))
    for field in schema["fields"]:
        constraints = field.get("constraints", {})
        if "pattern" in constraints:
            constraints["pattern"] = f"(?:{constraints['pattern']})"
    return schema


def expected(
    path: Path,
    schema: Mapping[str, Any],
    delimiter: str = ",",
    encoding: str = "utf-8",
    references: Mapping[str, Resource] | None = None,
) -> Counter[Triple]:
    """Findings of `frictionless.validate`: (row, field, code), 0 where there is none."""
    dialect = Dialect()
    if path.suffix == ".csv":
        dialect.add_control(
            CsvControl(
                delimiter=delimiter, quote_char='"', double_quote=True, skip_initial_space=False
            )
        )
    with system.use_context(trusted=True):
        resource = Resource(
            name="tabel",
            path=str(path),
            encoding=encoding,
            schema=Schema.from_descriptor(bracketed(schema)),
            dialect=dialect,
            datapackage_version="v2",
        )
        if references:
            Package(resources=[resource, *references.values()])
        report = resource.validate(limit_errors=10**9)
    assert not report.errors, report.errors
    return Counter(_triple(error.to_dict()) for error in report.tasks[0].errors)


def _triple(error: Mapping[str, Any]) -> Triple:
    row = error.get("rowNumber") or (error.get("rowNumbers") or [0])[0]
    return row, error.get("fieldNumber") or 0, error["type"]


def found(report: Report) -> Counter[Triple]:
    """Our findings of the shared codes, in the same shape."""
    return Counter(
        (f.row or 0, f.column_number or 0, f.code) for f in report.findings if f.code in SHARED
    )


def check(path: Path, schema: Mapping[str, Any], **more: Any) -> Report:
    """Our report of the file with every finding kept."""
    expectation = Expectation(
        name=path.name,
        table_schema=schema,
        limits=Limits(max_findings=None),
        region_codes=False,
        **more,
    )
    return check_file(path, expectation)


def assert_equal(
    path: Path, schema: Mapping[str, Any], delimiter: str = ",", encoding: str = "utf-8"
) -> Report:
    """Both find the same; a cell only we refuse is made one that frictionless refuses too."""
    report = check(path, schema)
    ours, theirs = found(report), expected(path, schema, delimiter, encoding)
    odd = {
        (finding.row or 0, finding.column_number or 0)
        for finding in report.findings
        if finding.code == "number-not-plain"
    }
    for row, column in odd:
        refused = (row, column, "type-error")
        assert refused not in theirs, f"{refused} is found by both"
        ours[refused] += 1
    if odd:
        with tempfile.TemporaryDirectory() as folder:
            copied = Path(folder, path.name)
            _spoil(path, copied, odd, delimiter, encoding)
            theirs = expected(copied, schema, delimiter, encoding)
    assert ours == theirs, {"only we": ours - theirs, "only frictionless": theirs - ours}
    return report


def _spoil(
    path: Path, copied: Path, places: set[tuple[int, int]], delimiter: str, encoding: str
) -> None:
    """A copy of the file in which these cells (row, column) hold what no number or date is."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for row, column in places:
            book.active.cell(row, column).value = SPOILED  # pyright: ignore
        book.save(copied)
        return
    with path.open(encoding=encoding, newline="") as stream:
        rows = list(csv.reader(stream, delimiter=delimiter))
    for row, column in places:
        rows[row - 1][column - 1] = SPOILED
    with copied.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
