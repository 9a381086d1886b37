"""One cell, one remedy: the fitting one, and all that is wrong with the number is told at once."""

from __future__ import annotations

import pytest

from .conftest import only

RIGHT = {
    "number": ["7.5", "8.5"],
    "integer": ["7", "8"],
    "date": ["2025-01-31", "2025-02-28"],
    "year": ["2024", "2025"],
    "boolean": ["true", "false"],
}


def of(kind, *values, constraints=None, **more):
    """A schema with one column of a type beside a key, and a CSV of these values."""
    field = {"name": "n", "type": kind, "constraints": constraints or {}, **more}
    schema = {"fields": [{"name": "id", "type": "string"}, field]}
    text = "id,n\n" + "".join(f'a{n},"{value}"\n' for n, value in enumerate(values))
    return text, schema


def told(check, kind, *values, **more):
    """All that is said of the column, as (code, row, remedy)."""
    text, schema = of(kind, *values, **more)
    report = check(text, schema=schema)
    return [(f.code, f.row, f.remedy) for f in report.findings if f.column == "n"]


@pytest.mark.parametrize("marker", [" - ", "- ", "  -", " n/a ", " nihil"])
@pytest.mark.parametrize("kind", ["number", "integer", "date", "year", "boolean"])
def test_a_marker_of_nothing_is_one_whatever_blanks_surround_it(check, kind, marker):
    [(code, row, remedy)] = told(check, kind, marker, *RIGHT[kind])
    assert (code, row) == ("type-error", 2)
    assert "Kosongkan selnya bila datanya belum ada" in remedy
    assert "spasi" not in remedy


@pytest.mark.parametrize(
    ("kind", "value", "code", "remedy"),
    [
        ("number", " 1.500,0 ", "type-error", "`1500.0`"),
        ("number", " 900.000 ", "ambiguous-thousands", "`900000`"),
        ("number", " 5 kg", "type-error", "`5`"),
        ("number", "   ", "type-error", "Isi angkanya"),
        ("year", " 2025", "type-error", "Tulis `2025`, tanpa spasi"),
        ("date", "2025-01-31 ", "type-error", "Tulis `2025-01-31`, tanpa spasi"),
        ("date", " 2025-1-5", "type-error", "Tulis `2025-01-05`"),
        ("boolean", " true", "type-error", "Tulis `true`, tanpa spasi"),
    ],
)
def test_a_cell_with_blanks_around_it_is_told_one_remedy(check, kind, value, code, remedy):
    right = RIGHT[kind] if code == "type-error" else ()
    [(found, row, said)] = told(check, kind, value, *right)
    assert (found, row) == (code, 2)
    assert remedy in said


@pytest.mark.parametrize(
    ("constraints", "value", "remedy"),
    [
        ({"enum": ["Pule", "Suruh"]}, " Pule", "Tulis `Pule`, tanpa spasi"),
        ({"pattern": "[0-9]{2}"}, "12 ", "Tulis `12`, tanpa spasi"),
        ({"pattern": "[0-9]{2}"}, " ab ", "Ikuti pola"),
    ],
)
def test_blanks_that_break_a_rule_of_the_column_are_the_remedy(check, constraints, value, remedy):
    [(code, _, said)] = told(check, "string", value, constraints=constraints)
    assert (code, remedy in said) == ("constraint-error", True)


def test_blanks_around_what_is_right_are_told_as_before(check):
    [(code, row, remedy)] = told(check, "number", "7.5", " 12.25 ", "-0.5")
    assert (code, row, "`12.25`" in remedy) == ("untidy-text", 3, True)


def test_three_decimals_with_blanks_are_untidy_where_the_column_shows_they_are_decimals(check):
    [(code, row, remedy)] = told(check, "number", "0.5", " 12.500 ")
    assert (code, row, "`12.500`" in remedy) == ("untidy-text", 3, True)


BOUNDS = {"minimum": 0, "maximum": 100}


@pytest.mark.parametrize("kind", ["number", "integer"])
@pytest.mark.parametrize(
    ("value", "limit"),
    [
        ("1.500,0", "lebih besar dari 100"),
        ("Rp 1.500", "lebih besar dari 100"),
        ("1_000", "lebih besar dari 100"),
        ("12O", "lebih besar dari 100"),
        ("-5 kg", "lebih kecil dari 0"),
        ("100,5", "lebih besar dari 100"),
    ],
)
def test_a_number_written_wrongly_is_told_to_be_out_of_bounds_at_once(check, kind, value, limit):
    text, schema = of(kind, value, constraints=BOUNDS)
    report = check(text, schema=schema)
    [finding] = report.findings
    assert f"Angka itu juga {limit}" in finding.remedy
    assert report.stats.errors == 1  # as frictionless counts


@pytest.mark.parametrize(
    "value", ["50,0", "Rp 99", "1O", "banyak", "-", "1,500", "NaN", "100 ", "0,5"]
)
@pytest.mark.parametrize("kind", ["number", "integer"])
def test_a_number_inside_its_bounds_or_none_is_told_no_more(check, kind, value):
    for _, _, remedy in told(check, kind, value, constraints=BOUNDS):
        assert "juga" not in remedy


def test_a_number_read_in_two_ways_is_beyond_where_it_is_in_both(check):
    [(_, _, remedy)] = told(check, "number", "1,500", constraints={"maximum": 1})
    assert "juga lebih besar dari 1:" in remedy


def test_a_column_with_decimal_commas_is_told_its_own_writing(check):
    text, schema = of("number", "1.500,0", constraints=BOUNDS, decimalChar=",")
    finding = only(check(text, schema=schema), "type-error")
    assert "Tulis `1500,0`" in finding.remedy
    assert "juga lebih besar dari 100" in finding.remedy


def test_a_letter_for_a_nought_is_no_unit(check, tidy):
    text, schema = of("number", "12O", "7")
    finding = only(check(text, schema=schema), "type-error")
    assert ("huruf O" in finding.message, "`120`" in finding.remedy) == (True, True)
    done, rows, _ = tidy(text, table_schema=schema)
    assert ([q.kind for q in done.open_questions], rows[1][1]) == (["mistyped"], "12O")
