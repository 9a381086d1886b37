"""The page of appointments: read, narrow, appoint, end; refusals keep what was typed."""

from datetime import timedelta
from typing import Any

from ckanext.satudatatrenggalek import clock

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
    one = _change(approver, page, "Warga")
    page = approver.press(one, "Akhiri sekarang", reason="Pindah tugas.")
    assert len(page.select("tbody tr")) == 1, "the filter is kept"
    assert "Penunjukan Warga diakhiri." in content(page)
    assert "SK 9/2026" not in content(page)
    assert "SK 9/2026" in content(approver.open("/meja/penunjukan?lampau=1"))
    Visitor(portal, world, "warga").open("/meja/tugas", 403)


def test_ending_twice_is_refused(portal: Any, world: World) -> None:
    approver = Visitor(portal, world, "penyetuju")
    page = _change(approver, approver.open("/meja/penunjukan?peran=forum"), "Forum")
    early = approver.press(page, "Akhiri pada hari itu", 409, valid_until="01-01-2020")
    assert "hari ini atau sesudahnya" in refusal(early)
    assert early.select_one("#sampai")["value"] == "01-01-2020"  # type: ignore[index]
    approver.press(page, "Akhiri sekarang")
    again = approver.press(page, "Akhiri sekarang", 409)
    assert "sudah diakhiri" in refusal(again)
    assert buttons(again) == []


def test_hundreds_are_read_page_by_page(portal: Any, world: World) -> None:
    given = {"user": "warga", "role": "producer", "office": world.office["id"]}
    for number in range(120):
        world.call("satudata_appointment_grant", "penyetuju", decree=f"SK {number:03}", **given)
    reader, url, seen = Visitor(portal, world, "sekretariat"), "/meja/penunjukan?nama=warga", []
    for rows in (50, 50, 20):
        page = reader.open(url)
        found = [text_of(tr.select("td")[4]) for tr in page.select("tbody tr")]
        assert len(found) == rows
        seen += found
        following = next((a for a in page.select("a") if text_of(a) == "Berikutnya"), None)
        url = str(following["href"]) if following else ""
    assert url == ""
    assert seen == [f"SK {number:03}" for number in reversed(range(120))]
    assert "Tidak ada penunjukan" in content(reader.open("/meja/penunjukan?sesudah=lain"))


def test_what_ends_soon_is_a_choice_of_the_list(portal: Any, world: World) -> None:
    given = {"role": "producer", "office": world.office["id"], "decree": "SK 1/2026"}
    for name, days in (("warga", 20), ("pembina", 40)):
        until = (clock.today() + timedelta(days=days)).isoformat()
        world.call("satudata_appointment_grant", "penyetuju", user=name, valid_until=until, **given)
    page = Visitor(portal, world, "penyetuju").open("/meja/penunjukan?lampau=segera")
    assert [text_of(a) for a in page.select("tbody a.t")] == ["Warga"]


def test_one_appointment_is_for_who_appoints(portal: Any, world: World) -> None:
    approver = Visitor(portal, world, "penyetuju")
    page = approver.open("/meja/penunjukan?peran=forum")
    url = str(next(a for a in page.select("td a") if "Ubah" in text_of(a))["href"])
    Visitor(portal, world, "sekretariat").open(url, 403)
    Visitor(portal, world, "warga").open(url, 403)
    approver.open("/meja/penunjukan/tidak-ada", 404)


def _change(visitor: Visitor, page: Any, who: str) -> Any:
    """The page of somebody's appointment, from the list."""
    row = next(tr for tr in page.select("tbody tr") if who in text_of(tr.select_one("a.t")))
    link = next(a for a in row.select("a") if "Ubah" in text_of(a))
    return visitor.open(str(link["href"]))


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
