"""Names written in several ways, codes with two names, columns that nobody named."""

from __future__ import annotations

import pytest

from .conftest import find, only

HEAD = "kode_kecamatan,kecamatan,tahun,n\n"


def test_one_name_written_in_several_ways_is_told_once_a_column(check):
    names = ["Contohrejo", "CONTOHREJO", "Desa Contohrejo", "Sukamaju", "SUKAMAJU ", "Lain"]
    text = "desa,n\n" + "".join(f"{name},{n}\n" for n, name in enumerate(names))
    finding = only(check(text), "name-variants")
    assert (finding.severity, finding.column, finding.row) == ("warning", "desa", 3)
    assert "`CONTOHREJO`" in finding.message
    assert "`Desa Contohrejo`" in finding.message
    assert "dan 1 nama lain" in finding.message


@pytest.mark.parametrize(
    "names",
    [
        ["Contohrejo", "Contohrejo ", "Contoh Rejo"],  # blanks are told of by themselves
        ["Kota Contoh", "Kabupaten Contoh"],  # two regencies
        ["1", "2", "1"],
        ["Desa", "Kelurahan"],
    ],
)
def test_what_is_written_once_or_another_name_is_no_variant(check, names):
    text = "wilayah,n\n" + "".join(f"{name},{n}\n" for n, name in enumerate(names))
    assert not find(check(text), "name-variants")


def test_free_text_has_no_variants(check):
    text = "uraian,n\n" + "".join(f"Kegiatan {n},{n}\nKEGIATAN {n},1\n" for n in range(2_000))
    assert not find(check(text), "name-variants")


def test_a_code_with_two_names_is_told_with_both_rows(check):
    text = HEAD + "32.04.05,Cileunyi,2021,1\n32.04.05,CILEUNYI,2022,2\n32.04.05,Arjasari,2023,3\n"
    finding = only(check(text), "code-two-names")
    assert (finding.severity, finding.row, finding.value) == ("warning", 4, "32.04.05")
    assert "`Cileunyi` di baris 2" in finding.message
    assert "`Arjasari` di baris 4" in finding.message


def test_a_code_with_one_name_or_of_the_list_is_not(check):
    text = HEAD + "32.04.05,Cileunyi,2021,1\n32.04.05,Kec. Cileunyi,2022,2\n35.03.01,Panggul,1,1\n"
    assert not find(check(f"{text}35.03.01,Pule,2,2\n"), "code-two-names")


def test_a_file_without_headings_keeps_a_finding_until_its_columns_are_named(check, tidy):
    bare = "".join(f"{n},Kota Contoh {n},{2000 + n},{n * 10}\n" for n in range(1, 9))
    assert only(check(bare), "no-header").severity == "error"
    _, rows, _ = tidy(bare)
    assert rows[0] == ["kolom_1", "kolom_2", "kolom_3", "kolom_4"]
    copied = "\n".join(",".join(row) for row in rows)
    finding = only(check(copied), "unnamed-columns")
    assert (finding.severity, finding.row) == ("error", 1)
    assert "`kolom_1`" in finding.message
    kinds = {"id": "integer", "wilayah": "string", "tahun": "year", "jumlah": "integer"}
    schema = {"fields": [{"name": name, "type": kind} for name, kind in kinds.items()]}
    _, rows, _ = tidy(bare, table_schema=schema)
    assert rows[0] == list(kinds)
    named = "\n".join(",".join(row) for row in rows)
    assert check(named, schema=schema).valid
