"""The tidied copy: looked at, asked about, taken beside the original, renewed; kept in bounds."""

import json
from typing import Any

import pytest

from ckanext.satudatatrenggalek import jobs, tidying

from ..world import CSV, SCHEMA, World, upload
from .meja_visitor import Visitor, buttons, content, refusal, text_of

MESSY = (
    "JUMLAH POSYANDU TAHUN 2025;;;\r\n"
    ";;;\r\n"
    "tahun;kode_wilayah;kecamatan;jumlah_posyandu\r\n"
    "2025;35.03.01;Panggul;78\r\n"
    "2025;35.03.02;Munjungan;-\r\n"
    "2025;35.03.03;Pule;59\r\n"
    "JUMLAH;;;137\r\n"
)


class Draft:
    """A draft whose one file is messy and has been checked."""

    def __init__(
        self,
        world: World,
        text: str = MESSY,
        name: str = "posyandu.csv",
        schema: dict[str, Any] | None = SCHEMA,
    ) -> None:
        self.world = world
        self.package = world.dataset()
        self.resource = world.call(
            "resource_create",
            "produsen",
            package_id=self.package["id"],
            name="Posyandu",
            format="CSV",
            schema=json.dumps(schema) if schema else "",
            upload=upload(text, name),
        )["id"]
        jobs.work()
        self.key = world.show(self.package["id"])["id"]
        self.page = f"/meja/dataset/{self.key}"
        self.address = f"{self.page}/rapi/{self.resource}"

    def files(self) -> list[dict[str, Any]]:
        return self.world.show(self.key)["resources"]

    def replace(self, text: str) -> None:
        self.world.call("resource_patch", "produsen", id=self.resource, upload=upload(text))
        jobs.work()


@pytest.fixture
def draft(world: World) -> Draft:
    return Draft(world)


def _answers(page: Any, option: str = "zero") -> dict[str, str]:
    names = {str(box["name"]) for box in page.select("fieldset input[type=radio]")}
    return dict.fromkeys(names, option)


def test_a_copy_is_looked_at_answered_and_taken(portal: Any, world: World, draft: Draft) -> None:
    producer = Visitor(portal, world, "produsen")
    page = producer.open(draft.page)
    assert "Portal bisa merapikan berkas ini." in content(page)
    link = page.select_one(f"#content a[href$='/rapi/{draft.resource}']")
    assert link is not None
    page = producer.open(str(link["href"]))
    assert "1 hal perlu Anda putuskan" in content(page)
    assert "Apa arti - di kolom jumlah_posyandu (1 sel)?" in content(page)
    assert "Terima salinan rapi" not in buttons(page)
    assert "JUMLAH POSYANDU TAHUN 2025" in content(page)
    waiting = producer.press(page, "Pakai jawaban ini", **_answers(page))
    assert "Salinan sedang disiapkan." in content(waiting)
    assert waiting.select_one("input[value=zero][checked]") is not None
    jobs.work()
    page = producer.open(str(waiting.select_one("[hx-get]")["hx-get"]))
    assert "Jawaban Anda" in content(page)
    assert "0 kesalahan setelah dirapikan." in content(page)
    csv = producer.answer(str(page.select_one("a[href*='/csv']")["href"]))
    assert "attachment" in csv.headers["Content-Disposition"]
    assert csv.headers["X-Content-Type-Options"] == "nosniff"
    log = producer.answer(str(page.select_one("a[href*='/log']")["href"]))
    assert "baris,kolom,sebelum,sesudah,sebab" in log.body
    done = producer.press(page, "Terima salinan rapi")
    assert "disimpan di samping berkas asli" in content(done)

    copy, original = draft.files()
    assert original["id"] == draft.resource
    assert copy["name"] == "Posyandu (salinan rapi)"
    assert copy["tidied_from"] == draft.resource
    served = producer.answer(f"/dataset/{draft.package['id']}/resource/{copy['id']}/download/x.csv")
    assert served.body == csv.body
    assert "2025,35.03.02,Munjungan,0" in served.body.splitlines()
    stored = producer.answer(
        f"/dataset/{draft.package['id']}/resource/{draft.resource}/download/x.csv"
    )
    assert stored.body.encode() == MESSY.encode()
    jobs.work()
    checked = world.call("satudata_conformity_show", "produsen", resource_id=copy["id"])
    assert checked["status"] == "success"
    assert "Salinan rapi dari Posyandu." in content(producer.open(draft.page))


def test_taking_again_replaces_the_copy(portal: Any, world: World, draft: Draft) -> None:
    first = take(draft, "zero")
    second = take(draft, "empty")
    assert second["id"] == first["id"]
    assert len(draft.files()) == 2
    assert json.loads(draft.files()[0]["tidied_answers"]) == answered(draft, "empty")
    page = Visitor(portal, world, "produsen").open(draft.address)
    assert "Menerima lagi akan menggantinya." in content(page)
    assert page.select_one("input[value=empty][checked]") is not None, "the answers are kept"


def answered(draft: Draft, option: str) -> dict[str, str]:
    shown = draft.world.call("satudata_tidied_show", "produsen", resource_id=draft.resource)
    return {question["key"]: option for question in shown["questions"]}


def take(draft: Draft, option: str) -> dict[str, Any]:
    answers = answered(draft, option)
    asked = {"resource_id": draft.resource, "answers": answers}
    draft.world.call("satudata_tidied_prepare", "produsen", **asked)
    jobs.work()
    taken = draft.world.call("satudata_tidied_accept", "produsen", **asked)
    jobs.work()
    return taken


def test_a_copy_of_a_file_that_was_replaced_says_so(
    portal: Any, world: World, draft: Draft
) -> None:
    take(draft, "zero")
    draft.replace(MESSY.replace(";78", ";80"))
    producer = Visitor(portal, world, "produsen")
    page = producer.open(draft.page)
    assert "Berkas aslinya sudah diganti sejak salinan ini diterima." in content(page)
    assert "Perbarui salinan rapi" in content(page)
    page = producer.open(draft.address)
    assert "Berkas asli sudah diganti sejak salinan rapinya diterima." in content(page)
    jobs.work()
    page = producer.press(producer.open(draft.address), "Terima lagi")
    assert "sudah diganti" not in content(page)
    assert len(draft.files()) == 2


def test_the_columns_kept_for_the_copy_are_those_it_is_made_by(portal: Any, world: World) -> None:
    draft = Draft(world, "Tahun;Kode Kecamatan;Nilai\n2025;35.03.01;1,5\n", schema=None)
    first = take(draft, "zero")
    fields = [{"name": "tahun", "type": "year"}, {"name": "kode_kecamatan", "type": "string"}]
    kept = {"fields": [*fields, {"name": "nilai", "type": "number"}]}
    world.call("satudata_schema_accept", "produsen", resource_id=first["id"], schema=kept)
    jobs.work()
    told = world.call("satudata_conformity_show", "produsen", resource_id=first["id"])["findings"]
    assert {finding["code"] for finding in told if finding["severity"] == "error"} == {
        "incorrect-label"
    }
    page = Visitor(portal, world, "produsen").open(draft.page)
    assert "Judul kolomnya berbeda dari tabel kolom" in content(page)
    again = take(draft, "zero")
    assert (again["id"], again["schema_source"]) == (first["id"], "given")
    assert json.loads(again["schema"]) == kept
    shown = world.call("satudata_tidied_show", "produsen", resource_id=draft.resource)
    assert shown["columns"] == ["tahun", "kode_kecamatan", "nilai"]
    assert shown["counts"]["label"] == 3
    checked = world.call("satudata_conformity_show", "produsen", resource_id=first["id"])
    assert shown["after"] == {"errors": checked["errors"], "warnings": checked["warnings"]}
    assert checked["errors"] == 0


def test_what_was_not_seen_is_not_taken(portal: Any, world: World, draft: Draft) -> None:
    producer = Visitor(portal, world, "produsen")
    answers = answered(draft, "zero")
    world.call("satudata_tidied_prepare", "produsen", resource_id=draft.resource, answers=answers)
    jobs.work()
    query = "&".join(f"jawab-{key}={value}" for key, value in answers.items())
    page = producer.open(f"{draft.address}?{query}")
    refused = producer.press(page, "Terima salinan rapi", 409, **_answers(page, "empty"))
    assert "belum siap" in refusal(refused)
    assert refused.select_one("input[value=empty][checked]") is not None
    draft.replace(MESSY.replace(";78", ";80"))
    refused = producer.press(page, "Terima salinan rapi", 409)
    assert "Berkas asli sudah diganti sejak Anda membuka halaman ini." in refusal(refused)
    assert len(draft.files()) == 1
    bare = producer.portal.post(
        draft.address, data={"aksi": "terima"}, headers=world.headers("produsen")
    )
    assert bare.status_code == 409


def test_open_questions_are_asked_before_it_is_taken(world: World, draft: Draft) -> None:
    import ckan.plugins.toolkit as tk

    with pytest.raises(tk.ValidationError) as refused:
        world.call("satudata_tidied_accept", "produsen", resource_id=draft.resource)
    assert refused.value.error_dict["reason"] == "missing_answers"
    assert "jumlah_posyandu" in str(refused.value.error_dict["message"])


def test_a_tidy_file_has_nothing_to_tidy(portal: Any, world: World) -> None:
    draft = Draft(world, CSV)
    page = Visitor(portal, world, "produsen").open(draft.address)
    assert "Berkas ini sudah rapi" in content(page)
    assert "Terima salinan rapi" not in buttons(page)
    assert "Portal bisa merapikan" not in content(
        Visitor(portal, world, "produsen").open(draft.page)
    )


def test_readers_look_and_only_the_producer_takes(portal: Any, world: World, draft: Draft) -> None:
    take(draft, "zero")
    world.step(draft.key, "submit", "produsen")
    for who in ("pemeriksa", "produsen"):
        page = Visitor(portal, world, who).open(draft.address)
        assert buttons(page) == []
        assert page.select_one("a[href*='/csv']") is not None
        assert all(box.has_attr("disabled") for box in page.select("fieldset input"))
    query = "&".join(f"jawab-{k}={v}" for k, v in answered(draft, "zero").items())
    answers = {f"jawab-{k}": v for k, v in answered(draft, "zero").items()}
    for who, status in (("pemeriksa", 403), ("produsen", 409), ("produsen_lain", 404)):
        sent = portal.post(
            draft.address, data={"aksi": "terima", **answers}, headers=world.headers(who)
        )
        assert sent.status_code == status, who
    stranger = Visitor(portal, world, "produsen_lain")
    for address in (draft.address, f"{draft.address}/csv?{query}", f"{draft.address}/log?{query}"):
        stranger.answer(address, 404)
    check = Visitor(portal, world, "pemeriksa").open(f"/meja/periksa/{draft.key}")
    assert "Salinan rapi dari Posyandu" in content(check)
    assert text_of(check.select_one(f"a[href$='/rapi/{draft.resource}']")) == "salinan rapi"


def test_the_copy_is_judged_in_the_place_of_the_original(
    portal: Any, world: World, draft: Draft
) -> None:
    assert world.show(draft.key)["machine"]["errors"] > 0
    copy = take(draft, "zero")
    shown = world.show(draft.key)
    assert shown["machine"]["errors"] == 0
    producer = Visitor(portal, world, "produsen")
    page = producer.open(draft.page)
    assert "Diwakili salinan rapi" in content(page)
    assert "harus diperbaiki" not in content(page)
    checked = world.step(draft.key, "submit", "produsen")
    assert world.step(checked["id"], "conform", "pemeriksa")["state"] == "awaiting_approval"

    world.step(checked["id"], "return", "penyetuju")
    mine = world.call("resource_patch", "produsen", id=copy["id"], upload=upload(CSV, "x.csv"))
    assert mine["tidied_seal"], "the claim is still there, but these are not our bytes"
    jobs.work()
    assert world.show(draft.key)["machine"]["errors"] > 0


def test_nobody_claims_to_be_a_copy(world: World, draft: Draft) -> None:
    sha = world.call("satudata_tidied_show", "produsen", resource_id=draft.resource)["sha256"]
    world.call(
        "resource_create",
        "produsen",
        package_id=draft.package["id"],
        name="Bukan salinan",
        format="CSV",
        upload=upload(CSV),
        tidied_from=draft.resource,
        tidied_sha256=sha,
        tidied_seal="0" * 64,
    )
    jobs.work()
    assert world.show(draft.key)["machine"]["errors"] > 0


def test_why_there_is_no_copy_is_said(portal: Any, world: World) -> None:
    draft = Draft(world, CSV.replace("78", "tidak tahu"))
    page = Visitor(portal, world, "produsen").open(draft.page)
    assert "Tidak ada salinan rapi: temuan di berkas ini tidak bisa" in content(page)


def test_a_copy_nobody_prepared_can_be_asked_for(
    portal: Any, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "AT_ONCE", 1)  # as for a large file
    draft = Draft(world)
    page = Visitor(portal, world, "produsen").open(draft.page)
    link = page.find("a", string="Siapkan salinan rapi")
    assert link is not None
    Visitor(portal, world, "produsen").open(str(link["href"]))
    jobs.work()
    page = Visitor(portal, world, "produsen").open(draft.page)
    assert "Portal bisa merapikan berkas ini." in content(page)
