"""Headers as offices make them: title rows, stacked, missing, moved, misspelt."""

from __future__ import annotations

import pytest

from ckanext.satudatatrenggalek.conformity import Expectation, check_file, infer_schema, rows

from .conftest import CLEAN, HEAD, PADI, codes, find, only


@pytest.mark.parametrize("schema", [None, PADI])
def test_rows_above_the_header_are_one_finding(check, schema):
    report = check("PRODUKSI PADI TAHUN 2025\nDINAS PERTANIAN\n\n" + CLEAN, schema=schema)
    finding = only(report, "title-rows")
    assert (finding.row, finding.value) == (4, "PRODUKSI PADI TAHUN 2025")
    assert codes(report) == ["title-rows"]
    assert report.stats.rows == 2


def test_a_stacked_header_is_joined_and_named(workbook):
    path = workbook(
        [
            ["DATA PRODUKSI PERIKANAN TAHUN 2025"],
            [None],
            ["NO", "KECAMATAN", "PRODUKSI", None, "TOTAL"],
            [None, None, "LAUT", "BUDIDAYA", None],
            [1, "PANGGUL", 3645.2, 212.5, 3857.7],
            [2, "MUNJUNGAN", 2318.4, 146.8, 2465.2],
        ],
        merged=["A3:A4", "B3:B4", "C3:D3"],
    )
    report = check_file(path, Expectation(name="data.xlsx"))
    assert only(report, "stacked-header").row == 3
    assert "baris 3 sampai 4" in only(report, "stacked-header").message
    assert not find(report, "merged-cells")  # they go with the header
    assert report.labels == ("NO", "KECAMATAN", "PRODUKSI LAUT", "PRODUKSI BUDIDAYA", "TOTAL")
    assert report.stats.rows == 2


def test_merged_cells_that_hide_data(workbook):
    rows = [["DATA 2025"], ["a", "b", "c"], ["x", 1, 2], [None, 3, 4], ["Jumlah", None, 6]]
    path = workbook(rows, merged=["A1:C1", "A3:A4", "A5:B5"])
    finding = only(check_file(path, Expectation(name="data.xlsx")), "merged-cells")
    assert finding.value == "A3:A4"
    assert "1 sel gabungan" in finding.message


def test_column_numbers_under_the_header_belong_to_it(check):
    report = check("Kecamatan,Luas,Produksi\n(1),(2),(3)\nPanggul,5.5,7\nPule,2.5,9\n")
    assert report.labels == ("Kecamatan", "Luas", "Produksi")
    assert report.stats.rows == 2


def test_years_as_columns_are_a_header(check):
    report = check("Wilayah;2015;2016;2017\nPanggul;1.5;2.5;3.5\nPule;1.5;2.5;9.5\n")
    assert report.valid
    assert report.labels == ("Wilayah", "2015", "2016", "2017")


@pytest.mark.parametrize("schema", [None, PADI])
def test_a_missing_header_is_said_and_the_rows_are_still_checked(check, schema):
    report = check(CLEAN.removeprefix(HEAD) + "2025,35.03.3,Pule,5.5\n", schema=schema)
    assert only(report, "no-header").row == 1
    assert report.stats.rows == 3
    assert bool(find(report, "region-code")) == (schema is not None)


def test_columns_in_another_order_are_one_finding(check):
    text = "kecamatan,tahun,produksi_ton,kode_wilayah\nPanggul,2025,1.5,35.03.01\n"
    report = check(text, schema=PADI)
    assert codes(report) == ["column-order"]
    assert report.valid


def test_missing_and_extra_columns_are_one_finding_each(check):
    report = check(
        "tahun,keterangan,kode_wilayah\n2025,ok,35.03.01\n2025,ok,35.03.02\n", schema=PADI
    )
    assert [f.column for f in find(report, "missing-label")] == ["kecamatan", "produksi_ton"]
    assert only(report, "extra-label").value == "keterangan"
    assert len(report.findings) == 3


def test_a_misspelt_label_is_matched_and_named(check):
    report = check(CLEAN.replace("kode_wilayah", "Kode Wilayah"), schema=PADI)
    finding = only(report, "incorrect-label")
    assert (finding.value, finding.column) == ("Kode Wilayah", "kode_wilayah")
    assert codes(report) == ["incorrect-label"]


def test_a_header_of_another_dataset_is_one_finding(check):
    report = check("nama,alamat kantor\nA,B\n", schema=PADI)
    assert codes(report) == ["unmatched-header"]
    assert "`tahun`" in report.findings[0].message


def test_blank_double_and_untidy_labels(check):
    report = check('a,,a," b  c "\n1,2,3,4\n5,6,7,8\n')
    assert only(report, "blank-label").column_number == 2
    assert only(report, "duplicate-label").column_number == 3
    assert "`b c`" in only(report, "untidy-label").remedy


@pytest.mark.parametrize("schema", [None, PADI])
def test_a_header_alone_does_not_conform(check, schema):
    report = check(HEAD, schema=schema)
    assert codes(report) == ["no-data-rows"]
    assert not report.valid


@pytest.mark.parametrize("content", ["", "\n\n\n", " , , \n,,\n"])
def test_a_file_without_a_cell_holds_no_table(check, content):
    assert codes(check(content)) == ["source-error"]


@pytest.mark.parametrize(
    "word",
    ["Jumlah", "TOTAL", "Jumlah Total", "Grand Total", "Rata-rata", "JUMLAH :", "Total Kabupaten"],
)
def test_a_row_of_totals_is_the_only_finding_of_its_row(check, word):
    report = check(CLEAN + f",,{word},24823.2\n", schema=PADI)
    finding = only(report, "total-row")
    assert finding.row == 4
    assert finding.remedy.startswith("Hapus baris 4.")
    assert codes(report) == ["total-row"]


def test_a_total_as_a_category_is_data(check):
    text = "kecamatan,kelamin,jumlah\nPanggul,Laki-laki,5\nPanggul,Total,9\nPule,Total,7\n"
    assert check(text).valid


@pytest.mark.parametrize("note", ["*) angka sementara", "Sumber: Dinas Pertanian", "Mengetahui"])
def test_a_footnote_is_not_data(check, note):
    report = check(CLEAN + f"{note},,,\n", schema=PADI)
    assert codes(report) == ["note-row"]
    assert only(report, "note-row").row == 4


def test_blank_rows_inside_and_at_the_end(check):
    report = check(CLEAN + ",,,\n2025,35.03.03,Pule,5.5\n,,,\n,,,\n,,,\n", schema=PADI)
    inside, end = find(report, "blank-row")
    assert (inside.row, end.row) == (4, 6)
    assert "2 baris sesudahnya" in end.message


def test_blank_rows_at_the_end_of_a_sheet_are_formatting(workbook):
    path = workbook([["a", "b"], ["x", 1], [None, None], [" ", None]])
    assert check_file(path, Expectation(name="data.xlsx")).valid


def test_a_gap_in_a_filled_number_column_is_shown(check):
    report = check(CLEAN + "2025,35.03.03,Pule,\n", schema=PADI)
    finding = only(report, "blank-cell")
    assert (finding.severity, finding.row, finding.column) == ("warning", 4, "produksi_ton")


def test_the_sheet_with_the_planned_columns_is_checked(workbook):
    rows_ = [line.split(",") for line in CLEAN.splitlines()]
    path = workbook([["Metadata", "x"], ["a", "b"], ["c", "d"]], Padi=rows_)
    report = check_file(path, Expectation(name="data.xlsx", table_schema=PADI))
    assert report.stats.sheet == "Padi"
    assert only(report, "several-sheets").severity == "warning"
    assert report.valid


def test_a_named_sheet_that_is_not_there(workbook):
    path = workbook([["a", "b"], ["x", 1]])
    report = check_file(path, Expectation(name="data.xlsx", sheet="Padi"))
    assert "`Data`" in only(report, "sheet-missing").message


def test_the_inferred_schema_keeps_codes_as_text(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(
        "tahun,kode_wilayah,no_telp,nik,luas_panen_ha,jumlah,npsn,tanggal,aktif,ket\n"
        "2025,35.03.01,081234567890,3503011203850001,1.5,1.474,20500001,2025-01-02,true,-\n"
        "2025,35.03.02,0351123456,3503015203850002,2.25,686,20500002,2025-01-03,false,\n"
    )
    schema = infer_schema(path, Expectation(name="data.csv"))
    kinds = {f["name"]: f["type"] for f in schema["fields"]}
    assert kinds == {
        "tahun": "year",
        "kode_wilayah": "string",
        "no_telp": "string",
        "nik": "string",
        "luas_panen_ha": "number",
        "jumlah": "integer",
        "npsn": "string",
        "tanggal": "date",
        "aktif": "boolean",
        "ket": "string",
    }
    titles = {f["name"]: f["title"] for f in schema["fields"]}
    assert titles["luas_panen_ha"] == "Luas panen ha"
    assert titles["nik"] == "NIK"


def test_no_schema_for_what_is_no_table(tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes(b"")
    assert infer_schema(path, Expectation(name="data.csv")) is None
    assert rows(path, Expectation(name="data.csv")) is None


def test_rows_to_show_carry_the_numbers_of_the_spreadsheet(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("Judul\n" + CLEAN + "2025,35.03.03,Pule,5.5\n")
    page = rows(path, Expectation(name="data.csv"), offset=1, limit=1)
    assert page.header == ("tahun", "kode_wilayah", "kecamatan", "produksi_ton")
    assert page.header_row == 2
    assert [(row.number, row.cells[2]) for row in page.rows] == [(4, "Munjungan")]
    assert page.more
    assert not rows(path, Expectation(name="data.csv"), offset=2, limit=5).more
