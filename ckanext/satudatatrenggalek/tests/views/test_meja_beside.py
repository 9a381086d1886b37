"""Beside the steps on the pages: sign-off, urgency, talk, on behalf, transfer, text to copy."""

from __future__ import annotations

from typing import Any

from ..beside.caller import appoint
from ..world import World
from .meja_visitor import Visitor, content, refusal, text_of


def test_the_head_signs_off_on_the_page_and_the_producer_submits(portal: Any, world: World) -> None:
    appoint(world, "kepala", "office_head", world.office["id"])
    world.call("satudata_office_signoff_set", "kepala", office=world.office["id"], required=True)
    key = world.draft()["id"]
    producer, head = Visitor(portal, world, "produsen"), Visitor(portal, world, "kepala")
    page = producer.open(f"/meja/dataset/{key}")
    assert "Belum disetujui" in content(page)
    assert "Setujui untuk diajukan" not in [text_of(b) for b in page.select("button")]
    refused = producer.press(page, "Ajukan", 409)
    assert "kepala perangkat daerah belum menyetujui" in refusal(refused)
    page = head.open(f"/meja/dataset/{key}")
    done = head.press(page, "Setujui untuk diajukan")
    assert "Kepala menyetujui isi ini pada" in content(done)
    done = producer.press(producer.open(f"/meja/dataset/{key}"), "Ajukan")
    assert "Status sekarang: menunggu pemeriksaan" in content(done)


def test_the_head_switches_the_sign_off_on_their_own_page(portal: Any, world: World) -> None:
    appoint(world, "kepala", "office_head", world.office["id"])
    head = Visitor(portal, world, "kepala")
    page = head.open("/meja/tugas")
    assert "Di tangan produsen data" in content(page)
    assert "Giliran Anda" not in content(page)
    page = head.press(page, "Wajibkan persetujuan saya")
    assert "pengajuan perlu persetujuan kepala perangkat daerah" in content(page)
    key = world.draft()["id"]
    producer = Visitor(portal, world, "produsen")
    refused = producer.press(producer.open(f"/meja/dataset/{key}"), "Ajukan", 409)
    assert "belum menyetujui" in refusal(refused)
    own = content(producer.open("/meja/tugas"))
    assert "Giliran Anda" in own
    assert "Wajibkan persetujuan" not in own
    head.press(page, "Tidak perlu persetujuan saya")
    producer.press(producer.open(f"/meja/dataset/{key}"), "Ajukan")


def test_the_heads_list_names_what_waits_for_them(portal: Any, world: World) -> None:
    appoint(world, "kepala", "office_head", world.office["id"])
    world.call("satudata_office_signoff_set", "kepala", office=world.office["id"], required=True)
    shown = world.draft()
    head, waits = Visitor(portal, world, "kepala"), "Menunggu persetujuan Anda"

    def listed() -> str:
        section = head.open("/meja/tugas").select_one("#tandatangani")
        return text_of(section) if section else ""

    assert shown["title"] in listed()
    head.press(head.open(f"/meja/dataset/{shown['id']}"), "Setujui untuk diajukan")
    assert listed() == ""
    world.call("package_patch", "produsen", id=shown["dataset_id"], satuan="Orang")
    assert "isinya berubah sejak Anda setujui" in listed()
    assert waits not in content(Visitor(portal, world, "produsen").open("/meja/tugas"))


def test_the_approver_switches_an_offices_sign_off_on_its_page(portal: Any, world: World) -> None:
    approver = Visitor(portal, world, "penyetuju")
    page = approver.open(f"/meja/penunjukan/perangkat-daerah/{world.office['name']}")
    page = approver.press(page, "Wajibkan persetujuan kepala perangkat daerah")
    assert "dataset baru bisa diajukan setelah kepala perangkat daerah" in content(page)
    key = world.draft()["id"]
    producer = Visitor(portal, world, "produsen")
    producer.press(producer.open(f"/meja/dataset/{key}"), "Ajukan", 409)


def test_a_page_that_grew_old_is_not_signed_off(portal: Any, world: World) -> None:
    appoint(world, "kepala", "office_head", world.office["id"])
    shown = world.draft()
    head = Visitor(portal, world, "kepala")
    page = head.open(f"/meja/dataset/{shown['id']}")
    world.call("package_patch", "produsen", id=shown["dataset_id"], satuan="Orang")
    refused = head.press(page, "Setujui untuk diajukan", 409)
    assert "isian Satuan (dari «Unit» menjadi «Orang»)" in refusal(refused)


def test_urgent_is_set_and_taken_away_with_a_reason(portal: Any, world: World) -> None:
    key = world.draft()["id"]
    producer, checker = Visitor(portal, world, "produsen"), Visitor(portal, world, "pemeriksa")
    page = producer.open(f"/meja/dataset/{key}")
    page = producer.press(page, "Minta didahulukan", alasan_mendesak="Untuk rapat KUA.")
    assert 'Produsen minta didahulukan: "Untuk rapat KUA."' in content(page)
    world.step(key, "submit", "produsen")
    page = checker.open(f"/meja/periksa/{key}")
    refused = checker.press(page, "Tandai mendesak", 409, alasan_mendesak="")
    assert "Tulis alasannya" in refusal(refused)
    page = checker.press(refused, "Tandai mendesak", alasan_mendesak="Rapat Senin.")
    assert 'Ditandai mendesak: "Rapat Senin."' in content(page)
    assert world.show(key)["urgent"] is True
    page = checker.press(page, "Cabut tanda mendesak", alasan_mendesak="Rapat batal.")
    assert world.show(key)["urgent"] is False


def test_questions_are_asked_on_one_page_and_answered_on_the_other(
    portal: Any, world: World
) -> None:
    key = world.at("awaiting_check")["id"]
    producer, checker = Visitor(portal, world, "produsen"), Visitor(portal, world, "pemeriksa")
    page = checker.open(f"/meja/periksa/{key}")
    refused = checker.press(page, "Kirim pesan", 409, pesan=" ")
    assert "Tulis pertanyaan atau jawaban Anda." in refusal(refused)
    checker.press(refused, "Kirim pesan", pesan="Apakah <b>lansia</b> termasuk?")
    page = producer.open(f"/meja/dataset/{key}")
    assert "Apakah <b>lansia</b> termasuk?" in content(page)
    producer.press(page, "Kirim pesan", pesan="Belum.")
    assert "Belum." in content(checker.open(f"/meja/periksa/{key}"))


def test_the_text_to_copy_has_no_notes(portal: Any, world: World) -> None:
    shown = world.at("awaiting_check")
    world.call("satudata_talk_add", "pemeriksa", id=shown["id"], text="rahasia-tanya")
    findings = [{"item": "standard", "text": "rahasia-catatan"}]
    world.step(shown["id"], "return", "pemeriksa", findings=findings, comment="rahasia-alasan")
    page = Visitor(portal, world, "produsen").open(f"/meja/dataset/{shown['id']}")
    text = text_of(page.select_one("#teks-kabar"))
    assert "Jumlah Posyandu" in text
    assert "Status: Perlu perbaikan" in text
    assert "Tenggat: " in text
    assert f"/meja/dataset/{shown['id']}" in text
    assert "rahasia" not in text


def test_one_dataset_is_moved_by_the_form(portal: Any, world: World) -> None:
    shown = world.at("published")
    approver = Visitor(portal, world, "penyetuju")
    page = approver.open(f"/meja/dataset/{shown['id']}")
    [link] = [a for a in page.select("a") if "Alihkan" in text_of(a)]
    page = approver.open(str(link["href"]))
    refused = approver.press(page, "Alihkan", 409, to="dinas-pertanian", decree="")
    assert "Tulis nomor keputusan" in refusal(refused)
    assert refused.select_one("#dataset")["value"] == shown["public_name"]  # type: ignore[index]
    approver.press(refused, "Alihkan", decree="SK 9/2026")
    assert world.show(shown["id"])["office"]["name"] == "dinas-pertanian"


def test_a_whole_office_is_moved_by_the_form(portal: Any, world: World) -> None:
    world.dataset("satu")
    world.dataset("dua")
    approver = Visitor(portal, world, "penyetuju")
    page = approver.open("/meja/alihkan")
    typed = {"from": "dinas-kesehatan", "to": "dinas-pertanian", "decree": "SK 9/2026"}
    done = approver.press(page, "Alihkan", 200, **typed)
    assert "2 dataset dialihkan ke Dinas Pertanian" in content(done)
    assert "Tidak ada lagi dataset pada Dinas Kesehatan." in content(done)


def test_the_doors_of_both_pages_are_the_walidatas(portal: Any, world: World) -> None:
    for address in ("/meja/alihkan", "/meja/atas-nama"):
        assert "Bukan tugas Anda" in content(Visitor(portal, world, "produsen").open(address, 403))
        assert Visitor(portal, world, None).answer(address, 302)
        Visitor(portal, world, "pemeriksa").open(address)


def test_on_behalf_is_opened_shown_and_closed(portal: Any, world: World) -> None:
    shown = world.draft()
    checker = Visitor(portal, world, "pemeriksa")
    page = checker.open("/meja/atas-nama?dataset=posyandu")
    refused = checker.press(page, "Buka", 409, sender="Kepala Dinas")
    assert "Tulis pengirim dan nomor suratnya" in refusal(refused)
    refused = checker.press(refused, "Buka", 409, letter="045/1", letter_date="kemarin")
    assert "tidak terbaca" in refusal(refused)
    assert refused.select_one("#sender")["value"] == "Kepala Dinas"  # type: ignore[index]
    page = checker.press(refused, "Buka", letter_date="20-11-2026")
    assert "Kepala Dinas, 045/1" in content(page)
    seen = content(Visitor(portal, world, "produsen").open(f"/meja/dataset/{shown['id']}"))
    assert "menurut surat Kepala Dinas nomor 045/1 tanggal 20 November 2026" in seen
    checker.open(f"/meja/dataset/{shown['id']}")
    page = checker.press(page, "Tutup")
    assert "sudah berakhir" in content(page)
    checker.open(f"/meja/dataset/{shown['id']}", 404)
