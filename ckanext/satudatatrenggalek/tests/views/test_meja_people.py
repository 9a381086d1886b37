"""The pages about people: many at once, load, one person, handover, substitutes, offices."""

from __future__ import annotations

import csv
import io
from typing import Any

from ..world import World
from .meja_visitor import Visitor, buttons, content, refusal, text_of


def test_many_are_decided_on_one_page_without_a_script(portal: Any, world: World) -> None:
    for name in ("satu", "dua", "tiga"):
        package = world.dataset(name, title=f"Data {name}")
        world.file(package["id"])
        world.step(package["id"], "submit", "produsen")
    checker = Visitor(portal, world, "pemeriksa")
    desk = checker.open("/meja")
    assert len(desk.select("input.sd-pick")) == 3
    assert not desk.select("input.sd-pick[checked]")
    row = next(tr for tr in desk.select("tbody tr") if "Data satu" in text_of(tr))
    page = checker.open(str(row.select_one("a.t")["href"]))  # type: ignore[index]
    page = checker.press(page, "Ikuti hasil mesin", 200)
    page = checker.press(page, "Simpan daftar periksa", 200)
    assert "Belum bisa dinyatakan sesuai" in content(page)
    assert "Sesuai rencana Daftar Data" in content(page)
    answers = {f"putusan-{item}": "conform" for item in ("as_planned",)}
    page = checker.press(page, "Simpan daftar periksa", 200, **answers)
    assert "Daftar periksa tersimpan." in content(page)
    assert "Belum bisa" not in content(page)

    desk = checker.open("/meja?pilih=siap")
    assert "Daftar periksa Anda: 6 dari 6 butir terisi" in content(desk)
    assert len(desk.select("input.sd-pick[checked]")) == 1
    every = [str(box["value"]) for box in desk.select("input.sd-pick")]
    done = checker.press(desk, "Sesuai yang dipilih", 200, pilih=every)
    assert "1 dari 3 dataset" in content(done)
    assert content(done).count("Dilewati") == 2
    assert "Daftar periksa belum lengkap" in content(done)
    nothing = checker.press(checker.open("/meja"), "Sesuai yang dipilih", 409)
    assert "Pilih paling sedikit satu dataset." in refusal(nothing)
    approver = Visitor(portal, world, "penyetuju")
    desk = approver.open("/meja?pilih=siap")
    done = approver.press(desk, "Setujui yang dipilih", 200)
    assert "Setujui: 1 dari 1 dataset" in content(done)


def test_the_load_a_person_and_a_handover(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    world.call("satudata_desk_claim", "pemeriksa", id=key)
    approver = Visitor(portal, world, "penyetuju")
    desk = approver.open("/meja")
    assert "Beban kerja" in content(desk)
    page = approver.open("/meja/beban")
    row = next(tr for tr in page.select("tbody tr") if "Pemeriksa" in text_of(tr.select_one("a.t")))
    assert [text_of(td).split()[0] for td in row.select("td.num")] == ["1", "0", "0"]
    held = approver.open("/meja?pemegang=pemeriksa")
    assert [text_of(a) for a in held.select("td a.t")] == ["Jumlah Posyandu"]
    page = approver.open("/meja/orang/pemeriksa")
    assert "Jumlah Posyandu" in content(page)
    refused = approver.press(page, "Serahkan semua", 409, to_user="pendukung")
    assert "Tulis alasan serah terima" in refusal(refused)
    assert refused.select_one("#to_user option[value=pendukung]").has_attr("selected")  # type: ignore[union-attr]
    done = approver.press(refused, "Serahkan semua", 200, reason="Cuti melahirkan.")
    assert "1 dari 1 pekerjaan" in content(done)
    assert world.show(key)["claimed_by"]["name"] == "pendukung"
    history = content(Visitor(portal, world, "pemeriksa").open(f"/meja/periksa/{key}"))
    assert "Menyerahkan tugas kepada petugas lain" in history
    assert "Cuti melahirkan." in history
    assert Visitor(portal, world, "pendukung").answer("/meja/beban", 403)
    approver.open("/meja/orang/siapa", 404)


def test_a_substitute_is_named_on_the_page_and_told_so(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    world.call("satudata_desk_claim", "pemeriksa", id=key)
    approver = Visitor(portal, world, "penyetuju")
    row = world.call("satudata_appointment_list", "penyetuju", user="pemeriksa")[0]
    page = approver.open(f"/meja/penunjukan/{row['id']}")
    refused = approver.press(page, "Jadikan Plh.", 409, user="warga", decree="Sprint 9/2026")
    assert "Tulis tanggal akhirnya" in refusal(refused)
    assert refused.select_one("#plh-decree[value='Sprint 9/2026']") is not None
    page = approver.press(refused, "Jadikan Plh.", valid_until="31-12-2030")
    assert "Warga menjadi Plh. Pemeriksa sampai 31 Desember 2030." in content(page)
    assert "atas nama Pemeriksa" in content(page)
    desk = Visitor(portal, world, "warga").open("/meja?petugas=me")
    assert "Anda sedang menjadi Plh. Pemeriksa" in content(desk)
    assert "Anda, Plh. Pemeriksa" in content(desk)
    assert "lepaskan" in " ".join(buttons(desk))
    person = approver.open("/meja/orang/pemeriksa")
    assert "Yang menjadi Plh.-nya" in content(person)


def test_the_end_of_an_office_is_written_down(portal: Any, world: World) -> None:
    approver = Visitor(portal, world, "penyetuju")
    name = world.office["name"]
    page = approver.open(f"/meja/penunjukan/perangkat-daerah/{name}")
    typed = {"valid_until": "30-02-2026", "decree": "Perda 5/2025"}
    other = world.other_office["id"]
    refused = approver.press(page, "Simpan", 409, **typed, predecessors=[other])
    assert "30-02-2026" in str(refused.select_one("#valid_until"))
    assert refused.select_one(f"input[value='{other}']").has_attr("checked")  # type: ignore[union-attr]
    page = approver.press(refused, "Simpan", valid_until="28-02-2026")
    row = next(tr for tr in page.select("tbody tr") if "Dinas Kesehatan" in text_of(tr.a))
    assert "sampai 28 Februari 2026" in text_of(row)
    assert "Tidak berlaku hari ini" in text_of(row)
    assert "Dinas Pertanian" in text_of(row)
    choices = approver.open("/meja/penunjukan").select("#opd option")
    assert "Dinas Kesehatan" not in [text_of(choice) for choice in choices]
    Visitor(portal, world, "produsen").open("/meja/tugas", 403)
    Visitor(portal, world, "pemeriksa").open(f"/meja/penunjukan/perangkat-daerah/{name}", 403)


def test_accounts_without_an_appointment_and_their_csv(portal: Any, world: World) -> None:
    approver = Visitor(portal, world, "penyetuju")
    world.call("user_patch", "admin", id=world.users["warga"]["id"], fullname="=1+1")
    page = approver.open("/meja/penunjukan/tanpa-penunjukan")
    assert "warga" in content(page)
    assert "produsen," not in content(page)
    answer = approver.answer("/meja/penunjukan/tanpa-penunjukan.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.body.lstrip("\ufeff"))))
    assert rows[0][0] == "Nama akun"
    assert ["warga", "'=1+1"] in [row[:2] for row in rows]
    Visitor(portal, world, "pemeriksa").open("/meja/penunjukan/tanpa-penunjukan", 403)
    Visitor(portal, world, "pemeriksa").open("/meja/penunjukan/tanpa-penunjukan.csv", 403)
