"""Satu Data rules: region codes, the edition's period, personal data."""

from __future__ import annotations

import json

import pytest

from ckanext.satudatatrenggalek.conformity import region_codes
from ckanext.satudatatrenggalek.conformity.personal import kind_of_name
from ckanext.satudatatrenggalek.conformity.personal_values import is_nik, kind_of_value
from ckanext.satudatatrenggalek.conformity.regions import built_in, is_code_column, regions

from .conftest import CLEAN, PADI, codes, find, only

NIK = "3503015203850002"


def judge(code, label, name=""):
    return region_codes.judge(code, label, built_in(), name)


def by_name(name):
    return built_in().only(name)


def test_the_list_of_regions_is_whole():
    levels = [region.level for region in regions()]
    assert {level: levels.count(level) for level in set(levels)} == {
        "provinsi": 1,
        "kabupaten": 1,
        "kecamatan": 14,
        "kelurahan": 5,
        "desa": 152,
    }
    assert sum(bool(region.bps) for region in regions()) == 16


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("35.03.3", "Ganti menjadi `35.03.03` (Pule)."),
        ("35.3.3", "`35.03.03`"),
        ("350303", "`35.03.03`"),
        ("35. 03. 03", "`35.03.03`, tanpa spasi"),
        ("35.03.01.1", "`35.03.01.2001`"),
        ("35.03.01.01", "`35.03.01.2001`"),
        ("3503012001", "`35.03.01.2001`"),
        ("35.03.99", "Cari kodenya"),
        ("Pule", "Cari kodenya"),
    ],
)
def test_an_unknown_code_gets_the_one_that_was_meant(code, remedy):
    verdict = judge(code, "kode_wilayah")
    assert verdict.kind == "unknown"
    assert remedy in verdict.how


def test_the_name_beside_it_helps():
    assert "`35.03.08` (Watulimo)" in judge("99", "kode_wilayah", "Kec. Watulimo").how
    assert "`3503030`" in judge("3503999", "kode_bps", "WATULIMO").how


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("35.03", "kode_wilayah"),
        ("35.03.14", "kode_kecamatan"),
        ("35.03.01.2001", "kode_desa"),
        ("3503060", "kode_bps"),
        ("3503060", "kode_kecamatan"),
        ("3503060001", "kode_desa_bps"),
        ("35", "kode_wilayah"),
    ],
)
def test_known_codes_pass(code, label):
    assert judge(code, label).kind == "ok"


@pytest.mark.parametrize("code", ["32.04", "3204", "32.04.16", "3273180", "33.05.01.2001", "32"])
def test_codes_of_other_regencies_are_not_called_wrong(code):
    assert judge(code, "kode_wilayah").kind == "outside"


def test_a_bps_code_in_a_kemendagri_column_and_the_other_way_round():
    assert judge("35.03.03", "kode_bps").kind == "unknown"
    assert "`3503060`" in judge("35.03.03", "kode_bps").how


def test_shared_village_names_are_not_guessed():
    assert by_name("Besuki") is None
    assert by_name("KEC. PULE").code == "35.03.03"


@pytest.mark.parametrize(
    "label",
    ["kode_wilayah", "Kode Wilayah", "KODE_KEC", "kode_desa", "bps_kode_kecamatan", "kode_bps"],
)
def test_code_columns_are_known_by_name(label):
    assert is_code_column(label)


@pytest.mark.parametrize("label", ["kode_pos", "kode_barang", "wilayah", "kode"])
def test_other_codes_are_left_alone(label):
    assert not is_code_column(label)


def test_the_finding_of_an_unknown_code(check):
    report = check(CLEAN + "2025,35.03.3,Pule,5.5\n", schema=PADI)
    finding = only(report, "region-code")
    assert finding.message == "Kode wilayah `35.03.3` tidak ada di daftar Kemendagri."
    assert finding.remedy == "Ganti menjadi `35.03.03` (Pule)."
    assert (finding.item, finding.row, finding.column) == ("reference_codes", 4, "kode_wilayah")


def test_region_codes_can_be_left_out(check):
    assert check(CLEAN + "2025,35.03.3,Pule,5.5\n", schema=PADI, region_codes=False).valid


def test_a_name_that_is_not_the_codes(check):
    finding = only(check(CLEAN + "2025,35.03.03,Tugu,5.5\n", schema=PADI), "region-name")
    assert "Pule" in finding.message
    assert (finding.severity, finding.value) == ("warning", "Tugu")


def test_foreign_codes_are_one_warning(check):
    report = check(CLEAN + "2025,32.04.16,Arjasari,5.5\n2025,32.04.17,B,6.5\n", schema=PADI)
    assert "(2 sel di luar Trenggalek)" in only(report, "region-outside").message
    assert report.valid


def test_years_outside_the_edition(check):
    report = check(CLEAN + "2024,35.03.03,Pule,5.5\n2024,35.03.04,Dongko,5.6\n", period="2025")
    finding = only(report, "period-mismatch")
    assert (finding.item, finding.severity, finding.row) == ("as_planned", "warning", 4)
    assert "2024" in finding.message
    assert "(2 baris)" in finding.message
    assert report.valid


def test_a_series_of_years_is_one_finding(check):
    text = "tahun,n\n" + "".join(f"{year},{year}.5\n" for year in range(2002, 2021))
    assert "2002 sampai 2019" in only(check(text, period="2020"), "period-mismatch").message


@pytest.mark.parametrize("period", ["", "2024/2025", "Semester 1 2025"])
def test_years_inside_the_edition(check, period):
    assert not find(check(CLEAN, period=period), "period-mismatch")


@pytest.mark.parametrize("nik", [NIK, "3503011203850001", "1171010101010001"])
def test_a_nik_is_known_by_its_date(nik):
    assert is_nik(nik)


@pytest.mark.parametrize(
    "digits", ["1234567890123456", "3503019913850001", "350301120385000", "0" * 16]
)
def test_other_numbers_are_no_nik(digits):
    assert not is_nik(digits)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (NIK, "nik"),
        (f"{NIK}.0", "nik"),
        ("3,50301E+15", "nik"),
        ("0812-3456-7890", "mobile"),
        ("+62 812 3456 7890", "mobile"),
        ("(0812) 3456.7890", "mobile"),
        ("0355-791234", ""),
        ("siti@contoh.go.id", "email"),
        ("01.234.567.8-901.000", "npwp"),
        ("14108.4", ""),
        ("81234567", ""),
        ("Panggul", ""),
    ],
)
def test_personal_values(value, kind):
    assert kind_of_value(value) == kind


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("nik", "nik"),
        ("NO. KK", "kk"),
        ("no_hp", "phone"),
        ("Email", "email"),
        ("No Rekening", "account"),
        ("npwp_badan", "npwp"),
        ("Nama Penerima", "person"),
        ("tanggal_lahir", "birth"),
        ("jumlah_kk", ""),
        ("persentase kepemilikan nik", ""),
        ("nama_kecamatan", ""),
        ("teknik", ""),
    ],
)
def test_personal_columns(label, kind):
    assert kind_of_name(label) == kind


def test_personal_data_is_one_masked_finding_per_column(check):
    text = "nik,nama_penerima,kecamatan,catatan\n" + "".join(
        f"35030112038500{i:02},Siti Contoh {i},Panggul,c{i}\n" for i in range(5)
    )
    report = check(text)
    nik, person = find(report, "personal-data")
    assert (nik.column, person.column) == ("nik", "nama_penerima")
    assert nik.message.count("5 sel") == 1
    assert not report.valid
    said = json.dumps(report.to_frictionless()) + json.dumps(report.to_dict())
    assert "350301120385" not in said
    assert "Siti" not in said


def test_personal_values_in_an_innocent_column(check):
    report = check(f"kode_peserta,nilai\n{NIK},1.5\nA2,2.5\n")
    assert only(report, "personal-data").column == "kode_peserta"
    assert NIK not in json.dumps(report.to_dict())


def test_other_findings_never_show_a_personal_value(check):
    schema = {
        "fields": [{"name": "nama_penerima", "type": "string"}, {"name": "n", "type": "number"}]
    }
    text = (
        f"nama_penerima,n\nSiti Contoh,{NIK}x\nBudi Contoh,081234567890a\nSiti Contoh,a@b.co.id\n"
    )
    said = json.dumps(check(text, schema=schema).to_frictionless())
    assert not any(word in said for word in ("Siti", "Budi", NIK, "08123456", "a@b.co"))


def test_personal_data_in_a_restricted_dataset_is_to_be_looked_at(check):
    report = check(f"nik,n\n{NIK},1.5\n", access="terbatas")
    assert only(report, "personal-data").severity == "warning"
    assert report.valid


def test_contacts_may_be_an_offices_own(check):
    report = check("puskesmas,telepon\nPanggul,0355-551234\nPule,0355-551235\n")
    assert codes(report) == ["personal-contact"]
    assert report.valid
