"""Those who account for it: figures of the report, the record with its CSV, documents."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from ..world import World
from .conftest import Person, Site


@pytest.fixture
def year(world: World) -> str:
    """One dataset public, one returned, one waiting; the public one's submission."""
    states = {"bidan": "needs_correction", "gizi": "awaiting_check", "posyandu": "published"}
    return world.each(**states)["posyandu"]


def test_readers(year: str, site: Site, browser: Any, world: World) -> None:
    secretary = Person(browser, site, "sekretariat")
    _reads_the_record(secretary)
    _opens_a_figure(Person(browser, site, "forum"))
    address = _issues(Person(browser, site, "penyetuju"))
    _leadership_reads(Person(browser, site, "pimpinan"), address)
    citizen = Person(browser, site, "warga")
    for path in ("/meja/catatan", "/meja/laporan", "/meja"):
        assert citizen.go(path).status in (403, 404), path
    citizen.picture("146-bukan-untuk-warga")


def _reads_the_record(secretary: Person) -> None:
    page = secretary.page
    secretary.go("/meja/catatan")
    secretary.picture("140-catatan")
    assert "Menunjuk petugas" in secretary.text()
    page.fill("#f-oleh", "penyetuju")
    page.fill("#f-dari", "besok")
    secretary.press("button:has-text('Terapkan')")
    secretary.picture("141-catatan-tanggal-salah")
    assert "26-02-2027" in secretary.text()
    page.fill("#f-dari", "")
    secretary.press("button:has-text('Terapkan')")
    assert "Jumlah Posyandu" in secretary.text()
    assert "Jumlah Bidan" not in secretary.text(), "what is not public yet is not for them"
    with page.expect_download() as waiting:
        page.click("a:has-text('Unduh catatan-kejadian.csv')")
    with Path(waiting.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert {row[rows[0].index("Oleh")] for row in rows[1:]} == {"Penyetuju"}
    secretary.press("a:has-text('Jumlah Posyandu')")
    secretary.picture("142-riwayat-satu-dataset")


def _opens_a_figure(forum: Person) -> None:
    forum.go("/meja/laporan")
    forum.picture("143-laporan")
    forum.press("[role=main] a[href*='/meja/laporan/']")
    forum.picture("144-di-balik-angka")
    assert forum.page.url.count("/meja/laporan/") == 1


def _issues(approver: Person) -> str:
    """Gives the address of the issued document."""
    approver.go("/meja/laporan")
    approver.press("button:has-text('Terbitkan laporan')")
    assert "tercatat di portal" in approver.text()
    return str(approver.page.url).split(approver.site.address)[1]


def _leadership_reads(leader: Person, address: str) -> None:
    leader.go(address)
    leader.picture("145-dokumen")
    with leader.page.expect_download() as waiting:
        leader.page.click("a:has-text('.pdf (PDF)')")
    path = Path(waiting.value.path())
    assert path.read_bytes().startswith(b"%PDF")
    leader.page.set_input_files("#berkas", str(path))
    leader.press("button:has-text('Cocokkan')")
    assert "Cocok." in leader.text()
