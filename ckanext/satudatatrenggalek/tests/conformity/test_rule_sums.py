"""Totals against parts, shares, a row of totals; keys and rows that are there twice."""

from __future__ import annotations

import pytest

from ckanext.satudatatrenggalek.conformity.batch import batch_of
from ckanext.satudatatrenggalek.conformity.collect import Collector
from ckanext.satudatatrenggalek.conformity.expectation import Expectation
from ckanext.satudatatrenggalek.conformity.rules import RuleContext
from ckanext.satudatatrenggalek.conformity.rules.totals import TotalRow
from ckanext.satudatatrenggalek.conformity.schema import Column
from ckanext.satudatatrenggalek.conformity.totals import relations

from .conftest import codes, find, only

PLACES = ["Panggul", "Munjungan", "Pule", "Dongko", "Tugu", "Karangan", "Kampak", "Watulimo"]


def table(head, row):
    return head + "\n" + "".join(f"{p},{row(n)}\n" for n, p in enumerate(PLACES, start=11))


def columns(*labels, type="integer"):
    return [Column(n, x, {"name": x, "type": type}) for n, x in enumerate(labels, start=1)]


def shape(labels):
    return [
        (
            tuple(sorted(p.name for p in r.parts)),
            r.total.name if r.total else 100,
        )
        for r in relations(columns(*labels))
    ]


@pytest.mark.parametrize(
    ("labels", "parts", "total"),
    [
        (["laki_laki", "perempuan", "jumlah"], ("laki_laki", "perempuan"), "jumlah"),
        (["l", "p", "l_p"], ("l", "p"), "l_p"),
        (
            [
                "rawat_jalan_laki_laki",
                "rawat_jalan_perempuan",
                "rawat_jalan_laki_laki_dan_perempuan",
            ],
            ("rawat_jalan_laki_laki", "rawat_jalan_perempuan"),
            "rawat_jalan_laki_laki_dan_perempuan",
        ),
        (
            ["laki_laki_belum_kawin", "perempuan_belum_kawin", "total_belum_kawin"],
            ("laki_laki_belum_kawin", "perempuan_belum_kawin"),
            "total_belum_kawin",
        ),
        (
            ["jumlah_penduduk", "penduduk_laki-laki", "penduduk_perempuan"],
            ("penduduk_laki-laki", "penduduk_perempuan"),
            "jumlah_penduduk",
        ),
        (["paud", "sd", "smp", "total"], ("paud", "sd", "smp"), "total"),
        (["persen_a", "persen_b", "persen_c"], ("persen_a", "persen_b", "persen_c"), 100),
    ],
)
def test_sums_told_by_names(labels, parts, total):
    assert (tuple(sorted(parts)), total) in shape(labels)


def test_columns_that_announce_no_sum():
    assert shape(["jumlah_desa", "luas_ha", "produksi_ton"]) == []


def test_a_row_whose_parts_do_not_make_its_total(check):
    head = "kecamatan,laki_laki,perempuan,jumlah"
    assert codes(check(table(head, lambda n: f"{n},{n * 3},{n * 4}"))) == []
    text = table(head, lambda n: f"{n},{n * 3},{n * 4 + (n == 13)}")
    finding = only(check(text), "total-differs")
    assert (finding.row, finding.column, finding.value) == (4, "jumlah", "53")
    assert "`laki_laki` + `perempuan` = 52" in finding.message


def test_rounded_parts_are_no_error(check):
    text = table("kecamatan,a,b,total", lambda n: f"{n}.3,{n * 2}.3,{n * 3 + 0.7:.1f}")
    assert not find(check(text), "total-differs")


def test_figures_that_are_no_sum_are_left_alone(check):
    text = table("kecamatan,guru,murid,jumlah", lambda n: f"{n},{n * 17 % 23},{n * n}")
    assert codes(check(text)) == []


def test_shares_that_do_not_make_hundred(check):
    head = "kecamatan,persen_baik,persen_sedang,persen_rusak"
    good = table(head, lambda n: f"{n}.1,{n * 2}.2,{100 - 3 * n - 0.3:.1f}")
    assert codes(check(good)) == []
    bad = good.replace("13.1,26.2", "13.1,36.2")
    finding = only(check(bad), "share-sum")
    assert (finding.row, "= 110" in finding.message) == (4, True)


def total_row(cells, rows, labels=("kecamatan", "jumlah_desa", "persen")):
    shape = [Column(1, labels[0], {"name": labels[0], "type": "string"})]
    shape += [
        Column(n, x, {"name": x, "type": "number"}) for n, x in enumerate(labels[1:], start=2)
    ]
    found = Collector("", None)
    rule = TotalRow(RuleContext(tuple(shape), Expectation(), found))
    rule.see(batch_of(range(2, len(rows) + 2), rows, len(labels)))
    rule.aside(len(rows) + 2, cells, "total")
    rule.finish()
    return found.result()


def test_a_row_of_totals_against_its_column():
    rows = [["Panggul", "10", "5"], ["Pule", "20", "7"], ["Tugu", "30", "9"]]
    assert total_row(["Jumlah", "60", "7"], rows) == ()
    assert total_row(["Rata-rata", "20", "7"], rows) == ()
    (finding,) = total_row(["Jumlah", "70", "7"], rows)
    assert finding.code == "total-row-differs"
    assert "`70` di kolom `jumlah_desa`, sedangkan isinya berjumlah 60" in finding.message
    assert (finding.row, finding.column) == (5, "jumlah_desa")


def test_a_total_with_thousands_dots_is_read():
    rows = [["Panggul", "1000", "5"], ["Pule", "2000", "7"]]
    assert total_row(["Jumlah", "3.000", ""], rows) == ()


def test_a_column_with_words_in_it_has_no_sum():
    rows = [["Panggul", "10", "5"], ["Pule", "banyak", "7"]]
    assert total_row(["Jumlah", "60", ""], rows) == ()


def test_two_figures_for_one_region_and_year(check):
    rows = [f"2025,{p},{n}.5" for n, p in enumerate(PLACES)]
    text = "tahun,kecamatan,produksi\n" + "\n".join([*rows, "2025,Pule,99.5"]) + "\n"
    finding = only(check(text), "duplicate-key")
    assert (finding.row, finding.severity) == (10, "warning")
    assert "baris 4 sama isi `tahun`, `kecamatan`" in finding.message


def test_further_columns_tell_rows_apart(check):
    rows = [f"2025,{p},{k},{n}.{i}5" for n, p in enumerate(PLACES) for i, k in enumerate("LP")]
    text = "tahun,kecamatan,kelamin,produksi\n" + "\n".join(rows) + "\n"
    assert codes(check(text)) == []


def test_events_have_no_key(check):
    rows = [f"2025,{p},{n}.{i}5" for n, p in enumerate(PLACES) for i in range(3)]
    text = "tahun,kecamatan,kerugian\n" + "\n".join(rows) + "\n"
    assert not find(check(text), "duplicate-key")


def test_equal_rows_are_not_told_twice(check):
    rows = [f"2025,{p},{n}.5" for n, p in enumerate(PLACES)]
    text = "tahun,kecamatan,produksi\n" + "\n".join([*rows, rows[3]]) + "\n"
    report = check(text)
    assert codes(report) == ["duplicate-row"]
    assert report.findings[0].cells == ("2025", "Dongko", "3.5")
