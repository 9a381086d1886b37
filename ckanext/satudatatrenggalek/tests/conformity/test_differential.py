"""The findings of a well-formed table are those of `frictionless.validate`: row, field, code."""

from __future__ import annotations

import csv
import io
import os
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from frictionless import Resource, Schema

from ckanext.satudatatrenggalek.conformity import Expectation, infer_schema

from .reference import SHARED, assert_equal, check, expected, found

CONTOH = Path(
    os.environ.get("SATUDATA_CONTOH") or Path(__file__).parents[5] / "shared" / "data" / "contoh"
)
NOT_WELL_FORMED = {
    *("blank-row", "total-row", "note-row", "blank-label", "duplicate-label", "stacked-header"),
    *("unclosed-quote", "untidy-label", "too-many-columns"),
}
V2 = "https://datapackage.org/profiles/2.0/tableschema.json"
VALUES = [
    *("1", " 1", "1 ", "\t1", "\xa01", "+1", "-0", "01", "1.0", "1.", "1e3", "1,000", "1.000"),
    *("12 5", "0x10", "99999999999999999999", "TRUE", "--1", "1\n", "1E400", "1e-400", ".5", "-.5"),
    *("1,5", "1.234,5", "1.234.567", "1e", "Rp 5", "5%", "1d", "0x1p3", "5", "5.0", "10", "9.99"),
    *("1000000000.0000000001", "1000000000", "-1000000000.0000000001", "2.5", "0", "-1", "3"),
    *("2024-01-05", " 2024-01-05", "2024-01-05 ", "24-01-05", "20240105", "05/01/2024"),
    *("2024/01/05", "2024-02-30", "2024-02-29", "2023-02-29", "2024-01-05T00:00:00", "0001-01-01"),
    *(
        "2024-01-05 00:00:00",
        "10000-01-01",
        "0000-01-01",
        "2024-01-31",
        "5 Jan 2024",
        "-2024-01-05",
    ),
    *("2024-13-01", "2024-01-05T10:30:00Z", "2024-01-05T10:30:00+07:00", "2024-01-05T25:00:00Z"),
    *("2024", " 2024", "24", "02024", "-024", "2024.0", "20 4", "2024-01", "2024-1", "2024-13"),
    *("10:30:00", "10:30", "24:00:00", "10:30:00Z", "10:30:61", "7:30:00", "10:30:00+07:00"),
    *("true", "True", "1", "t", "yes", "ya", "Y", "false", "FALSE", "on", "tidak", "x", "y", "xy"),
    *("P1D", "P1Y2M", "PT5M", "1D", "111.7,-8.05", "111.7, -8.05", "181,0", "-180,90", "1,91"),
    *('{"lon": 1, "lat": 2}', "[1, 2]", "[]", "{}", '{"type": "Point", "coordinates": [1, 2]}'),
    *(
        '{"type": "Titik"}',
        '{"a"',
        "a,b,c",
        "1,2,3",
        "a;b",
        "",
        " ",
        "  ",
        "-",
        "NA",
        "#N/A",
        "n/a",
    ),
    *("a@b.id", "a@b", "warga@trenggalekkab.go.id", "http://a.id/x", "a.id", "mailto:a@b.id"),
    *("123e4567-e89b-12d3-a456-426614174000", "123e4567", "YWJj", "YWJ", "POINT (1 2)", "POINT"),
    *("padi", "Padi", "jagung", "kedelai ", "ab", "abc", "abcd", "35.03.01", "35.03.1", "é", "éé"),
    *("35.03.01\n", "baris\ndua", 'petik " di tengah', "'", "a\tb", "﻿a", "٣", "ſ"),
]
# Values that only we refuse (number-not-plain); they are compared apart.
ODD = ["1_000", "NaN", "nan", "sNaN", "inf", "-Infinity", "१२", "１", "१.५", "2024-1-5", "２０２４"]


def field(kind, constraints=None, **more):
    item = {"name": "v", "type": kind, **more}
    return {**item, "constraints": constraints} if constraints else item


FIELDS = {
    "string": field("string"),
    "string email": field("string", format="email"),
    "string uri": field("string", format="uri"),
    "string uuid": field("string", format="uuid"),
    "string binary": field("string", format="binary"),
    "string required": field("string", {"required": True}),
    "string length": field("string", {"minLength": 2, "maxLength": 3}),
    "string pattern": field("string", {"pattern": r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}"}),
    "string pattern either": field("string", {"pattern": "x|y"}),
    "string pattern unsafe": field("string", {"pattern": r"\w+(?=i)i|\D"}),
    "string pattern class": field("string", {"pattern": r"[a-z]+\d?|.{2}"}),
    "string enum": field("string", {"enum": ["padi", "jagung", "1"]}),
    "string long enum": field("string", {"enum": ["padi", "1", *(f"K{n}" for n in range(90))]}),
    "string all": field(
        "string", {"required": True, "minLength": 1, "pattern": "[a-z]+", "enum": ["padi", "ab"]}
    ),
    "integer": field("integer"),
    "integer required": field("integer", {"required": True}),
    "integer bounds": field("integer", {"minimum": 1, "maximum": "1000000000"}),
    "integer exclusive": field("integer", {"exclusiveMinimum": 1, "exclusiveMaximum": 10}),
    "integer vast bound": field("integer", {"maximum": 10**30}),
    "integer enum": field("integer", {"enum": [1, "5", 99999999999999999999]}),
    "integer long enum": field("integer", {"enum": list(range(3, 99))}),
    "integer not bare": field("integer", bareNumber=False),
    "number": field("number"),
    "number required": field("number", {"required": True}),
    "number bounds": field("number", {"minimum": "0", "maximum": 1000000000}),
    "number near": field("number", {"minimum": "-1000000000", "maximum": "9.99"}),
    "number exclusive": field("number", {"exclusiveMinimum": 1, "exclusiveMaximum": "2.5"}),
    "number enum": field("number", {"enum": ["1.0", 5]}),
    "number float": field("number", {"minimum": 1, "maximum": 10}, floatNumber=True),
    "number comma": field("number", decimalChar=","),
    "number comma bounds": field("number", {"minimum": 1}, decimalChar=",", groupChar="."),
    "number groups": field("number", groupChar=","),
    "number hash": field("number", groupChar="#"),
    "number not bare": field("number", bareNumber=False),
    "number not bare comma": field("number", bareNumber=False, decimalChar=",", groupChar="."),
    "boolean": field("boolean"),
    "boolean required": field("boolean", {"required": True}),
    "boolean words": field("boolean", trueValues=["ya", "Y"], falseValues=["tidak", "0"]),
    "boolean enum": field("boolean", {"enum": [True]}),
    "date": field("date"),
    "date any": field("date", format="any"),
    "date format": field("date", format="%d/%m/%Y"),
    "date bounds": field("date", {"minimum": "2024-01-05", "maximum": "2024-01-31"}),
    "date enum": field("date", {"enum": ["2024-01-05"]}),
    "datetime": field("datetime"),
    "datetime any": field("datetime", format="any"),
    "datetime format": field("datetime", format="%Y-%m-%d %H:%M:%S"),
    "time": field("time"),
    "time any": field("time", format="any"),
    "time format": field("time", format="%H:%M"),
    "time bounds": field("time", {"maximum": "10:30"}, format="%H:%M"),
    "year": field("year"),
    "year bounds": field("year", {"required": True, "minimum": "2024", "maximum": 2024}),
    "year enum": field("year", {"enum": [2024]}),
    "yearmonth": field("yearmonth"),
    "yearmonth bounds": field("yearmonth", {"minimum": "2024-01"}),
    "duration": field("duration"),
    "geopoint": field("geopoint"),
    "geopoint array": field("geopoint", format="array"),
    "geopoint object": field("geopoint", format="object"),
    "geojson": field("geojson"),
    "geojson topojson": field("geojson", format="topojson"),
    "object": field("object"),
    "object length": field("object", {"required": True, "minLength": 1}),
    "array": field("array"),
    "array length": field("array", {"maxLength": 1}),
    "list": field("list"),
    "list of integers": field("list", itemType="integer"),
    "list delimiter": field("list", {"minLength": 2}, delimiter=";"),
    "any": field("any"),
    "any required": field("any", {"required": True}),
    "any enum": field("any", {"enum": ["padi", "1"]}),
    "no type": {"name": "v"},
    "missing of its own": field("number", missingValues=["-", "NA"]),
    "missing and required": field("number", {"required": True}, missingValues=["-", "", "0"]),
    "missing with labels": field("integer", missingValues=[{"value": "-", "label": "tidak ada"}]),
    "nothing missing": field("string", {"minLength": 1}, missingValues=[]),
}
MISSING = {"default": None, "dashes": ["-", "NA", "1"], "none": [], "blank": ["", " "]}


def schema_of(item, missing=None, **more):
    schema = {"$schema": V2, "fields": [{"name": "id", "type": "string"}, item], **more}
    return schema if missing is None else {**schema, "missingValues": missing}


def write(path: Path, rows, head=("id", "v"), end="\n", delimiter=",", quoting=csv.QUOTE_MINIMAL):
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end, delimiter=delimiter, quoting=quoting).writerows(
        [head, *rows]
    )
    path.write_bytes(stream.getvalue().encode())
    return path


def rows_of(values):
    return [(f"r{number}", value) for number, value in enumerate(values)]


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


@pytest.mark.parametrize(
    "name", [n for n in FIELDS if not n.startswith(("object", "array", "list", "geo"))]
)
def test_unique_values_are_those_of_frictionless(tmp_path, name):
    item = {**FIELDS[name]}
    item["constraints"] = {**item.get("constraints", {}), "unique": True}
    again = ["1", "1.0", "01", "5.00", "2024-01-05", "true", "ab", "", "1e0", "P1D", "10:30:00"]
    path = write(tmp_path / "a.csv", rows_of([*VALUES, *again]))
    assert_equal(path, schema_of(item))


KEYED = [
    ("a", "1", "x"), ("a", "01", "y"), ("", "1", "x"), ("b", "", "x"), ("", "", "z"),
    ("b", "2", "x"), ("b", "2", "y"), ("", "1", "z"), ("b", "dua", "y"), ("b", "", "x"),
]  # fmt: skip
KEY_FIELDS = [
    {"name": "k", "type": "string"},
    {"name": "n", "type": "integer"},
    {"name": "t", "type": "string"},
]


@pytest.mark.parametrize("key", ["k", ["k"], ["k", "n"], ["n", "k"], ["k", "n", "t"], ["n"]])
def test_primary_keys(tmp_path, key):
    path = write(tmp_path / "a.csv", KEYED, head=("k", "n", "t"))
    assert_equal(path, {"$schema": V2, "fields": KEY_FIELDS, "primaryKey": key})


@pytest.mark.parametrize(
    ("fields", "target"), [("k", "t"), (["n"], ["n"]), (["k", "n"], ["t", "n"]), ("t", "k")]
)
def test_foreign_keys_to_the_table_itself(tmp_path, fields, target):
    path = write(tmp_path / "a.csv", [*KEYED, ("y", "2", "a")], head=("k", "n", "t"))
    key = {"fields": fields, "reference": {"resource": "", "fields": target}}
    assert_equal(path, {"$schema": V2, "fields": KEY_FIELDS, "foreignKeys": [key]})


def test_foreign_keys_to_another_table(tmp_path):
    table = [{"kode": "a", "no": "1"}, {"kode": "b", "no": "2"}, {"kode": "", "no": ""}]
    other = Resource(
        name="acuan",
        data=[["kode", "no"], *([row["kode"], row["no"]] for row in table)],
        schema=Schema.from_descriptor(
            {"fields": [{"name": "kode", "type": "string"}, {"name": "no", "type": "integer"}]}
        ),
    )
    path = write(tmp_path / "a.csv", KEYED, head=("k", "n", "t"))
    keys = [
        {"fields": ["k", "n"], "reference": {"resource": "acuan", "fields": ["kode", "no"]}},
        {"fields": "n", "reference": {"resource": "acuan", "fields": "no"}},
    ]
    schema = {"$schema": V2, "fields": KEY_FIELDS, "foreignKeys": keys}
    report = check(path, schema, references={"acuan": table})
    assert found(report) == expected(path, schema, references={"acuan": other})
    assert report.stats.counts["foreign-key"] == 5


STRUCTURES = {
    "plain": b"id,v\nr1,2\nr2,x\n",
    "carriage returns and line feeds": b"id,v\r\nr1,2\r\nr2,x\r\n",
    "mixed line ends": b"id,v\r\nr1,2\nr2,x\r\n",
    "no line end at the end": b"id,v\nr1,2\nr2,x",
    "everything quoted": b'"id","v"\n"r1","2"\n"r2","x"\n',
    "quoted line breaks": b'id,v\n"r\n1",2\n"r\r\n2",x\n"r\r3",4\nr4,y\n',
    "quoted delimiters": b'id,v\n"r,1",2\n"r2,",x\n',
    "doubled quotes": b'id,v\n"r""1",2\n"""r2""",x\n"""",y\n',
    "quoted and empty": b'id,v\n"",2\nr2,""\n',
    "a quote at the end": b'id,v\nr1,2\nr2,"x"',
    "blanks around": b"id,v\n r1 , 2 \nr2,\tx\n",
    "a mark in front": "\ufeffid,v\nr1,2\nr2,x\n".encode(),
    "other scripts": "id,v\nré,2\n東,x\n".encode(),
    "short rows": b"id,v\nr1,2\nr2\nr3,x\n",
    "long rows": b"id,v\nr1,2,3\nr2,x,,\nr3,4\n",
    "short and long": b"id,v\nr1,2\nr2\nr3,4,5\nr4,x\n",
    "a long first row": b"id,v\nr1,2,3,4\nr2,x\n",
    "a blank line": b"id,v\nr1,2\n\nr2,x\n",
    "blank lines": b"id,v\n\nr1,2\n\n\nr2,x\n",
    "a row of delimiters": b"id,v\nr1,2\n,\nr2,x\n",
    "only the header": b"id,v\n",
    "a missing column": b"id\nr1\nr2\n",
    "a column too many": b"id,v,w\nr1,2,3\nr2,x,\n",
    "a quote inside": b'id,v\nr1,2\nr"2,x\nr3,y\n',
    "text after a quote": b'id,v\nr1,2\n"r"2,x\nr3,y\n',
    "an escaped quote": b'id,v\nr1,2\n"r\\"2",x\nr3,y\n',
    "lone carriage returns": b"id,v\rr1,2\rr2,x\r",
    "a zero": b"id,v\nr1,2\nr\x002,x\n",
    "a vertical tab": b"id,v\nr1,2\nr\x0b2,x\nr\x1c3,y\n",
    "a line separator": "id,v\nr\u20281,2\nr2,x\n".encode(),
}
NEED_CARE = {
    *("short rows", "long rows", "short and long", "a long first row", "a blank line"),
    *("blank lines", "a quote inside", "text after a quote", "an escaped quote", "a zero"),
}


@pytest.mark.parametrize("name", STRUCTURES)
@pytest.mark.parametrize("required", [False, True])
def test_structures(tmp_path, name, required):
    path = tmp_path / "a.csv"
    path.write_bytes(STRUCTURES[name])
    report = assert_equal(path, schema_of(field("integer", {"required": required})))
    assert (report.engine == "satudata/careful") == (name in NEED_CARE)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters(tmp_path, delimiter, end):
    path = write(tmp_path / "a.csv", rows_of(VALUES), end=end, delimiter=delimiter)
    report = assert_equal(path, schema_of(field("number")), delimiter=delimiter)
    assert report.engine == "satudata/fast"


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_encodings_take_the_fast_road(tmp_path, encoding):
    text = "id,v\nré,2\nr2,x\n" + "r3,é\n" * 20
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    report = assert_equal(path, schema_of(field("integer")), encoding=encoding)
    assert report.engine == "satudata/fast"


def test_blocks_are_cut_outside_quotes(tmp_path, monkeypatch):
    monkeypatch.setattr("ckanext.satudatatrenggalek.conformity.readers.fast_csv.BLOCK", 64)
    rows = [
        (f"r{n}\nbaris, dua" if n % 3 else f"r{n}", "x" if n % 7 == 0 else n) for n in range(99)
    ]
    path = write(tmp_path / "a.csv", rows)
    item = {**field("integer"), "constraints": {"unique": True, "minimum": 5}}
    report = assert_equal(path, schema_of(item, primaryKey=["v"]))
    assert report.engine == "satudata/fast"


def test_a_block_that_needs_care_leaves_the_others_fast(tmp_path, monkeypatch):
    monkeypatch.setattr("ckanext.satudatatrenggalek.conformity.readers.fast_csv.BLOCK", 64)
    text = "id,v\n" + "".join(f"r{n},{n}\n" for n in range(50)) + "r50\n" + "r51,x\n" * 50
    path = tmp_path / "a.csv"
    path.write_text(text)
    report = assert_equal(path, schema_of(field("integer")))
    assert report.engine == "satudata/careful"


# Where we differ on purpose: each with its reason in reference.DIFFERENCES.


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


@pytest.mark.parametrize("mode", ["equal", "subset", "superset", "partial"])
@pytest.mark.parametrize("head", [("v", "id"), ("id", "v", "w"), ("id",), ("w", "id"), ("v", "w")])
def test_fields_match(tmp_path, mode, head):
    rows = [["x"] * len(head), ["1"] * len(head)]
    path = write(tmp_path / "a.csv", rows, head=head)
    schema = schema_of(field("integer"), fieldsMatch=mode, primaryKey=["id"])
    assert_equal(path, schema)


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
