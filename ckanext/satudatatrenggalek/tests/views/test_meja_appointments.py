"""The page of appointments: read, narrow, appoint, end; refusals keep what was typed."""

from typing import Any

from ..world import World
from .meja_visitor import Visitor, buttons, content, refusal, text_of


def test_appointing_and_ending(portal: Any, world: World) -> None:
    approver = Visitor(portal, world, "penyetuju")
    page = approver.open("/meja/penunjukan")
    assert "Produsen Lain" in content(page)
    typed = {"user": "warga", "role": "producer", "decree": "SK 9/2026"}
    refused = approver.press(page, "Tunjuk", 409, **typed)
    assert "ditunjuk untuk satu perangkat daerah" in refusal(refused)
    assert refused.select_one("#user")["value"] == "warga"  # type: ignore[index]
    assert refused.select_one("#role option[value=producer]").has_attr("selected")  # type: ignore[union-attr]
    assert refused.select_one("#decree")["value"] == "SK 9/2026"  # type: ignore[index]
    day = {"office": world.office["id"], "valid_until": "31 Desember"}
    refused = approver.press(refused, "Tunjuk", 409, **day)
    assert "Tulis hari-bulan-tahun" in refusal(refused)
    assert refused.select_one("#valid_until")["value"] == "31 Desember"  # type: ignore[index]
    nobody = approver.press(refused, "Tunjuk", 409, user="siapa", valid_until="31-12-2027")
    assert "Akun 'siapa' tidak ada" in refusal(nobody)
    page = approver.press(nobody, "Tunjuk", user="warga")
    assert "Warga ditunjuk sebagai Produsen Data." in content(page)
    row = next(tr for tr in page.select("tbody tr") if "SK 9/2026" in text_of(tr))
    assert "Dinas Kesehatan" in text_of(row)
    assert "sampai 31 Desember 2027" in text_of(row)
    Visitor(portal, world, "warga").open("/meja/tugas")

    page = approver.open(f"/meja/penunjukan?peran=producer&opd={world.office['id']}")
    assert len(page.select("tbody tr")) == 2
    page = approver.press(page, "Akhiri sekarang", reason="Pindah tugas.")
    assert "Penunjukan Warga diakhiri." in content(page)
    assert "SK 9/2026" not in content(page)
    assert "SK 9/2026" in content(approver.open("/meja/penunjukan?lampau=1"))
    Visitor(portal, world, "warga").open("/meja/tugas", 403)


def test_ending_twice_is_refused(portal: Any, world: World) -> None:
    approver = Visitor(portal, world, "penyetuju")
    page = approver.open("/meja/penunjukan?peran=forum")
    approver.press(page, "Akhiri sekarang")
    again = approver.press(page, "Akhiri sekarang", 409)
    assert "sudah diakhiri" in refusal(again)


def test_the_secretariat_reads_and_may_not_appoint(portal: Any, world: World) -> None:
    reader = Visitor(portal, world, "sekretariat")
    page = reader.open("/meja/penunjukan")
    assert buttons(page) == ["Terapkan"]
    answer = portal.post(
        "/meja/penunjukan",
        data={"user": "sekretariat", "role": "approver", "decree": "SK"},
        headers=world.headers("sekretariat"),
    )
    assert answer.status_code == 403
    assert "petugas yang ditunjuk" in answer.body
