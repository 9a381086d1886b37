"""The story of the portal in a browser: from a clerk's draft to public data and a report."""

from __future__ import annotations

import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from ..world import BAD_CSV, CSV
from .conftest import Person, Site

TITLE = "Jumlah Posyandu per Kecamatan"
NAME = "jumlah-posyandu-per-kecamatan"


def _nothing_public(site: Site, resource_id: str, file_name: str) -> None:
    """Search, API, feeds, file address, DataStore, DCAT: a visitor finds nothing."""
    assert site.api(f"package_search?q={NAME}")["count"] == 0
    assert site.api("package_list") == []
    assert TITLE not in urllib.request.urlopen(f"{site.address}/feeds/dataset.atom").read().decode()
    assert NAME not in urllib.request.urlopen(f"{site.address}/catalog.ttl").read().decode()
    for path in (
        f"/dataset/{NAME}",
        f"/dataset/{NAME}/resource/{resource_id}",
        f"/dataset/{NAME}/resource/{resource_id}/download/{file_name}",
        f"/datastore/dump/{resource_id}",
        f"/api/3/action/package_show?id={NAME}",
        f"/api/3/action/resource_show?id={resource_id}",
        f"/api/3/action/datastore_search?resource_id={resource_id}",
        f"/dataset/{NAME}.ttl",
    ):
        assert site.status(path) == 404, path


def test_story(site: Site, browser: Any, tmp_path: Path) -> None:
    clerk = Person(browser, site, "produsen")
    resource_id, file_name = _clerk_makes_a_draft(clerk, tmp_path)
    _nothing_public(site, resource_id, file_name)
    _clerk_submits(clerk)

    checker = Person(browser, site, "pemeriksa")
    _checker_returns(checker, resource_id)
    _nothing_public(site, resource_id, file_name)
    _clerk_mends(clerk, tmp_path, resource_id)
    _checker_conforms(checker)

    site.stop("worker")
    approver = Person(browser, site, "penyetuju")
    _approver_approves(approver)
    time.sleep(3)
    _nothing_public(site, resource_id, file_name)
    site.start_worker()
    _published_within(site, 10)

    _visitor_reads(browser, site, resource_id)
    _walidata_reports(approver)


def _published_within(site: Site, seconds: float) -> None:
    """The limit is the portal's promise, from the moment the worker is started again."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if site.status(f"/dataset/{NAME}") == 200:
            return
        time.sleep(0.2)
    pytest.fail(f"not public {seconds} seconds after the worker was started")


def _clerk_makes_a_draft(clerk: Person, folder: Path) -> tuple[str, str]:
    page = clerk.page
    clerk.go("/meja/tugas")
    clerk.picture("01-tugas")
    clerk.go("/dataset/new")
    page.fill("input[name=title]", TITLE)
    _fill_metadata(page)
    clerk.picture("02-metadata")
    page.click("button[name=save]")
    page.wait_for_load_state()
    path = folder / "posyandu.csv"
    path.write_text(BAD_CSV, encoding="utf-8")
    page.set_input_files("input[type=file][name=upload]", str(path))
    page.fill("input[name=name]", "Posyandu per kecamatan 2025")
    clerk.picture("03-unggah")
    page.click("button[name=save][value=go-metadata], button[name=save][value=go-dataset-complete]")
    page.wait_for_load_state()
    clerk.go("/meja/tugas")
    page.click(f"main a:has-text('{TITLE}'), [role=main] a:has-text('{TITLE}')")
    page.wait_for_load_state()
    _wait_for_check(clerk)
    clerk.picture("04-hasil-mesin")
    assert "35.03.03" in page.inner_text("body")
    return _resource_of(clerk)


def _fill_metadata(page: Any) -> None:
    texts = {
        "notes": "Banyaknya posyandu aktif menurut kecamatan.",
        "konsep": "Posyandu",
        "definisi": "Pos pelayanan terpadu yang aktif pada tahun data.",
        "klasifikasi": "Kecamatan",
        "ukuran": "Jumlah",
        "satuan": "Unit",
        "periode": "2025",
        "ii_pj_nama": "Siti Aminah",
        "ii_pj_jabatan": "Kepala Bidang Kesehatan Masyarakat",
        "ii_pj_email": "kesmas@example.org",
    }
    page.locator("form details").evaluate_all("all => all.forEach(d => d.open = true)")
    for name, text in texts.items():
        page.fill(f"[name={name}]", text)
    for select in page.query_selector_all("form select[name]"):
        if select.input_value() == "":
            values = [o.get_attribute("value") for o in select.query_selector_all("option")]
            required = select.get_attribute("name") in (
                "jenis",
                "theme",
                "accrualPeriodicity",
                "level_penyajian",
                "owner_org",
            )
            if required:
                select.select_option(next(value for value in values if value))


def _wait_for_check(clerk: Person) -> None:
    for _ in range(60):
        clerk.page.reload()
        if "35.03.03" in clerk.page.inner_text("body"):
            return
        time.sleep(0.5)
    clerk.picture("fail-check")
    pytest.fail("the machine's result did not appear")


def _resource_of(clerk: Person) -> tuple[str, str]:
    link = clerk.page.locator("a[href*='/resource/']").first.get_attribute("href")
    assert link is not None
    resource_id = link.split("/resource/")[1].split("/")[0].split("?")[0]
    return resource_id, "posyandu.csv"


def _clerk_submits(clerk: Person) -> None:
    page = clerk.page
    page.click("button[name=step][value=submit]")
    page.wait_for_load_state()
    clerk.picture("05-diajukan")
    assert "Menunggu pemeriksaan" in page.inner_text("body")


def _open_check(checker: Person) -> None:
    checker.go("/meja")
    checker.page.click(f"[role=main] a:has-text('{TITLE}'), main a:has-text('{TITLE}')")
    checker.page.wait_for_load_state()


def _checker_returns(checker: Person, resource_id: str) -> None:
    checker.go("/meja")
    checker.picture("06-meja")
    _open_check(checker)
    checker.picture("07-periksa")
    page = checker.page
    page.locator("details:has([name='catatan-metadata'])").evaluate("d => d.open = true")
    page.fill("[name='catatan-metadata']", "Tulis sumber datanya di uraian.")
    page.locator("details:has([name='lain-0-text'])").evaluate("d => d.open = true")
    page.select_option("[name='lain-0-item']", "standard")
    page.fill("[name='lain-0-row']", "3")
    page.fill("[name='lain-0-text']", "Periksa lagi angka Munjungan.")
    page.click("button[name=step][value=return]")
    page.wait_for_load_state()
    assert "perlu perbaikan" in page.inner_text("body").lower()


def _clerk_mends(clerk: Person, folder: Path, resource_id: str) -> None:
    page = clerk.page
    clerk.go("/meja/tugas")
    page.click(f"main a:has-text('{TITLE}'), [role=main] a:has-text('{TITLE}')")
    page.wait_for_load_state()
    clerk.picture("08-dikembalikan")
    text = page.inner_text("body")
    assert "Tulis sumber datanya di uraian." in text
    assert "Periksa lagi angka Munjungan." in text
    path = folder / "posyandu-2.csv"
    path.write_text(CSV, encoding="utf-8")
    clerk.go(f"/dataset/{NAME}/resource/{resource_id}/edit")
    page.set_input_files("input[type=file][name=upload]", str(path))
    clerk.picture("09-unggah-perbaikan")
    page.click("form:has(input[type=file]) button[name=save]")
    page.wait_for_load_state()
    for _ in range(60):
        clerk.go("/meja/tugas")
        page.click(f"main a:has-text('{TITLE}'), [role=main] a:has-text('{TITLE}')")
        page.wait_for_load_state()
        page.click("button[name=step][value=submit]")
        page.wait_for_load_state()
        if "Menunggu pemeriksaan" in page.inner_text("body"):
            return
        time.sleep(0.5)
    clerk.picture("fail-resubmit")
    pytest.fail("the mended file was not accepted")


def _checker_conforms(checker: Person) -> None:
    _open_check(checker)
    page = checker.page
    for item in page.query_selector_all("input[type=radio][value=conform]"):
        page.click(f"label[for='{item.get_attribute('id')}']")
    checker.picture("10-sesuai")
    page.click("button[name=step][value=conform]")
    page.wait_for_load_state()


def _approver_approves(approver: Person) -> None:
    _open_check(approver)
    approver.picture("11-validasi")
    approver.page.click("button[name=step][value=approve]")
    approver.page.wait_for_load_state()


def _visitor_reads(browser: Any, site: Site, resource_id: str) -> None:
    visitor = Person(browser, site, None)
    visitor.go("/")
    visitor.picture("12-beranda")
    visitor.go("/dataset/?q=posyandu")
    visitor.picture("13-cari")
    assert TITLE in visitor.page.inner_text("body")
    visitor.go(f"/dataset/{NAME}")
    visitor.picture("14-dataset-publik")
    text = visitor.page.inner_text("body")
    assert "Periksa lagi angka Munjungan." not in text
    assert "Munjungan" in text, "the preview shows the rows"
    package = site.api(f"package_show?id={NAME}")
    with urllib.request.urlopen(package["resources"][0]["url"]) as file:
        assert file.read().decode() == CSV
        assert "attachment" in file.headers["Content-Disposition"]
    rows = site.api(f"datastore_search?resource_id={resource_id}")
    assert [row["kecamatan"] for row in rows["records"]] == ["Panggul", "Munjungan", "Pule"]
    catalogue = urllib.request.urlopen(f"{site.address}/catalog.ttl").read().decode()
    assert TITLE in catalogue


def _walidata_reports(approver: Person) -> None:
    approver.go("/meja/laporan")
    approver.picture("16-laporan")
    page = approver.page
    with page.expect_navigation():
        page.click("form[action*='terbitkan'] button[type=submit]")
    approver.picture("17-dokumen")
    link = page.locator("a[href$='.pdf']").first
    with page.expect_download() as download:
        link.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
