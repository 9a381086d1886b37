"""A dot in a number: the check and the tidied copy read it alike, from the rest of its column."""

from __future__ import annotations

import pytest

from ckanext.satudatatrenggalek.conformity import Expectation, check_file, write_tidied

from .conftest import codes, find, only

THOUSANDS = "thousands-dot"


def schema_of(label="nilai", kind="number", **more):
    fields = [{"name": "wilayah", "type": "string"}, {"name": label, "type": kind, **more}]
    return {"fields": fields}


def text_of(values, label="nilai"):
    return f"wilayah,{label}\n" + "".join(f'w{n},"{v}"\n' for n, v in enumerate(values))


@pytest.mark.parametrize(
    ("values", "label", "why", "wanted"),
    [
        (["900.000", "1.250.000"], "nilai", "mis. `1.250.000`", ["900000", "1250000"]),
        (["900.000", "12,5"], "nilai", "koma menandai desimal, mis. `12,5`", ["900000", "12.5"]),
        (["12,5", "900.000", "1.250,5"], "nilai", "mis. `1.250,5`", ["12.5", "900000", "1250.5"]),
        (["900.000", "686"], "nilai", "mis. `686`", ["900000", "686"]),
        (["1.474", "900.000", "5"], "nilai", "mis. `5`", ["1474", "900000", "5"]),
        (["900.000", "450.000"], "nominal (Rp)", "rupiah", ["900000", "450000"]),
        (["1.474", "2.685"], "jumlah_orang", "bilangan bulat", ["1474", "2685"]),
    ],
)
def test_what_the_column_settles_is_told_and_tidied_unasked(
    check, tidy, values, label, why, wanted
):
    text, schema = text_of(values, label), schema_of(label)
    first = find(check(text, schema=schema), THOUSANDS)[0]
    plain = first.value.replace(".", "")
    assert (first.message.count("padahal"), f"`{plain}`" in first.remedy) == (1, True)
    assert why in first.message
    done, rows, log = tidy(text, table_schema=schema)
    assert ([row[1] for row in rows[1:]], done.questions) == (wanted, ())
    changed = [(a, b) for a, b in zip(values, wanted, strict=True) if a != b]
    assert [(line[2], line[3]) for line in log[1:]] == changed


@pytest.mark.parametrize(
    ("values", "label"),
    [
        (["900.000", "450.000"], "nilai"),
        (["1.474", "686"], "nilai"),
        (["900.000", "450.500"], "anggaran (juta rupiah)"),
    ],
)
def test_what_it_does_not_settle_is_doubted_and_asked(check, tidy, values, label):
    text, schema = text_of(values, label), schema_of(label)
    report = check(text, schema=schema)
    assert (find(report, THOUSANDS), find(report, "ambiguous-thousands") != []) == ([], True)
    done, rows, _ = tidy(text, table_schema=schema)
    assert [question.kind for question in done.open_questions] == ["thousands-or-decimal"]
    assert [row[1] for row in rows[1:]] == values


@pytest.mark.parametrize("proof", ["0.125", "12.5", "14108"])
def test_decimals_are_neither_doubted_nor_asked_about(check, tidy, proof):
    values = ["1.250", "2.500", proof]
    assert check(text_of(values), schema=schema_of()).valid
    done, rows, _ = tidy(text_of(values), table_schema=schema_of())
    assert (done.total, done.questions) == (0, ())
    assert [row[1] for row in rows[1:]] == values


def test_the_proof_may_stand_far_below(check):
    values = ["900.000"] * 3_000 + ["1.250.000"]
    report = check(text_of(values), schema=schema_of())
    assert report.stats.counts[THOUSANDS] == 3_000
    assert "ambiguous-thousands" not in report.stats.counts


def test_numbers_of_a_spreadsheet_prove_nothing_of_its_texts(workbook, tmp_path):
    path = workbook([["wilayah", "nilai"], ["a", 12.5], ["b", 14108], ["c", "900.000"]])
    expected = Expectation(name="data.xlsx", table_schema=schema_of())
    assert only(check_file(path, expected), "ambiguous-thousands").row == 4
    done = write_tidied(path, expected, {}, tmp_path / "copy", tmp_path / "log")
    assert done is not None
    assert [question.count for question in done.open_questions] == [1]


def test_texts_of_a_spreadsheet_do(workbook):
    rows = [["wilayah", "nilai"], ["a", 12.5], ["b", "1.250.000"], ["c", "900.000"]]
    report = check_file(workbook(rows), Expectation(name="data.xlsx", table_schema=schema_of()))
    assert only(report, THOUSANDS).row == 4
    assert "number-as-text" not in codes(report)


def test_an_example_out_of_a_column_of_personal_data_is_masked(check):
    label = "nik"
    text, schema = text_of(["900.000", "3.503.014.107.850.001"], label), schema_of(label)
    said = only(check(text, schema=schema), THOUSANDS)
    assert "3.503.014.107.850.001" not in said.message + said.remedy
    assert "mis. `3." in said.message
