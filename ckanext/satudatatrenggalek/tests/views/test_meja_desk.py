"""The desk and a producer's own list."""

from typing import Any

from ..world import BAD_CSV, World
from .meja_visitor import Visitor, buttons, content, refusal, text_of


def _submitted(world: World, name: str, text: str = "") -> dict[str, Any]:
    package = world.dataset(name)
    world.call("package_patch", "produsen", id=package["id"], title=f"Data {name}")
    world.file(package["id"], *([text] if text else []))
    return world.step(package["id"], "submit", "produsen")


def titles(page: Any) -> list[str]:
    return [text_of(link) for link in page.select("td a.t")]


def test_the_desk_shows_counts_filters_and_rows(portal: Any, world: World) -> None:
    checker = Visitor(portal, world, "pemeriksa")
    assert "Tidak ada yang menunggu Anda" in content(checker.open("/meja"))
    clean, faulty = _submitted(world, "bersih"), _submitted(world, "keliru", BAD_CSV)
    page = checker.open("/meja")
    assert sorted(titles(page)) == ["Data bersih", "Data keliru"]
    tiles = {text_of(a.select_one("span")): text_of(a.b) for a in page.select(".sd-queue a")}
    assert tiles["Menunggu pemeriksaan"] == "2"
    assert tiles["Menunggu validasi"] == "0"
    assert "1 kesalahan" in content(page)
    assert "Tidak ada temuan" in content(page)
    assert f"/meja/periksa/{clean['id']}" in str(page)
    assert titles(checker.open("/meja?mesin=errors")) == ["Data keliru"]
    assert titles(checker.open("/meja?q=bersih&petugas=nobody")) == ["Data bersih"]
    assert titles(checker.open(f"/meja?opd={world.office['id']}&mesin=none")) == ["Data bersih"]
    empty = checker.open("/meja?status=awaiting_approval&q=bersih")
    assert "Tidak ada yang cocok" in content(empty)
    current = empty.select_one(".sd-queue a[aria-current=page]")
    assert text_of(current).startswith("0 Menunggu validasi")
    assert empty.select_one("#q")["value"] == "bersih"  # type: ignore[index]
    assert faulty["state"] == "awaiting_check"


def test_a_long_desk_goes_on_on_the_next_page(portal: Any, world: World) -> None:
    for number in range(21):
        world.dataset(f"draf-{number}")
    producer = Visitor(portal, world, "produsen")
    page = producer.open("/meja?status=draft&q=Posyandu")
    assert len(titles(page)) == 20
    more = next(a for a in page.select("#content a") if text_of(a) == "Berikutnya")
    rest = producer.open(str(more["href"]))
    shown = [str(a["href"]) for part in (page, rest) for a in part.select("td a.t")]
    assert len(shown) == len(set(shown)) == 21
    assert len(titles(producer.open("/meja?status=draft&sesudah=omong"))) == 20


def test_work_is_taken_given_back_and_not_taken_twice(portal: Any, world: World) -> None:
    submission = _submitted(world, "posyandu")
    checker, helper = Visitor(portal, world, "pemeriksa"), Visitor(portal, world, "pendukung")
    stale = helper.open("/meja?petugas=nobody")
    page = checker.press(checker.open("/meja"), "Ambil")
    assert "Tugas ini sekarang di tangan Anda." in content(page)
    assert "Anda lepaskan" in content(page)
    assert "Pemeriksa" in content(helper.open("/meja?petugas=anybody"))
    refused = helper.press(stale, "Ambil", status=409)
    assert "sudah diambil Pemeriksa" in refusal(refused)
    page = checker.open(f"/meja/periksa/{submission['id']}")
    page = checker.press(page, "lepaskan")
    assert "Tugas ini kembali ke meja bersama." in content(page)
    assert "Ambil Data posyandu" in buttons(page)
    assert world.show(submission["id"])["claimed_by"] is None
    # Somebody who cannot decide here gets no button.
    assert buttons(Visitor(portal, world, "penyetuju").open("/meja")) == ["Terapkan"]


def test_a_producer_sees_what_to_do_first(portal: Any, world: World) -> None:
    _submitted(world, "jalan")
    draft = world.dataset("draf")
    world.call("package_patch", "produsen", id=draft["id"], title="Data draf")
    back = _submitted(world, "kembali")
    world.step(back["id"], "return", "pemeriksa")
    producer = Visitor(portal, world, "produsen")
    page = producer.open("/meja/tugas")
    assert titles(page) == ["Data kembali", "Data draf", "Data jalan"]
    assert any("/dataset/new" in str(a["href"]) for a in page.select("#content a.btn-primary"))
    assert f"/meja/dataset/{back['id']}" in str(page)
    assert "Belum ada dataset yang terbit" in content(page)


def test_a_pembina_sees_their_own_work_first(portal: Any, world: World) -> None:
    world.at("awaiting_approval", "biasa", title="Data biasa")
    prior = world.at("awaiting_check", "utama", title="Data utama", prioritas_tahun="2026")
    world.step(prior["id"], "conform", "pemeriksa")
    pembina = Visitor(portal, world, "pembina")
    page = pembina.open("/meja")
    assert titles(page) == ["Data utama"]
    current = page.select_one(".sd-queue a[aria-current=page]")
    assert text_of(current).startswith("1 Pemeriksaan Pembina")
    [more] = [a for a in page.select("#content a") if text_of(a).startswith("Tampilkan semua")]
    whole = pembina.open(str(more["href"]))
    assert sorted(titles(whole)) == ["Data biasa", "Data utama"]
    assert whole.select_one("input[name=status][value=semua]") is not None, "a filter keeps it"
    assert titles(pembina.open("/meja?status=awaiting_approval")) == ["Data biasa"]
    assert titles(pembina.open("/meja?status=semua&q=biasa")) == ["Data biasa"]
    for who in ("pemeriksa", "penyetuju"):
        every = titles(Visitor(portal, world, who).open("/meja"))
        assert sorted(every) == ["Data biasa", "Data utama"], who


def test_a_pembina_without_work_is_told_so(portal: Any, world: World) -> None:
    world.at("awaiting_approval", "biasa")
    page = Visitor(portal, world, "pembina").open("/meja")
    assert titles(page) == []
    assert "Tidak ada yang menunggu Anda" in content(page)
