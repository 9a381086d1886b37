"""Who may do what: invitation, Plh., offices, idle accounts, days off, transfer by decree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ..beside.caller import PDF
from ..world import World
from .conftest import Person, Site


@pytest.fixture
def offices(world: World) -> str:
    """Two datasets of the first office, one public and one waiting; the latter's submission."""
    return world.each(posyandu="published", bidan="awaiting_check")["bidan"]


def test_people(offices: str, site: Site, browser: Any, world: World, tmp_path: Path) -> None:
    approver = Person(browser, site, "penyetuju")
    _invites(approver, browser, site)
    _names_a_substitute(approver, Person(browser, site, "penyetuju_lain"), world)
    _looks_for_accounts_without_a_task(approver)
    _enters_a_day_off(approver)
    _ends_an_office(approver)
    _transfers(approver, world, tmp_path)
    admin = Person(browser, site, "admin")
    admin.go("/meja/pencocokan")
    admin.picture("131-pencocokan")
    assert "Setiap malam portal mencocokkan" in admin.text()


def _invites(approver: Person, browser: Any, site: Site) -> None:
    """A new producer gets a mail, sets a password and finds the tasks of the office."""
    page = approver.page
    approver.go("/meja/penunjukan")
    approver.picture("120-penunjukan")
    page.fill("#fullname", "Tini Suhartini")
    page.fill("#email", "tini@contoh.test")
    page.select_option("#undang-role", "producer")
    page.select_option("#undang-office", label="Dinas Kesehatan")
    approver.press("button:text-is('Undang')")
    approver.picture("121-undangan-tanpa-keputusan")
    assert "Belum tersimpan" in approver.text()
    assert page.input_value("#fullname") == "Tini Suhartini"
    page.fill("#undang-decree", "188.45/12/2026")
    approver.press("button:text-is('Undang')")
    assert "Tini Suhartini" in approver.text()
    link = re.search(r"https?://\S+/user/reset/\S+", site.mail("tini@contoh.test", "/user/reset/"))
    assert link
    tini = Person(browser, site, None)
    tini.page.goto(link.group(0))
    tini.picture("122-buat-kata-sandi")
    for box in tini.page.locator("input[type=password]").all():
        box.fill("kata-sandi-tini-2026")
    tini.press("form:has(input[type=password]) button[type=submit]")
    tini.go("/user/login")
    tini.page.fill("input[name=login]", "tini@contoh.test")
    tini.page.fill("input[name=password]", "kata-sandi-tini-2026")
    tini.press("form:has(input[name=password]) button[type=submit]")
    tini.go("/meja/tugas")
    tini.picture("123-tugas-orang-baru")
    assert "Jumlah Bidan" in tini.text()


def _names_a_substitute(approver: Person, other: Person, world: World) -> None:
    """The colleague stands in for a day; what is decided carries both names."""
    page = approver.page
    approver.go("/meja/penunjukan?nama=pemeriksa")
    approver.press("a:has-text('Ubah')")
    approver.picture("124-ubah-penunjukan")
    page.fill("#plh-user", "penyetuju_lain")
    page.fill("#plh-until", "30-12-2027")
    page.fill("#plh-decree", "800/1/2026")
    approver.press("button:has-text('Jadikan Plh.')")
    approver.picture("125-plh")
    assert "Plh. Pemeriksa" in approver.text()
    other.go("/meja")
    other.picture("126-meja-plh")
    assert "Anda sedang menjadi Plh. Pemeriksa" in other.text()


def _looks_for_accounts_without_a_task(approver: Person) -> None:
    approver.go("/meja/penunjukan/tanpa-penunjukan")
    approver.picture("127-akun-tanpa-penunjukan")
    assert "warga" in approver.text()
    with approver.page.expect_download() as waiting:
        approver.page.click("a:has-text('Unduh akun-tanpa-penunjukan.csv')")
    assert "warga" in Path(waiting.value.path()).read_text("utf-8-sig")


def _enters_a_day_off(approver: Person) -> None:
    page = approver.page
    approver.go("/meja/hari-libur?tahun=2027")
    for name, text in (("day", "31-08-2027"), ("reason", "Hari Jadi Trenggalek")):
        page.fill(f"#{name}", text)
    page.fill("#decree", "SE 003/2027")
    approver.press("button:has-text('Catat hari libur')")
    approver.picture("128-hari-libur")
    assert "Selasa, 31 Agustus 2027" in approver.text()


def _ends_an_office(approver: Person) -> None:
    approver.go("/meja/penunjukan/perangkat-daerah/dinas-pertanian")
    approver.page.fill("#valid_until", "31-12-2027")
    approver.page.fill("#decree", "Perda 5/2027")
    approver.press("button:has-text('Simpan')")
    approver.go("/meja/penunjukan/perangkat-daerah")
    approver.picture("129-perangkat-daerah")
    assert "sampai 31 Desember 2027" in approver.text()


def _transfers(approver: Person, world: World, folder: Path) -> None:
    """All datasets of one office go to another, by decree."""
    page = approver.page
    decree = folder / "perda.pdf"
    decree.write_bytes(PDF)
    approver.go("/meja/alihkan")
    page.select_option("#from", "dinas-kesehatan")
    page.select_option("#to", "dinas-pertanian")
    page.fill("#decree", "Perda 5/2027")
    page.set_input_files("#decree_file", str(decree))
    approver.press("button:text-is('Alihkan')")
    approver.picture("130-dialihkan")
    assert "2 dataset dialihkan ke Dinas Pertanian" in approver.text()
    assert world.show("bidan")["office"]["name"] == "dinas-pertanian"
