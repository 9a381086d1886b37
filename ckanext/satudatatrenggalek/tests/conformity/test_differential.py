"""The findings of a well-formed table are those of `frictionless.validate`: row, field, code."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from ckanext.satudatatrenggalek.conformity import Expectation, infer_schema

from .differential import FIELDS, MISSING, ODD, VALUES, rows_of, schema_of, write
from .reference import assert_equal, check

CONTOH = Path(
    os.environ.get("SATUDATA_CONTOH") or Path(__file__).parents[5] / "shared" / "data" / "contoh"
)
NOT_WELL_FORMED = {
    *("blank-row", "total-row", "note-row", "blank-label", "duplicate-label", "stacked-header"),
    *("unclosed-quote", "untidy-label", "too-many-columns"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_every_type_and_constraint(tmp_path, name):
    path = write(tmp_path / "a.csv", rows_of(VALUES))
    report = assert_equal(path, schema_of(FIELDS[name]))
    assert report.engine == "satudata/fast"


@pytest.mark.parametrize("name", FIELDS)
def test_values_only_we_refuse(tmp_path, name):
    """`number-not-plain` stands only where frictionless takes the cell, as DIFFERENCES says."""
    bound = {"minimum", "maximum", "exclusiveMinimum", "enum"} & set(
        FIELDS[name].get("constraints", ())
    )
    values = [value for value in ODD if value != "sNaN" or not bound]
    path = write(tmp_path / "a.csv", rows_of(values))
    assert_equal(path, schema_of(FIELDS[name]))


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("name", ["string", "integer required", "number bounds", "date", "any"])
def test_missing_values(tmp_path, name, missing):
    path = write(tmp_path / "a.csv", rows_of(VALUES))
    assert_equal(path, schema_of(FIELDS[name], MISSING[missing]))


@pytest.mark.parametrize("name", FIELDS)
def test_the_careful_road_finds_the_same(tmp_path, name):
    """A quote out of place sends the file through Python's csv; the judge is the same."""
    path = write(tmp_path / "a.csv", rows_of(VALUES))
    with path.open("a") as stream:
        stream.write('r999,5" pipa\n')
    report = assert_equal(path, schema_of(FIELDS[name]))
    assert report.engine == "satudata/careful"


TYPED = [
    *(1, 0, -5, 12, 2.0, 2.5, -0.25, 1e15, 1e300, 99999999999999, True, False, None, "1", "12 ha"),
    *("", " ", "-", "x", "2024", 2024, 2024.0, 24, 99999, "2024-01-05", "NaN", "1_000"),
    *map(datetime.fromisoformat, ("2024-01-05", "2024-01-05T10:30:00")),
    *("2024-01", "true", "padi"),
]
TYPED_FIELDS = [
    *("integer", "integer required", "integer bounds", "integer exclusive", "integer enum"),
    *("number", "number bounds", "number exclusive", "number enum", "number comma", "boolean"),
    *("boolean enum", "date", "date bounds", "datetime", "year", "year bounds", "yearmonth", "any"),
    *("any required", "missing of its own", "missing and required", "geopoint", "object", "list"),
]


@pytest.mark.parametrize("name", TYPED_FIELDS)
@pytest.mark.parametrize("unique", [False, True])
def test_cells_with_types_out_of_a_workbook(tmp_path, name, unique):
    item = {**FIELDS[name]}
    if unique and name not in ("object", "list"):
        item["constraints"] = {**item.get("constraints", {}), "unique": True}
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "v"])
    for row in rows_of([*TYPED, 1.0, 2, "1", 2024]):
        sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert_equal(path, schema_of(item))


@pytest.mark.parametrize(
    "path", sorted(CONTOH.glob("*.csv")) if CONTOH.is_dir() else [], ids=lambda path: path.name
)
def test_real_tables_that_are_well_formed(path):
    """Real files with their header in the first row, held to the schema inferred from them."""
    schema = infer_schema(path, Expectation(name=path.name))
    report = check(path, schema)
    if report.stats.header_row != 1 or report.stats.counts.keys() & NOT_WELL_FORMED:
        pytest.skip("not well formed: its findings are ours")
    dialect = {"delimiter": report.stats.delimiter, "encoding": report.stats.encoding}
    assert_equal(path, schema, **dialect)
