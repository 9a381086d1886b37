"""The receipt is one page, whatever was handed in."""

import subprocess
from datetime import datetime, timezone

import pytest

from ckanext.satudatatrenggalek.documents import receipt
from ckanext.satudatatrenggalek.documents.receipt import MOST_FILES, Receipt

LONG = "luas_panen_dan_produksi_padi_sawah_menurut_kecamatan_dan_desa_semester_1_tahun_2025"


def _receipt(count: int, name: str = LONG) -> Receipt:
    files = [
        {"name": f"{name} {n}", "filename": f"{name}-{n}.csv", "sha256": "ab" * 32, "size": 5000}
        for n in range(count)
    ]
    return Receipt(
        letterhead=("PEMERINTAH KABUPATEN TRENGGALEK", "DINAS KOMUNIKASI DAN INFORMATIKA"),
        regency="Trenggalek",
        title="Jumlah #Posyandu $x$ menurut Kecamatan " * 4,
        office="Dinas Kesehatan, Pengendalian Penduduk, dan Keluarga Berencana",
        edition="2025",
        number="2",
        submitted_by="Siti",
        submitted_at=datetime(2026, 11, 23, 2, 3, tzinfo=timezone.utc),
        on_behalf="Camat Bendungan, surat nomor 045/12/2026",
        content_hash="c0" * 32,
        address="https://satudata.example.org/meja/dataset/3f3d5a57-9bbb-4d2f-8a4e-607344c09547",
        files=tuple(files),
    )


def _pages_and_text(pdf: bytes, folder) -> tuple[str, str]:
    path = folder / "receipt.pdf"
    path.write_bytes(pdf)
    told = [
        subprocess.run([*command, path, *more], capture_output=True, text=True, check=True).stdout
        for command, more in ((["pdfinfo"], []), (["pdftotext", "-layout"], ["-"]))
    ]
    return told[0], told[1]


@pytest.mark.parametrize("count", [0, 1, MOST_FILES, MOST_FILES + 30])
def test_it_is_one_page(tmp_path, count):
    info, text = _pages_and_text(receipt.paper(_receipt(count)), tmp_path)
    assert "Pages:           1\n" in info
    assert ("Dan 30 berkas lain" in text) == (count > MOST_FILES)


def test_what_people_wrote_is_no_markup(tmp_path):
    _, text = _pages_and_text(receipt.paper(_receipt(1)), tmp_path)
    assert "#Posyandu $x$" in text


def test_the_same_receipt_is_the_same_bytes():
    assert receipt.paper(_receipt(2)) == receipt.paper(_receipt(2))
