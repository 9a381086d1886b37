"""A decision on content that changed is refused, and told what changed."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.model import contents

from ..world import CHECKLIST, CSV, World, upload
from .caller import post


def _again(world: World, key: str, **changes: Any) -> None:
    """Withdrawn, edited and submitted again while the checker's page is open."""
    world.step(key, "withdraw", "produsen")
    if "file" in changes:
        resource = world.show(key)["resources"][0]["id"]
        world.call(
            "resource_patch", "produsen", id=resource, upload=upload(changes.pop("file"), "b.csv")
        )
    if changes:
        world.call("package_patch", "produsen", id=world.show(key)["working_copy_id"], **changes)
    jobs.work()
    world.step(key, "submit", "produsen")


def _conform(portal: Any, world: World, key: str, content_hash: str) -> tuple[int, Any]:
    sent = {"content_hash": content_hash, "checklist": CHECKLIST}
    return post(portal, world, "pemeriksa", "satudata_step_take", id=key, step="conform", **sent)


def test_a_changed_field_is_named_by_its_label_with_both_values(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    seen = post(portal, world, "pemeriksa", "satudata_submission_show", id=key)[1]
    _again(world, key, satuan="Orang")
    status, error = _conform(portal, world, key, seen["content_hash"])
    assert (status, error["reason"]) == (409, "stale_hash")
    assert "isian Satuan (dari «Unit» menjadi «Orang»)" in error["message"]
    [change] = [row for row in error["changes"] if row["what"] == "metadata"]
    assert (change["field"], change["from"], change["to"]) == ("satuan", "Unit", "Orang")


def test_a_changed_file_and_its_check_are_named(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    seen = post(portal, world, "pemeriksa", "satudata_submission_show", id=key)[1]
    _again(world, key, file=CSV.replace("35.03.03", "35.03.3"))
    status, error = _conform(portal, world, key, seen["content_hash"])
    assert status == 409
    assert "berkas Posyandu per kecamatan (dari «posyandu.csv" in error["message"]
    assert "hasil pengecekan berkas Posyandu per kecamatan" in error["message"]
    kinds = {row["what"] for row in error["changes"]}
    assert {"file", "check"} <= kinds
    assert world.show(key)["state"] == "awaiting_check"


def test_an_added_and_a_removed_file_are_named(portal: Any, world: World) -> None:
    shown = world.at("awaiting_check")
    seen = post(portal, world, "pemeriksa", "satudata_submission_show", id=shown["id"])[1]
    world.step(shown["id"], "withdraw", "produsen")
    world.file(shown["dataset_id"], CSV)
    world.step(shown["id"], "submit", "produsen")
    error = _conform(portal, world, shown["id"], seen["content_hash"])[1]
    added = [row for row in error["changes"] if row["what"] == "file" and not row["from"]]
    assert len(added) == 1
    assert "menjadi" in error["message"]


def test_the_approver_is_told_too(portal: Any, world: World) -> None:
    key = world.at("awaiting_approval")["id"]
    seen = post(portal, world, "penyetuju", "satudata_submission_show", id=key)[1]
    world.step(key, "send_back", "penyetuju", comment="Periksa lagi.")
    _again(world, key, notes="Keterangan yang lain.")
    world.step(key, "conform", "pemeriksa")
    sent = {"id": key, "step": "approve", "content_hash": seen["content_hash"]}
    status, error = post(portal, world, "penyetuju", "satudata_step_take", **sent)
    assert (status, error["reason"]) == (409, "stale_hash")
    assert "Keterangan yang lain." in error["message"]


def test_a_hash_nobody_was_shown_is_refused_without_a_guess(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    status, error = _conform(portal, world, key, "0" * 64)
    assert (status, error["reason"], error["changes"]) == (409, "stale_hash", [])


def test_what_a_reader_without_a_decision_sees_is_not_kept(portal: Any, world: World) -> None:
    key = world.draft()["id"]
    seen = post(portal, world, "produsen", "satudata_submission_show", id=key)[1]
    assert contents.of_hash(model.Session, seen["content_hash"]) is None
    world.step(key, "submit", "produsen")
    assert contents.of_hash(model.Session, seen["content_hash"]) is not None


def _changes(portal: Any, world: World, key: str, by: str = "pemeriksa") -> Any:
    status, found = post(portal, world, by, "satudata_submission_changes", id=key)
    assert status == 200, found
    return found


def test_the_first_submission_has_nothing_before_it(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    assert _changes(portal, world, key) == {"edition": None, "round": None}


def test_the_checker_sees_what_was_mended_since_the_round_before(portal: Any, world: World) -> None:
    key = world.at("needs_correction")["id"]
    resource = world.show(key)["resources"][0]["id"]
    more = CSV + "2025,35.03.04,Dongko,70\n"
    world.call("resource_patch", "produsen", id=resource, upload=upload(more, "b.csv"))
    world.call("package_patch", "produsen", id=world.show(key)["working_copy_id"], satuan="Orang")
    jobs.work()
    world.step(key, "submit", "produsen")
    since = _changes(portal, world, key)["round"]
    assert since["number"] == 1
    told = {row["label"]: (row["from"], row["to"]) for row in since["changes"]}
    assert told["Satuan"] == ("Unit", "Orang")
    [file] = since["files"]
    assert {k: file["rows"][k] for k in ("added", "removed", "changed")} == {
        "added": 1,
        "removed": 0,
        "changed": 0,
    }
    page = portal.get(f"/meja/periksa/{key}", headers=world.headers("pemeriksa")).body
    assert "Sejak pengajuan ke-1" in page
    assert "1 baris baru, 0 baris hilang, 0 baris berubah." in page


def test_the_checker_sees_what_changed_since_the_last_edition(portal: Any, world: World) -> None:
    shown = world.at("published")
    draft = world.step(shown["dataset_id"], "revise", "produsen")
    copy = draft["working_copy_id"]
    world.call("package_patch", "produsen", id=copy, periode="2026", notes="Edisi baru.")
    jobs.work()
    world.step(draft["id"], "submit", "produsen")
    since = _changes(portal, world, draft["id"])["edition"]
    assert since["number"] == 1
    assert {row["field"] for row in since["changes"]} >= {"periode", "notes"}
    page = portal.get(f"/meja/periksa/{draft['id']}", headers=world.headers("pemeriksa")).body
    assert "Sejak edisi ke-1" in page


def test_strangers_see_no_changes(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    for action in ("satudata_submission_changes", "satudata_check_report"):
        for by, wanted in (("produsen_lain", 404), ("warga", 404), (None, 403)):
            assert post(portal, world, by, action, id=key)[0] == wanted


def test_machine_and_people_make_one_report(portal: Any, world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"], CSV.replace("35.03.03", "35.03.3"))
    key = world.show(package["id"])["id"]
    world.step(key, "submit", "produsen")
    finding = {"item": "metadata", "field": "satuan", "text": "Satuannya unit."}
    world.step(
        key,
        "return",
        "pemeriksa",
        findings=[finding],
        checklist={
            "reference_codes": {"verdict": "not_conform", "note": "Kode Pule."},
        },
    )
    world.step(key, "submit", "produsen")
    verdicts = {**CHECKLIST, "reference_codes": {"verdict": "overridden", "note": "Kode lama."}}
    world.step(key, "conform", "pemeriksa", checklist=verdicts)
    report = post(portal, world, "penyetuju", "satudata_check_report", id=key)[1]
    items = {row["item"]: row for row in report["items"]}
    assert list(items) == list(CHECKLIST)
    codes = items["reference_codes"]
    assert codes["machine"]["errors"] == 1
    [found] = codes["machine"]["findings"]
    assert (found["resource_id"], found["row"], found["value"]) == (resource["id"], 4, "35.03.3")
    assert [row["verdict"] for row in codes["verdicts"]] == ["not_conform", "overridden"]
    assert (codes["verdict"]["note"], codes["verdict"]["round"]) == ("Kode lama.", 2)
    assert [row["text"] for row in items["metadata"]["findings"]] == ["Satuannya unit."]
    page = portal.get(f"/meja/periksa/{key}", headers=world.headers("penyetuju")).body
    for said in ("Kode lama.", "Kode Pule.", "Satuannya unit.", "35.03.3"):
        assert said in page, said
