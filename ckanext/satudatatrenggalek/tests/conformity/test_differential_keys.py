"""Unique values, primary and foreign keys, fields by name: as frictionless has them."""

from __future__ import annotations

import pytest
from frictionless import Resource, Schema

from .differential import FIELDS, V2, VALUES, field, rows_of, schema_of, write
from .reference import assert_equal, check, expected, found


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


@pytest.mark.parametrize("mode", ["equal", "subset", "superset", "partial"])
@pytest.mark.parametrize("head", [("v", "id"), ("id", "v", "w"), ("id",), ("w", "id"), ("v", "w")])
def test_fields_match(tmp_path, mode, head):
    rows = [["x"] * len(head), ["1"] * len(head)]
    path = write(tmp_path / "a.csv", rows, head=head)
    schema = schema_of(field("integer"), fieldsMatch=mode, primaryKey=["id"])
    assert_equal(path, schema)
