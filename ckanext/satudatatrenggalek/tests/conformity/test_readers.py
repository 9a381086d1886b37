"""Encodings, delimiters, line ends, quotes and spreadsheet formats."""

from __future__ import annotations

import datetime
import io
import json

import pytest
import xlwt

from ckanext.satudatatrenggalek.conformity import Expectation, Limits, check_file
from ckanext.satudatatrenggalek.conformity.readers import ods as ods_reader

from .conftest import CLEAN, HEAD, PADI, codes, find, only


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(check, delimiter, end):
    report = check(CLEAN.replace(",", delimiter).replace("\n", end), schema=PADI)
    assert report.valid
    assert report.stats.rows == 2
    assert report.stats.delimiter == delimiter


def test_tsv(check):
    assert check(CLEAN.replace(",", "\t"), name="data.tsv", schema=PADI).valid


def test_excels_separator_line_is_a_title_row(check):
    report = check("sep=;\n" + CLEAN.replace(",", ";"), schema=PADI)
    assert report.stats.delimiter == ";"
    assert codes(report) == ["title-rows"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_as_it_should_be(check, encoding):
    report = check(CLEAN.replace("Panggul", "Pañggul").encode(encoding), region_codes=False)
    assert report.valid
    assert report.findings == ()
    assert report.labels[0] == "tahun"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_other_encodings_are_read_and_named(check, encoding):
    report = check(
        CLEAN.replace("Panggul", "Pañggul").encode(encoding), schema=PADI, region_codes=False
    )
    assert codes(report) == ["not-utf8"]
    assert report.valid
    assert report.stats.rows == 2


def test_bytes_no_encoding_knows_are_still_read(check):
    report = check(CLEAN.encode().replace(b"Panggul", b"Pa\x81\x8d\xffgul"), schema=PADI)
    assert find(report, "not-utf8")
    assert report.stats.rows == 2


def test_nul_in_a_csv(check):
    assert not check(CLEAN.encode() + b"2025,35.03.03,Pu\0le,1.5\n", schema=PADI).valid


def test_a_quote_left_open_is_named(check):
    text = CLEAN + '2025,35.03.03,"Pule,5.5\n2025,35.03.04,Dongko,6.5\n'
    report = check(text, schema=PADI)
    assert only(report, "unclosed-quote").row == 4
    assert not report.valid


def test_a_quoted_line_break_is_one_row(check):
    text = HEAD + '2025,35.03.01,"Panggul",1.5\n2025,35.03.03,"Pu\nle",2.5\n2025,35.03.3,Pule,3.5\n'
    assert only(check(text, schema=PADI), "region-code").row == 4


def test_ragged_rows(check):
    report = check(CLEAN + "2025,35.03.03\n2025,35.03.04,Dongko,5.5,lebih\n", schema=PADI)
    assert {(f.code, f.row) for f in report.findings} == {
        ("missing-cell", 4),
        ("extra-cell", 5),
        ("blank-cell", 4),
    }


def test_very_wide_rows_are_cut(check):
    report = check(CLEAN + "2025,35.03.03,Pule,5.5" + ",x" * 5000 + "\n", schema=PADI)
    assert only(report, "too-many-columns").row == 4
    assert codes(check("a,b" * 3000 + "\n1,2\n")) == ["too-many-columns"]


def excel(workbook, *extra):
    rows = [
        ["tahun", "kode_wilayah", "kecamatan", "produksi_ton"],
        [2025, "35.03.01", "Panggul", 1.5],
    ]
    return workbook([*rows, *extra])


def test_xlsx_keeps_its_types(workbook):
    path = excel(workbook, [2025.0, "35.03.02", "Munjungan", 2])
    report = check_file(path, Expectation(name="data.xlsx", table_schema=PADI))
    assert report.valid
    assert report.stats.sheet == "Data"
    assert report.findings == ()


def test_text_that_should_be_a_number_in_xlsx(workbook):
    path = excel(workbook, [2025, "35.03.02", "Munjungan", "14.081,4 ton"])
    report = check_file(path, Expectation(name="data.xlsx", table_schema=PADI))
    finding = only(report, "type-error")
    assert (finding.sheet, finding.row) == ("Data", 3)
    assert finding.remedy == "Tulis angkanya saja, `14081,4`. Satuan dicatat di metadata."
    assert finding.item == "standard"


def test_formula_errors_in_text_columns(workbook):
    path = excel(workbook, [2025, "35.03.02", "#REF!", 2])
    report = check_file(path, Expectation(name="data.xlsx", table_schema=PADI))
    assert only(report, "excel-error").column == "kecamatan"


def test_dates_in_xlsx_and_in_text(workbook):
    schema = {"fields": [{"name": "tgl", "type": "date"}, {"name": "x", "type": "string"}]}
    path = workbook([["tgl", "x"], [datetime.date(2025, 1, 2), "a"], ["31/12/2023", "b"]])
    report = check_file(path, Expectation(name="data.xlsx", table_schema=schema))
    assert "`2023-12-31`" in only(report, "type-error").remedy


def test_xls(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Padi")
    for r, line in enumerate([*CLEAN.splitlines(), "2025,35.03.3,Pule,5.5"]):
        for c, cell in enumerate(line.split(",")):
            sheet.write(r, c, float(cell) if r and c in (0, 3) else cell)
    path = tmp_path / "data.xls"
    book.save(str(path))
    report = check_file(path, Expectation(name="data.xls", table_schema=PADI))
    assert (codes(report), report.findings[0].row) == (["region-code"], 4)


def cell(text="", value=None):
    typed = f'office:value-type="float" office:value="{value}"' if value is not None else ""
    return f"<table:table-cell {typed}><text:p>{text or value}</text:p></table:table-cell>"


def test_ods_unfolds_what_is_repeated(ods):
    head = "".join(cell(name) for name in ("a", "b", "n"))
    gap = '<table:table-cell table:number-columns-repeated="16000"/>'
    row = f"<table:table-row>{cell('x')}{cell('y')}{cell(value=1.5)}{gap}</table:table-row>"
    blank = f'<table:table-row table:number-rows-repeated="3">{gap}</table:table-row>'
    tail = f'<table:table-row table:number-rows-repeated="1048000">{gap}</table:table-row>'
    path = ods(f"<table:table-row>{head}{gap}</table:table-row>{blank}{row}{tail}")
    report = check_file(path, Expectation(name="data.ods"))
    assert report.stats.rows == 1
    assert report.labels == ("a", "b", "n")
    assert [f.row for f in find(report, "blank-row")] == [2, 3, 4]
    assert list(ods_reader.open_ods(path, Limits()).sheets[0].read())[-1] == ["x", "y", 1.5]


def test_json_lists_are_tables(check):
    rows = [{"tahun": 2025, "kode_wilayah": "35.03.3", "kecamatan": "Pule", "produksi_ton": 5.5}]
    report = check(json.dumps(rows), name="data.json", schema=PADI)
    assert codes(report) == ["region-code"]


def test_json_that_is_no_table_or_broken(check):
    assert check('{"a": {"b": 1}}', name="data.json").valid
    assert codes(check('{"a": ', name="data.json")) == ["format-error"]
    assert codes(check("[" * 100000, name="data.json")) == ["format-error"]


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (None, "tidak punya geometri"),
        ({"type": "Lingkaran"}, "tidak dikenal"),
        ({"type": "Polygon", "coordinates": []}, "tidak punya koordinat"),
        ({"type": "Point", "coordinates": [565000, 9110000]}, "UTM"),
        ({"type": "Point", "coordinates": ["111", "-8"]}, "bukan angka"),
        ({"type": "LineString", "coordinates": [111, -8]}, "keliru"),
        ({"type": "GeometryCollection", "geometries": [5]}, "tidak dikenal"),
    ],
)
def test_geometry(check, geometry, words):
    good = feature({"type": "Point", "coordinates": [111.7, -8.05]}, kode_wilayah="35.03.01")
    features = [good, feature(geometry, kode_wilayah="35.03.02")]
    report = check(json.dumps({"type": "FeatureCollection", "features": features}), "peta.geojson")
    finding = only(report, "geometry")
    assert finding.row == 3
    assert words in finding.message


def test_region_codes_of_geojson(check):
    point = {"type": "Point", "coordinates": [111.7, -8.05]}
    content = {"type": "FeatureCollection", "features": [feature(point, kode_wilayah="35.03.3")]}
    assert codes(check(json.dumps(content), "peta.geojson")) == ["region-code"]
    assert codes(check("{}", "peta.geojson")) == ["format-error"]


def test_what_is_not_what_it_says(check):
    html = "<html><table><tr><td>1</td></tr></table></html>"
    assert codes(check(html, "data.csv")) == ["wrong-kind"]
    assert codes(check(html, "data.xlsx")) == ["wrong-kind"]
    assert codes(check(b"%PDF-1.7\n", "data.csv")) == ["wrong-kind"]
    assert codes(check(b"PK\x03\x04 rusak", "data.xlsx")) == ["wrong-kind"]
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert codes(check(locked, "data.xlsx")) == ["password-locked"]


def test_documents_are_let_be_with_a_word(check):
    report = check(b"%PDF-1.7\n...", "laporan.pdf")
    assert codes(report) == ["not-a-table"]
    assert report.valid


def test_a_damaged_workbook_is_a_finding(workbook):
    path = excel(workbook)
    content = bytearray(path.read_bytes())
    content[60:400] = b"\xff" * 340
    path.write_bytes(bytes(content))
    report = check_file(path, Expectation(name="data.xlsx"))
    assert not report.valid
    assert io.BytesIO(content).getbuffer().nbytes == report.stats.bytes
