"""Months, quarters, years and dates against the edition."""

from __future__ import annotations

import pytest

from ckanext.satudatatrenggalek.conformity.periods import edition_of, kind_of_label, name_of, read
from ckanext.satudatatrenggalek.domain.words import BULAN

from .conftest import codes, find, only


def months(names, places=("Panggul", "Pule", "Tugu"), year=2025):
    rows = [f"{year},{m},{p},{i}.{j}5" for i, m in enumerate(names) for j, p in enumerate(places)]
    return "tahun,bulan,kecamatan,produksi\n" + "\n".join(rows) + "\n"


def test_a_whole_year_of_months_has_no_finding(check):
    assert check(months(BULAN), period="2025").findings == ()
    assert check(months(range(1, 13)), period="2025", frequency="tahunan").findings == ()


def test_missing_months_are_named(check):
    report = check(months([m for m in BULAN if m not in ("Maret", "April")]), period="2025")
    finding = only(report, "period-gap")
    assert finding.message == "Kolom `bulan` belum lengkap tahun 2025: Maret, April."
    assert (finding.severity, finding.item) == ("warning", "as_planned")


def test_the_end_of_the_year_may_still_come_where_editions_grow(check):
    text = months(BULAN[:10])
    assert only(check(text, period="2025"), "period-gap")
    assert not find(check(text, period="2025", frequency="bulanan"), "period-gap")


def test_a_month_with_fewer_rows_than_the_others(check):
    text = months(BULAN).replace("2025,Juni,Pule,5.15\n", "")
    assert "Juni (2 dari 3 baris)" in only(check(text, period="2025"), "period-gap").message


def test_events_need_not_fill_every_month(check):
    text = "tahun,bulan,kejadian\n" + "".join(
        f"2025,{BULAN[n % 5]},{n}.5\n" for n in (0, 1, 1, 1, 3, 4, 4, 0, 0, 0, 3, 3, 3, 3)
    )
    assert not find(check(text, period="2025"), "period-gap")


def test_misspelt_and_mixed_months(check):
    report = check(months([*BULAN[:1], "Pebruari", *BULAN[2:]]), period="2025")
    finding = only(report, "period-word")
    assert (finding.value, finding.remedy) == ("Pebruari", "Tulis `Februari`.")
    mixed = only(check(months([*BULAN[:10], "11", "Des"]), period="2025"), "period-mixed")
    assert "`Januari`" in mixed.message
    assert "`Des`" in mixed.message


def test_months_outside_the_edition(check):
    text = months(BULAN[6:10])
    finding = only(check(text, period="2025-Q3"), "part-mismatch")
    assert finding.value == "Oktober"
    assert not find(check(months(BULAN[6:9]), period="2025-Q3"), "part-mismatch")


def test_dates_outside_the_edition_and_days_to_come(check):
    text = "tanggal_kejadian,jenis,n\n2025-01-03,banjir,1.5\n2024-12-31,longsor,2.5\n"
    finding = only(check(text, period="2025"), "period-mismatch")
    assert (finding.value, finding.row) == ("2024", 3)
    late = check("tanggal,n\n2025-01-03,1.5\n2099-01-04,2.5\n")
    assert only(late, "future-date").row == 3


def test_years_to_come_without_a_period(check):
    assert only(check("tahun,n\n2024,1.5\n2099,2.5\n"), "future-date").value == "2099"
    assert codes(check("tahun,n\n2023,1.5\n2024,2.5\n")) == []


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("Januari", "", "Januari"),
        ("DES", "bulan", "Desember"),
        ("August", "", "Agustus"),
        ("07", "bulan", "Juli"),
        ("Triwulan II", "", "triwulan II"),
        ("TW-3", "triwulan", "triwulan III"),
        ("tribulan ke-4", "", "triwulan IV"),
        ("IV", "triwulan", "triwulan IV"),
        ("Semester 1 2025", "", "semester I"),
        ("Januari 2025", "", "Januari"),
        ("2025-10", "", "Oktober"),
        ("13", "bulan", None),
        ("banjir", "", None),
        ("Triwulan V", "", None),
        ("5", "", None),
    ],
)
def test_parts_of_a_year(text, kind, said):
    stretch = read(text, kind)
    assert (name_of(stretch.kind, stretch.number) if stretch else None) == said


@pytest.mark.parametrize(
    ("period", "months_"),
    [
        ("2025", range(1, 13)),
        ("2025-S2", range(7, 13)),
        ("2025-Q3", (7, 8, 9)),
        ("2025-10", (10,)),
        ("Semester 1 2025", range(1, 7)),
        ("2024/2025", ()),
        ("", ()),
    ],
)
def test_what_an_edition_covers(period, months_):
    assert edition_of(period).months == frozenset(months_)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("bulan", "bulan"),
        ("Triwulan", "triwulan"),
        ("semester", "semester"),
        ("periode", ""),
        ("produksi_tribulan_i_ton", None),
        ("bulanan", None),
        ("jumlah_bulan", None),
    ],
)
def test_columns_of_periods(label, kind):
    assert kind_of_label(label) == kind
