"""The approver: bound to what was shown, planned, held, retracted, and reinstated by another."""

from __future__ import annotations

from typing import Any

import pytest

from ..world import World
from .conftest import Person, Site, checked


@pytest.fixture
def decisions(world: World) -> dict[str, str]:
    """One dataset waits for approval, one is public; submission's id by name."""
    return world.each(bidan="awaiting_approval", posyandu="published")


def test_approver(decisions: dict[str, str], site: Site, browser: Any, world: World) -> None:
    approver = Person(browser, site, "penyetuju")
    _is_told_what_changed(approver, decisions["bidan"], world)
    _plans_and_holds(approver)
    _retracts(approver, decisions["posyandu"])
    _visitor_finds_the_reason(Person(browser, site, None, scripts=False), site)
    approver.go(f"/meja/periksa/{decisions['posyandu']}")
    assert approver.page.locator("button[value=reinstate]").count() == 0, "not by the same person"
    other = Person(browser, site, "penyetuju_lain")
    other.go(f"/meja/periksa/{decisions['posyandu']}")
    other.picture("57-tayangkan-kembali")
    other.page.fill("#comment", "Angkanya sudah dicocokkan dengan laporan puskesmas.")
    other.take("reinstate")
    assert site.status("/dataset/posyandu") == 200


def _is_told_what_changed(approver: Person, key: str, world: World) -> None:
    """While the page lies open the dataset is returned, changed, and found conforming again."""
    approver.go(f"/meja/periksa/{key}")
    approver.picture("50-validasi")
    world.step("bidan", "return", "penyetuju_lain")
    world.call("package_patch", "produsen", id="bidan", satuan="Orang")
    checked(world, "bidan")
    for step, by in (("submit", "produsen"), ("conform", "pemeriksa")):
        world.step("bidan", step, by)
    approver.take("approve")
    approver.picture("51-isi-berubah")
    assert "Belum tersimpan" in approver.text()
    assert "Orang" in approver.page.inner_text(".sd-errors")
    assert world.show("bidan")["state"] == "awaiting_approval"


def _plans_and_holds(approver: Person) -> None:
    page = approver.page
    page.fill("#release_at", "besok pagi")
    approver.take("approve")
    approver.picture("52-waktu-keliru")
    assert "Belum tersimpan" in approver.text()
    page.fill("#release_at", "30-11-2027 08.00")
    approver.take("approve")
    assert "menunggu diseminasi" in approver.text()
    approver.press("a:has-text('Jumlah Bidan')")
    approver.picture("53-direncanakan")
    assert "30 November 2027" in approver.text()
    page.fill("#comment", "Menunggu rapat Forum.")
    approver.take("hold")
    assert "menunggu validasi" in approver.text()


def _retracts(approver: Person, key: str) -> None:
    approver.go("/dataset/posyandu")
    approver.picture("54-terbit-petugas")
    approver.go(f"/meja/dataset/{key}")
    approver.unfold("button[value=retract]")
    approver.take("retract")
    assert "Belum tersimpan" in approver.text()
    approver.picture("55-tarik")
    approver.page.fill("#comment-retract", "Angka Pule tertukar dengan Dongko.")
    approver.take("retract")
    assert "Ditarik" in approver.text()


def _visitor_finds_the_reason(visitor: Person, site: Site) -> None:
    assert visitor.go("/dataset/posyandu").status == 410
    visitor.picture("56-ditarik")
    assert "Angka Pule tertukar dengan Dongko." in visitor.text()
    visitor.go("/ditarik")
    visitor.picture("56-semua-yang-ditarik")
    assert site.status("/dataset/posyandu.ttl") == 410
    assert site.status("/api/3/action/package_show?id=posyandu") == 404
    stone = site.api("satudata_tombstone_show?id=posyandu")
    assert stone["reason"] == "Angka Pule tertukar dengan Dongko."
