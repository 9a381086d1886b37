"""Region codes: lists, moved codes, parts of codes, names."""

from __future__ import annotations

import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.satudatatrenggalek.conformity.known_codes import OUTSIDE, WHATS, known_codes
from ckanext.satudatatrenggalek.conformity.region_codes import judge
from ckanext.satudatatrenggalek.conformity.regions import (
    HOME,
    KEMENDAGRI,
    Region,
    RegionList,
    built_in,
    is_code_column,
    plain_name,
)

from .conftest import find, only

DISTRICTS = [region for region in built_in() if region.level == "kecamatan"]


def table(columns, rows):
    return "\n".join([columns, *rows]) + "\n"


def test_a_clean_table_of_codes_and_names_has_no_finding(check):
    rows = [
        f"2025,{r.code},{r.bps},{r.name.upper()},{i}.5" for i, r in enumerate(DISTRICTS, start=1)
    ]
    report = check(table("tahun,kode_wilayah,kode_bps,kecamatan,luas_km2", rows))
    assert report.findings == ()


@pytest.mark.parametrize(
    ("code", "label", "remedy"),
    [
        ("35.03.03.0", "kode_wilayah", "Cari kodenya"),
        ("3503010.0", "kode_bps", "Tulis `3503010`, tanpa `.0`."),
        ("'35.03.01", "kode_wilayah", "Tulis `35.03.01`, tanpa tanda petik."),
        ("35,03,01", "kode_wilayah", "`35.03.01` (Panggul)"),
        ("350301.0", "kode_wilayah", "`35.03.01` (Panggul)"),
        ("35 03 01", "kode_wilayah", "`35.03.01` (Panggul)"),
    ],
)
def test_codes_spoilt_by_a_spreadsheet(code, label, remedy):
    verdict = judge(code, label, built_in())
    assert verdict.kind == "unknown"
    assert remedy in verdict.how


def test_a_code_no_longer_in_force_names_its_successor(check):
    moved = RegionList(
        [
            Region("35.03.01", "3503010", "Panggul", "kecamatan"),
            Region("35.03.01.2001", "", "Besuki", "desa", "", "2020-01-01", "35.03.01.2099"),
            Region("35.03.01.2099", "", "Besuki Baru", "desa", "2020-01-01"),
        ]
    )
    report = check("kode_desa,n\n35.03.01.2001,1.5\n35.03.01.2099,2.5\n", region_list=moved)
    finding = only(report, "region-moved")
    assert finding.message == "Kode wilayah `35.03.01.2001` tidak berlaku lagi sejak 2020-01-01."
    assert finding.remedy == "Ganti menjadi `35.03.01.2099` (Besuki Baru)."
    assert finding.severity == "error"


def test_a_list_from_a_file_knows_other_regencies(tmp_path, check):
    path = tmp_path / "list.csv"
    path.write_text(
        "code,bps,name,level,since,until,successor\n"
        "32.04,3204,Kabupaten Bandung,kabupaten,,,\n"
        "32.04.05,3204190,Cileunyi,kecamatan,,,\n"
    )
    listed = RegionList.read(path)
    report = check("kode_wilayah,n\n32.04.05,1.5\n32.04.99,2.5\n", region_list=listed)
    assert only(report, "region-code").value == "32.04.99"
    assert only(report, "region-outside").value == "32.04.05"


def test_a_list_lacking_a_column_says_which(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("code,name\n1,2\n")
    with pytest.raises(ValueError, match="'bps'"):
        RegionList.read(path)


def test_looking_up_costs_the_same_in_83000_codes():
    def village(n):
        return Region(f"{n // 10000 + 11}.01.{n // 100 % 100:02}.{n % 100 + 2001}", "", "X", "desa")

    listed = RegionList([*built_in(), *(village(n) for n in range(83_000))])
    start = time.perf_counter()
    for region in DISTRICTS * 1_000:
        assert listed.find(region.code) is region
    assert time.perf_counter() - start < 1
    assert judge("35.03.3", "kode_wilayah", listed).how == "Ganti menjadi `35.03.03` (Pule)."


def test_two_kinds_of_codes_in_one_column(check):
    rows = [f"{r.code},{i}.5" for i, r in enumerate(DISTRICTS[:6])] + ["3503010,8.5"]
    finding = only(check(table("kode_wilayah,n", rows)), "region-mixed")
    assert "1 kode BPS, misalnya `3503010`, di antara kode Kemendagri" in finding.message
    assert (finding.severity, finding.row) == ("warning", 8)


def test_codes_kept_in_parts_are_put_together(check):
    head = "kode_provinsi,kode_kabupaten,kode_kecamatan,kode_desa,n"
    good = table(head, [f"35,03,01,200{i},{i}.5" for i in range(1, 8)])
    assert check(good).findings == ()
    short = table(head, [f"35,3,1,200{i},{i}.5" for i in range(1, 8)])
    assert check(short).findings == ()
    bad = only(check(table(head, ["35,03,01,2001,1.5", "35,03,01,2999,2.5"])), "region-code")
    assert (bad.row, bad.column, bad.value) == (3, "kode_desa", "2999")


def test_the_last_part_alone_is_told_once(check):
    report = check("kode_kecamatan,n\n01,1.5\n02,2.5\n")
    finding = only(report, "region-partial")
    assert "`01`" in finding.message
    assert report.valid


def test_a_name_is_compared_without_blanks_and_titles():
    assert plain_name("ASTANAANYAR") == plain_name("Kec. Astana Anyar")
    assert plain_name("Desa Sumber-Bening") == plain_name("SUMBERBENING")


def test_a_misspelt_name_where_no_code_tells(check):
    rows = [f"{r.name},{i}.5" for i, r in enumerate(DISTRICTS)]
    assert check(table("kecamatan,n", rows)).findings == ()
    finding = only(check(table("kecamatan,n", [*rows[1:], "Pangul,3.5"])), "region-spelling")
    assert finding.value == "Pangul"
    assert "`Panggul`" in finding.remedy


def test_names_of_other_regencies_are_left_alone(check):
    rows = ["Arjasari,1.5", "Baleendah,2.5", "Banjaran,3.5", "Pule,4.5"]
    assert not find(check(table("kecamatan,n", rows)), "region-spelling")


def test_villages_beside_their_kecamatan(check):
    head = "kode_desa,kecamatan,desa,n"
    assert check(table(head, ["35.03.01.2001,Panggul,Besuki,1.5"])).findings == ()
    report = check(table(head, ["35.03.01.2001,Panggul,Terbis,1.5"]))
    assert only(report, "region-name").column == "desa"


@pytest.mark.parametrize("label", ["kode_rekening", "kode_pos", "id", "kode_opd", "no_kk"])
def test_codes_of_other_things(label):
    assert not is_code_column(label)


def _villages(number):
    """Villages of one kecamatan after the other in a regency elsewhere; every tenth is at home."""
    for n in range(number):
        home = "35.03" if n % 10 == 0 else "33.01"
        yield Region(f"{home}.{n // 1000 + 1:02}.{2000 + n % 1000}", "", f"Desa Nomor {n}", "desa")


def _spoilt(row):
    """Every third row of some as an office could have written it; what is to be found there."""
    code, name = row.code, row.name
    return {
        0: (f" {code}", name, None),
        1: (code.replace("35.03", "35.3"), name, "region-code"),
        2: (code, name.upper(), None),
        3: (code, "Desa Lain", "region-name"),
        4: ("35.03.01.1999", "Lama", "region-moved"),
    }


def test_very_many_codes_are_judged_as_few_are(check):
    villages = list(_villages(6_000))
    moved = Region("35.03.01.1999", "", "Lama", "desa", "", "2020-01-01", villages[0].code)
    listed = RegionList([*villages, moved, Region("35.03.01", "", "Panggul", "kecamatan")])
    rows, expected = [], []
    for n, village in enumerate(villages):
        code, name, found = village.code, village.name, None
        if n % 300 == 0:
            code, name, found = _spoilt(village)[n // 300 % 5]
        rows.append(f"{code},{name},{n}.5")
        if found:
            expected.append((n + 2, found))
    head = "kode_desa,desa,luas_km2"
    many = check(table(head, rows), region_list=listed)
    judged = ("region-code", "region-name", "region-moved")
    assert [(f.row, f.code) for f in many.findings if f.code in judged] == expected
    assert len(expected) == 12
    few = [
        finding
        for first in range(0, len(rows), 500)
        for finding in check(table(head, rows[first : first + 500]), region_list=listed).findings
    ]
    said = [(f.code, f.value, f.message, f.remedy) for f in many.findings if f.code in judged]
    assert said == [(f.code, f.value, f.message, f.remedy) for f in few if f.code in judged]


def test_very_many_codes_of_elsewhere_are_told_once_with_their_number(check):
    villages = list(_villages(6_000))
    rows = [f"{v.code},{v.name},{n}.5" for n, v in enumerate(villages)]
    report = check(table("kode_desa,desa,luas_km2", rows), region_list=RegionList(villages))
    outside = only(report, "region-outside")
    assert outside.row == 3  # the first that is not at home
    assert "5400 sel" in outside.message + outside.remedy


def test_very_many_codes_of_a_standard_the_list_does_not_know(check):
    villages = list(_villages(6_000))
    rows = [f"{3503010001 + n},{v.name},{n}.5" for n, v in enumerate(villages)]
    report = check(table("kode_bps_desa,desa,luas_km2", rows), region_list=RegionList(villages))
    found = only(report, "region-outside")  # of a regency the list says nothing about
    assert "6000 sel" in found.message + found.remedy


def test_each_of_very_many_names_of_one_level_is_held_against_its_code(check):
    villages = list(_villages(6_000))
    rows = [f"{v.code},{v.name},{v.name},{n}.5" for n, v in enumerate(villages)]
    rows[4_000] = rows[4_000].replace(villages[4_000].name, "Desa Lain", 1)
    rows[5_000] = f"{villages[5_000].code},{villages[5_000].name},Desa Lain,1.5"
    head = "kode_desa,desa,nama_desa,luas_km2"
    report = check(table(head, rows), region_list=RegionList(villages))
    found = [(f.row, f.column) for f in report.findings if f.code == "region-name"]
    assert found == [(4_002, "desa"), (5_002, "nama_desa")]


@given(st.sets(st.integers(0, 10**13), min_size=1, max_size=3_000))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_what_is_found_at_once_is_what_the_list_says(numbers):
    numbers = sorted(numbers)
    regions = [Region(f"35.{n}", "", f"Desa {n}", "desa") for n in numbers]
    known = known_codes(RegionList(regions), "kode_desa")
    codes = [f"35.{n + step}" for n in numbers for step in (0, 1)]
    names = [f"Desa {n}" for n in numbers for _ in range(2)]
    told = known.look_up(pl.Series(codes), [("desa", pl.Series(names)), ("", pl.Series(names))])
    there = {region.code: region for region in regions}
    missed = 0
    for code, name, row in zip(codes, names, told.rows(), strict=True):
        what, right, other = row
        if what is None:
            missed += code in there
            assert (right, other) == (False, False)
        else:
            assert what == WHATS.index(KEMENDAGRI if code.startswith(HOME) else OUTSIDE)
            assert (right, other) == (there[code].name == name, True)
    assert missed <= 2 + len(numbers) // 50
