"""Files to check, made on the spot: no office's data is kept in the repository."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ckanext.satudatatrenggalek.conformity import (
    Expectation,
    Finding,
    Report,
    check_file,
    write_tidied,
)

PADI = {
    "fields": [
        {"name": "tahun", "type": "year", "constraints": {"required": True}},
        {"name": "kode_wilayah", "type": "string", "constraints": {"required": True}},
        {"name": "kecamatan", "type": "string"},
        {"name": "produksi_ton", "type": "number"},
    ]
}
HEAD = "tahun,kode_wilayah,kecamatan,produksi_ton\n"
CLEAN = HEAD + "2025,35.03.01,Panggul,14108.4\n2025,35.03.02,Munjungan,10714.8\n"

Check = Callable[..., Report]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """check(content, name="data.csv", schema=None, **expectation) -> Report."""

    def run(
        content: str | bytes, name: str = "data.csv", schema: Any = None, **more: Any
    ) -> Report:
        path = tmp_path / "upload"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return check_file(path, Expectation(name=name, table_schema=schema, **more))

    return run


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """workbook(rows, merged=(), **further sheets) -> path of an XLSX."""

    def make(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), **more: Any) -> Path:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = "Data"
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
        for title, further in more.items():
            other = book.create_sheet(title)
            for row in further:
                other.append(list(row))
        path = tmp_path / "data.xlsx"
        book.save(path)
        return path

    return make


@pytest.fixture
def ods(tmp_path: Path) -> Callable[[str], Path]:
    """ods(table rows as XML) -> path of an ODS with one sheet."""

    def make(rows: str) -> Path:
        spaces = " ".join(
            f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"'
            for p in ("office", "table", "text")
        )
        content = (
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Data">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
        path = tmp_path / "data.ods"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", content)
        return path

    return make


@pytest.fixture
def tidy(tmp_path):
    """tidy(content, answers=None, name="data.csv", **expectation) -> (Tidied, rows, log)."""

    def run(content, answers=None, name="data.csv", **expectation):
        path = tmp_path / "upload"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        target, log = tmp_path / "copy.csv", tmp_path / "log.csv"
        done = write_tidied(path, Expectation(name=name, **expectation), answers or {}, target, log)
        return done, table(target), table(log)

    return run


def table(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def find(report: Report, code: str) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in report.findings if finding.code == code]


def only(report: Report, code: str) -> Finding:
    """The one finding of a code; fails when there is none or another."""
    found = find(report, code)
    assert len(found) == 1, [(f.code, f.row, f.message) for f in report.findings]
    return found[0]


def codes(report: Report) -> list[str]:
    """All codes of a report, in order."""
    return [finding.code for finding in report.findings]
