"""A visitor without a script: front page, search, a dataset, its editions, asking and reporting."""

from __future__ import annotations

import urllib.request
from pathlib import Path
from typing import Any

import pytest

from ..access.levels import place
from ..editions.book import released
from ..world import CSV, World
from .conftest import Person, Site

ASKER = {"name": "Siti Rahma", "email": "siti@contoh.ac.id"}


@pytest.fixture
def shelf(world: World) -> str:
    """A dataset of two editions, and one whose files are restricted; the first's id."""
    place(world, "terbatas", "gizi", title="Status Gizi Balita")
    first = place(world, "terbuka", "posyandu", title="Jumlah Posyandu")
    released(world, first.id)
    return first.id


def test_visitor(shelf: str, site: Site, browser: Any) -> None:
    visitor = Person(browser, site, None, scripts=False)
    _finds(visitor, site)
    _asks_for_files(visitor, browser, site)
    _reports_an_error(visitor, browser, site)


def _finds(visitor: Person, site: Site) -> None:
    visitor.go("/")
    visitor.picture("100-beranda")
    visitor.page.fill("#q", "posyandu")
    visitor.press("button:has-text('Cari')")
    visitor.picture("101-hasil-cari")
    assert "Jumlah Posyandu" in visitor.text()
    visitor.press("a:has-text('Jumlah Posyandu')")
    visitor.picture("102-dataset")
    catalogue = visitor.page.get_attribute("a:has-text('DCAT (Turtle)')", "href")
    with urllib.request.urlopen(site.address + str(catalogue)) as answer:
        assert "Jumlah Posyandu" in answer.read().decode()
    visitor.press("a:has-text('Lihat yang berubah sejak edisi sebelumnya')")
    assert "1 ditambah" in visitor.text()
    visitor.go("/dataset/posyandu")
    visitor.press("a:has-text('Posyandu per kecamatan')")
    visitor.picture("103-berkas")
    visitor.go("/organization")
    visitor.picture("104-perangkat-daerah")
    visitor.press("a:has-text('Dinas Kesehatan')")
    visitor.picture("105-satu-perangkat-daerah")
    visitor.go("/about")
    visitor.picture("106-tentang")
    assert visitor.go("/dataset/tidak-ada").status == 404
    visitor.picture("107-tidak-ada")


def _asks_for_files(visitor: Person, browser: Any, site: Site) -> None:
    visitor.go("/dataset/gizi")
    visitor.picture("108-terbatas")
    visitor.press("a:has-text('Minta berkas')")
    visitor.page.fill("#name", ASKER["name"])
    visitor.page.fill("#email", "bukan alamat")
    visitor.page.fill("#message", "Untuk skripsi.")
    visitor.page.locator("main form, [role=main] form").evaluate_all(
        "all => all.forEach(one => one.noValidate = true)"
    )
    visitor.press("button:has-text('Kirim permintaan')")
    visitor.picture("109-minta-berkas-salah")
    assert "Belum terkirim" in visitor.text()
    visitor.page.fill("#email", ASKER["email"])
    visitor.press("button:has-text('Kirim permintaan')")
    visitor.picture("110-permintaan-terkirim")
    secret = visitor.page.url
    assert "Menunggu jawaban" in visitor.text()
    assert "paling lambat" in visitor.text(), "the clock is told"
    assert secret in site.mail(ASKER["email"], secret)

    clerk = Person(browser, site, "produsen", scripts=False)
    clerk.go("/meja/permintaan")
    clerk.picture("111-permintaan")
    clerk.press("a:has-text('Status Gizi Balita')")
    clerk.picture("112-jawab")
    clerk.page.check("#granted")
    clerk.page.fill("#answer", "Silakan, sebutkan sumbernya.")
    clerk.press("button:has-text('Kirim jawaban')")
    clerk.picture("113-dijawab")

    visitor.page.goto(secret)
    visitor.picture("114-dikabulkan")
    assert "Silakan, sebutkan sumbernya." in visitor.text()
    with visitor.page.expect_download() as waiting:
        visitor.page.click("a.sd-title")
    assert Path(waiting.value.path()).read_text("utf-8") == CSV


def _reports_an_error(visitor: Person, browser: Any, site: Site) -> None:
    visitor.go("/dataset/posyandu")
    visitor.press("a:has-text('Laporkan kesalahan data')")
    visitor.picture("115-laporkan-kesalahan")
    for name, text in {**ASKER, "message": "Baris Pule keliru, seharusnya 61."}.items():
        visitor.page.fill(f"#{name}", text)
    visitor.press("button:has-text('Kirim laporan')")
    secret = visitor.page.url
    walidata = Person(browser, site, "pemeriksa", scripts=False)
    walidata.go("/meja/permintaan")
    walidata.press("a:has-text('Jumlah Posyandu')")
    walidata.page.fill("#answer", "Terima kasih, diperbaiki pada edisi berikutnya.")
    walidata.press("button:has-text('Kirim jawaban')")
    walidata.go("/meja/permintaan?status=answered")
    walidata.picture("116-sudah-dijawab")
    visitor.page.goto(secret)
    visitor.picture("117-laporan-dijawab")
    assert "diperbaiki pada edisi berikutnya" in visitor.text()
