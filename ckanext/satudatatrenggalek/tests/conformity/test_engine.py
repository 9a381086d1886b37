"""The verdict on tables: what frictionless finds, said in Indonesian, and its traps closed."""

from __future__ import annotations

import json

import frictionless
import pytest

from ckanext.satudatatrenggalek.conformity import (
    BadSchema,
    Expectation,
    Limits,
    Report,
    check_file,
)

from .conftest import CLEAN, HEAD, PADI, codes, find, only


def numbers(*values, field=None):
    """A schema with one number column beside a key, and a CSV of these values."""
    schema = {"fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "number"}]}
    schema["fields"][1] |= field or {}
    return "id,n\n" + "".join(f"a{i},{v}\n" for i, v in enumerate(values)), schema


def test_a_clean_file_conforms(check):
    report = check(CLEAN, schema=PADI)
    assert report.valid
    assert report.findings == ()
    assert (report.stats.rows, report.stats.columns, report.stats.errors) == (2, 4, 0)
    assert report.table_schema == PADI
    assert not report.schema_inferred
    assert report.engine == "satudata/fast"


def test_a_clean_file_without_a_schema_conforms_and_gets_one(check):
    report = check(CLEAN)
    assert report.valid
    assert report.schema_inferred
    assert [f["type"] for f in report.table_schema["fields"]] == [
        "year",
        "string",
        "string",
        "number",
    ]


def test_cell_errors_are_those_of_frictionless(check, tmp_path):
    schema = {
        "fields": [
            {"name": "a", "type": "integer", "constraints": {"required": True, "minimum": 2}},
            {"name": "b", "type": "string", "constraints": {"pattern": "x|y", "unique": True}},
            {"name": "c", "type": "date"},
        ],
        "primaryKey": "a",
    }
    text = "a,b,c\n1,x,2024-01-05\n,y,2024-02-30\n7,x,\nsatu,z\n7,xz,2024-01-05,lebih\n"
    path = tmp_path / "plain.csv"
    path.write_text(text)
    bracketed = json.loads(json.dumps(schema))
    bracketed["fields"][1]["constraints"]["pattern"] = "(?:x|y)"
    plain = frictionless.Resource(
        path=path.name, basepath=str(tmp_path), schema=frictionless.Schema(bracketed)
    ).validate()
    wanted = plain.flatten(["rowNumber", "fieldNumber", "type"])
    report = check(text, schema=schema)
    ours = [
        [e["rowNumber"], e.get("fieldNumber"), e["type"]]
        for e in report.to_frictionless()["tasks"][0]["errors"]
    ]
    assert sorted(map(str, ours)) == sorted(map(str, wanted))
    assert len(ours) > 7


@pytest.mark.parametrize("value", ["NaN", "sNaN", "inf", "-Infinity", "1_000", "१२", "１"])
def test_numbers_only_python_understands_are_refused(check, value):
    text, schema = numbers("1.5", value, field={"constraints": {"minimum": 0}})
    report = check(text, schema=schema)
    finding = only(report, "number-not-plain")
    assert (finding.row, finding.column, finding.value) == (3, "n", value)
    assert not report.valid


def test_a_date_without_its_zeros_is_refused_with_the_right_one(check):
    schema = {"fields": [{"name": "t", "type": "date"}, {"name": "x", "type": "string"}]}
    report = check("t,x\n2024-1-5,a\n2024-01-06,b\n", schema=schema)
    assert "`2024-01-05`" in only(report, "number-not-plain").remedy


def test_an_indonesian_thousand_is_not_taken_for_one(check):
    text, schema = numbers("1.000", "2.500")
    report = check(text, schema=schema)
    first, second = find(report, "ambiguous-thousands")
    assert (first.row, second.row) == (2, 3)
    assert "`1000`" in first.remedy
    assert "terbaca 1," in first.message
    assert not report.valid


@pytest.mark.parametrize("proof", ["0.125", "12.5", "14108"])
def test_three_decimals_are_left_alone_where_the_column_shows_they_are_decimals(check, proof):
    text, schema = numbers("1.250", "2.500", proof)
    assert check(text, schema=schema).valid


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("14.081,4 ton", "`14081.4`"),
        ("14.081,4", "`14081.4`"),
        ("1.234.567", "`1234567`"),
        ("2 244", "`2244`"),
        ("Rp 5.000", "`5000`"),
        ("82,5%", "`82.5`"),
        ("12 m2", "`12`"),
        ("-", "0 bila memang tidak ada"),
        ("#DIV/0!", "rumusnya"),
        ("banyak", "Ganti dengan angka"),
    ],
)
def test_the_remedy_names_the_plain_number(check, value, remedy):
    text, schema = numbers("1.5", f'"{value}"')
    finding = only(check(text, schema=schema), "type-error")
    assert (finding.row, finding.value) == (3, value)
    assert remedy in finding.remedy
    assert value in finding.message


def test_all_errors_are_counted_and_kept_when_asked(check):
    text, schema = numbers(*["x"] * 2500)
    short = check(text, schema=schema)
    assert short.stats.errors == short.stats.counts["type-error"] == 2500
    assert short.stats.truncated
    whole = check(text, schema=schema, limits=Limits(max_findings=None))
    assert len(find(whole, "type-error")) == 2500
    assert find(whole, "type-error")[-1].row == 2501


def test_a_long_list_of_choices_gives_a_short_message(check):
    schema = {
        "fields": [
            {"name": "k", "type": "string", "constraints": {"enum": [f"K{i}" for i in range(7000)]}}
        ]
    }
    report = check("k\nK1\nsalah\n", schema=schema)
    finding = only(report, "constraint-error")
    assert finding.row == 3
    assert len(finding.message + finding.remedy) < 300
    assert len(json.dumps(report.to_frictionless()["tasks"][0]["errors"])) < 2000


def test_a_wrong_choice_gets_the_near_one(check):
    schema = {
        "fields": [
            {"name": "k", "type": "string", "constraints": {"enum": ["laki-laki", "perempuan"]}}
        ]
    }
    assert "`perempuan`" in only(check("k\nperempuam\n", schema=schema), "constraint-error").remedy


@pytest.mark.parametrize(
    ("constraints", "kind", "value", "words"),
    [
        ({"required": True}, "string", "", "wajib diisi"),
        ({"minimum": 5}, "integer", "4", "lebih kecil dari 5"),
        ({"maximum": 5}, "integer", "6", "lebih besar dari 5"),
        ({"exclusiveMinimum": 5}, "integer", "5", "tidak lebih dari 5"),
        ({"exclusiveMaximum": 5}, "integer", "5", "tidak kurang dari 5"),
        ({"minLength": 3}, "string", "ab", "kurang dari 3 huruf"),
        ({"maxLength": 3}, "string", "abcd", "lebih dari 3 huruf"),
        ({"pattern": "a|b"}, "string", "ax", "pola"),
    ],
)
def test_every_constraint_speaks_indonesian(check, constraints, kind, value, words):
    schema = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [
            {"name": "v", "type": kind, "constraints": constraints},
            {"name": "x", "type": "string"},
        ],
    }
    finding = only(check(f"v,x\n{value},q\n", schema=schema), "constraint-error")
    assert words in finding.message


def test_double_keys_name_the_other_row_even_below_skipped_rows(check):
    schema = {**PADI, "primaryKey": ["tahun", "kode_wilayah"]}
    text = "Judul\n" + CLEAN + ",,Jumlah,1\n2025,35.03.01,Panggul,9.5\n"
    assert "baris 3" in only(check(text, schema=schema), "primary-key").message


def test_double_values_name_the_other_row(check):
    schema = {"fields": [{"name": "a", "type": "string", "constraints": {"unique": True}}]}
    assert "baris 2" in only(check("a\nx\ny\nx\n", schema=schema), "unique-error").message


def test_equal_rows_are_shown(check):
    report = check(CLEAN + "2025,35.03.01,Panggul,14108.4\n", schema=PADI)
    finding = only(report, "duplicate-row")
    assert (finding.severity, finding.row) == ("warning", 4)
    assert report.valid


@pytest.mark.parametrize(
    "schema",
    [
        {"fields": []},
        {"fields": "tahun"},
        {"fields": [{"type": "string"}]},
        {"fields": [{"name": "a", "type": "angka"}]},
        {"fields": [{"name": "a"}, {"name": "a"}]},
        {"fields": [{"name": "a", "type": "string", "constraints": {"pattern": "("}}]},
        {"fields": [{"name": "a", "type": "integer", "constraints": {"minimum": "x"}}]},
        {"bukan": "skema"},
    ],
)
def test_a_bad_schema_is_the_callers_fault(check, schema):
    with pytest.raises(BadSchema, match="kolom"):
        check(CLEAN, schema=schema)


def test_a_missing_file_raises(tmp_path):
    with pytest.raises(FileNotFoundError):
        check_file(tmp_path / "tidak-ada.csv", Expectation())


def test_too_large_a_file_is_not_read(check):
    report = check(CLEAN, limits=Limits(max_bytes=10))
    assert codes(report) == ["too-large"]


def test_rows_beyond_the_limit_are_named(check):
    report = check(
        HEAD + "2025,35.03.01,Panggul,1.5\n" * 20, schema=PADI, limits=Limits(max_rows=10)
    )
    assert only(report, "too-many-rows").severity == "error"


def test_the_report_survives_a_round_trip(check):
    report = check(HEAD + "2025,35.03.3,Pule,14.081,4 ton\n", schema=PADI)
    assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report


def test_frictionless_reads_the_report(check):
    text = "Judul\n" + HEAD + "2025,35.03.3,Pule,x\n,,Jumlah,5\nzz\n\n2024,,Pule,,9\n"
    report = check(text, schema={**PADI, "primaryKey": "kode_wilayah"}, period="2025")
    shape = json.loads(json.dumps(report.to_frictionless()))
    assert json.loads("".join(report.frictionless_json())) == shape
    read = frictionless.Report.from_descriptor(shape)
    assert not read.valid
    assert read.stats["errors"] == len(read.tasks[0].errors) == report.stats.errors
    for error in shape["tasks"][0]["errors"]:
        assert {"code", "severity", "remedy", "item", "sheet", "message", "type"} <= set(error)
        assert error["severity"] == "error"
    assert len(shape["tasks"][0]["warnings"]) == report.stats.warnings > 0
    assert [a["severity"] for a in shape["tasks"][0]["advice"]] == [
        "warning"
    ] * report.stats.warnings


def test_findings_beyond_those_kept_are_counted_by_item(check):
    text = "jumlah,n\n" + "".join(f"x{n},{n}\n" for n in range(3_000))
    fields = [{"name": "jumlah", "type": "number"}, {"name": "n", "type": "integer"}]
    report = check(text, schema={"fields": fields})
    assert report.stats.truncated
    assert report.stats.items["standard"]["errors"] == 3_000
    for kind in ("errors", "warnings"):
        counted = sum(item[kind] for item in report.stats.items.values())
        assert counted == getattr(report.stats, kind)
