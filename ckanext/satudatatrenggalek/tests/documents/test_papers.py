"""The report as PDF and XLSX: the same hand-made figures in both, nothing of the data obeyed."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ckanext.satudatatrenggalek.documents import pdf, report, xlsx
from ckanext.satudatatrenggalek.documents.tables import Kind, written
from ckanext.satudatatrenggalek.domain.figures import Counts, Figures

from .november import FIGURES, ISSUE

EMPTY = replace(
    FIGURES,
    total=Counts(),
    offices=(),
    reasons=(),
    rounds=(),
    appointed=(),
    listing=(),
    steps=tuple(
        replace(
            step,
            ended=0,
            late_ended=0,
            late_open=0,
            median_seconds=None,
            mean_seconds=None,
            p90_seconds=None,
            limit_seconds=None,
        )
        for step in FIGURES.steps
    ),
)


def text_of(content: bytes, folder: Path) -> str:
    """What a reader reads, columns kept, from Debian's poppler-utils."""
    program = shutil.which("pdftotext")
    assert program, "Pasang poppler-utils: apt install poppler-utils"
    path = folder / "laporan.pdf"
    path.write_bytes(content)
    done = subprocess.run([program, "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> str:
    return text_of(pdf.paper(FIGURES, ISSUE), tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="module")
def sheets() -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(BytesIO(xlsx.workbook(FIGURES, ISSUE)))
    return {name: book[name] for name in book.sheetnames}  # type: ignore[misc]


def line_with(paper: str, *words: str) -> str:
    """The line in which these words stand one after the other."""
    found = [line for line in paper.splitlines() if line.split()[: len(words)] == list(words)]
    assert found, words
    return " ".join(found[0].split())


def rows_of(sheet: Worksheet) -> dict[object, tuple[object, ...]]:
    """Rows by their first cell."""
    return {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0] is not None}


def test_paper_has_letterhead_title_number_and_contents(paper: str) -> None:
    first = paper.split("\f")[0]
    for words in (
        "PEMERINTAH KABUPATEN TRENGGALEK",
        "DINAS KOMUNIKASI DAN INFORMATIKA",
        "LAPORAN PENYELENGGARAAN SATU DATA",
        "Periode 1 sampai 30 November 2026",
        "Nomor LAP-SDT/2026/12/001",
        "Daftar isi",
        "BAB III",
        "Lampiran B",
        "Halaman 1 dari",
    ):
        assert words in first


def test_paper_writes_numbers_and_dates_the_indonesian_way(paper: str) -> None:
    assert line_with(paper, "Diajukan", "1.236") == "Diajukan 1.236 -"
    assert "pada Selasa, 1 Desember 2026 08.30 WIB" in " ".join(paper.split())
    assert "03-11-2026" in paper  # 2 November 18.30 UTC is the 3rd in Trenggalek


def test_paper_says_the_working_times(paper: str) -> None:
    line = line_with(paper, "Perbaikan", "oleh", "produsen", "Produsen")
    assert line.endswith("4 15,0 17,0 33,5 25,5 1 75%")


def test_paper_has_every_office_also_the_idle_one(paper: str) -> None:
    assert line_with(paper, "Dinas", "Kesehatan", "1.234").endswith("1.234 3 5 4 75% 3 94%")
    assert line_with(paper, "Sekretariat", "DPRD").endswith("DPRD 0 0 0 0 - 0 -")
    assert line_with(paper, "Jumlah", "1.236").endswith("1.236 3 6 5 80% 3 94%")


def test_paper_says_where_it_can_be_verified(paper: str) -> None:
    assert ISSUE.verify_url in paper
    assert ISSUE.figures_sha256 in paper


def test_titles_are_words_on_paper_never_commands(paper: str) -> None:
    assert "Produksi Padi #let *tebal*" in paper
    assert '=HYPERLINK("http://x","Jumlah Balita")' in paper


def test_paper_is_the_same_bytes_each_time_and_archivable() -> None:
    content = pdf.paper(FIGURES, ISSUE)
    assert content == pdf.paper(FIGURES, ISSUE)
    assert b"pdfaid:part" in content
    assert b"pdfuaid:part" in content
    assert b"/MarkInfo" in content


def test_paper_of_nothing_is_still_a_report(tmp_path: Path) -> None:
    paper = text_of(pdf.paper(EMPTY, ISSUE), tmp_path)
    assert "0 dataset terbit, 0 (-) di antaranya" in " ".join(paper.split())
    assert "Tidak ada pengajuan yang bergerak" in paper


def test_frozen_figures_draw_the_same_paper() -> None:
    thawed = Figures.from_dict(FIGURES.as_dict())
    assert thawed == FIGURES
    assert pdf.paper(thawed, ISSUE) == pdf.paper(FIGURES, ISSUE)


def test_workbook_has_the_five_sheets(sheets: dict[str, Worksheet]) -> None:
    assert list(sheets) == [
        "Ringkasan",
        "Per OPD",
        "Waktu per langkah",
        "Alasan pengembalian",
        "Daftar",
    ]


def test_workbook_keeps_numbers_as_numbers(sheets: dict[str, Worksheet]) -> None:
    summary = rows_of(sheets["Ringkasan"])
    assert summary["Diajukan"][:2] == (1236, None)
    assert summary["Terbit tanpa perbaikan"][:2] == (4, 0.8)
    assert rows_of(sheets["Per OPD"])["Dinas Kesehatan"] == (1234, 3, 5, 4, 0.75, 3, 0.94)
    assert rows_of(sheets["Per OPD"])["Sekretariat DPRD"] == (0, 0, 0, 0, None, 0, None)


def test_workbook_counts_hours(sheets: dict[str, Worksheet]) -> None:
    row = rows_of(sheets["Waktu per langkah"])["7. Pemeriksaan"]
    assert row[1:6] == (10, 5.2, 6.35, 11.4, 8.5)


def test_no_text_becomes_a_formula(sheets: dict[str, Worksheet]) -> None:
    cells = [cell for sheet in sheets.values() for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_workbook_lists_days_as_dates(sheets: dict[str, Worksheet]) -> None:
    (row,) = [row for row in sheets["Daftar"].iter_rows() if str(row[1].value).startswith("=HYP")]
    assert row[0].value == "Dinas Kesehatan"
    assert row[3].is_date
    assert f"{row[3].value:%d-%m-%Y}" == "03-11-2026"


def test_workbook_of_nothing_opens() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx.workbook(EMPTY, ISSUE)))
    assert book["Per OPD"]["A1"].value == ISSUE.title


def test_workbook_is_the_same_bytes_each_time() -> None:
    assert xlsx.workbook(FIGURES, ISSUE) == xlsx.workbook(FIGURES, ISSUE)


def test_a_table_in_every_form_has_as_many_cells_as_columns() -> None:
    tables = (
        report.summary(FIGURES),
        report.by_office(FIGURES),
        report.step_times(FIGURES),
        report.reasons(FIGURES),
        report.reason_texts(FIGURES),
        report.rounds(FIGURES),
        report.appointed(FIGURES),
        report.listing(FIGURES),
        *report.listing_by_office(FIGURES),
    )
    for table in tables:
        rows = (*table.rows, table.total) if table.total else table.rows
        assert rows
        assert {len(row) for row in rows} == {len(table.columns)}


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (1234567, Kind.COUNT, "1.234.567"),
        (0, Kind.COUNT, "0"),
        (None, Kind.COUNT, "-"),
        (30600, Kind.HOURS, "8,5"),
        ((1, 3), Kind.SHARE, "33%"),
        ((2, 3), Kind.SHARE, "67%"),
        ((0, 0), Kind.SHARE, "-"),
        ("2026-10-31T17:00:00+00:00", Kind.DAY, "01-11-2026"),
        ("", Kind.DAY, "-"),
        ("", Kind.TEXT, "-"),
    ],
)
def test_written(value: object, kind: Kind, words: str) -> None:
    assert written(value, kind) == words  # type: ignore[arg-type]
