"""Pembina Data: each sees the Data Prioritas of their kind, finds it fit, or returns it."""

from __future__ import annotations

from typing import Any

import pytest

from ..beside.caller import appoint
from ..world import World
from .conftest import Person, Site


@pytest.fixture
def priorities(world: World) -> dict[str, str]:
    """BPS for statistics, nobody for maps; one of each kind waits; ids by name."""
    for row in world.call("satudata_appointment_list", "admin", role="supervisor"):
        world.call("satudata_appointment_revoke", "admin", id=row["id"], reason="Berakhir.")
    appoint(world, "bps", "supervisor", None, kind="statistik")
    world.at("awaiting_approval", "stunting", title="Prevalensi Stunting", prioritas_tahun="2026")
    world.at(
        "awaiting_approval",
        "batas-desa",
        title="Batas Wilayah Desa",
        prioritas_tahun="2026",
        jenis="geospasial",
    )
    return {name: world.show(name)["id"] for name in ("stunting", "batas-desa")}


def test_supervisor(priorities: dict[str, str], site: Site, browser: Any, world: World) -> None:
    bps = Person(browser, site, "bps")
    bps.go("/meja")
    bps.picture("60-meja-pembina")
    assert "Prevalensi Stunting" in bps.text()
    assert "Batas Wilayah Desa" not in bps.text(), "maps are not for BPS"
    bps.press("a:has-text('Prevalensi Stunting')")
    bps.picture("61-pemeriksaan-pembina")
    bps.take("endorse")
    assert world.show("stunting")["state"] == "awaiting_approval"
    assert "menunggu validasi" in bps.text()

    approver = Person(browser, site, "penyetuju")
    approver.go(f"/meja/periksa/{priorities['batas-desa']}")
    approver.picture("62-belum-ada-pembina")
    assert "Belum ada Pembina Data yang ditunjuk" in approver.text()
    approver.page.fill("#comment", "Belum ada Pembina.")
    approver.take("skip_supervisor")
    assert "Belum tersimpan" in approver.text(), "not before the supervisor's time is over"
    approver.picture("63-belum-waktunya")

    appoint(world, "simpul", "supervisor", None, kind="geospasial")
    world.call("user_patch", "admin", id="simpul", password="rahasia-contoh-2026")
    maps = Person(browser, site, "simpul")
    maps.go(f"/meja/periksa/{priorities['batas-desa']}")
    maps.unfold("[name='lain-0-text']")
    maps.page.fill("[name='lain-0-text']", "Pakai acuan SRGI 2013.")
    maps.take("return")
    assert world.show("batas-desa")["state"] == "needs_correction"
