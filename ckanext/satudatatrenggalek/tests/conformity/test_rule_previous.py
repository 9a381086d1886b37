"""The new file beside the edition before."""

from __future__ import annotations

import pytest

from ckanext.satudatatrenggalek.conformity import Previous

from .conftest import codes, find, only

PLACES = ["Panggul", "Munjungan", "Pule", "Dongko", "Tugu", "Karangan", "Kampak", "Watulimo"]
PLACES += ["Bendungan", "Gandusari", "Trenggalek", "Pogalan", "Durenan", "Suruh"]


def table(year, figure, places=PLACES, head="tahun,kecamatan,produksi_ton"):
    rows = "".join(f"{year},{p},{figure(n)}\n" for n, p in enumerate(places, start=101))
    return f"{head}\n{rows}"


OLD = table(2024, lambda n: n + 0.5)


@pytest.fixture
def beside(check, tmp_path):
    """beside(new text, old text) -> Report of the new file."""

    def run(new, old=OLD, **more):
        path = tmp_path / "before.csv"
        path.write_text(old)
        return check(new, previous=Previous(path, "before.csv", None, "2024"), **more)

    return run


def test_a_usual_next_edition_has_no_finding(beside):
    assert codes(beside(table(2025, lambda n: n * 1.07), period="2025")) == []


def test_lost_rows_are_named(beside):
    finding = only(beside(table(2025, lambda n: n * 1.07, PLACES[2:])), "previous-lost")
    assert "2 dari 14 baris" in finding.message
    assert "`Panggul`, `Munjungan`" in finding.message
    assert finding.severity == "warning"


def test_case_and_blanks_do_not_lose_a_row(beside):
    new = table(2025, lambda n: n * 1.07, [f"{p.upper()} " for p in PLACES])
    assert not find(beside(new), "previous-lost")


def test_a_figure_ten_times_what_it_was(beside):
    new = table(2025, lambda n: n * (12 if n == 105 else 1.1))
    finding = only(beside(new), "previous-jump")
    assert (finding.row, finding.column) == (6, "produksi_ton")
    assert "12 kali dari edisi sebelumnya (105.5)" in finding.message


def test_a_slip_of_the_unit_is_told_once(beside):
    report = beside(table(2025, lambda n: n * 1030))
    assert "1.000 kali" in only(report, "previous-slip").message
    assert not find(report, "previous-jump")
    smaller = only(beside(table(2025, lambda n: n / 1000)), "previous-slip")
    assert "seper-1.000 kali" in smaller.message


def test_figures_copied_from_the_edition_before(beside):
    assert (
        "14 dari 14 angka" in only(beside(OLD.replace("2024", "2025")), "previous-copied").message
    )
    area = OLD.replace("produksi_ton", "luas_wilayah")
    assert not find(beside(area.replace("2024", "2025"), area), "previous-copied")


def test_a_series_of_years_is_continued(beside):
    old = table(2023, lambda n: n + 0.25) + table(2024, lambda n: n + 0.5).partition("\n")[2]
    new = old + table(2025, lambda n: n + 0.75).partition("\n")[2]
    assert codes(beside(new, old)) == []
    lost = only(beside(table(2025, lambda n: n + 0.75), old), "previous-lost")
    assert "28 dari 28 baris" in lost.message


def test_columns_renamed_lost_and_new(beside):
    new = table(2025, lambda n: f"{n * 1.1},x{n}", head="tahun,kecamatan,produksi_padi_ton,jenis")
    renamed = only(beside(new), "previous-renamed")
    assert (renamed.value, "`produksi_ton`" in renamed.message) == ("produksi_padi_ton", True)
    assert "`jenis`" in only(beside(new), "previous-columns-new").message
    old = table(2024, lambda n: f"{n},a{n}", head="tahun,kecamatan,produksi_ton,jenis")
    lost = only(beside(table(2025, lambda n: n * 1.1), old), "previous-columns-lost")
    assert "`jenis`" in lost.message


def test_figures_that_became_words(beside):
    report = beside(table(2025, lambda n: "banyak sekali"))
    assert "kini berisi teks, di edisi sebelumnya angka" in only(report, "previous-type").message


def test_events_are_not_looked_for_again(beside):
    head = "tanggal,kecamatan,kerugian"
    old, new = (table(f"{y}-03-04", lambda n: n, head=head) for y in (2024, 2025))
    assert not find(beside(new, old), "previous-lost")


@pytest.mark.parametrize("old", ["", "\x00\x01", "tahun,kecamatan,produksi_ton\n"])
def test_an_edition_that_cannot_be_read_is_passed_over(beside, old):
    report = beside(table(2025, lambda n: n * 1.07), old)
    assert not [f for f in report.findings if f.code in ("previous-lost", "previous-jump")]


def test_a_missing_file_is_passed_over(check, tmp_path):
    previous = Previous(tmp_path / "gone.csv", "gone.csv")
    assert codes(check(OLD, previous=previous)) == []


def test_people_who_are_gone_are_named_to_nobody(beside):
    head = "nama_penerima,no_rekening,produksi_ton"
    people = [f"Sumiyati {place},12345678{place}" for place in PLACES]
    lost = only(
        beside(
            table(2025, lambda n: n * 1.07, PLACES[2:], head).replace("2025,", "2025-"),
            "\n".join([head, *(f"{person},{n}" for n, person in enumerate(people, start=101))]),
        ),
        "previous-lost",
    )
    assert "Su***" in lost.message
    assert not [person for person in people if person.split(",")[0] in lost.message]
    assert "1234567" not in lost.message
