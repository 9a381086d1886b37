"""What spreadsheets do to numbers that are names, beyond what the twins show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudatatrenggalek.conformity import Expectation, Limits, check_file
from ckanext.satudatatrenggalek.conformity.batch import batch_of, native
from ckanext.satudatatrenggalek.conformity.masking import text_of

from .conftest import find, only

SCHEMA = {"fields": [{"name": "nomor_nib", "type": "string"}, {"name": "n", "type": "integer"}]}


def test_a_number_a_spreadsheet_rounded(workbook):
    path = workbook(
        [["nomor_nib", "n"], [3503991203850000, 1], ["3503991203850001", 2], [912035, 3]]
    )
    report = check_file(path, Expectation(name="data.xlsx", table_schema=SCHEMA))
    finding = only(report, "digits-lost")
    assert (finding.row, finding.column_number) == (2, 1)
    assert "sesudah angka ke-15" in finding.message
    assert "ketik ulang dari sumbernya" in finding.remedy


def test_an_exact_number_of_sixteen_digits_lost_nothing(workbook):
    path = workbook([["nomor_nib", "n"], [3503991203850017, 1]])
    report = check_file(path, Expectation(name="data.xlsx", table_schema=SCHEMA))
    assert not find(report, "digits-lost")


def test_many_lost_numbers_are_counted_and_some_are_shown(check):
    rows = "".join(f"9.12035E+12,{n}\n" for n in range(300))
    report = check("nomor_nib,n\n" + rows, schema=SCHEMA, limits=Limits(max_findings=50))
    assert report.stats.counts["digits-lost"] == 300
    assert report.stats.errors == 300
    assert 0 < len(find(report, "digits-lost")) <= 50


@pytest.mark.parametrize("text", ["1E10", "2E+1x", "A9.1E+12", "12E+05", "9.1e+12"])
def test_codes_with_letters_lost_nothing(check, text):
    assert not find(check(f"nomor_nib,n\n{text},1\n", schema=SCHEMA), "digits-lost")


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("luas_panen_ha", ["167.228", "106.373", "50.36"]),
        ("jumlah_produksi_ton", ["167.228", "106.373", "50.36"]),
        ("jumlah_penduduk", ["167228", "106373", "50.36"]),
        ("jumlah_penduduk_ribu", ["167.228", "106.373", "50.36"]),
        ("jumlah_penduduk", ["451.3", "362.2", "368.6"]),
    ],
)
def test_fractions_that_may_be_fractions(check, label, values):
    rows = "".join(f"a{n},{value}\n" for n, value in enumerate(values))
    schema = {"fields": [{"name": "x", "type": "string"}, {"name": label, "type": "number"}]}
    assert not find(check(f"x,{label}\n{rows}", schema=schema), "thousands-as-decimal")


@given(st.lists(st.floats(allow_nan=True) | st.none() | st.text(max_size=3) | st.booleans()))
def test_floats_become_the_text_python_gives_them(cells):
    batch = batch_of(range(len(cells)), [[cell] for cell in cells], 1)
    assert batch.column(1).to_list() == [text_of(cell) for cell in cells]
    assert [type(native(cell)) for cell in (5.0, 5.5, 1e15, "5.0", True)] == [
        *(int, float, float, str, bool)
    ]
