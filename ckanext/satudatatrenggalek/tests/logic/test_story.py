"""One dataset goes the whole way: the story of the SOP, steps 5 to 9, through the actions."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest

from ckanext.satudatatrenggalek import jobs

from ..world import BAD_CSV, CHECKLIST, CSV, ITEMS, World, upload


def test_a_dataset_goes_the_whole_way(world: World, portal: Any) -> None:
    package = world.dataset()
    assert package["private"] is True
    resource = world.file(package["id"], BAD_CSV)
    check = world.call("satudata_conformity_show", "produsen", resource_id=resource["id"])
    assert check["status"] == "failure"
    assert any(f["row"] == 4 and "35.03.03" in f["remedy"] for f in check["findings"])

    shown = world.step(package["id"], "submit", "produsen")
    assert shown["state"] == "awaiting_check"
    findings = [
        {"item": "standard", "field": "satuan", "text": "Satuannya unit, bukan buah."},
        {"item": "reference_codes", "resource_id": resource["id"], "row": 4, "text": "Kode Pule."},
    ]
    shown = world.step(package["id"], "return", "pemeriksa", findings=findings)
    assert shown["state"] == "needs_correction"
    assert [f["text"] for f in shown["findings"]] == [f["text"] for f in findings]

    world.call("resource_patch", "produsen", id=resource["id"], upload=upload(CSV))
    jobs.work()
    shown = world.step(package["id"], "submit", "produsen")
    assert shown["machine"]["errors"] == 0
    shown = world.step(package["id"], "conform", "pemeriksa")
    assert shown["state"] == "awaiting_approval"
    shown = world.step(package["id"], "approve", "penyetuju")
    assert shown["state"] == "awaiting_release"
    assert portal.get(f"/dataset/{package['name']}").status_code == 404

    jobs.work()
    public = world.show(package["id"], by=None)
    assert public["public_state"] == "published"
    assert public["edition"] == 1
    assert portal.get(f"/dataset/{package['name']}").status_code == 200
    steps = [event["step"] for event in world.show(package["id"])["history"]]
    assert steps[:3] == ["release", "approve", "conform"]


def test_nothing_is_public_before_release(world: World) -> None:
    submission = world.at("awaiting_release")
    with pytest.raises(tk.ObjectNotFound):
        world.show(submission["dataset_id"], by=None)


def test_the_public_reads_how_each_item_was_answered_and_not_why(world: World) -> None:
    submission = world.at("awaiting_check")
    answers = {**CHECKLIST, "as_planned": {"verdict": "overridden", "note": "Terlambat sehari."}}
    world.step(submission["id"], "conform", "pemeriksa", checklist=answers)
    world.step(submission["id"], "approve", "penyetuju")
    jobs.work()
    (edition,) = world.call("satudata_edition_list", None, id=submission["dataset_id"])
    given = {answer["item"]: answer["verdict"] for answer in edition["checklist"]}
    assert given == {**dict.fromkeys(ITEMS, "conform"), "as_planned": "overridden"}
    assert "Terlambat sehari." not in str(edition)
    assert "approved_by" not in edition


def test_who_returned_it_as_checker_does_not_approve_a_later_round(world: World) -> None:
    grant = {"user": "penyetuju", "role": "checker", "decree": "SK 2/2026"}
    world.call("satudata_appointment_grant", "admin", **grant)
    submission = world.at("awaiting_check")
    world.step(submission["id"], "return", "penyetuju")
    world.step(submission["id"], "submit", "produsen")
    world.step(submission["id"], "conform", "pemeriksa")
    with pytest.raises(tk.ValidationError) as refusal:
        world.step(submission["id"], "approve", "penyetuju")
    assert refusal.value.error_dict["reason"] == "same_person"
    assert world.step(submission["id"], "approve", "penyetuju_lain")["state"] == "awaiting_release"
