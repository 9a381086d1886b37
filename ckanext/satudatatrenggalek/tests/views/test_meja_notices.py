"""The pages of notices and of days off: read, mark, choose, enter, take back; without scripts."""

from datetime import timedelta
from typing import Any

from ckanext.satudatatrenggalek import clock, working_time
from ckanext.satudatatrenggalek.domain import words
from ckanext.satudatatrenggalek.domain.deadlines import WIB

from ..world import World
from .meja_visitor import Visitor, buttons, content, refusal, text_of


def _bell(page: Any) -> str:
    link = page.select_one("a[href$='/meja/pemberitahuan']")
    assert link is not None
    return str(link["aria-label"])


def test_the_bell_the_list_and_opening_one(portal: Any, world: World) -> None:
    shown = world.at("awaiting_check", title="Jumlah <Posyandu>")
    finding = {"item": "standard", "row": 3, "text": "Satuannya <i>unit</i>."}
    world.step(shown["id"], "return", "pemeriksa", findings=[finding])
    producer = Visitor(portal, world, "produsen")
    page = producer.open("/meja/pemberitahuan")
    assert _bell(page) == "Pemberitahuan, 1 belum dibaca"
    said = content(page)
    assert "Perlu perbaikan: Jumlah <Posyandu>" in said
    assert "Standar Data (baris 3): Satuannya <i>unit</i>." in said
    assert "Yang perlu dilakukan: Perbaiki setiap catatan" in said
    brief = page.select_one("textarea[readonly]")
    assert brief is not None
    assert "unit" not in brief.get_text()
    assert f"/meja/dataset/{shown['id']}" in brief.get_text()
    page = producer.press(page, "Buka")
    assert "Jumlah <Posyandu>" in content(page)
    assert _bell(page) == "Pemberitahuan"
    assert "Tidak ada pemberitahuan baru" in content(producer.open("/meja/pemberitahuan?baru=1"))
    assert "Perlu perbaikan" in content(producer.open("/meja/pemberitahuan?sesudah=dulu"))


def test_marking_all_and_turning_pages(portal: Any, world: World) -> None:
    for number in range(21):
        world.at("awaiting_check", f"data-{number}")
    checker = Visitor(portal, world, "pemeriksa")
    page = checker.open("/meja/pemberitahuan")
    assert len(page.select(".sd-notices > li")) == 20
    following = page.find("a", string="Berikutnya")
    assert following is not None
    assert len(checker.open(str(following["href"])).select(".sd-notices > li")) == 1  # type: ignore[index]
    page = checker.press(page, "Tandai semua sudah dibaca")
    assert _bell(page) == "Pemberitahuan"
    assert page.select(".sd-notices > li.is-new") == []


def test_what_is_another_s_or_nothing_is_not_there(portal: Any, world: World) -> None:
    world.at("awaiting_check")
    theirs = world.call("satudata_notice_list", "pemeriksa")["results"][0]["id"]
    for number in (theirs, "0", "satu", "9" * 30):
        answer = portal.post(
            f"/meja/pemberitahuan/{number}", headers=world.headers("produsen"), status=404
        )
        assert "Jumlah Posyandu" not in answer.body
    stranger = Visitor(portal, world, None)
    for path in ("", "/pengaturan", f"/{theirs}", "/0"):
        place = stranger.answer(f"/meja/pemberitahuan{path}", 302).headers["Location"]
        assert "/user/login" in place


def test_choosing_channels(portal: Any, world: World) -> None:
    checker = Visitor(portal, world, "pemeriksa")
    page = checker.open("/meja/pemberitahuan/pengaturan")
    assert world.users["pemeriksa"]["email"] in content(page)
    page = checker.press(page, "Simpan pilihan", **{"saluran-task": "digest"})
    assert "Pilihan Anda disimpan." in text_of(page)
    chosen = page.select_one("#s-task-digest")
    assert chosen is not None
    assert chosen.has_attr("checked")
    refused = checker.press(page, "Simpan pilihan", 409, **{"saluran-task": "merpati"})
    assert "merpati" in refusal(refused)


def test_days_off_entered_and_taken_back(portal: Any, world: World) -> None:
    walidata = Visitor(portal, world, "pemeriksa")
    page = walidata.open("/meja/hari-libur?tahun=2026")
    assert "Hari Raya Natal" in content(page)
    assert "sudah lengkap" in content(page)
    day = clock.now().astimezone(WIB).date() + timedelta(days=30)
    while not working_time.calendar(frozenset()).is_working_day(day):
        day += timedelta(days=1)
    typed = {"day": day.strftime("%d-%m-%Y"), "reason": "Hari Jadi", "decree": ""}
    refused = walidata.press(page, "Catat hari libur", 409, **typed)
    assert "nomor surat" in refusal(refused)
    assert refused.select_one("#day")["value"] == typed["day"]  # type: ignore[index]
    refused = walidata.press(refused, "Catat hari libur", 409, day="besok", decree="SK 7")
    assert "Tulis hari-bulan-tahun" in refusal(refused)
    page = walidata.press(refused, "Catat hari libur", day=typed["day"])
    assert f"{words.tanggal(day)} dicatat sebagai hari libur" in text_of(page)
    refused = walidata.press(page, "Jadikan hari kerja", 409)
    assert "Tulis alasan" in refusal(refused)
    page = walidata.open(f"/meja/hari-libur?tahun={day.year}")
    page = walidata.press(page, "Jadikan hari kerja", reason="Dibatalkan bupati.")
    assert "Dihapus: Dibatalkan bupati." in content(page)
    reader = Visitor(portal, world, "produsen").open("/meja/hari-libur?tahun=2039")
    assert "belum diketahui" in content(reader)
    assert buttons(reader) == []
    Visitor(portal, world, "warga").open("/meja/hari-libur", 403)
    answer = portal.post(
        "/meja/hari-libur",
        data={"day": "30-11-2027"},
        headers=world.headers("produsen"),
        status=403,
    )
    assert "Walidata" in answer.body
