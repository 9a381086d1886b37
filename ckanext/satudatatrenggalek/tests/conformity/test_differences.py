"""Where our findings differ from those of frictionless on purpose.

Each with its reason in `reference.DIFFERENCES`.
"""

from __future__ import annotations

import openpyxl
import pytest

from .differential import field, rows_of, schema_of, write
from .reference import SHARED, assert_equal, check, expected, found


def test_rows_of_nothing_but_missing_values_are_blank_rows(tmp_path):
    path = write(tmp_path / "a.csv", [("r1", "1"), ("-", "NA"), ("NA", "-"), ("r2", "x")])
    report = assert_equal(path, schema_of(field("integer", {"required": True}), ["-", "NA"]))
    assert report.stats.counts["blank-row"] == 2


def test_differs_aside(tmp_path):
    """Blank rows at the end, totals and notes."""
    text = "id,v,w\nr1,1,y\nJumlah,1,\nSumber: Dinas,,\n,,\n,,\n"
    path = tmp_path / "a.csv"
    path.write_text(text)
    schema = schema_of(field("integer"), primaryKey=["id"])
    schema["fields"].append({"name": "w", "type": "string"})
    report = check(path, schema)
    rows = ("total-row", "note-row", *SHARED)
    ours = {(f.code, f.row) for f in report.findings if f.code in rows}
    assert ours == {("total-row", 3), ("note-row", 4), ("blank-row", 5)}
    theirs = expected(path, schema)
    assert theirs[5, 0, "blank-row"] == theirs[6, 0, "blank-row"] == 1
    assert theirs[5, 0, "primary-key"] == theirs[6, 0, "primary-key"] == 1


def test_differs_by_name(tmp_path):
    """One finding for a moved column; its cells are judged as frictionless does when told to."""
    path = write(tmp_path / "a.csv", [(1, "r1"), ("x", "r2")], head=("v", "id"))
    schema = schema_of(field("integer"))
    report = check(path, schema)
    assert [(f.code, f.row) for f in report.findings if f.code == "column-order"] == [
        ("column-order", 1)
    ]
    assert found(report) == {(3, 1, "type-error"): 1}
    assert found(report) == expected(path, {**schema, "fieldsMatch": "equal"})
    assert expected(path, schema)[2, 2, "type-error"] == 1


def test_differs_pattern(tmp_path):
    path = write(tmp_path / "a.csv", rows_of(["x", "y", "xa", "ay"]))
    schema = schema_of(field("string", {"pattern": "x|y"}))
    assert found(check(path, schema)) == {
        (4, 2, "constraint-error"): 1,
        (5, 2, "constraint-error"): 1,
    }


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (field("number", {"minimum": 1}), "sNaN"),
        (field("datetime", {"minimum": "2024-01-01T00:00:00"}), "2024-01-05T00:00:00Z"),
        (field("array", {"unique": True}), "[1]"),
        (field("object", {"unique": True}), "{}"),
    ],
)
def test_differs_where_frictionless_raises(tmp_path, item, value):
    path = write(tmp_path / "a.csv", rows_of([value, value]))
    with pytest.raises((ArithmeticError, TypeError)):
        expected(path, schema_of(item))
    report = check(path, schema_of(item))
    assert [f.row for f in report.findings][-1] == 3
    assert report.stats.rows == 2


def test_differs_references(tmp_path):
    key = {"fields": ["v"], "reference": {"resource": "lain", "fields": ["v"]}}
    path = write(tmp_path / "a.csv", rows_of(["1"]))
    schema = schema_of(field("string"), foreignKeys=[key])
    assert expected(path, schema) == {(0, 0, "resource-error"): 1}
    assert check(path, schema).valid


def test_differs_text(tmp_path):
    """A number typed into a text column of a workbook is the text its CSV would hold."""
    book = openpyxl.Workbook()
    for row in [["id", "v"], ["r1", 3503], ["r2", 2.5], ["r3", "x"]]:
        book.active.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    schema = schema_of(field("string", {"maxLength": 3}))
    assert found(check(path, schema)) == {(2, 2, "constraint-error"): 1}
    assert expected(path, schema) == {(2, 2, "type-error"): 1, (3, 2, "type-error"): 1}
