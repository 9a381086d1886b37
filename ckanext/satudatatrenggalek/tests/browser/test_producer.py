"""The producer's next edition: working copy, comparison, questions, receipt, notices and mail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..editions.book import NEXT_CSV, SET_ASIDE
from ..world import World
from .conftest import PASSWORD, Person, Site, checked


@pytest.fixture
def first(world: World) -> str:
    """A public first edition; the dataset's name."""
    world.each(posyandu="published")
    return "posyandu"


def test_producer(first: str, site: Site, browser: Any, world: World, tmp_path: Path) -> None:
    clerk = Person(browser, site, "produsen")
    _wants_mail_at_once(clerk)
    key = _edits_the_working_copy(clerk, world, tmp_path)
    _compares(clerk)
    assert "Edisi kedua." not in site.api("package_show?id=posyandu")["notes"]
    _asks_and_submits(clerk, world, key)
    world.step(key, "conform", "pemeriksa", checklist=SET_ASIDE, comment="Angka Dongko lengkap.")
    _reads_mail_and_notices(clerk, browser, site, world)
    world.step(key, "approve", "penyetuju")
    _sees_the_second_edition(Person(browser, site, None), clerk)


def _wants_mail_at_once(clerk: Person) -> None:
    clerk.go("/meja/pemberitahuan/pengaturan")
    clerk.picture("80-atur-surel")
    for kind in ("task", "result", "public"):
        clerk.page.check(f"#s-{kind}-mail")
    clerk.press("button:has-text('Simpan pilihan')")
    assert clerk.page.is_checked("#s-result-mail")


def _edits_the_working_copy(clerk: Person, world: World, folder: Path) -> str:
    """Gives the next submission's id."""
    page = clerk.page
    clerk.go("/dataset/posyandu")
    clerk.picture("81-terbit-produsen")
    clerk.take("revise")
    clerk.picture("82-salinan-kerja")
    key = page.url.split("/")[-1]
    clerk.press("a:has-text('Ubah metadata')")
    clerk.picture("83-ubah-metadata")
    form = clerk.page.inner_text("[role=main] form")
    assert "/dataset/posyandu" in form
    assert "perbarui-" not in form, "a copy's own name is nobody's concern"
    clerk.fill({"notes": "Edisi kedua."})
    clerk.press("button[name=save].btn-primary")
    clerk.picture("84-halaman-salinan-kerja")
    clerk.go(f"/meja/dataset/{key}")
    path = folder / "posyandu.csv"
    path.write_text(NEXT_CSV, encoding="utf-8")
    clerk.press("a:has-text('Unggah berkas perbaikan')")
    page.set_input_files("input[type=file][name=upload]", str(path))
    clerk.press("form:has(input[type=file]) button.btn-primary[name=save]")
    checked(world, key)
    clerk.go(f"/meja/dataset/{key}")
    return key


def _compares(clerk: Person) -> None:
    back = clerk.page.url
    clerk.press("a:has-text('Lihat perubahannya')")
    clerk.picture("85-perubahan")
    for said in ("1 ditambah", "1 diubah", "2 sama", "Edisi kedua.", "Dongko"):
        assert said in clerk.text()
    clerk.page.goto(back)


def _asks_and_submits(clerk: Person, world: World, key: str) -> None:
    page = clerk.page
    page.fill("#pesan", "Apakah Dongko perlu dipisah?")
    clerk.press("button:has-text('Kirim pesan')")
    clerk.take("submit")
    world.call("satudata_talk_add", "pemeriksa", id=key, text="Tidak perlu, sudah benar.")
    clerk.go(f"/meja/dataset/{key}")
    clerk.unfold("#teks-kabar")
    clerk.picture("86-diajukan-dengan-tanya-jawab")
    assert "Tidak perlu, sudah benar." in clerk.text()
    assert "Tidak perlu" not in page.input_value("#teks-kabar"), "notes stay in the portal"
    clerk.press("a:has-text('Tanda terima')")
    clerk.picture("87-tanda-terima")
    with page.expect_download() as waiting:
        page.click("a:has-text('Unduh tanda-terima')")
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")


def _reads_mail_and_notices(clerk: Person, browser: Any, site: Site, world: World) -> None:
    """The link in the mail leads everybody past the login, and the clerk to the dataset."""
    text = site.mail(world.users["produsen"]["email"], "Dinyatakan sesuai: Jumlah Posyandu")
    assert "Angka Dongko lengkap." in text
    link = next(word for word in text.split() if word.startswith(f"{site.address}/meja/dataset/"))
    stranger = Person(browser, site, None)
    stranger.page.goto(link)
    stranger.picture("88-masuk")
    assert "/user/login" in stranger.page.url
    stranger.page.fill("input[name=login]", "produsen")
    stranger.page.fill("input[name=password]", PASSWORD)
    stranger.press("form:has(input[name=password]) button[type=submit]")
    assert stranger.page.url == link
    clerk.go("/meja/pemberitahuan")
    clerk.picture("89-pemberitahuan")
    assert "Dinyatakan sesuai: Jumlah Posyandu" in clerk.text()
    clerk.press("button:has-text('Buka')")
    assert "Menunggu validasi" in clerk.text()
    clerk.picture("90-sesuai")


def _sees_the_second_edition(visitor: Person, clerk: Person) -> None:
    visitor.until("/dataset/posyandu", "Edisi ke-2")
    visitor.go("/dataset/posyandu/edisi/1")
    visitor.picture("91-edisi-lama")
    assert "Ini edisi lama." in visitor.text()
    visitor.press("button:has-text('Bandingkan')")
    visitor.picture("92-banding")
    assert "Dari edisi ke-1 ke edisi ke-2." in visitor.text()
    clerk.go("/meja/tugas")
    clerk.picture("93-tugas-sesudah-terbit")
    assert "Terpublikasi" in clerk.text()
