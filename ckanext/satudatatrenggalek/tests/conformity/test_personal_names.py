"""A sheet or a heading named by a person's number: masked in everything that is shown or kept."""

from __future__ import annotations

import json
from dataclasses import asdict

import openpyxl
import pytest

from ckanext.satudatatrenggalek.conformity import (
    ERROR,
    WARNING,
    Expectation,
    check_file,
    infer_schema,
    rows,
    write_marked,
    write_tidied,
)
from ckanext.satudatatrenggalek.conformity.__main__ import main
from ckanext.satudatatrenggalek.conformity.masking import masked_names, name_meant
from ckanext.satudatatrenggalek.conformity.prepare import prepare_tidied

from .conftest import find

NIK, OTHER = "3503011708900001", "3503015708910002"
NUMBERS = {
    "NIK": NIK,
    "NPWP": "01.234.567.8-901.000",
    "nomor ponsel": "081234567890",
    "alamat surel": "ibu.siti@contoh.id",
}


@pytest.fixture
def book(tmp_path):
    """Sheets named by two people; headings that are numbers and an address; a wrong cell."""
    workbook = openpyxl.Workbook()
    first = workbook.worksheets[0]
    first.title = OTHER
    first.append(["catatan"])
    sheet = workbook.create_sheet(NIK)
    sheet.append(["kecamatan", *(f"bantuan {number}" for number in list(NUMBERS.values())[1:])])
    for place in ("Panggul", "Munjungan", "Pule", "Dongko"):
        sheet.append([place, "1.234,5", 12, " x "])
    sheet.append(["Tugu", "-", 13, "y"])
    path = tmp_path / "buku.xlsx"
    workbook.save(path)
    return path


def leaks(text):
    return [number for number in (*NUMBERS.values(), OTHER) if number in text]


def test_the_report_in_every_shape(book, capsys):
    for schema in (None, {"fields": [{"name": "kecamatan", "type": "integer"}]}):
        report = check_file(book, Expectation(name="buku.xlsx", table_schema=schema))
        assert report.findings
        shapes = (report.to_dict(), report.to_frictionless(), [f.place for f in report.findings])
        assert leaks(json.dumps(shapes, ensure_ascii=False)) == []
    assert report.stats.sheet == "35************** (2)"
    assert report.labels == (
        "kecamatan",
        "bantuan 01**************",
        "bantuan 08**********",
        "bantuan i***@***.id",
    )
    main([str(book)])
    main([str(book), "--json"])
    assert leaks(capsys.readouterr().out) == []


@pytest.mark.parametrize(("what", "number"), NUMBERS.items())
def test_a_heading_that_is_a_number_is_found(check, what, number):
    text = f"kecamatan,{number}\nPule,1\nTugu,2\n"
    schema = {"fields": [{"name": n, "type": "string"} for n in ("kecamatan", number)]}
    strict = what in ("NIK", "NPWP")
    for access, severity in (("terbuka", ERROR if strict else WARNING), ("terbatas", WARNING)):
        report = check(text, schema=schema, access=access)
        (finding,) = find(report, "personal-name")
        assert (finding.severity, finding.row) == (severity, 1)
        assert what in finding.message
        assert "ke-2" in finding.message
        assert leaks(json.dumps(asdict(finding))) == []


def test_a_sheet_that_is_a_number_is_found(book):
    found = find(check_file(book, Expectation(name="buku.xlsx")), "personal-name")
    assert "Nama lembar adalah atau memuat NIK" in found[0].message


def test_a_tidied_copy_keeps_the_file_and_masks_what_is_told_of_it(book, tmp_path):
    expectation = Expectation(name="buku.xlsx", sheet=NIK)
    log = tmp_path / "log.csv"
    tidied = write_tidied(book, expectation, {}, tmp_path / "rapi.csv", log)
    assert NUMBERS["NPWP"] in (tmp_path / "rapi.csv").read_text().splitlines()[0]
    told = [asdict(change) for change in tidied.changes] + [asdict(q) for q in tidied.questions]
    assert any(change.column.endswith("*") for change in tidied.changes)
    assert any("*" in question.column for question in tidied.questions)
    assert leaks(json.dumps(told) + log.read_text()) == []
    prepare_tidied(book, expectation, {}, tmp_path)
    before = json.loads((tmp_path / "told.json").read_text())["before"]
    assert leaks(json.dumps({**before, "rows": []})) == []


def test_a_page_of_the_table_masks_names(book):
    page = rows(book, Expectation(name="buku.xlsx"))
    assert leaks(json.dumps([page.sheet, page.header])) == []


def test_the_sheet_is_found_again_by_what_is_shown_of_it(book, tmp_path):
    report = check_file(book, Expectation(name="buku.xlsx", sheet=NIK))
    assert report.stats.sheet == "35************** (2)"
    assert rows(book, Expectation(name="buku.xlsx", sheet=report.stats.sheet)).rows[0].cells[0]
    target = tmp_path / "bertanda.xlsx"
    marked = write_marked(book, report, target)
    assert marked.own
    assert marked.cells
    comments = [
        [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
        for sheet in openpyxl.load_workbook(target).worksheets
    ]
    assert comments[0] == []
    assert comments[1]
    assert leaks("".join(comments[1])) == []


def test_a_schema_inferred_from_such_a_file_fits_it(check, tmp_path):
    text = f"kecamatan,jiwa {NIK},jiwa {OTHER}\nPule,1.5,2\nTugu,2.5,3\n"
    path = tmp_path / "x.csv"
    path.write_text(text)
    schema = infer_schema(path, Expectation(name="x.csv"))
    assert leaks(json.dumps(schema)) == []
    report = check(text, schema=schema)
    assert {f.code for f in report.findings} <= {"personal-name", "constant-column"}


def test_names_masked_alike_are_told_apart():
    names = ["Data", NIK, OTHER, "Data"]
    shown = masked_names(names)
    assert shown == ["Data", "35**************", "35************** (2)", "Data"]
    assert [name_meant(each, names) for each in shown] == names
    assert name_meant(OTHER, names) == OTHER
    assert name_meant("Lain", names) == ""


def test_a_heading_longer_than_any_name_is_cut_where_it_may_hold_a_number(check):
    report = check(f'"{"a1" * 200_000}@",nilai\nPule,1.5\n')
    assert len(report.labels[0]) < 400
    assert check(f'"{"panjang " * 100}",nilai\nPule,1.5\n').labels[0] == "panjang " * 100
