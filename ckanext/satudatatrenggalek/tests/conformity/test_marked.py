"""Excel bertanda: the wrong cells are coloured and commented, everything else stays."""

from __future__ import annotations

import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.cell import get_column_letter

from ckanext.satudatatrenggalek.conformity import (
    ERROR,
    FINDINGS_SHEET,
    Expectation,
    check_file,
    inspect_upload,
)
from ckanext.satudatatrenggalek.conformity.messages.marked import AUTHOR

from .conftest import PADI
from .marking import BRICK, EARTH, cells_of, marked, parts

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


def test_threaded_comments_stay(office, tmp_path):
    path, name = tmp_path / "threaded.xlsx", "xl/threadedComments/threadedComment1.xml"
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="/{name}"/></Relationships>'
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts(office).items():
            more = content.replace(b"</Relationships>", link.encode()) if part == rels else content
            archive.writestr(part, more)
        archive.writestr(name, "<ThreadedComments/>")
    _, done, target = marked(path, tmp_path)
    assert done.own
    assert parts(target)[name] == b"<ThreadedComments/>"
    assert kind.encode() in parts(target)[rels]


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
