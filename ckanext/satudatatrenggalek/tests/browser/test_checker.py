"""The walidata's desk: find, take, check, set aside, return, decide on many, see the load."""

from __future__ import annotations

from typing import Any

import pytest

from ..world import BAD_CSV, World
from .conftest import Person, Site


@pytest.fixture
def queue(world: World) -> dict[str, str]:
    """Four datasets wait, one of them with a wrong code; submission's id by name."""
    found = world.each(**dict.fromkeys(("bidan", "imunisasi", "posyandu"), "awaiting_check"))
    wrong = world.dataset("gizi", title="Jumlah Gizi Buruk")
    world.file(wrong["id"], BAD_CSV)
    world.step("gizi", "submit", "produsen", comment="Kode Pule sesuai surat kecamatan.")
    return {**found, "gizi": world.show("gizi")["id"]}


def test_checker(queue: dict[str, str], site: Site, browser: Any, world: World) -> None:
    checker = Person(browser, site, "pemeriksa")
    _finds_and_takes(checker)
    _sets_aside(checker, queue["gizi"])
    _returns(checker, queue["bidan"])
    _decides_on_many(checker, queue, world)
    _sees_the_load(checker)
    _hands_over(Person(browser, site, "penyetuju"), queue)


def _finds_and_takes(checker: Person) -> None:
    page = checker.page
    checker.go("/meja")
    checker.picture("30-meja")
    page.select_option("#mesin", "errors")
    page.select_option("#opd", label="Dinas Kesehatan")
    checker.press("button:has-text('Terapkan')")
    checker.picture("31-meja-disaring")
    assert "Jumlah Gizi Buruk" in checker.text()
    assert "Jumlah Bidan" not in checker.text()
    checker.press("button:has-text('Ambil')")
    checker.go("/meja?petugas=me")
    assert "Jumlah Gizi Buruk" in checker.text()
    checker.press("button:has-text('lepaskan')")
    checker.go("/meja?petugas=me")
    checker.picture("32-meja-kosong")
    assert "Jumlah Gizi Buruk" not in checker.text()


def _sets_aside(checker: Person, key: str) -> None:
    """What the machine found wrong is let pass only with a reason."""
    page = checker.page
    checker.go(f"/meja/periksa/{key}")
    checker.picture("33-periksa")
    for label in page.locator("label[for$='-conform']:not([for*='not_conform'])").all():
        label.click()
    page.click("label[for='p-reference_codes-overridden']")
    checker.take("conform")
    checker.picture("34-periksa-tanpa-alasan")
    assert "Belum tersimpan" in checker.text()
    assert page.locator("#p-reference_codes-overridden").is_checked(), "what was chosen stays"
    checker.unfold("[name='catatan-reference_codes']")
    page.fill("[name='catatan-reference_codes']", "Kode lama, diganti pada edisi berikutnya.")
    checker.take("conform")
    assert "Menunggu validasi".lower() in checker.text().lower()


def _returns(checker: Person, key: str) -> None:
    page = checker.page
    checker.go(f"/meja/periksa/{key}")
    checker.take("return")
    assert "Belum tersimpan" in checker.text()
    checker.unfold("[name='catatan-metadata']")
    page.fill("[name='catatan-metadata']", "Tulis sumber datanya di uraian.")
    checker.take("return")
    assert "perlu perbaikan" in checker.text()


def _decides_on_many(checker: Person, queue: dict[str, str], world: World) -> None:
    """Two checklists are kept; one dataset is withdrawn before the button is pressed."""
    for name in ("imunisasi", "posyandu"):
        checker.go(f"/meja/periksa/{queue[name]}")
        checker.press("button[value=mesin]")
        for item in ("standard", "metadata", "as_planned"):
            checker.page.click(f"label[for='p-{item}-conform']")
        checker.press("button:has-text('Simpan daftar periksa')")
    checker.picture("35-daftar-periksa-disimpan")
    checker.go("/meja?status=awaiting_check&pilih=siap")
    checker.picture("36-meja-dipilih")
    world.step("imunisasi", "withdraw", "produsen")
    checker.press("button:has-text('Sesuai yang dipilih')")
    checker.picture("37-hasil-massal")
    assert "Sesuai: 1 dari 2 dataset" in checker.text()
    assert "Dilewati" in checker.text()


def _sees_the_load(checker: Person) -> None:
    checker.go("/meja/beban")
    checker.picture("38-beban-kerja")
    assert "Pemeriksa" in checker.text()


def _hands_over(approver: Person, queue: dict[str, str]) -> None:
    """The approver takes both, gives them to a colleague, and they are approved at once."""
    page = approver.page
    for name in ("gizi", "posyandu"):
        approver.go(f"/meja/periksa/{queue[name]}")
        approver.press("button:has-text('Ambil')")
    approver.go("/meja/orang/penyetuju")
    approver.picture("39-orang")
    page.select_option("#to_user", "penyetuju_lain")
    page.fill("#reason", "Cuti sampai akhir bulan.")
    approver.press("button:has-text('Serahkan semua')")
    approver.picture("40-serah-terima")
    assert "Serah terima: 2 dari 2 pekerjaan" in approver.text()
    approver.go("/meja?status=awaiting_approval")
    for box in page.locator("input[name=pilih]").all():
        box.check()
    approver.picture("41-setujui-yang-dipilih")
    approver.press("button:has-text('Setujui yang dipilih')")
    approver.picture("42-hasil-setujui")
    assert "dari 2 dataset" in approver.text()
