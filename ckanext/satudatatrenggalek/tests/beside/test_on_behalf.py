"""The walidata uploads for an office that cannot, by its letter, and then does not check it."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.logic import memberships
from ckanext.satudatatrenggalek.model import audit

from ..world import CSV, ITEMS, METADATA, SCHEMA, World, _schema_minimum
from .caller import PDF, appoint, post, post_file

LETTER = {"sender": "Kepala Dinas Kesehatan", "letter": "045/12/2026", "letter_date": "2026-11-20"}


def open_for(portal: Any, world: World, by: str = "pemeriksa", **more: Any) -> tuple[int, Any]:
    return post(portal, world, by, "satudata_on_behalf_open", **{**LETTER, **more})


def send_file(portal: Any, world: World, by: str, package_id: str) -> tuple[int, Any]:
    sent = portal.post(
        "/api/3/action/resource_create",
        data={
            "package_id": package_id,
            "name": "Posyandu",
            "format": "CSV",
            "schema": json.dumps(SCHEMA),
            "upload": (io.BytesIO(CSV.encode()), "posyandu.csv"),
        },
        headers=world.headers(by),
        content_type="multipart/form-data",
    )
    jobs.work()
    body = sent.json
    return sent.status_code, body.get("result") if body["success"] else body["error"]


def create(portal: Any, world: World, by: str, name: str = "titipan") -> tuple[int, Any]:
    fields = {"title": "Titipan", **METADATA, **_schema_minimum()}
    return post(
        portal, world, by, "package_create", name=name, owner_org=world.office["id"], **fields
    )


def test_without_a_letter_the_walidata_creates_and_edits_nothing(portal: Any, world: World) -> None:
    assert create(portal, world, "pemeriksa")[0] == 403
    key = world.at("needs_correction")["dataset_id"]
    assert post(portal, world, "pemeriksa", "package_patch", id=key, notes="x")[0] == 403


def test_a_new_dataset_is_created_uploaded_and_submitted_by_letter(
    portal: Any, world: World
) -> None:
    status, leave = open_for(portal, world, office="dinas-kesehatan")
    assert (status, leave["dataset_id"], leave["letter"]) == (200, None, "045/12/2026")
    status, package = create(portal, world, "pemeriksa")
    assert status == 200, package
    assert package["private"] is True
    status, found = send_file(portal, world, "pemeriksa", package["id"])
    assert status == 200, found
    status, shown = post(
        portal, world, "pemeriksa", "satudata_step_take", id=package["id"], step="submit"
    )
    assert (status, shown["state"]) == (200, "awaiting_check")
    [on_behalf] = shown["on_behalf"]
    assert (on_behalf["sender"], on_behalf["by"]["name"]) == (LETTER["sender"], "pemeriksa")
    rows = audit.history(model.Session, [shown["id"]])
    said = {row.step: (row.details.get("on_behalf") or {}).get("letter") for row in rows}
    assert said == {"create": "045/12/2026", "edit": "045/12/2026", "submit": "045/12/2026"}
    receipt = post(portal, world, "produsen", "satudata_receipt_show", id=shown["id"])[1]
    assert {"label": "Atas nama", "text": "Kepala Dinas Kesehatan, surat nomor 045/12/2026"} in (
        receipt["facts"]
    )


@pytest.mark.parametrize("step", ["conform", "return"])
def test_whoever_worked_on_behalf_does_not_check_it(portal: Any, world: World, step: str) -> None:
    shown = world.at("needs_correction")
    assert open_for(portal, world, dataset=shown["dataset_id"])[0] == 200
    key = shown["dataset_id"]
    assert post(portal, world, "pemeriksa", "package_patch", id=key, notes="Dari surat.")[0] == 200
    world.step(key, "submit", "produsen")
    seen = world.show(key)
    sent = {
        "content_hash": seen["content_hash"],
        "checklist": {item: {"verdict": "conform"} for item in ITEMS},
        "findings": [{"text": "Salah."}],
    }
    status, error = post(
        portal, world, "pemeriksa", "satudata_step_take", id=key, step=step, **sent
    )
    assert (status, error["reason"]) == (409, "same_person")
    appoint(world, "pemeriksa_lain", "checker", None)
    status, _ = post(
        portal, world, "pemeriksa_lain", "satudata_step_take", id=key, step=step, **sent
    )
    assert status == 200


def test_an_approver_who_uploaded_does_not_approve(portal: Any, world: World) -> None:
    key = world.draft()["dataset_id"]
    assert open_for(portal, world, "penyetuju", dataset=key)[0] == 200
    assert post(portal, world, "penyetuju", "package_patch", id=key, notes="Dari surat.")[0] == 200
    world.step(key, "submit", "produsen")
    world.step(key, "conform", "pemeriksa")
    content_hash = world.show(key)["content_hash"]
    sent = {"id": key, "step": "approve", "content_hash": content_hash}
    status, error = post(portal, world, "penyetuju", "satudata_step_take", **sent)
    assert (status, error["reason"]) == (409, "same_person")
    assert post(portal, world, "penyetuju_lain", "satudata_step_take", **sent)[0] == 200


def test_a_letter_opens_one_dataset_alone(portal: Any, world: World) -> None:
    mine, other = world.draft("satu")["dataset_id"], world.draft("dua")["dataset_id"]
    assert post(portal, world, "pemeriksa", "package_show", id=mine)[0] == 404
    assert open_for(portal, world, dataset=mine)[0] == 200
    assert post(portal, world, "pemeriksa", "package_show", id=mine)[0] == 200
    assert post(portal, world, "pemeriksa", "satudata_submission_show", id=mine)[0] == 200
    for action in ("package_show", "satudata_submission_show", "package_patch"):
        assert post(portal, world, "pemeriksa", action, id=other, notes="x")[0] == 404
    found = post(portal, world, "pemeriksa", "package_search", include_private=True)[1]
    assert [row["id"] for row in found["results"]] == [mine]
    listed = post(portal, world, "pemeriksa", "satudata_desk_list", state="draft")[1]
    assert [row["dataset_id"] for row in listed["results"]] == [mine]
    assert create(portal, world, "pemeriksa")[0] == 403


def test_the_record_shows_the_letter_for_a_dataset(portal: Any, world: World) -> None:
    draft = world.draft()
    leave = open_for(portal, world, dataset=draft["dataset_id"])[1]
    post(portal, world, "pemeriksa", "satudata_on_behalf_close", id=leave["id"])
    steps = [event["step"] for event in world.show(draft["id"])["history"]]
    assert steps[:2] == ["on_behalf_end", "on_behalf"]
    world.step(draft["id"], "submit", "produsen")
    for step in ("on_behalf", "on_behalf_end"):
        (row,) = world.call("satudata_audit_list", "penyetuju", step=step)["results"]
        assert row["submission_id"] == draft["id"]


def test_a_letter_is_read_by_the_offices_it_concerns_and_their_walidata(
    portal: Any, world: World
) -> None:
    appoint(world, "pertanian", "checker", world.other_office["id"])
    appoint(world, "kesehatan", "checker", world.office["id"])
    leave = open_for(portal, world, dataset=world.draft()["dataset_id"])[1]
    for by, status in (
        ("produsen", 200),
        ("kesehatan", 200),
        ("penyetuju", 200),
        ("produsen_lain", 404),
        ("pertanian", 404),
        ("forum", 404),
    ):
        asked = post(portal, world, by, "satudata_paper_show", id=leave["paper_id"])
        assert asked[0] == status, by


def test_leave_to_begin_a_dataset_opens_none_that_is_there(portal: Any, world: World) -> None:
    there = world.draft("satu")["dataset_id"]
    assert open_for(portal, world, office="dinas-kesehatan")[0] == 200
    assert post(portal, world, "pemeriksa", "package_show", id=there)[0] == 404
    assert post(portal, world, "pemeriksa", "package_patch", id=there, notes="x")[0] == 404


def test_it_ends_when_it_is_closed_and_by_itself(portal: Any, world: World) -> None:
    key = world.draft()["dataset_id"]
    leave = open_for(portal, world, dataset=key)[1]
    assert post(portal, world, "penyetuju", "satudata_on_behalf_close", id=leave["id"])[0] == 404
    status, closed = post(portal, world, "pemeriksa", "satudata_on_behalf_close", id=leave["id"])
    assert (status, closed["active"]) == (200, False)
    assert post(portal, world, "pemeriksa", "package_patch", id=key, notes="x")[0] == 404
    again = post(portal, world, "pemeriksa", "satudata_on_behalf_close", id=leave["id"])
    assert again[1]["reason"] == "wrong_state"
    assert open_for(portal, world, dataset=key)[0] == 200
    with clock.at(clock.now() + timedelta(days=15)):
        assert post(portal, world, "pemeriksa", "package_show", id=key)[0] == 404


def test_ckans_membership_follows_the_leave(portal: Any, world: World) -> None:
    def is_member() -> bool:
        rows = world.call("member_list", "admin", id="dinas-kesehatan", object_type="user")
        return world.users["pemeriksa"]["id"] in {row[0] for row in rows}

    leave = open_for(portal, world, office="dinas-kesehatan")[1]
    assert is_member()
    post(portal, world, "pemeriksa", "satudata_on_behalf_close", id=leave["id"])
    assert not is_member()
    open_for(portal, world, office="dinas-kesehatan")
    model.Session.expire_all()
    with clock.at(clock.now() + timedelta(days=15)):
        for office_id, user_id in memberships.pairs(model.Session):
            memberships.follow(model.Session, office_id, user_id)
        model.Session.commit()
    assert not is_member()


def test_it_ends_with_the_appointment(portal: Any, world: World) -> None:
    key = world.draft()["dataset_id"]
    assert open_for(portal, world, dataset=key)[0] == 200
    [row] = world.call("satudata_appointment_list", "penyetuju", user="pemeriksa")
    world.call("satudata_appointment_revoke", "penyetuju", id=row["id"])
    assert post(portal, world, "pemeriksa", "package_patch", id=key, notes="x")[0] == 404


@pytest.mark.parametrize("lacking", ["sender", "letter"])
def test_sender_and_letter_are_wanted(portal: Any, world: World, lacking: str) -> None:
    key = world.draft()["dataset_id"]
    status, error = open_for(portal, world, dataset=key, **{lacking: " "})
    assert (status, error["reason"]) == (409, "missing_letter")
    assert post(portal, world, "pemeriksa", "package_show", id=key)[0] == 404


@pytest.mark.parametrize("by", ["produsen", "pendukung", "pembina", "warga", "admin"])
def test_only_the_walidata_works_on_behalf(portal: Any, world: World, by: str) -> None:
    world.draft()
    assert open_for(portal, world, by, office="dinas-kesehatan")[0] == 403
    assert open_for(portal, world, by, dataset="posyandu")[0] == 403


def test_what_is_being_checked_is_not_opened(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["dataset_id"]
    assert open_for(portal, world, dataset=key)[1]["reason"] == "wrong_state"


def test_the_scan_is_kept(portal: Any, world: World) -> None:
    key = world.draft()["dataset_id"]
    status, leave = post_file(
        portal,
        world,
        "pemeriksa",
        "satudata_on_behalf_open",
        ("letter_file", "surat.pdf", PDF),
        dataset=key,
        **LETTER,
    )
    assert (status, leave["has_scan"]) == (200, True)
    answer = portal.get(f"/meja/surat/{leave['paper_id']}", headers=world.headers("produsen"))
    assert answer.data == PDF


def test_a_published_dataset_is_revised_by_letter(portal: Any, world: World) -> None:
    shown = world.at("published")
    assert open_for(portal, world, "penyetuju_lain", dataset=shown["dataset_id"])[0] == 200
    status, draft = post(
        portal, world, "penyetuju_lain", "satudata_step_take", id=shown["dataset_id"], step="revise"
    )
    assert (status, draft["state"]) == (200, "draft")
    status, _ = post(
        portal, world, "penyetuju_lain", "package_patch", id=draft["working_copy_id"], notes="Baru."
    )
    assert status == 200
    assert draft["history"][0]["details"]["on_behalf"]["letter"] == LETTER["letter"]
