"""The check page: checklist, findings, table, refusals with everything kept, decisions."""

import json
from typing import Any

import pytest

from ..world import BAD_CSV, CSV, ITEMS, World
from .meja_visitor import Visitor, buttons, content, refusal, text_of

ALL_CONFORM = {f"putusan-{item}": "conform" for item in ITEMS}


@pytest.fixture
def faulty(world: World) -> dict[str, Any]:
    """A submission whose file has a wrong region code at row 4."""
    package = world.dataset()
    world.file(package["id"], BAD_CSV)
    return world.step(package["id"], "submit", "produsen", comment="Angka dari laporan KCD.")


def test_a_refused_decision_keeps_everything_and_a_return_reaches_the_cell(
    portal: Any, world: World, faulty: dict[str, Any]
) -> None:
    checker = Visitor(portal, world, "pemeriksa")
    page = checker.open(f"/meja/periksa/{faulty['id']}")
    said = content(page)
    for part in ("Angka dari laporan KCD.", "1. Standar Data", "6. Data pribadi", "35.03.03"):
        assert part in said
    assert text_of(page.select_one("tr#r4 td.bad")).startswith("35.03.3")
    assert page.select_one("a[href='#r4']") is not None
    ticks = page.select("input[name=temuan]")
    assert [tick.has_attr("checked") for tick in ticks] == [True]
    assert page.select_one("#p-reference_codes-not_conform")["checked"] == ""  # type: ignore[index]
    assert len(page.select("#content form .btn-success, #content form .btn-primary")) == 1
    assert not page.select("#content [disabled]")

    typed = {
        "putusan-standard": "conform",
        "catatan-standard": "Satuannya sudah benar?",
        "comment": "Mohon cepat.",
        "lain-0-text": "Uraiannya terlalu pendek.",
        "lain-0-field": "notes",
        "lain-0-item": "metadata",
    }
    refused = checker.press(page, "Sesuai", 409, **typed)
    assert "Daftar periksa belum lengkap" in refusal(refused)
    form = refused.select_one("form:has(input[name=content_hash])")
    assert form is not None
    assert form.select_one("#p-standard-conform").has_attr("checked")  # type: ignore[union-attr]
    assert text_of(form.select_one("#catatan-standard")) == "Satuannya sudah benar?"
    assert text_of(form.select_one("#comment")) == "Mohon cepat."
    assert text_of(form.select_one("#lain-0-text")) == "Uraiannya terlalu pendek."
    assert form.select_one("#lain-0-field option[value=notes]").has_attr("selected")  # type: ignore[union-attr]
    assert form.select_one("input[name=temuan]").has_attr("checked")  # type: ignore[union-attr]
    assert world.show(faulty["id"])["state"] == "awaiting_check"

    done = checker.press(refused, "Tidak sesuai, kembalikan")
    assert "langkah «Tidak sesuai» tersimpan. Status sekarang: perlu perbaikan." in content(done)
    shown = world.show(faulty["id"])
    assert shown["state"] == "needs_correction"
    placed = {f["item"]: f for f in shown["findings"]}
    assert placed["reference_codes"]["row"] == 4
    assert placed["reference_codes"]["column"] == "kode_wilayah"
    assert "35.03.03" in placed["reference_codes"]["text"]
    assert placed["standard"]["text"] == "Satuannya sudah benar?"
    assert placed["metadata"]["field"] == "notes"
    assert {v["item"]: v["verdict"] for v in shown["verdicts"]} == {
        "standard": "conform",
        "reference_codes": "not_conform",
    }


def test_machine_errors_are_set_aside_only_with_a_reason(
    portal: Any, world: World, faulty: dict[str, Any]
) -> None:
    checker = Visitor(portal, world, "pemeriksa")
    page = checker.open(f"/meja/periksa/{faulty['id']}")
    plain = checker.press(page, "Sesuai", 409, **ALL_CONFORM)
    assert "Mesin menemukan kesalahan pada: Kode Referensi" in refusal(plain)
    aside = {**ALL_CONFORM, "putusan-reference_codes": "overridden"}
    bare = checker.press(page, "Sesuai", 409, **aside)
    assert "Tulis alasan mengesampingkan" in refusal(bare)
    reason = {"catatan-reference_codes": "Kode lama, diganti tahun depan."}
    checker.press(bare, "Sesuai", **reason)
    shown = world.show(faulty["id"])
    assert shown["state"] == "awaiting_approval"
    assert shown["findings"] == []
    note = next(v["note"] for v in shown["verdicts"] if v["item"] == "reference_codes")
    assert note == reason["catatan-reference_codes"]
    approver = Visitor(portal, world, "penyetuju").open(f"/meja/periksa/{faulty['id']}")
    assert "Dikesampingkan , Pemeriksa" in content(approver)
    assert reason["catatan-reference_codes"] in content(approver)


def test_a_return_without_anything_to_mend_is_refused(portal: Any, world: World) -> None:
    submission = world.at("awaiting_check")
    checker = Visitor(portal, world, "pendukung")
    page = checker.open(f"/meja/periksa/{submission['id']}")
    refused = checker.press(page, "Tidak sesuai, kembalikan", 409, comment="Ulangi")
    assert "Tulis paling sedikit satu catatan" in refusal(refused)
    rows = {"lain-0-text": "Angka Pule.", "lain-0-row": "empat"}
    refused = checker.press(refused, "Tidak sesuai, kembalikan", 409, **rows)
    assert "harus angka" in refusal(refused)
    assert refused.select_one("#lain-0-row")["value"] == "empat"  # type: ignore[index]


def test_other_presses_decide_nothing_and_keep_what_was_typed(
    portal: Any, world: World, faulty: dict[str, Any]
) -> None:
    checker = Visitor(portal, world, "pemeriksa")
    page = checker.open(f"/meja/periksa/{faulty['id']}")
    filled = checker.press(page, "Ikuti hasil mesin", 200, comment="Tetap ada", temuan=None)
    checked = {str(i["name"]): i["value"] for i in filled.select(".sd-verdict input[checked]")}
    assert checked["putusan-reference_codes"] == "not_conform"
    assert checked["putusan-personal_data"] == "conform"
    assert "putusan-as_planned" not in checked
    assert text_of(filled.select_one("#comment")) == "Tetap ada"
    assert not filled.select_one("input[name=temuan]").has_attr("checked")  # type: ignore[union-attr]
    more = checker.press(filled, "Tambah catatan lain", 200)
    assert more.select_one("#lain-1-text") is not None
    assert world.show(faulty["id"])["state"] == "awaiting_check"


def test_rows_further_down_are_reached_with_the_form_kept(portal: Any, world: World) -> None:
    rows = [f"2025,35.03.01,Panggul,{n}" for n in range(150)]
    rows[139] = "2025,35.03.99,Panggul,5"
    text = "tahun,kode_wilayah,kecamatan,jumlah_posyandu\n" + "\n".join(rows) + "\n"
    package = world.dataset()
    world.file(package["id"], text)
    submission = world.step(package["id"], "submit", "produsen")
    checker = Visitor(portal, world, "pemeriksa")
    page = checker.open(f"/meja/periksa/{submission['id']}")
    assert page.select_one("#r141") is None
    page = checker.press(page, "Lihat baris 141", 200, comment="Tetap ada")
    assert page.select_one("tr#r141 td.bad") is not None
    assert text_of(page.select_one("#comment")) == "Tetap ada"
    assert page.select_one("a[href='#r141']") is not None
    # A decision keeps the rows that were shown.
    refused = checker.press(page, "Sesuai", 409)
    assert refused.select_one("tr#r141") is not None
    assert "Baris sebelumnya" in buttons(refused)


def test_content_that_changed_meanwhile_is_decided_again(portal: Any, world: World) -> None:
    submission = world.at("awaiting_check")
    checker = Visitor(portal, world, "pemeriksa")
    page = checker.open(f"/meja/periksa/{submission['id']}")
    world.step(submission["id"], "withdraw", "produsen")
    gone = checker.press(page, "Sesuai", 404, **ALL_CONFORM)
    assert "Tidak ada yang disimpan" in content(gone)
    world.call("package_patch", "produsen", id=submission["working_copy_id"], notes="Lain.")
    world.step(submission["id"], "submit", "produsen")
    # Another mistake is named first; the old hash stays, so that the change is not missed.
    kept = checker.press(page, "Ikuti hasil mesin", 200)
    refused = checker.press(kept, "Sesuai", 409, **ALL_CONFORM)
    assert "Isi dataset berubah" in refusal(refused)
    checker.press(refused, "Sesuai")
    assert world.show(submission["id"])["state"] == "awaiting_approval"


def test_who_prepared_it_does_not_check_it(portal: Any, world: World) -> None:
    grant = {"user": "produsen", "role": "checker", "decree": "SK 2/2026"}
    submission = world.at("awaiting_check")
    page = Visitor(portal, world, "pemeriksa").open(f"/meja/periksa/{submission['id']}")
    world.call("satudata_appointment_grant", "admin", **grant)
    producer = Visitor(portal, world, "produsen")
    own = producer.open(f"/meja/periksa/{submission['id']}")
    assert buttons(own) == ["Tarik kembali", "Kirim pesan", "Tandai mendesak"]
    refused = producer.press(page, "Sesuai", 409, **ALL_CONFORM)
    assert "orang lain yang harus memeriksanya" in refusal(refused)


def test_readers_without_a_step_get_no_form(portal: Any, world: World) -> None:
    submission = world.at("awaiting_check")
    page = Visitor(portal, world, "penyetuju").open(f"/meja/periksa/{submission['id']}")
    assert buttons(page) == ["Tandai mendesak"]
    assert "Tidak ada yang bisa Anda putuskan di sini sekarang" in content(page)
    refused = portal.post(
        f"/meja/langkah/{submission['id']}",
        data={"step": "submit", "halaman": "periksa"},
        headers=world.headers("penyetuju"),
    )
    assert refused.status_code == 403
    assert "Langkah ini bukan tugas Anda" in refused.body


def test_the_approver_sends_back_holds_and_releases(portal: Any, world: World) -> None:
    submission = world.at("awaiting_approval")
    approver = Visitor(portal, world, "penyetuju")
    address = f"/meja/periksa/{submission['id']}"
    page = approver.open(address)
    assert "Putaran 1: Sesuai , Pemeriksa" in content(page)
    refused = approver.press(page, "Periksa ulang", 409, release_at="30-11-2027 08.00")
    assert "Tulis alasannya" in refusal(refused)
    assert refused.select_one("#release_at")["value"] == "30-11-2027 08.00"  # type: ignore[index]
    refused = approver.press(page, "Setujui", 409, release_at="besok pagi", comment="Baik")
    assert "«besok pagi» tidak terbaca" in refusal(refused)
    assert refused.select_one("#release_at")["value"] == "besok pagi"  # type: ignore[index]
    assert text_of(refused.select_one("#comment")) == "Baik"
    done = approver.press(refused, "Setujui", release_at="30-11-2027 08:00")
    assert "Status sekarang: menunggu diseminasi" in content(done)
    assert world.show(submission["id"])["release_at"] == "2027-11-30T01:00:00+00:00"
    page = approver.open(address)
    assert "Selasa, 30 November 2027 08.00 WIB" in content(page)
    early = approver.press(page, "Diseminasikan", 409)
    assert "Jadwal diseminasi belum tiba" in refusal(early)
    bare = approver.press(early, "Tahan", 409)
    assert "Tulis alasannya" in refusal(bare)
    approver.press(bare, "Tahan", comment="Tunggu rapat.")
    approver.press(approver.open(address), "Periksa ulang", comment="Cek Pule.")
    assert world.show(submission["id"])["state"] == "awaiting_check"


def test_schema_words_reach_the_table(portal: Any, world: World) -> None:
    submission = world.at("awaiting_check")
    page = Visitor(portal, world, "pemeriksa").open(f"/meja/periksa/{submission['id']}")
    heads = {text_of(th): th.get("class") for th in page.select("#tabel thead th")}
    assert json.dumps(heads.get("jumlah_​posyandu") or heads.get("jumlah_posyandu")) != "null"
    assert "Pos pelayanan terpadu yang aktif." in content(page)


def test_the_supervisor_judges_data_prioritas(portal: Any, world: World) -> None:
    submission = world.at("awaiting_check", prioritas_tahun="2026")
    address = f"/meja/periksa/{submission['id']}"
    checker, supervisor = Visitor(portal, world, "pemeriksa"), Visitor(portal, world, "pembina")
    supervisor.open(address, 404)
    done = checker.press(checker.open(address), "Sesuai", **ALL_CONFORM)
    assert "Status sekarang: pemeriksaan pembina" in content(done)
    page = supervisor.open(address)
    assert "Data Prioritas." in content(page)
    assert page.select(".sd-verdict") == []
    approver = Visitor(portal, world, "penyetuju")
    early = approver.press(
        approver.open(address), "Lanjutkan tanpa Pembina", 409, comment="Belum dijawab."
    )
    assert "Waktu Pembina belum habis" in refusal(early)
    assert text_of(early.select_one("#comment")) == "Belum dijawab."
    done = supervisor.press(page, "Layak")
    assert "Status sekarang: menunggu validasi" in content(done)


def test_what_is_mended_in_one_go_is_shown_and_sent_once(portal: Any, world: World) -> None:
    package = world.dataset()
    rows = "".join(f'2025,35.03.01,Panggul {n},"{n}.500"\n' for n in range(1, 15))
    world.file(package["id"], f"{CSV}{rows}2025,35.03.02,Munjungan Baru,-\n")
    submission = world.step(package["id"], "submit", "produsen", comment="Angka KCD.")
    checker = Visitor(portal, world, "pemeriksa")
    page = checker.open(f"/meja/periksa/{submission['id']}")
    shown = [text_of(block) for block in page.select(".sd-finding")]
    dots = [text for text in shown if "pemisah ribuan" in text]
    assert len(dots) == 1, shown
    assert "dan 13 baris lain" in dots[0]
    assert len([text for text in shown if "tertulis -" in text]) == 1
    done = checker.press(page, "Tidak sesuai, kembalikan", comment="Mohon dirapikan.")
    assert "Status sekarang: perlu perbaikan" in content(done)
    sent = [f for f in world.show(submission["id"])["findings"] if "ribuan" in f["text"]]
    assert [finding["row"] for finding in sent] == [5]
    assert (
        "Begitu pula baris 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 dan 3 baris lain."
        in (sent[0]["text"])
    )
    page = Visitor(portal, world, "produsen").open(f"/meja/dataset/{submission['id']}")
    tasks = [text_of(task) for task in page.select(".sd-task")]
    assert len([text for text in tasks if "pemisah ribuan" in text]) == 1, tasks
