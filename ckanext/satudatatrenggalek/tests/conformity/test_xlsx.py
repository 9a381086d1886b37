"""The fast reader of workbooks gives what openpyxl gives, and what neither gives by itself."""

from __future__ import annotations

import datetime
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from xlsxwriter import Workbook

from ckanext.satudatatrenggalek.conformity import Expectation, Limits, check_file
from ckanext.satudatatrenggalek.conformity.masking import text_of
from ckanext.satudatatrenggalek.conformity.readers import xlsx
from ckanext.satudatatrenggalek.conformity.readers.xlsx import open_xlsx

from .conftest import find, only
from .test_contoh import FOLDER

REAL = sorted(FOLDER.glob("*.xlsx")) if FOLDER.is_dir() else []
SHEET = "xl/worksheets/sheet1.xml"
NEVER = datetime.datetime(2024, 2, 29, 13, 45, 10)  # noqa: DTZ001 - workbooks know no zones
VALUES = [
    None, "", "Panggul", " di depan", "di belakang ", "dua\nbaris", "<b>&amp;", "é–“”", "1.000",
    "01",
    0, 1, -5, 2024, 14108.4, 0.1, 1e-7, 1e20, 2.5e15, 3503991203850001, 999999999999999, True,
    False,
    "#N/A", NEVER, NEVER.date(), NEVER.time(), datetime.timedelta(hours=30), "=", "TRUE",
]  # fmt: skip


def trimmed(rows):
    """Texts of the rows, blanks at the ends of rows and of the sheet left out."""
    shown = [[text_of(cell) for cell in row] for row in rows]
    for row in shown:
        while row and row[-1] == "":
            row.pop()
    while shown and not shown[-1]:
        shown.pop()
    return shown


def fast(path):
    source = open_xlsx(path, Limits())
    assert not source.problems
    return {sheet.name: trimmed(sheet.read()) for sheet in source.sheets}


def by_openpyxl(path):
    with path.open("rb") as stream:
        book = openpyxl.load_workbook(stream, data_only=True)
    shown = [s for s in book.worksheets if s.sheet_state == "visible"]
    return {s.title: trimmed(s.iter_rows(values_only=True)) for s in shown}


def random_rows(seed):
    dice = random.Random(seed)
    return [
        [dice.choice(VALUES) for _ in range(dice.randint(0, 6))] for _ in range(dice.randint(1, 30))
    ]


@pytest.mark.parametrize("seed", range(20))
def test_equal_cells_in_generated_workbooks(tmp_path, seed):
    book = openpyxl.Workbook()
    for number in range(2):
        sheet = book.create_sheet(f"L{number}")
        for r, row in enumerate(random_rows(seed * 2 + number), start=1 + seed % 3):
            for c, value in enumerate(row, start=1 + seed % 2):
                sheet.cell(r, c, value)
        sheet["J40"].font = Font(bold=True)
    path = tmp_path / "x"
    book.save(path)
    assert fast(path) == by_openpyxl(path)


@pytest.mark.parametrize("seed", range(6))
def test_equal_cells_in_workbooks_with_shared_texts(tmp_path, seed):
    path = tmp_path / "x"
    book = Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "date_1904": bool(seed % 2)})
    sheet = book.add_worksheet("Data")
    for r, row in enumerate(random_rows(100 + seed)):
        for c, value in enumerate(row):
            if not isinstance(value, datetime.time):
                sheet.write(r, c, value)
    sheet.write_formula(40, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(40, 1, '="a"&"b"', None, "ab")
    book.close()
    assert fast(path) == by_openpyxl(path)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_equal_cells_in_real_workbooks(path):
    assert fast(path) == by_openpyxl(path)


def test_what_calamine_cannot_read_openpyxl_does(tmp_path, monkeypatch, workbook):
    path = workbook([["a", "b"], ["x", 1.5], [None, "=1+1"]])
    quick = fast(path)
    assert check_file(path, Expectation(name="data.xlsx")).engine == "satudata/fast"
    monkeypatch.setattr(xlsx, "_LARGEST", 0)
    assert fast(path) == quick
    assert check_file(path, Expectation(name="data.xlsx")).engine == "satudata/careful"


def edited(path: Path, part: str, old: str, new: str) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_numbers_too_long_for_a_float_are_read_whole(workbook):
    path = workbook([["a", "b"], [4711, "x"]])
    edited(path, SHEET, "<v>4711</v>", "<v>123456789012345678</v>")
    assert fast(path)["Data"][1][0] == "123456789012345678"


def test_a_formula_that_reads_another_file(workbook):
    path = workbook([["a", "b"], ["x", 1], ["y", 2], ["z", 3]])
    edited(path, SHEET, "<v>2</v>", "<f>[1]Lembar1!A1*2</f><v>2</v>")
    report = check_file(path, Expectation(name="data.xlsx"))
    finding = only(report, "formula-outside")
    assert (finding.row, finding.severity) == (3, "warning")
    assert "`=[1]Lembar1!A1*2`" in finding.message
    assert report.valid


def test_a_formula_of_a_table_reads_no_other_file(workbook):
    path = workbook([["a", "b"], ["x", 1], ["y", 2]])
    edited(path, SHEET, "<v>2</v>", "<f>SUM(Tabel1[b])+Tabel1[[#This Row],[b]]</f><v>2</v>")
    assert not find(check_file(path, Expectation(name="data.xlsx")), "formula-outside")


def test_rows_out_of_the_way_keep_their_numbers(workbook):
    path = workbook([[None] * 3, [None] * 3, [None, "a", "b"], [None, "x", 1], [None, "y", "-"]])
    report = check_file(path, Expectation(name="data.xlsx"))
    assert report.stats.header_row == 3
    assert only(report, "blank-row").row == 1
