"""The file gate: every refusal, and that ordinary files pass."""

from __future__ import annotations

import struct
import zipfile
from time import monotonic

import pytest
import xlwt

from ckanext.satudatatrenggalek.conformity import FORMATS, check_name, inspect_upload

from .conftest import CLEAN

LIMIT = 5 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def refuse(tmp_path):
    """refuse(content, name) -> code of the refusal, "" when the file may pass."""

    def run(content: bytes, name: str, limit: int = LIMIT) -> str:
        path = tmp_path / "upload"
        path.write_bytes(content)
        refusal = inspect_upload(path, name, limit)
        if refusal is None:
            return ""
        assert refusal.message.endswith(".")
        return refusal.code

    return run


def package(tmp_path, *parts, size=10):
    path = tmp_path / "parts.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for part in parts:
            archive.writestr(part, "0" * size)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name-empty"),
        ("  ", "name-empty"),
        ("../data.csv", "name-path"),
        ("/etc/data.csv", "name-path"),
        ("C:\\data.csv", "name-path"),
        ("..csv", "name-path"),
        (".data.csv", "name-path"),
        ("data\0.csv", "name-hidden-characters"),
        ("data\n.csv", "name-hidden-characters"),
        ("data\u202evsc.exe.csv", "name-hidden-characters"),
        ("data\u200b.csv", "name-hidden-characters"),
        ("data:x.csv", "name-characters"),
        ("data?.csv", "name-characters"),
        (" data.csv", "name-characters"),
        ("x" * 250 + ".csv", "name-long"),
        ("data.exe", "format-unknown"),
        ("data.csv.exe", "format-unknown"),
        ("data", "format-unknown"),
        ("data.html", "format-unknown"),
        ("data.xlsm", "macros"),
        ("data.zip", "archive"),
    ],
)
def test_names_that_are_refused(name, code):
    refusal = check_name(name)
    assert refusal is not None
    assert refusal.code == code


@pytest.mark.parametrize(
    "name", ["padi_2025.xlsx", "perikanan 2025 FIX.xlsx", "Data (1).CSV", "v1.2-padi.csv", "é.pdf"]
)
def test_names_that_pass(name):
    assert check_name(name) is None


def test_an_empty_and_a_too_large_file(refuse):
    assert refuse(b"", "data.csv") == "empty"
    assert refuse(b"a,b\n" * 100, "data.csv", limit=399) == "too-large"
    assert refuse(b"a,b\n" * 100, "data.csv", limit=400) == ""


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"<html><table></table></html>", "data.xls", "wrong-kind"),
        (b"<table><tr><td>1</td></tr></table><script>x()</script>", "data.xls", "wrong-kind"),
        (b"<table><tr><td><a href='javascript:x'>1</a></table>", "data.xls", "wrong-kind"),
        (b"<table><tr><td>1<iframe src=x></table>", "data.xls", "wrong-kind"),
        (b"<table><tr><td>1</td></tr></table>", "data.csv", "wrong-kind"),
        (b"<table><tr><td>1</td></tr></table>", "data.xlsx", "wrong-kind"),
        (b"\n<!DOCTYPE html><p>", "data.csv", "wrong-kind"),
        (b"<?xml version='1.0'?><html/>", "data.csv", "wrong-kind"),
        (b"%PDF-1.7", "data.csv", "wrong-kind"),
        (b"\x89PNG\r\n\x1a\n", "data.pdf", "wrong-kind"),
        (b"MZ\x90\0\x03\0\0", "data.csv", "program"),
        (b"\x7fELF\x02\x01", "data.xlsx", "program"),
        (b"#!/bin/sh\nrm x\n", "data.csv", "program"),
        (b"a,b\n1,2\n", "data.xlsx", "wrong-kind"),
        (b'{"a": 1}', "data.csv", "wrong-kind"),
        (b"a,b\n1,2\n", "data.json", "wrong-kind"),
        (b"PK\x03\x04rusak", "data.xlsx", "wrong-kind"),
        (OLE + b"\0" * 100, "data.xls", "wrong-kind"),
        (b"a,b\0\0\0\x01", "data.csv", "wrong-kind"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "data.xlsx", "password-locked"),
    ],
)
def test_files_that_are_not_what_they_say(refuse, content, name, code):
    assert refuse(content, name) == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_csv_of_any_encoding_passes(refuse, encoding):
    assert refuse(CLEAN.replace("P", "É").encode(encoding), "data.csv") == ""


@pytest.mark.parametrize("start", [b"{ket},b\n", b"[1],b\n"[:3] + b" x,b\n", b"MZ,b\n", b"<5,b\n"])
def test_a_csv_may_begin_with_any_letter(refuse, start):
    assert refuse(start + b"1,2\n", "data.csv") == ""


def test_ordinary_files_pass(refuse, workbook):
    assert refuse(workbook([["a", "b"], [1, 2]]).read_bytes(), "data.xlsx") == ""
    assert refuse(b'{"a": 1}', "data.json") == ""
    assert refuse(b"%PDF-1.7", "data.pdf") == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_table_of_html_named_xls_passes(refuse, encoding):
    page = "<style>td {color: red}</style><table><tr><th>a</th></tr><tr><td>1</td></tr></table>"
    assert refuse(page.encode(encoding), "data.xls") == ""


def test_zips_that_are_no_workbook(refuse, tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data.csv", "a,b")
    assert refuse(path.read_bytes(), "data.xlsx") == "wrong-kind"


def test_macros_and_links_inside_a_workbook(refuse, tmp_path):
    assert refuse(package(tmp_path, "xl/vbaProject.bin"), "data.xlsx") == "macros"
    links = package(tmp_path, "xl/externalLinks/externalLink1.xml")
    assert refuse(links, "data.xlsx") == "external-links"


def test_a_bomb_is_refused_before_it_is_unpacked(refuse, tmp_path):
    bomb = package(tmp_path, "xl/worksheets/sheet1.xml", size=60 * 1024 * 1024)
    assert len(bomb) < 100_000
    assert refuse(bomb, "data.xlsx") == "zip-bomb"


def test_a_locked_ods(refuse, tmp_path):
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert refuse(path.read_bytes(), "data.ods") == "password-locked"


def test_xls_plain_locked_and_with_macros(refuse, tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("Data").write(0, 0, "a")
    path = tmp_path / "x.xls"
    book.save(str(path))
    plain = path.read_bytes()
    assert refuse(plain, "data.xls") == ""
    assert refuse(plain + "_VBA_PROJECT".encode("utf-16-le"), "data.xls") == "macros"
    start = plain.index(struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005)) + 20
    locked = plain[:start] + struct.pack("<H", 0x002F) + plain[start + 2 :]
    assert refuse(locked, "data.xls") == "password-locked"


def test_the_accepted_formats():
    assert set(FORMATS) == {
        "csv", "tsv", "xlsx", "xls", "ods", "json", "geojson", "xml", "pdf", "docx"
    }  # fmt: skip


def test_a_page_of_beginnings_is_looked_through_once(refuse):
    began = monotonic()
    assert refuse(b"<html><table>" * 300_000, "data.xls") == "wrong-kind"
    assert monotonic() - began < 5


def directory(entries: int) -> bytes:
    """A ZIP file of a directory alone; its ZIP64 end counts more than the ordinary one."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, *[0] * 7, 0, 1, *[0] * 6) + b"a"
    body, listed = b"PK\3\4" + bytes(26), entry * entries
    count, size, place = entries, len(listed), len(body)
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, place)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, place + size, 1)
    return (
        body + listed + end64 + locator + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 47, 30, 0)
    )


def test_a_directory_of_a_hundred_thousand_parts_is_not_opened(refuse, monkeypatch):
    def opened(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(zipfile.ZipFile, "__init__", opened)
    assert refuse(directory(100_000), "data.xlsx") == "wrong-kind"


def test_a_manifest_without_end_is_not_read(tmp_path, refuse):
    path = tmp_path / "parts.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", " " * 15 * 1024 * 1024)
    assert refuse(path.read_bytes(), "data.ods") == "damaged"
