"""Dates, months, years and region codes as people write them: each read in one place."""

from __future__ import annotations

import pytest

from ckanext.satudatatrenggalek.conformity.dates import iso_date, read_date
from ckanext.satudatatrenggalek.conformity.months import month_named
from ckanext.satudatatrenggalek.conformity.periods import month_of_year, read
from ckanext.satudatatrenggalek.conformity.region_codes import completed, judge
from ckanext.satudatatrenggalek.conformity.regions import built_in
from ckanext.satudatatrenggalek.conformity.years import of_label, written_year, years_in

SURE = [
    ("31/12/2023", "2023-12-31"),
    ("Senin, 12 Januari 2023", "2023-01-12"),
    ("Jum'at, 13/01/2023", "2023-01-13"),
    ("05-Mar-23", "2023-03-05"),
    ("5-Nop-98", "1998-11-05"),
    ("2023.1.5", "2023-01-05"),
]
LIKELY = [
    ("12.03.01", "2001-03-12"),  # a code, where nothing says it is a date
    ("1/2-2023", "2023-02-01"),
    ("2023-12-31 00:00:00", "2023-12-31"),
    ("12/31/2023", "2023-12-31"),
    ("Senin 12 Januari 2023", "2023-01-12"),
    ("Januari 12, 2023", "2023-01-12"),
]
NEITHER = ["31/02/2023", "13/13/2023", "12 Jaunari 2023", "2023-12-31 10:30", "35.03.01.2001", ""]


@pytest.mark.parametrize(("text", "iso"), SURE)
def test_what_is_written_as_nothing_but_a_date_is(text, iso):
    assert iso_date(text, surely=True) == iso_date(text, surely=False) == iso


@pytest.mark.parametrize(("text", "iso"), LIKELY)
def test_what_is_a_date_in_a_column_of_dates(text, iso):
    assert iso_date(text, surely=True) == ""
    assert iso_date(text, surely=False) == iso
    assert read_date(text) is not None


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_no_date(text):
    assert (iso_date(text, surely=True), iso_date(text, surely=False)) == ("", "")
    assert read_date(text) is None


@pytest.mark.parametrize("word", ["Peb", "agust", "AGT", "sept", "oct", "may"])
def test_a_month_named_in_any_way_is_named_to_dates_and_to_periods(word):
    number, _ = month_named(word, old=False)
    assert iso_date(f"1 {word} 2024", surely=True) == f"2024-{number:02}-01"
    assert read(word).number == number
    assert month_of_year(f"{word} 2024") == f"2024-{number:02}"


def test_an_old_spelling_is_understood_and_yet_a_mistake():
    assert month_named("Pebruari", old=False) is None
    assert read("Pebruari", "bulan") is None
    assert iso_date("1 Pebruari 2024", surely=True) == "2024-02-01"
    assert month_of_year("Nopember 2024") == "2024-11"


@pytest.mark.parametrize(
    ("label", "stem", "year"),
    [
        ("Luas panen (2021)", "Luas panen", "2021"),
        ("jumlah_2021", "jumlah", "2021"),
        ("Jumlah2021*)", "Jumlah", "2021"),
        ("2021 Luas panen", "Luas panen", "2021"),
        ("Luas 2021 (Ha)", "Luas (Ha)", "2021"),
        ("Tahun 2019-2021 2020", "Tahun 2019-2021", "2020"),
        ("2021", "", "2021"),
        ("Target 2024-2029 RPJMD", "", ""),
        ("no_21", "", ""),
        ("NIB 81202100012", "", ""),
    ],
)
def test_the_year_of_a_label_and_what_it_counts(label, stem, year):
    assert of_label(label) == (stem, year)


def test_years_in_a_text_stand_alone():
    assert years_in("2024/2025 dan 12024, 20245, 1899") == ["2024", "2025"]
    assert [written_year(t) for t in ("Tahun 2024", "thn. 2024", "2024.0", "1830", "2024.5")] == [
        *("2024", "2024", "2024", "1830", ""),
    ]


@pytest.mark.parametrize(
    ("code", "mended"),
    [
        ("350301", "35.03.01"),
        ("35,03,01", "35.03.01"),
        ("35.3.1", "35.03.01"),
        ("3503010.00", "3503010"),
        ("35 03 01", "35.03.01"),
        ("35.03.01", ""),
        ("35.03.01.1", ""),  # of which village is a guess
        ("kec 35.03.01", ""),
    ],
)
def test_a_code_is_mended_only_where_nothing_is_guessed(code, mended):
    assert completed(code, "kode_wilayah", built_in()) == mended


@pytest.mark.parametrize(
    ("code", "meant"),
    [("35.03.01.1", "35.03.01.2001"), ("kec 35.03.01", "35.03.01"), ("035.03.1", "35.03.01")],
)
def test_what_a_finding_suggests_may_be_a_guess(code, meant):
    assert f"`{meant}`" in judge(code, "kode_wilayah", built_in()).how
