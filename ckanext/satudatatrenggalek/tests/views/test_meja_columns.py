"""The table of columns: prefilled, changed row by row, saved, refused with everything kept."""

import json
from datetime import timedelta
from typing import Any

from ckan import model

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.model.tables import EditionRecord, SubmissionRecord, new_id

from ..world import CSV, SCHEMA, World, upload
from .meja_visitor import Visitor, button_of, buttons, content, controls, refusal, text_of


def draft_of(world: World, text: str = CSV, **more: Any) -> tuple[str, str]:
    """Address of the table of columns of a file just checked, and the file's id."""
    package = world.dataset()
    resource = world.call(
        "resource_create",
        "produsen",
        package_id=package["id"],
        name="Posyandu",
        format="CSV",
        upload=upload(text),
        **more,
    )
    jobs.work()
    key = world.show(package["id"])["id"]
    return f"/meja/dataset/{key}/kolom/{resource['id']}", resource["id"]


def kept(world: World, resource_id: str) -> Any:
    stored = world.call("resource_show", "produsen", id=resource_id)
    return json.loads(stored["schema"])


def values(page: Any, part: str) -> list[str]:
    sent = controls(page.select_one("form:has([name=banyak])"))
    count = int(sent["banyak"][0])
    return [sent.get(f"k-{n}-{part}", [""])[0] for n in range(1, count + 1)]


def test_the_table_starts_from_the_file_and_is_kept(portal: Any, world: World) -> None:
    address, resource_id = draft_of(world)
    producer = Visitor(portal, world, "produsen")
    page = producer.open(address)
    assert "Disusun portal dari isi berkas dan belum disimpan." in content(page)
    assert values(page, "name") == ["tahun", "kode_wilayah", "kecamatan", "jumlah_posyandu"]
    assert values(page, "type") == ["year", "string", "string", "integer"]
    typed = {
        "k-4-title": "Posyandu aktif",
        "k-4-satuan": "unit",
        "k-4-ukuran": "Jumlah",
        "k-4-konsep": "Posyandu",
        "k-4-description": "Posyandu yang buka tiap bulan.",
        "k-3-enum": "Panggul\nMunjungan\nPule\n",
        "k-2-required": "1",
        "k-2-key": "1",
        "missing": "-, n/a",
    }
    done = producer.press(page, "Simpan tabel kolom", **typed)
    assert "Tabel kolom disimpan." in content(done)
    schema = kept(world, resource_id)
    assert schema["fields"][3] == {
        "name": "jumlah_posyandu",
        "title": "Posyandu aktif",
        "description": "Posyandu yang buka tiap bulan.",
        "type": "integer",
        "satuan": "unit",
        "ukuran": "Jumlah",
        "konsep": "Posyandu",
    }
    assert schema["fields"][1]["constraints"] == {"required": True}
    assert schema["fields"][2]["constraints"] == {"enum": ["Panggul", "Munjungan", "Pule"]}
    assert schema["primaryKey"] == ["kode_wilayah"]
    assert schema["missingValues"] == ["", "-", "n/a"]
    jobs.work()
    checked = world.call("satudata_conformity_show", "produsen", resource_id=resource_id)
    assert checked["status"] == "success"
    assert not checked["schema_inferred"]
    again = producer.open(address)
    assert "Disusun portal" not in content(again)
    assert values(again, "satuan")[3] == "unit"


def test_rows_are_added_moved_and_removed_without_losing_a_word(portal: Any, world: World) -> None:
    address, resource_id = draft_of(world, schema=json.dumps(SCHEMA))
    producer = Visitor(portal, world, "produsen")
    page = producer.press(
        producer.open(address), "Tambah kolom", 200, **{"k-1-title": "Tahun data"}
    )
    assert len(values(page, "name")) == 5
    assert values(page, "title")[0] == "Tahun data"
    page = producer.press(page, "Turunkan kolom tahun", 200, **{"k-5-name": "catatan"})
    assert values(page, "name")[:2] == ["kode_wilayah", "tahun"]
    assert "Kolom `" not in content(page)
    assert "Kolom catatan tidak ada di berkas." in content(page)
    assert "Urutan kolom di berkas berbeda dari tabel ini." in content(page)
    page = producer.press(page, "Naikkan kolom tahun", 200)
    page = producer.press(page, "Hapus kolom catatan", 200)
    assert values(page, "name") == ["tahun", "kode_wilayah", "kecamatan", "jumlah_posyandu"]
    assert values(page, "title")[0] == "Tahun data"
    page = producer.press(page, "Hapus kolom kecamatan", 200)
    page = producer.press(page, "Tambahkan kolom yang ada di berkas", 200)
    assert values(page, "name")[-1] == "kecamatan"
    assert json.loads(text_of(page.select_one("pre code")))["fields"][0]["title"] == "Tahun data"
    assert kept(world, resource_id) == SCHEMA, "nothing is kept before it is saved"


def test_what_is_wrong_stands_at_its_cell_and_nothing_is_lost(portal: Any, world: World) -> None:
    address, resource_id = draft_of(world, schema=json.dumps(SCHEMA))
    producer = Visitor(portal, world, "produsen")
    typed = {
        "k-1-name": "kode_wilayah",
        "k-3-name": "",
        "k-4-enum": "tujuh",
        "k-4-title": "Posyandu",
        "missing": "-",
    }
    page = producer.press(producer.open(address), "Simpan tabel kolom", 409, **typed)
    assert "Kolom 2: Nama `kode_wilayah` sudah dipakai kolom 1." in refusal(page)
    wrong = [text_of(p) for p in page.select(".sd-wrong")]
    assert len(wrong) == 3
    assert wrong[2].startswith("tujuh bukan bilangan bulat")
    assert page.select_one("#k-3-name[aria-invalid]") is not None
    assert page.select_one("details[open] #k-4-enum") is not None
    sent = controls(button_of(page, "Simpan tabel kolom").find_parent("form"))
    assert {name: sent[name][0] for name in typed} == typed
    assert kept(world, resource_id) == SCHEMA


def test_what_the_form_does_not_show_survives(portal: Any, world: World) -> None:
    schema = {
        "fields": [
            {"name": "tahun", "type": "year", "constraints": {"minimum": 2000}},
            {"name": "kode_wilayah", "type": "string", "constraints": {"pattern": r"[\d.]+"}},
            {"name": "kecamatan", "constraints": {"enum": [f"K{n}" for n in range(201)]}},
            {"name": "jumlah_posyandu", "type": "integer", "bareNumber": True},
        ],
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "missingValues": [""],
    }
    address, resource_id = draft_of(world, schema=json.dumps(schema))
    producer = Visitor(portal, world, "produsen")
    page = producer.open(address)
    assert "201 pilihan, terlalu banyak untuk diketik di sini." in content(page)
    producer.press(page, "Simpan tabel kolom")
    schema["fields"][2]["type"] = "any"
    assert kept(world, resource_id) == schema


def test_it_is_locked_while_it_is_checked_but_can_be_read(portal: Any, world: World) -> None:
    submission = world.at("draft")
    file = submission["resources"][0]["id"]
    address = f"/meja/dataset/{submission['id']}/kolom/{file}"
    producer = Visitor(portal, world, "produsen")
    page = producer.open(address)
    world.step(submission["id"], "submit", "produsen")
    refused = producer.press(page, "Simpan tabel kolom", 409, **{"k-1-title": "Tahun data"})
    assert "belum bisa diubah" in refusal(refused)
    assert values(refused, "title")[0] == "Tahun data"
    reader = Visitor(portal, world, "pemeriksa").open(address)
    assert buttons(reader) == []
    assert "jumlah_posyandu" in content(reader)
    Visitor(portal, world, "produsen_lain").open(address, 404)
    stranger = "/00000000-0000-4000-8000-000000000000"
    producer.open(address.rsplit("/", 1)[0] + stranger, 404)


def _released_before(world: World, dataset_id: str, schema: dict[str, Any]) -> None:
    """An edition of the year before, whose file was described by this schema."""
    at = clock.now()
    former = SubmissionRecord(
        dataset_id=dataset_id,
        working_copy_id=new_id(),
        office_id=world.office["id"],
        state="superseded",
        edition=1,
        created_at=at - timedelta(days=365),
        updated_at=at,
    )
    model.Session.add(former)
    model.Session.flush()
    file = {"resource_id": new_id(), "name": "Posyandu", "filename": "p.csv", "size": 1}
    described = {"id": file["resource_id"], "name": "Posyandu", "schema": json.dumps(schema)}
    model.Session.add(
        EditionRecord(
            dataset_id=dataset_id,
            number=1,
            submission_id=former.id,
            metadata_={"periode": "2024", "resources": [described]},
            files=[{**file, "sha256": "0" * 64}],
            content_hash="",
            released_at=at,
        )
    )
    model.Session.commit()


def test_the_last_edition_fills_the_table_of_the_next(portal: Any, world: World) -> None:
    address, resource_id = draft_of(world)
    before = {
        "fields": [
            {"name": "tahun", "type": "year"},
            {"name": "kode_wil", "type": "string", "satuan": "-"},
            {"name": "kecamatan", "type": "string", "description": "Nama kecamatan."},
            {"name": "jumlah_posyandu", "type": "number", "satuan": "unit"},
            {"name": "petugas", "type": "string"},
        ],
        "missingValues": ["", "-"],
    }
    _released_before(world, world.show("posyandu")["dataset_id"], before)
    world.call("resource_validation_run", "produsen", resource_id=resource_id)
    jobs.work()
    producer = Visitor(portal, world, "produsen")
    page = producer.open(address)
    assert "Diisi dari edisi 2024. Periksa, lalu simpan." in content(page)
    assert values(page, "name")[1] == "kode_wil"
    assert values(page, "satuan")[3] == "unit"
    assert "Dibanding edisi 2024 Tidak ada perbedaan." in content(page)
    assert "Kolom petugas tidak ada di berkas." in content(page)
    assert "Kolom 2 di berkas, kode_wilayah , belum ada di tabel ini." in content(page)
    page = producer.press(page, "Hapus kolom petugas", 200)
    page = producer.press(
        page, "Bandingkan lagi", 200, **{"k-2-name": "kode_wilayah", "k-4-type": "integer"}
    )
    said = [text_of(item) for item in page.select("[aria-labelledby=h-edisi] li")]
    assert said == [
        "Kolom kode_wil sekarang bernama kode_wilayah .",
        "Jenis isi kolom jumlah_posyandu berubah dari angka menjadi bilangan bulat.",
        "Kolom petugas tidak ada lagi.",
    ]
    assert "Dibanding judul kolom di berkas Tidak ada perbedaan." in content(page)
    producer.press(page, "Simpan tabel kolom")
    assert kept(world, resource_id)["fields"][2]["description"] == "Nama kecamatan."
    page = producer.open(address)
    assert [text_of(item) for item in page.select("[aria-labelledby=h-edisi] li")] == said
    page = producer.press(page, "Isi ulang dari edisi 2024", 200)
    assert values(page, "name")[4] == "petugas"
