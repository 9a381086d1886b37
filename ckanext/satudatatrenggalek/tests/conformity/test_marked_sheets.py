"""Marking sheets of every shape: missing cells and rows, merged cells, other formats."""

from __future__ import annotations

import re
import warnings
import zipfile

import openpyxl
import pytest

from ckanext.satudatatrenggalek.conformity import (
    ERROR,
    FINDINGS_SHEET,
    Expectation,
    Finding,
    Report,
    Stats,
    check_file,
    write_marked,
)
from ckanext.satudatatrenggalek.conformity.marked.marks import MAX_CELLS

from .marking import BRICK, cells_of, marked, parts


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


PARTS = ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
         "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/comments1.xml",
         "xl/drawings/vmlDrawing1.vml"]  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("damage", ["empty", "cut", "numbers", "missing"])
def test_a_damaged_part_never_raises(tmp_path, name, damage):
    path, first, hurt, target = (tmp_path / f"{n}.xlsx" for n in ("plain", "first", "hurt", "out"))
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Data"
    book.worksheets[0].append(["a", 1])
    book.save(path)
    report = report_of((1, 2), (4, 1))
    write_marked(path, report, first)
    content = parts(first)
    content[name] = {
        "empty": b"",
        "cut": content[name][: len(content[name]) // 2],
        "numbers": re.sub(rb'="[0-9]+"', b'="x9"', content[name]),
        "missing": content[name],
    }[damage]
    with zipfile.ZipFile(hurt, "w") as archive:
        for part, text in content.items():
            if part != name or damage != "missing":
                archive.writestr(part, text)
    done = write_marked(hurt, report, target)
    assert done is None or zipfile.is_zipfile(target)
