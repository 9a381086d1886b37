"""Units, ranges, coordinates, names and contents of columns."""

from __future__ import annotations

import pytest

from ckanext.satudatatrenggalek.conformity.rules.columns import better_name, better_names
from ckanext.satudatatrenggalek.conformity.units import agrees, canonical, unit_in_label
from ckanext.satudatatrenggalek.conformity.years import year_of

from .conftest import codes, find, only


def field(name, type="number", **more):
    return {
        "fields": [{"name": "kecamatan", "type": "string"}, {"name": name, "type": type, **more}]
    }


def column(name, *cells, first="kecamatan"):
    rows = "".join(f"K{n},{cell}\n" for n, cell in enumerate(cells))
    return f"{first},{name}\n{rows}"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Ha", "hektar"),
        ("hektare", "hektar"),
        ("m²", "m2"),
        ("%", "persen"),
        ("JIWA", "orang"),
        ("Ribu Jiwa", "ribu orang"),
        ("kw/ha", "kuintal/hektar"),
        ("gelas", ""),
    ],
)
def test_units_by_any_name(text, unit):
    assert canonical(text) == unit


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("produksi_ton", "ton"),
        ("Luas Panen (Ha)", "hektar"),
        ("produktivitas_ku_ha", "kuintal/hektar"),
        ("luas_m²", "m2"),
        ("kepadatan_penduduk_per_km2", ""),
        ("jumlah_rt", ""),
        ("mengungsi_jiwa", "orang"),
        ("ton", ""),
        ("jumlah_penduduk", ""),
    ],
)
def test_units_in_labels(label, unit):
    assert unit_in_label(label) == unit


@pytest.mark.parametrize(
    ("found", "standard", "same"),
    [
        ("TON GABAH KERING GILING", "ton", True),
        ("Jiwa", "orang", True),
        ("kg", "ton", False),
        ("Ribu Jiwa", "orang", False),
        ("Rp juta", "rupiah", False),
        ("gelas", "gelas ukur", True),
        ("gelas", "botol", False),
    ],
)
def test_a_unit_is_the_standards_or_not(found, standard, same):
    assert agrees(found, standard) is same


def test_a_label_naming_another_unit_than_the_standard(check):
    text = column("produksi_ton", "1.5", "2.25")
    assert codes(check(text, unit="ton")) == []
    assert codes(check(text, schema=field("produksi_ton", unit="Ton"))) == []
    finding = only(check(text, unit="kg"), "unit-label")
    assert "menyebut ton, sedangkan Standar Data-nya kg" in finding.message
    assert only(check(text, schema=field("produksi_ton", satuan="kuintal")), "unit-label")


def test_a_column_of_units_that_differ_from_the_standard(check):
    text = "kecamatan,produksi,satuan\nPule,1.5,TON\nTugu,2.5,kg\nDongko,2.75,kg\n"
    finding = only(check(text, unit="ton"), "unit-differs")
    assert (finding.row, finding.column, finding.value) == (3, "satuan", "kg")
    assert "(2 baris)" in finding.message
    assert codes(check(text)) == []


def test_shares_stay_within_hundred(check):
    text = column("persentase_rusak", "10.5", "101.5", "-2.5", "99.5")
    first, second = find(check(text), "out-of-range")
    assert (first.value, second.value) == ("101.5", "-2.5")
    assert first.remedy == "Periksa angkanya; seharusnya 0 sampai 100."


@pytest.mark.parametrize(
    "name", ["persen_pertumbuhan", "persentase_capaian", "rasio", "inflasi_persen"]
)
def test_some_shares_may_be_more(check, name):
    assert not find(check(column(name, "10.5", "130.5")), "out-of-range")


def test_people_come_whole_and_are_never_less_than_none(check):
    text = column("jumlah_siswa", "10", "12.5", "-3")
    report = check(text, schema=field("jumlah_siswa", unit="orang"))
    assert only(report, "whole-number").value == "12.5"
    assert only(report, "negative-count").severity == "error"
    assert "satuannya orang" in only(report, "whole-number").message


@pytest.mark.parametrize("name", ["pertumbuhan_orang", "saldo_ekor"])
def test_changes_may_be_less_than_nothing(check, name):
    report = check(column(name, "10", "-3"), schema=field(name, unit="orang"))
    assert not find(report, "negative-count")


def test_averages_are_no_whole_numbers(check):
    schema = field("rata_rata_siswa", unit="orang")
    assert codes(check(column("rata_rata_siswa", "10.5", "3.25"), schema=schema)) == []


def test_ages_and_ph(check):
    assert only(check(column("umur", "10", "250")), "out-of-range").value == "250"
    assert only(check(column("ph_air", "7.1", "70.2")), "out-of-range").value == "70.2"


def test_coordinates_far_away_or_exchanged(check):
    head = "sekolah,lintang,bujur\n"
    assert codes(check(head + "A,-8.05,111.71\nB,-8.12,111.55\n")) == []
    far = check(head + "A,-8.05,111.71\nB,-6.9,107.6\n")
    assert [f.column for f in find(far, "place-outside")] == ["lintang", "bujur"]
    swapped = find(check(head + "A,111.71,-8.05\nB,111.55,-8.12\n"), "place-swapped")
    assert [f.column for f in swapped] == ["lintang", "bujur"]
    assert "(2 sel)" in swapped[0].message


def test_coordinates_in_one_cell(check):
    text = 'sekolah,koordinat\nA,"-8.05, 111.71"\nB,"111.55, -8.12"\n'
    assert only(check(text), "place-swapped").row == 3


def test_columns_without_a_value(check):
    report = check("kecamatan,produksi,catatan\nPule,...,\nTugu,-,\n")
    assert [f.column for f in find(report, "empty-column")] == ["produksi", "catatan"]


def test_figures_that_are_all_the_same(check):
    text = column("luas_ha", *["12.5"] * 12)
    finding = only(check(text), "constant-column")
    assert finding.message == "Kolom `luas_ha` berisi `12.5` di semua 12 baris."
    assert not find(check(column("luas_ha", *["12.5"] * 5)), "constant-column")
    assert not find(check(column("erupsi", *["0"] * 12)), "constant-column")
    assert not find(check(column("tahun", *["2025"] * 12)), "constant-column")
    assert not find(check(column("luas_ha", *["12.5"] * 11, "13.5")), "constant-column")


def test_names_with_blanks_are_one_advice(check):
    report = check("Kecamatan,Luas Panen (Ha),Produksi%\nPule,1.5,2.5\n")
    finding = only(report, "column-names")
    assert "`Luas Panen (Ha)` menjadi `luas_panen_ha`" in finding.remedy
    assert "`Produksi%` menjadi `produksi_persen`" in finding.remedy
    assert (finding.severity, finding.row) == ("warning", 1)


@pytest.mark.parametrize("head", ["Kecamatan,NIB", "kecamatan,luas_panen_ha", "kecamatan,covid19"])
def test_good_names(check, head):
    assert not find(check(f"{head}\nPule,1.5\n"), "column-names")


def test_names_of_a_planned_table_are_the_plans(check):
    schema = field("Luas Panen (Ha)")
    assert not find(check("kecamatan,Luas Panen (Ha)\nPule,1.5\n", schema=schema), "column-names")


def test_a_name_that_is_only_a_unit(check):
    assert only(check("kecamatan,Ton\nPule,1.5\n"), "name-is-unit").column == "Ton"


def test_years_as_columns(check):
    finding = only(check("kecamatan,2021,2022,2023\nPule,1.5,2.5,3.5\n"), "wide-years")
    assert "2021 sampai 2023" in finding.message
    assert not find(check("kecamatan,target_2021,target_2022\nPule,1.5,2.5\n"), "wide-years")
    assert not find(check("tahun,a_2021,a_2022,a_2023\n2025,1.5,2.5,3.5\n"), "wide-years")


@pytest.mark.parametrize(
    ("label", "year"),
    [("2021", "2021"), ("tahun_2019", "2019"), ("2019 Padi", "2019"), ("no_21", "")],
)
def test_the_year_of_a_label(label, year):
    assert year_of(label) == year


def test_no_two_columns_are_to_have_one_name():
    long = "Jenis tempat pembuangan sampah (type of garbage disposal unit) "
    names = better_names([long + "A", long + "B", "Kode Pos", "Kode-Pos"], taken=["kode_pos"])
    assert len(set(names)) == 4
    assert all(len(name) <= 60 for name in names)
    assert names[2:] == ["kode_pos_2", "kode_pos_3"]


def test_a_better_name_begins_with_a_letter():
    assert better_name("2021") == "kolom_2021"
    assert better_name("Luas (m²)") == "luas_m2"


def test_long_names_keep_the_year_that_tells_them_apart():
    label = "Garis Kemiskinan Menurut Kabupaten/Kota (Rupiah/kapita/bulan) "
    names = {better_name(label + year) for year in ("2018", "2019", "2020")}
    assert len(names) == 3
    assert all(len(name) <= 60 and name[-4:].isdigit() for name in names)
