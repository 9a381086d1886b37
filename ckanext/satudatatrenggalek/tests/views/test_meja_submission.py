"""The producer's page: what is missing, submit, mend, withdraw, give up; retract and reinstate."""

from typing import Any

from ckanext.satudatatrenggalek import jobs

from ..world import BAD_CSV, CSV, World, upload
from .meja_visitor import Visitor, buttons, content, refusal, text_of


def test_a_bare_draft_says_what_is_missing(portal: Any, world: World) -> None:
    package = world.call(
        "package_create", "produsen", name="baru", title="Data baru", owner_org=world.office["id"]
    )
    key = world.show(package["id"])["id"]
    producer = Visitor(portal, world, "produsen")
    page = producer.open(f"/meja/dataset/{key}")
    missing = [text_of(a) for a in page.select("#kurang a")]
    assert "Satuan" in missing
    assert all(
        f"/dataset/edit/{package['id']}#field-" in a["href"] for a in page.select("#kurang a")
    )
    assert "Belum ada berkas" in content(page)
    refused = producer.press(page, "Ajukan", 409, comment="Mohon diperiksa.")
    assert "Belum bisa diajukan. Isi dulu:" in refusal(refused)
    assert text_of(refused.select_one("#comment")) == "Mohon diperiksa."
    world.call("package_patch", "produsen", id=package["id"], **_complete(world))
    refused = producer.press(producer.open(f"/meja/dataset/{key}"), "Ajukan", 409)
    assert "belum ada berkas" in refusal(refused)
    done = producer.press(refused, "Batalkan edisi ini", comment="Salah buat.")
    assert "Status sekarang: dibatalkan" in content(done)
    assert buttons(done) == []


def _complete(world: World) -> dict[str, Any]:
    from ..world import METADATA, _schema_minimum

    return {**METADATA, **_schema_minimum()}


def test_a_returned_dataset_is_mended_and_submitted_again(portal: Any, world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"], BAD_CSV)
    key = world.show(package["id"])["id"]
    producer, address = Visitor(portal, world, "produsen"), f"/meja/dataset/{key}"
    page = producer.open(address)
    assert "1 hal harus diperbaiki" in content(page)
    assert "Ditemukan mesin." in content(page)
    page = producer.press(page, "Ajukan", comment="Kode Pule dari dinas.")
    assert "Status sekarang: menunggu pemeriksaan" in content(page)
    assert "Tarik kembali" in buttons(page)
    check = world.call("satudata_conformity_show", "pemeriksa", resource_id=resource["id"])
    found = check["findings"][0]
    said = {
        "item": found["item"],
        "resource_id": resource["id"],
        "sheet": found["sheet"],
        "row": found["row"],
        "column": found["column"],
        "text": f"{found['message']} {found['remedy']}",
    }
    field = {"item": "standard", "field": "satuan", "text": "Satuannya unit."}
    world.step(key, "return", "pemeriksa", findings=[said, field], comment="Dua hal.")

    page = producer.open(address)
    assert "Dikembalikan: 2 hal harus diperbaiki" in content(page)
    assert "Dua hal." in content(page)
    assert "Mesin masih menemukannya pada berkas yang sekarang." in content(page)
    assert "Posyandu per kecamatan, baris 4, kolom kode_wilayah" in content(page)
    assert page.select_one(f"a[href$='/resource/{resource['id']}/edit']") is not None
    page = producer.press(page, "Sudah diperbaiki")
    assert "Temuan ditandai sudah diperbaiki." in content(page)
    assert "Sudah diperbaiki (1)" in content(page)
    page = producer.press(page, "Buka lagi")
    assert "Dikembalikan: 2 hal" in content(page)

    world.call("resource_patch", "produsen", id=resource["id"], upload=upload(CSV))
    assert "Sedang diperiksa mesin" in content(producer.open(address))
    early = producer.press(producer.open(address), "Ajukan", 409)
    assert "masih diperiksa mesin" in refusal(early)
    jobs.work()
    page = producer.open(address)
    assert "Mesin masih menemukannya" not in content(page)
    producer.press(page, "Ajukan")
    producer.press(producer.open(address), "Tarik kembali")
    assert world.show(key)["state"] == "draft"


def _with_file(world: World, package: dict[str, Any]) -> dict[str, Any]:
    return world.call(
        "resource_create",
        "produsen",
        package_id=package["id"],
        name="Posyandu",
        format="CSV",
        upload=upload(CSV),
    )


def test_a_schema_is_offered_and_accepted(portal: Any, world: World) -> None:
    package = world.dataset()
    resource = _with_file(world, package)
    jobs.work()
    key = world.show(package["id"])["id"]
    producer = Visitor(portal, world, "produsen")
    page = producer.open(f"/meja/dataset/{key}")
    assert "Skema yang disusun portal dari berkas ini (4 kolom)" in content(page)
    rows = [text_of(row) for row in page.select("#berkas tbody tr")]
    assert "kecamatan teks -" in " | ".join(rows)
    other = portal.post(
        f"/meja/dataset/{key}/skema/00000000-0000-4000-8000-000000000000",
        headers=world.headers("produsen"),
    )
    assert other.status_code == 404
    page = producer.press(page, "Terima skema")
    assert "Skema disimpan." in content(page)
    stored = world.call("resource_show", "produsen", id=resource["id"])
    assert "kecamatan" in str(stored["schema"])
    assert "Terima skema" not in buttons(page)


def test_the_page_is_read_only_for_those_who_may_only_read(portal: Any, world: World) -> None:
    submission = world.at("needs_correction")
    reader = Visitor(portal, world, "pemeriksa")
    page = reader.open(f"/meja/dataset/{submission['id']}")
    assert "Perbaiki satuannya." in content(page)
    assert buttons(page) == ["Kirim pesan", "Tandai mendesak"]
    finding = submission["findings"][0]["id"]
    answer = portal.post(
        f"/meja/dataset/{submission['id']}/temuan/{finding}", headers=world.headers("pemeriksa")
    )
    assert answer.status_code == 403
    assert not world.show(submission["id"])["findings"][0]["mended"]
    checked = world.at("awaiting_check", "lain")
    page = reader.open(f"/meja/dataset/{checked['id']}")
    link = page.select_one(f"#content a[href$='/meja/periksa/{checked['id']}']")
    assert link is not None
    Visitor(portal, world, "produsen").open(f"/meja/langkah/{checked['id']}", 302)


def test_what_was_locked_meanwhile_is_not_mended(portal: Any, world: World) -> None:
    submission = world.at("needs_correction")
    producer = Visitor(portal, world, "produsen")
    page = producer.open(f"/meja/dataset/{submission['id']}")
    world.step(submission["id"], "submit", "produsen")
    refused = producer.press(page, "Sudah diperbaiki", 409)
    assert "sedang menunggu pemeriksaan, jadi belum bisa diubah" in refusal(refused)


def test_a_published_dataset_is_retracted_and_shown_again(portal: Any, world: World) -> None:
    published = world.at("published")
    address = f"/meja/dataset/{published['id']}"
    approver = Visitor(portal, world, "penyetuju")
    page = approver.open(address)
    assert "Terpublikasi" in content(page)
    bare = approver.press(page, "Tarik dari publik", 409)
    assert "Tulis alasannya" in refusal(bare)
    done = approver.press(bare, "Tarik dari publik", comment="Angka keliru.")
    assert "Status sekarang: ditarik" in content(done)
    assert "Tayangkan kembali" not in buttons(done)
    other = Visitor(portal, world, "penyetuju_lain")
    done = other.press(other.open(address), "Tayangkan kembali", comment="Sudah benar.")
    assert "Status sekarang: terpublikasi" in content(done)


def test_one_fault_of_a_column_is_told_once_and_personal_data_before_all(
    portal: Any, world: World
) -> None:
    package = world.dataset()
    rows = "".join(f"2025,35.03.01,Panggul {n},{n}x\n" for n in range(70))
    world.file(package["id"], CSV + rows)
    people = "".join(f"Siti {n},35030115039000{n:02}\n" for n in range(1, 9))
    for name in ("warga", "lain"):
        sent = {"name": name, "format": "CSV", "upload": upload(f"nama,nik\n{people}", "w.csv")}
        world.call("resource_create", "produsen", package_id=package["id"], **sent)
    jobs.work()
    page = Visitor(portal, world, "produsen").open(f"/meja/dataset/{package['id']}")
    told = [text_of(task) for task in page.select(".sd-task")]
    first = [text_of(link) for link in page.select("#h-ringkas ~ ol a")[:2]]
    assert all("pribadi" in text or "NIK" in text for text in first), first
    commas = [text for text in told if "x" in text and "tempat lain" in text]
    assert len(commas) == 1, told
    assert "Hal yang sama ada di 69 tempat lain: baris" in commas[0]
    assert "kesalahan ditemukan mesin dalam 3 berkas" in content(page)


def test_faults_of_one_column_with_other_remedies_stand_apart_with_their_true_number(
    portal: Any, world: World
) -> None:
    package = world.dataset()
    cells = ["-"] * 240 + ["4o", "1.204"]
    rows = "".join(f'2025,35.03.01,Panggul {n},"{cell}"\n' for n, cell in enumerate(cells))
    world.file(package["id"], CSV + rows)
    jobs.work()
    page = Visitor(portal, world, "produsen").open(f"/meja/dataset/{package['id']}")
    told = [text_of(task) for task in page.select(".sd-task")]
    dashes, slip, comma = (
        next(text for text in told if said in text)
        for said in ("tertulis -", "memuat huruf", "memakai koma")
    )
    assert "Hal yang sama ada di 239 tempat lain (200 pertama ditunjukkan)" in dashes
    assert "Kosongkan selnya" in dashes
    assert "huruf o" in slip
    assert "koma desimal" in comma
    assert "tempat lain" not in slip + comma


def test_files_and_the_action_stand_above_what_was_found(portal: Any, world: World) -> None:
    package = world.dataset()
    world.file(package["id"], BAD_CSV)
    for name in ("dua", "tiga"):
        sent = {"name": name, "format": "CSV", "upload": upload(BAD_CSV, f"{name}.csv")}
        world.call("resource_create", "produsen", package_id=package["id"], **sent)
    jobs.work()
    producer = Visitor(portal, world, "produsen")
    page = producer.open(f"/meja/dataset/{package['id']}")
    order = [
        str(part["id"]) for part in page.select("#h-ringkas, #berkas, #h-langkah, #h-perbaiki")
    ]
    assert order == ["h-ringkas", "berkas", "h-langkah", "h-perbaiki"]
    folded = page.select("details[id^=temuan-]")
    assert len(folded) == 3
    assert [part.has_attr("open") for part in folded] == [True, False, False]
    assert all("1 hal harus diperbaiki" in text_of(part.summary) for part in folded)
    numbers = [text_of(task.select_one(".n")) for task in page.select(".sd-task")]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    for link in page.select("#h-ringkas ~ ol a, #berkas a[href^='#temuan-']"):
        assert page.select_one(str(link["href"])) is not None
    assert "Masih ada 3 hal yang harus diperbaiki" in content(page)


def test_the_page_says_all_that_keeps_it_from_being_submitted(portal: Any, world: World) -> None:
    package = world.dataset(satuan="")
    _with_file(world, package)
    shown = world.show(package["id"], "produsen")
    [submit] = [step for step in shown["available_steps"] if step["name"] == "submit"]
    assert [one["reason"] for one in submit["blocked"]] == ["missing_metadata", "check_unfinished"]
    producer = Visitor(portal, world, "produsen")
    page = producer.open(f"/meja/dataset/{package['id']}")
    links = page.select("#belum-bisa a")
    assert [str(link["href"]) for link in links] == ["#kurang", "#berkas"]
    assert text_of(links[0]) == "Isi dulu: Satuan."
    assert "masih diperiksa mesin" in text_of(links[1])
    jobs.work()
    world.call("package_patch", "produsen", id=package["id"], satuan="Unit")
    jobs.work()
    page = producer.open(f"/meja/dataset/{package['id']}")
    assert page.select("#belum-bisa") == []
    assert "menunggu pemeriksaan" in content(producer.press(page, "Ajukan"))
