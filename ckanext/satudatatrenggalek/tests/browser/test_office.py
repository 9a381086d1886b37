"""An office: its head signs, the walidata works on its behalf, its supporter checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..beside.caller import PDF, appoint
from ..world import CSV, METADATA, World, _schema_minimum
from .conftest import Person, Site


@pytest.fixture
def office(world: World) -> str:
    """An office with a head, and one complete draft; its submission's id."""
    appoint(world, "kepala", "office_head", world.office["id"])
    appoint(world, "pemeriksa_lain", "checker", None)
    return str(world.draft("posyandu", title="Jumlah Posyandu")["id"])


def test_office(office: str, site: Site, browser: Any, world: World, tmp_path: Path) -> None:
    head = Person(browser, site, "kepala")
    clerk = Person(browser, site, "produsen")
    _head_signs(head, clerk, office, world)
    _supporter_checks(Person(browser, site, "pendukung"))
    _walidata_works_by_letter(Person(browser, site, "pemeriksa"), world, tmp_path)


def _head_signs(head: Person, clerk: Person, key: str, world: World) -> None:
    """Nothing is submitted before the head has signed, and what changes is signed again."""
    head.go("/meja/tugas")
    head.press("button:has-text('Wajibkan persetujuan saya')")
    head.picture("64-tugas-kepala")
    assert "setelah Anda menyetujui isinya" in head.text()
    assert "Jumlah Posyandu" in head.page.inner_text("#tandatangani")
    clerk.go(f"/meja/dataset/{key}")
    clerk.take("submit")
    clerk.picture("65-belum-disetujui-kepala")
    assert "kepala perangkat daerah belum menyetujui" in clerk.text()
    for note in ("Uraian pertama.", "Uraian kedua."):
        world.call("package_patch", "produsen", id="posyandu", notes=note)
        head.go(f"/meja/dataset/{key}")
        head.picture("66-kepala-menyetujui")
        head.press("button:has-text('Setujui untuk diajukan')")
        assert "menyetujui isi ini pada" in head.text()
    clerk.go(f"/meja/dataset/{key}")
    clerk.take("submit")
    assert "Menunggu pemeriksaan" in clerk.text()


def _supporter_checks(supporter: Person) -> None:
    """A Walidata Pendukung sees the office they are appointed for."""
    supporter.go("/meja")
    supporter.picture("67-meja-pendukung")
    supporter.press("a:has-text('Jumlah Posyandu')")
    for label in supporter.page.locator("label[for$='-conform']:not([for*='not_conform'])").all():
        label.click()
    supporter.take("conform")
    assert "menunggu validasi" in supporter.text()


def _walidata_works_by_letter(walidata: Person, world: World, folder: Path) -> None:
    """A new dataset of another office, by its letter; who made it does not check it."""
    page = walidata.page
    letter = folder / "surat.pdf"
    letter.write_bytes(PDF)
    walidata.go("/meja/atas-nama")
    page.select_option("#office", "dinas-pertanian")
    page.fill("#sender", "Camat Bendungan")
    page.set_input_files("#letter_file", str(letter))
    walidata.press("button:has-text('Buka')")
    walidata.picture("68-surat-belum-lengkap")
    assert "Belum dibuka" in walidata.text()
    page.fill("#letter", "045/12/2026")
    page.set_input_files("#letter_file", str(letter))
    walidata.press("button:has-text('Buka')")
    walidata.picture("69-atas-nama")
    walidata.press("a:has-text('membuat dataset baru')")
    assert page.input_value("[name=owner_org]") == world.other_office["id"]
    page.fill("input[name=title]", "Luas Panen Padi")
    walidata.press("button[name=save]")
    file = folder / "padi.csv"
    file.write_text(CSV, encoding="utf-8")
    page.set_input_files("input[type=file][name=upload]", str(file))
    walidata.press("form:has(input[type=file]) button.btn-primary[name=save]")
    key = world.show("luas-panen-padi")["id"]
    walidata.go(f"/meja/dataset/{key}")
    walidata.picture("70-dikerjakan-atas-nama")
    assert "Dikerjakan atas nama perangkat daerah" in walidata.text()
    assert "Metadata yang belum diisi" in walidata.text()
    walidata.press("a:has-text('Lengkapi metadata')")
    walidata.fill({**METADATA, **_schema_minimum()})
    walidata.press("button[name=save].btn-primary")
    walidata.until(f"/meja/dataset/{key}", "Tidak ada temuan")
    walidata.take("submit")
    assert "Menunggu pemeriksaan" in walidata.text()
    walidata.go(f"/meja/periksa/{key}")
    walidata.picture("71-tidak-boleh-memeriksa")
    assert page.locator("button[value=conform]").count() == 0
    other = Person(walidata.context.browser, walidata.site, "pemeriksa_lain")
    other.go(f"/meja/periksa/{key}")
    assert other.page.locator("button[value=conform]").count() == 1
