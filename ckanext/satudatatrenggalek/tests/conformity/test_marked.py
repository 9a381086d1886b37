"""Excel bertanda: the wrong cells are coloured and commented, everything else stays."""

from __future__ import annotations

import re
import warnings
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.cell import get_column_letter

from ckanext.satudatatrenggalek.conformity import (
    ERROR,
    FINDINGS_SHEET,
    Expectation,
    Finding,
    Report,
    Stats,
    check_file,
    inspect_upload,
    write_marked,
)
from ckanext.satudatatrenggalek.conformity.marked.marks import MAX_CELLS
from ckanext.satudatatrenggalek.conformity.messages.marked import AUTHOR

from .conftest import PADI

BRICK, EARTH = "FFFBEAE6", "FFFCF0DA"
# What marking may change; every other part keeps its bytes.
TOUCHED = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|xl/worksheets/sheet1\.xml|xl/worksheets/_rels/sheet1\.xml\.rels"
    r"|xl/comments[0-9]*\.xml|xl/drawings/vmlDrawing[0-9]*\.vml"
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture
def office(tmp_path):
    """A workbook of an office: chart, picture, rules, names, formulas, comments, fills."""
    path, picture = tmp_path / "padi.xlsx", tmp_path / "logo.png"
    picture.write_bytes(PIXEL)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, other = book.add_worksheet("Data"), book.add_worksheet("Grafik")
        green = book.add_format({"bg_color": "#D9EAD3", "bold": True, "num_format": "#,##0.0"})
        rows = [
            ["tahun", "kode_wilayah", "kecamatan", "produksi_ton"],
            [2025, "35.03.01", "Panggul", 14108.4],
            [2025, "35.03.3", "Pule", "10.714,8"],
            [2025, "35.03.02", "Munjungan", "-"],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write("D3", "10.714,8", green)
        sheet.write_formula("F2", "=D2*2", None, 28216.8)
        sheet.write_comment("D2", "Angka dari UPTD.", {"author": "Bu Sri"})
        sheet.data_validation("A2:A9", {"validate": "whole", "criteria": ">", "value": 2000})
        sheet.conditional_format("D2:D9", {"type": "cell", "criteria": ">", "value": 1})
        sheet.insert_image("H2", str(picture))
        book.define_name("Produksi", "=Data!$D$2:$D$4")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$D$2:$D$4"})
        other.insert_chart("A1", chart)
        other.write("A30", "catatan")
    return path


def marked(path, tmp_path, name="padi.xlsx", **more):
    expectation = Expectation(name=name, table_schema=PADI, **more)
    report = check_file(path, expectation)
    target = tmp_path / f"marked-{path.stem}.xlsx"
    return report, write_marked(path, report, target), target


def cells_of(sheet):
    return {c.coordinate: c for row in sheet.iter_rows() for c in row}


def parts(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_wrong_cells_are_coloured_and_commented(office, tmp_path):
    report, done, target = marked(office, tmp_path)
    assert done.own
    assert done.name == "padi_bertanda.xlsx"
    sheet = openpyxl.load_workbook(target)["Data"]
    found = {f"{get_column_letter(f.column_number)}{f.row}": f for f in report.findings if f.row}
    assert {"B3", "D3", "D4"} <= set(found)
    for place, finding in found.items():
        cell = sheet[place]
        assert cell.fill.fgColor.rgb == (BRICK if finding.severity == ERROR else EARTH)
        assert finding.message in cell.comment.text
        assert finding.remedy in cell.comment.text
        assert cell.comment.author == AUTHOR


def test_nothing_else_is_touched(office, tmp_path):
    _, _, target = marked(office, tmp_path)
    before, after = parts(office), parts(target)
    assert set(before) <= set(after)
    for name, content in before.items():
        if not TOUCHED.fullmatch(name):
            assert after[name] == content, name
    kept = {"xl/charts/chart1.xml", "xl/media/image1.png", "xl/worksheets/sheet2.xml"}
    assert kept <= set(before)


def test_in_the_sheet_only_styles_of_marked_cells_change(office, tmp_path):
    _, _, target = marked(office, tmp_path)
    old, new = (parts(path)["xl/worksheets/sheet1.xml"] for path in (office, target))
    new = re.sub(rb'<c r="[EF][12]" s="[0-9]+"/>', b"", new)  # cells that were not there
    old, new = (re.sub(rb'(<c [^>]*?) s="[0-9]+"', rb"\1", text) for text in (old, new))
    assert new == old


def test_values_formulas_rules_and_looks_stay(office, tmp_path):
    _, _, target = marked(office, tmp_path)
    old, new = (openpyxl.load_workbook(path)["Data"] for path in (office, target))
    mine = cells_of(new)
    for place, cell in cells_of(old).items():
        assert mine[place].value == cell.value
        assert mine[place].number_format == cell.number_format
        assert repr(mine[place].font) == repr(cell.font)
    assert mine["F2"].value == "=D2*2"
    assert mine["D3"].font.bold
    assert new.data_validations.count == 1
    assert new.conditional_formatting
    assert openpyxl.load_workbook(target).defined_names["Produksi"].value == "Data!$D$2:$D$4"


def test_the_offices_comment_stays_its_own(office, tmp_path):
    _, _, target = marked(office, tmp_path)
    comment = openpyxl.load_workbook(target)["Data"]["D2"].comment
    assert comment.author == "Bu Sri"
    assert "UPTD" in comment.text


def test_a_list_of_all_findings_with_links(office, tmp_path):
    report, _, target = marked(office, tmp_path)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Data", "Grafik", FINDINGS_SHEET]
    rows = list(book[FINDINGS_SHEET].iter_rows(min_row=6))
    assert [row[4].value for row in rows] == [f.message for f in report.findings]
    assert "'Data'!B3" in {row[2].hyperlink.location for row in rows if row[2].hyperlink}


def test_the_top_cell_says_where_the_list_is(office, tmp_path):
    _, _, target = marked(office, tmp_path)
    top = openpyxl.load_workbook(target)["Data"]["A1"]
    assert FINDINGS_SHEET in top.comment.text
    assert top.fill.patternType is None


def test_a_marked_file_is_taken_and_read_as_before(office, tmp_path):
    report, _, target = marked(office, tmp_path)
    assert inspect_upload(target, "padi_bertanda.xlsx", 10_000_000) is None
    again = check_file(target, Expectation(name="padi.xlsx", table_schema=PADI))
    assert again.findings == report.findings
    assert again.stats.sheet == "Data"


def test_marking_again_replaces_our_marks(office, tmp_path):
    _, _, first = marked(office, tmp_path)
    book = openpyxl.load_workbook(first)  # the producer mends two of three cells
    book["Data"]["B3"] = "35.03.03"
    book["Data"]["D3"] = 10714.8
    mended = tmp_path / "mended.xlsx"
    book.save(mended)
    _, _, second = marked(mended, tmp_path)
    book = openpyxl.load_workbook(second)
    sheet = book["Data"]
    assert book.sheetnames.count(FINDINGS_SHEET) == 1
    assert sheet["B3"].comment is None
    assert sheet["B3"].fill.patternType in (None, "none")
    assert sheet["D3"].fill.fgColor.rgb == "FFD9EAD3"  # the office's own green is back
    assert sheet["D4"].fill.fgColor.rgb == BRICK
    assert sheet["D2"].comment.text.startswith("Angka")


def test_marking_a_marked_file_changes_no_cell(office, tmp_path):
    _, _, first = marked(office, tmp_path)
    _, _, second = marked(first, tmp_path)
    one, two = (openpyxl.load_workbook(path)["Data"] for path in (first, second))
    mine = cells_of(two)
    for place, cell in cells_of(one).items():
        assert repr(mine[place].fill) == repr(cell.fill)
        assert (mine[place].comment and mine[place].comment.text) == (
            cell.comment and cell.comment.text
        )


def report_of(*places, **stats):
    findings = tuple(
        Finding("x", ERROR, "standard", "Salah.", "Perbaiki.", row=row, column_number=column)
        for row, column in places
    )
    figures = {"sheet": "Data", "format": "xlsx", "header_row": 1, **stats}
    return Report(False, findings, Stats(errors=len(findings), **figures), "x.xlsx")


def sheet_with(tmp_path, content):
    """A workbook whose sheet has `content` as its XML."""
    path, made = tmp_path / "made.xlsx", tmp_path / "plain.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Data"
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEETS = [
    f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="2"/><row r="7"><c r="B7"/></row></sheetData>'
    "<extLst/></worksheet>",
    f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c/></x:row></x:sheetData></x:worksheet>',
    f'<worksheet xmlns="{MAIN}"><cols><col min="1" max="9" style="0"/></cols><sheetData>'
    '<row r="3" ><c  r="A3"  t="inlineStr" ><is><t>a &gt; b</t></is></c></row></sheetData>'
    '<mergeCells count="1"><mergeCell ref="D5:E6"/></mergeCells></worksheet>',
]


@pytest.mark.parametrize("content", SHEETS)
def test_cells_and_rows_that_are_missing_are_added_in_order(tmp_path, content):
    path, target = sheet_with(tmp_path, content), tmp_path / "marked.xlsx"
    wanted = [(1, 1), (2, 3), (2, 1), (3, 2), (5, 4), (7, 2), (9, 9)]
    done = write_marked(path, report_of(*wanted), target)
    assert done.own
    sheet = openpyxl.load_workbook(target)["Data"]
    filled = {(c.row, c.column) for c in cells_of(sheet).values() if c.fill.fgColor.rgb == BRICK}
    assert filled == set(wanted)
    text = parts(target)["xl/worksheets/sheet1.xml"].decode()
    assert [int(r) for r in re.findall(r'row r="(\d+)"', text)] == sorted(
        {int(r) for r in re.findall(r'row r="(\d+)"', text)}
    )


def test_a_mark_inside_merged_cells_stands_at_the_first(tmp_path):
    path, target = sheet_with(tmp_path, SHEETS[3]), tmp_path / "marked.xlsx"
    done = write_marked(path, report_of((6, 5), (5, 5)), target)
    assert done.cells == 2  # D5 and the note at A1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert openpyxl.load_workbook(target)["Data"]["D5"].fill.fgColor.rgb == BRICK


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>' + SHEETS[0],
        '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>',
    ],
)
def test_a_workbook_that_cannot_be_edited_is_copied(tmp_path, content):
    path, target = sheet_with(tmp_path, content), tmp_path / "marked.xlsx"
    done = write_marked(path, report_of((1, 1)), target)
    assert done is None or not done.own


def test_no_more_cells_than_excel_shows_well(tmp_path):
    path, target = sheet_with(tmp_path, SHEETS[0]), tmp_path / "marked.xlsx"
    places = [(row, 1) for row in range(2, MAX_CELLS + 12)]
    done = write_marked(path, report_of(*places), target)
    assert done.cells == MAX_CELLS + 1
    assert done.hidden == 10
    last = list(openpyxl.load_workbook(target)[FINDINGS_SHEET].iter_rows())[-1]
    assert last[0].value.startswith("10 temuan lain")


def test_a_csv_becomes_a_workbook_without_formulas(tmp_path):
    path = tmp_path / "padi.csv"
    path.write_text(
        'Judul\ntahun,kode_wilayah,kecamatan,produksi_ton\n2025,35.03.3,=1+1,"1.234,5"\n'
    )
    report, done, target = marked(path, tmp_path, "padi.csv")
    assert not done.own
    sheet = openpyxl.load_workbook(target)["Data"]
    assert [c.value for c in sheet[3]] == ["2025", "35.03.3", "=1+1", "1.234,5"]
    assert {c.data_type for c in sheet[3]} == {"s"}
    assert sheet["B3"].fill.fgColor.rgb == BRICK
    assert any(f.code == "title-rows" for f in report.findings)


def test_personal_data_is_masked_in_comments(tmp_path):
    path = tmp_path / "warga.csv"
    path.write_text("nik,nama\n3503010101900001,Siti\n")
    report = check_file(path, Expectation(name="warga.csv"))
    target = tmp_path / "marked.xlsx"
    write_marked(path, report, target)
    for name, content in parts(target).items():
        if not name.endswith(("sheet1.xml", "sharedStrings.xml")):
            assert b"3503010101900001" not in content, name


def test_what_is_no_table_is_not_marked(tmp_path):
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    report = check_file(path, Expectation(name="surat.pdf"))
    assert write_marked(path, report, tmp_path / "marked.xlsx") is None
