"""Three files as offices upload them, made here: nothing in them is anybody's."""

from __future__ import annotations

from pathlib import Path

import openpyxl

_PLACES = (
    ("35.03.01", "Panggul", "3.645,2", "212,5", "1.250"),
    ("35.03.02", "Munjungan", "2.318,4", "146,8", "980"),
    ("35.03.03", "Pule", "-", "98,4", "-"),
    ("35.03.04", "Dongko", "-", "120,9", "415"),
    ("35.03.08", "Watulimo", "18.912,7", "488,0", "7.310"),
)


def semicolons(folder: Path) -> Path:
    """Semicolons, decimal commas, thousands dots, Windows' letters, a title, a total, a note."""
    lines = [
        "PRODUKSI PERIKANAN MENURUT KECAMATAN, TAHUN 2025;;;;;",
        "Dinas Perikanan – Kabupaten Trenggalek;;;;;",
        ";;;;;",
        "tahun;kode_wilayah;kecamatan;produksi_laut;produksi_budidaya;jumlah_nelayan",
        *(";".join(("2025", *place)) for place in _PLACES),
        "JUMLAH;;;24.876,3;1.066,6;9.955",
    ]
    path = folder / "produksi perikanan 2025 FIX.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def stacked(folder: Path) -> Path:
    """A workbook: title, two header rows with merged cells, a row of units, "-", footnotes."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Produksi 2025"
    sheet.append(["PRODUKSI PERIKANAN TAHUN 2025"])
    sheet.append([])
    sheet.append(["Tahun", "Kode Wilayah", "Kecamatan", "Produksi"])
    sheet.append([None, None, None, "Laut", "Budidaya"])
    sheet.append([None, None, None, "(ton)", "(ton)"])
    for area in ("A1:E1", "A3:A5", "B3:B5", "C3:C5", "D3:E3"):
        sheet.merge_cells(area)
    for code, name, sea, farmed, _ in _PLACES:
        numbers = [_number(text) for text in (sea, farmed)]
        sheet.append([2025, code, name, *numbers])
    sheet.append(["JUMLAH", None, None, 24876.3, 1066.6])
    sheet.append(["*) angka sementara"])
    sheet.append(["Sumber: Dinas Perikanan"])
    path = folder / "Lampiran produksi.xlsx"
    book.save(path)
    return path


def _number(text: str) -> float | str:
    return text if text == "-" else float(text.replace(".", "").replace(",", "."))


def web_page(folder: Path) -> Path:
    """What an application calls Excel: a web page named .xls, one region code wrong."""
    heads = ("tahun", "kode_wilayah", "kecamatan", "jumlah_nelayan")
    rows = [
        ("2025", code.replace("35.03.03", "35.03.3"), name, count or "-")
        for code, name, _, _, count in _PLACES
    ]
    cells = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (heads, *rows)
    )
    path = folder / "nelayan.xls"
    path.write_text(f"<html><body><table border=1>{cells}</table></body></html>", "utf-8")
    return path
