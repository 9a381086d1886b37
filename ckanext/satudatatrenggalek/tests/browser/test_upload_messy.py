"""A clerk uploads the files they have and mends them with the portal, with and without a script."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ckanext.satudatatrenggalek.conformity import FINDINGS_SHEET

from ..world import World
from . import messy_files
from .conftest import Person, Site

NAME = "produksi-perikanan"


@pytest.fixture
def draft(world: World) -> dict[str, Any]:
    return world.dataset(NAME, title="Produksi Perikanan per Kecamatan")


def test_three_messy_files(
    site: Site, browser: Any, world: World, draft: dict[str, Any], tmp_path: Path
) -> None:
    clerk, page = Person(browser, site, "produsen"), f"/meja/dataset/{world.show(NAME)['id']}"
    files = [make(tmp_path) for make in (messy_files.semicolons, messy_files.stacked)]
    files.append(messy_files.web_page(tmp_path))
    for path in files:
        _upload(clerk, path)
    _until(clerk, page, "Portal bisa merapikan berkas ini.", 3)
    clerk.picture("20-berkas-berantakan")
    for folded in clerk.page.query_selector_all("details.sd-fold:not([open]) > summary"):
        folded.click()
    said = clerk.page.inner_text("[role=main]")
    assert "baris 5, kolom produksi_laut" in said
    assert "Judul kolom bertumpuk di baris 3 sampai 5" in said
    assert "35.03.3" in said

    _fetch_the_marked_workbook(clerk, page, tmp_path)
    _take_the_copy(clerk, files[0].stem, "21-rapi-csv")
    clerk.go(page)
    _take_the_copy(clerk, files[1].stem, "22-rapi-xlsx")
    _until(clerk, page, "Salinan rapi dari", 2)
    _edit_the_columns(clerk, page)
    _on_a_phone(browser, site, page)
    _submit(clerk, page)


def _upload(clerk: Person, path: Path) -> None:
    clerk.go(f"/dataset/{NAME}/resource/new")
    clerk.page.set_input_files("input[type=file][name=upload]", str(path))
    clerk.page.fill("input[name=name]", path.stem)
    clerk.page.click("form:has(input[type=file]) button.btn-primary[name=save]")
    clerk.page.wait_for_load_state()


def _until(clerk: Person, page: str, words: str, times: int) -> None:
    """Until the page says something that often and waits for no check any more."""
    for _ in range(120):
        clerk.go(page)
        text = clerk.page.inner_text("body")
        if text.count(words) >= times and "Sedang diperiksa mesin" not in text:
            return
        time.sleep(0.5)
    clerk.picture("fail-messy")
    pytest.fail(f"{words!r} is not said {times} times")


def _take_the_copy(clerk: Person, name: str, picture: str) -> None:
    """Look, answer each question, look at the result, take it."""
    page = clerk.page
    page.click(f".sd-file:has(h3:has-text('{name}')) a:has-text('Lihat salinan rapi')")
    page.wait_for_load_state()
    clerk.picture(f"{picture}-ditanya")
    for question in page.query_selector_all("fieldset.sd-question"):
        option = question.query_selector("input[value=zero]")
        assert option is not None
        option.check()
    page.click("button[value=lihat]")
    page.wait_for_selector("button[value=terima]")
    clerk.picture(picture)
    assert "0 kesalahan setelah dirapikan" in page.inner_text("[role=main]")
    page.click("button[value=terima]")
    page.wait_for_load_state()
    assert "disimpan di samping berkas asli" in page.inner_text("body")


def _fetch_the_marked_workbook(clerk: Person, page: str, folder: Path) -> None:
    clerk.go(page)
    with clerk.page.expect_download() as waiting:
        clerk.page.click(".sd-file:has(h3:has-text('Lampiran')) a:has-text('Excel bertanda')")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name == "lampiran-produksi_bertanda.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Produksi 2025"]
    assert FINDINGS_SHEET in book.sheetnames
    assert sheet["D8"].value == "-", "nothing of the producer's is changed"
    assert sheet["D8"].comment is not None
    assert sheet["D6"].comment is None
    assert "Produksi 2025" in book.sheetnames[0]


def _edit_the_columns(clerk: Person, page: str) -> None:
    browser = clerk.page
    browser.click(".sd-file:has(h3:has-text('FIX (salinan rapi)')) a:has-text('Tabel kolom')")
    browser.wait_for_load_state()
    browser.fill("#k-4-satuan", "ton")
    browser.fill("#k-6-satuan", "orang")
    browser.fill("#k-6-name", "")
    browser.click("button.btn-primary[value=simpan]")
    browser.wait_for_load_state()
    clerk.picture("23-tabel-kolom-salah")
    assert browser.input_value("#k-4-satuan") == "ton"
    browser.fill("#k-6-name", "jumlah_nelayan")
    browser.locator("#kolom-6 details").evaluate("d => d.open = true")
    browser.fill("#k-6-description", "Orang yang mata pencahariannya menangkap ikan.")
    clerk.picture("24-tabel-kolom")
    browser.click("button.btn-primary[value=simpan]")
    browser.wait_for_load_state()
    assert "Tabel kolom disimpan." in browser.inner_text("body")
    _until(clerk, page, "Salinan rapi dari", 2)


def _on_a_phone(browser: Any, site: Site, page: str) -> None:
    """Every page of this story fits, and works, on a phone without a script."""
    phone = Person(browser, site, "produsen", width=390, scripts=False)
    phone.go(page)
    phone.picture("25-berkas-tanpa-skrip")
    links = phone.page.locator(".sd-file a")
    addresses = {str(link.get_attribute("href")) for link in links.all()}
    tidied = next(address for address in addresses if "/rapi/" in address)
    columns = next(address for address in addresses if "/kolom/" in address)
    for name, address in (("26-rapi-tanpa-skrip", tidied), ("27-kolom-tanpa-skrip", columns)):
        phone.go(address)
        phone.picture(name)
    rows = phone.page.locator(".sd-column").count()
    phone.page.click("button[value=tambah]")
    phone.page.wait_for_load_state()
    assert phone.page.locator(".sd-column").count() == rows + 1


def _submit(clerk: Person, page: str) -> None:
    clerk.go(page)
    clerk.page.click("button[name=step][value=submit]")
    clerk.page.wait_for_load_state()
    clerk.picture("28-diajukan")
    assert "Menunggu pemeriksaan" in clerk.page.inner_text("body")
