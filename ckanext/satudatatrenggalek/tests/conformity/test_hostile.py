"""Files made to exhaust a reader: each is a finding, soon and in little memory."""

from __future__ import annotations

import json
import resource
import time
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from ckanext.satudatatrenggalek.conformity import Expectation, Limits, check_file
from ckanext.satudatatrenggalek.conformity.readers import text

from . import poison
from .conftest import codes, only

MIB = 1024 * 1024
SECONDS = 20  # of processor time; a slow machine needs a few


@pytest.fixture
def bounded():
    """bounded(path, name, limits) -> report, in bounded time and memory."""

    def run(path, name="", limits=None):
        expectation = Expectation(name=name or path.name, limits=limits or Limits())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.process_time()
        report = check_file(path, expectation)
        took = time.process_time() - began
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        assert took < SECONDS
        assert grown < 600 * MIB
        return report

    return run


def test_a_zip_bomb(tmp_path, bounded):
    report = bounded(poison.zip_bomb(tmp_path / "bom.xlsx", 300))
    finding = only(report, "unpacks-too-large")
    assert "300,0 MB" in finding.message
    assert codes(report) == ["unpacks-too-large"]


def test_a_small_limit_on_what_a_package_unpacks_to(tmp_path, workbook, bounded):
    path = workbook([["a", "b"], *[[n, "x" * 50] for n in range(2_000)]])
    assert bounded(path).valid
    limits = replace(Limits(), max_unpacked=50_000)
    assert codes(bounded(path, limits=limits)) == ["unpacks-too-large"]


def test_a_package_that_lies_about_its_size(tmp_path, workbook, bounded):
    path = workbook([["a", "b"], *[[n, "x" * 50] for n in range(2_000)]])
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    told, lied = (number.to_bytes(4, "little") for number in (size, 100))
    path.write_bytes(content.replace(told, lied))
    assert not bounded(path).valid


def test_a_billion_laughs_in_every_package(tmp_path, workbook, bounded):
    assert codes(bounded(poison.billion_laughs(tmp_path / "tawa.ods"))) == ["xml-entities"]
    laughs = "".join(
        f'<!ENTITY l{n} "{("&l" + str(n - 1) + ";") * 10 if n else "ha" * 10}">' for n in range(10)
    )
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        path = workbook([["a", "b"], ["x", 1]])
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for encoding in ("utf-8", "utf-16"):
            bare = parts[part].decode().partition("?>")[2] or parts[part].decode()
            hostile = f"<!DOCTYPE d [{laughs}]>{bare.replace('>x<', '>&l9;<')}".encode(encoding)
            with zipfile.ZipFile(path, "w") as archive:
                for name, text_ in {**parts, part: hostile}.items():
                    archive.writestr(name, text_)
            assert codes(bounded(path)) == ["xml-entities"]


def test_laughs_in_a_part_of_another_ending(tmp_path, workbook, bounded):
    path = workbook([["a", "b"], ["x", 1]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            if name == "xl/worksheets/sheet1.xml":
                hostile = b'<!DOCTYPE d [<!ENTITY l "ha">]>' + content.partition(b"?>")[2]
                archive.writestr("xl/worksheets/sheet1.txt", hostile)
            else:
                archive.writestr(name, content.replace(b"sheet1.xml", b"sheet1.txt"))
    assert codes(bounded(path)) == ["xml-entities"]


def test_laughs_in_html_are_words(tmp_path, bounded):
    path = tmp_path / "tawa.xls"
    table = "<table><tr><td>a</td><td>b</td></tr><tr><td>&l9;</td><td>1</td></tr></table>"
    path.write_text(f'<!DOCTYPE html [<!ENTITY l9 "ha">]>{table}')
    assert codes(bounded(path)) == ["html-as-xls"]


def test_a_cell_at_the_far_end_of_a_sheet(tmp_path, bounded):
    book = openpyxl.Workbook()
    for place, value in (("A1", "a"), ("B1", "b"), ("A2", "x"), ("B2", 1), ("XFD1048576", "!")):
        book.worksheets[0][place] = value
    path = tmp_path / "jauh.xlsx"
    book.save(path)
    limits = replace(Limits(), max_rows=20_000)
    assert "too-many-rows" in codes(bounded(path, limits=limits))


@pytest.mark.parametrize("columns", [10_000, 200_000])
def test_too_many_columns(tmp_path, bounded, columns):
    report = bounded(poison.wide(tmp_path / "lebar.csv", columns))
    assert set(codes(report)) == {"too-many-columns"}


def test_too_many_columns_in_a_workbook(tmp_path, workbook, bounded):
    path = workbook([[f"k{n}" for n in range(10_000)], list(range(10_000))])
    assert codes(bounded(path)) == ["too-many-columns"]


def test_a_line_without_end(tmp_path, monkeypatch, bounded):
    monkeypatch.setattr(text, "LONGEST_LINE", 1_000_000)
    path = poison.one_line(tmp_path / "baris.csv", 64)
    report = bounded(path)
    assert "line-too-long" in codes(report)
    assert not report.valid


def test_a_quote_that_swallows_the_file(tmp_path, bounded):
    path = tmp_path / "kutip.csv"
    path.write_text('a,b\n"x,1\n' + "y,2\n" * 1_000_000)
    assert set(codes(bounded(path))) & {"unclosed-quote", "cut-short"}


@pytest.mark.parametrize("content", ["[" * 500_000, '{"a":' * 500_000, "[" * 900 + "]" * 900])
def test_deep_json(tmp_path, bounded, content):
    path = tmp_path / "dalam.json"
    path.write_text(content)
    report = bounded(path)
    assert codes(report) in (["format-error"], [])


def test_deep_values_in_rows_of_json(tmp_path, bounded):
    deep: object = 1
    for _ in range(300):
        deep = [deep]
    path = tmp_path / "dalam.json"
    path.write_text(json.dumps([{"a": deep, "b": 1}, {"a": 2, "b": 3}]))
    assert bounded(path).stats.rows == 2


@pytest.mark.parametrize(
    "page",
    [
        "<table>" * 100_000,
        "<table><tr><td>" * 50_000,
        "<table><tr><td colspan=99999 rowspan=99999>x</td></tr>" * 20 + "</table>",
        "<table><tr>" + "<td rowspan=1000 colspan=1000>x" * 2_000 + "</table>",
        "<table><tr><td>" + "a" * 4_000_000 + "</table>",
        "<table><tr><td>a<!--" + "x" * 4_000_000,
        "<table><tr><td " + 'a="1" ' * 500_000 + ">x</table>",
        "<table><tr><td>" + "<" * 200_000 + "</table>",
    ],
    ids=["tables", "cells", "spans", "areas", "text", "comment", "attributes", "brackets"],
)
def test_hostile_pages(tmp_path, bounded, page):
    path = tmp_path / "halaman.xls"
    path.write_text(page)
    assert not bounded(path).valid


def test_an_ods_that_repeats_a_row_for_ever(tmp_path, ods, bounded):
    wide = "table:number-columns-repeated='16384'"
    cell = f"<table:table-cell {wide}><text:p>x</text:p></table:table-cell>"
    row = f"<table:table-row table:number-rows-repeated='1048576'>{cell}</table:table-row>"
    limits = replace(Limits(), max_rows=2_000)
    assert not bounded(ods(row * 3), limits=limits).valid
