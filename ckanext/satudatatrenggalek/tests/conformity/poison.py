"""Files made to break whoever reads them: small on disk, huge or endless when opened."""

from __future__ import annotations

import zipfile
from pathlib import Path

_MIB = 1024 * 1024
_WORKBOOK = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override '
        'PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
}
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_LAUGHS = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}'
    f'{("&l" + str(n - 1) + ";") * 9 if n else "ha" * 9}">'
    for n in range(12)
)


def zip_bomb(path: Path, mib: int) -> Path:
    """An XLSX of some kilobytes whose only sheet is ``mib`` MiB of one cell's text."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _WORKBOOK.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{_SHEET}<row r="1"><c r="A1" t="inlineStr"><is><t>'.encode())
            for _ in range(mib):
                sheet.write(b"a" * _MIB)
            sheet.write(b"</t></is></c></row></sheetData></worksheet>")
    return path


def billion_laughs(path: Path) -> Path:
    """An ODS whose content is entities of entities: 10 to the power of 12 letters when expanded."""
    spaces = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"'
        for p in ("office", "table", "text")
    )
    content = (
        f"<?xml version='1.0'?><!DOCTYPE d [{_LAUGHS}]><office:document-content {spaces}>"
        "<office:body><office:spreadsheet><table:table table:name='Data'><table:table-row>"
        "<table:table-cell><text:p>&l11;</text:p></table:table-cell></table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def wide(path: Path, columns: int, rows: int = 3) -> Path:
    """A CSV of many columns."""
    lines = [",".join(f"k{n}" for n in range(columns))]
    lines += [",".join(str(n + row) for n in range(columns)) for row in range(rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def one_line(path: Path, mib: int) -> Path:
    """A CSV without a single line end."""
    with path.open("wb") as out:
        for _ in range(mib):
            out.write(b"a1b2c3d4" * (_MIB // 8))
    return path


def long(path: Path, rows: int) -> Path:
    """A CSV with nothing wrong but its length."""
    path.write_text("tahun,jumlah\n" + "2025,17\n" * rows, encoding="utf-8")
    return path


def records(path: Path, rows: int) -> Path:
    """JSON rows, all of which are in memory before the first is known."""
    row = '{"tahun": 2025, "nama": "xxxxxxxxxxxxxxxxxxxx"}'
    path.write_text(f"[{','.join([row] * rows)}]", encoding="utf-8")
    return path
