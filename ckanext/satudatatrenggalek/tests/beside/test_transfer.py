"""*Alihkan*: a dataset moves to another office by decree; findings, history and clocks stay."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.model import audit, chain
from ckanext.satudatatrenggalek.model.tables import (
    DatasetRecord,
    StayRecord,
    SubmissionRecord,
)

from ..world import World
from .caller import PDF, appoint, post, post_file

DECREE = "188.45/77/406.001.3/2026"


def move(portal: Any, world: World, key: str, by: str = "pemeriksa", **more: Any) -> Any:
    sent = {"office": world.other_office["name"], "decree": DECREE, **more}
    return post(portal, world, by, "satudata_step_take", id=key, step="transfer", **sent)


def _owner(package_id: str) -> str | None:
    model.Session.expire_all()
    package = model.Package.get(package_id)
    assert package is not None
    return package.owner_org


@pytest.mark.parametrize(
    "state",
    ["awaiting_check", "needs_correction", "awaiting_approval", "published", "retracted"],
)
def test_it_moves_with_its_state_findings_history_and_clock(
    portal: Any, world: World, state: str
) -> None:
    before = world.at(state)
    status, after = move(portal, world, before["id"])
    assert status == 200, after
    assert after["office"]["id"] == world.other_office["id"]
    for kept in ("state", "due", "findings", "round", "claimed_by", "public_state", "edition"):
        assert after[kept] == before[kept], kept
    assert len(after["history"]) == len(before["history"]) + 1
    assert _owner(before["dataset_id"]) == world.other_office["id"]
    dataset = model.Session.get(DatasetRecord, before["dataset_id"])
    assert dataset is not None
    assert dataset.office_id == world.other_office["id"]
    row = audit.history(model.Session, [before["id"]])[0]
    assert (row.step, row.from_state, row.to_state) == ("transfer", state, state)
    assert row.details["from_office"]["id"] == world.office["id"]
    assert row.details["to_office"]["id"] == world.other_office["id"]
    assert row.details["decree"] == DECREE
    assert chain.verify(model.Session).broken_at is None


def test_the_stay_goes_on_in_the_new_office_and_what_ended_stays_the_former_ones(
    portal: Any, world: World
) -> None:
    key = world.at("awaiting_check")["id"]
    move(portal, world, key)
    model.Session.expire_all()
    stays = model.Session.query(StayRecord).filter_by(submission_id=key).all()
    offices = {stay.state: (stay.office_id, stay.left_at is None) for stay in stays}
    assert offices == {
        "draft": (world.office["id"], False),
        "awaiting_check": (world.other_office["id"], True),
    }


def test_the_new_office_reads_and_works_on_it_the_former_one_no_more(
    portal: Any, world: World
) -> None:
    shown = world.at("needs_correction")
    key = shown["dataset_id"]
    assert post(portal, world, "produsen_lain", "package_show", id=key)[0] == 404
    assert move(portal, world, key)[0] == 200
    for action in ("satudata_submission_show", "package_show"):
        assert post(portal, world, "produsen", action, id=key)[0] == 404
        assert post(portal, world, "produsen_lain", action, id=key)[0] == 200
    found = post(portal, world, "produsen_lain", "package_search", include_private=True)[1]
    assert [row["id"] for row in found["results"]] == [key]
    assert post(portal, world, "produsen", "package_search", include_private=True)[1]["count"] == 0
    assert post(portal, world, "produsen", "package_patch", id=key, notes="x")[0] == 404
    status, _ = post(portal, world, "produsen_lain", "package_patch", id=key, notes="Dari kami.")
    assert status == 200
    status, after = post(
        portal, world, "produsen_lain", "satudata_step_take", id=key, step="submit"
    )
    assert (status, after["state"]) == (200, "awaiting_check")


def test_an_approval_stays_one_and_the_edition_is_released(portal: Any, world: World) -> None:
    shown = world.at("awaiting_release")
    status, after = move(portal, world, shown["id"], by="penyetuju")
    assert (status, after["state"]) == (200, "awaiting_release")
    jobs.work()
    released = world.show(shown["dataset_id"])
    assert (released["state"], released["public_state"]) == ("published", "published")
    public = post(portal, world, None, "package_show", id=shown["dataset_id"])[1]
    assert public["owner_org"] == world.other_office["id"]


def test_a_published_dataset_moves_with_its_next_edition(portal: Any, world: World) -> None:
    shown = world.at("published")
    draft = world.step(shown["dataset_id"], "revise", "produsen")
    status, _ = move(portal, world, shown["dataset_id"])
    assert status == 200
    assert _owner(shown["dataset_id"]) == _owner(draft["working_copy_id"])
    assert _owner(draft["working_copy_id"]) == world.other_office["id"]
    status, mine = post(portal, world, "produsen_lain", "satudata_submission_show", id=draft["id"])
    assert (status, mine["state"]) == (200, "draft")
    assert mine["office"]["id"] == world.other_office["id"]
    assert post(portal, world, "produsen", "satudata_submission_show", id=draft["id"])[0] == 404


def test_a_draft_nobody_of_the_walidata_reads_moves_all_the_same(portal: Any, world: World) -> None:
    key = world.draft()["dataset_id"]
    assert post(portal, world, "pemeriksa", "satudata_submission_show", id=key)[0] == 404
    status, after = move(portal, world, key)
    assert status == 200
    assert "title" not in after  # what they may not read they are not shown either
    assert post(portal, world, "produsen_lain", "satudata_submission_show", id=key)[0] == 200


@pytest.mark.parametrize("by", ["produsen_lain", "pendukung", "pembina", "warga"])
def test_a_draft_is_not_there_for_others(portal: Any, world: World, by: str) -> None:
    key = world.draft()["dataset_id"]
    assert move(portal, world, key, by=by)[0] == 404
    assert _owner(key) == world.office["id"]


def test_claims_of_people_not_appointed_for_the_new_office_fall_free(
    portal: Any, world: World
) -> None:
    key = world.at("awaiting_check")["id"]
    world.call("satudata_desk_claim", "pendukung", id=key)
    assert move(portal, world, key)[1]["claimed_by"] is None
    world.call("satudata_desk_claim", "pemeriksa", id=key)
    back = move(portal, world, key, office=world.office["name"])[1]
    assert back["claimed_by"]["name"] == "pemeriksa"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"decree": ""}, "missing_decree"),
        ({"decree": "   "}, "missing_decree"),
        ({"office": ""}, "missing_decree"),
        ({"office": "tidak-ada"}, "unknown_office"),
        ({"office": "dinas-kesehatan"}, "same_office"),
    ],
)
def test_what_is_missing_is_refused_and_nothing_moves(
    portal: Any, world: World, more: dict[str, str], reason: str
) -> None:
    shown = world.at("awaiting_check")
    status, error = move(portal, world, shown["id"], **more)
    assert (status, error["reason"]) == (409, reason)
    assert error["message"].endswith(".")
    assert _owner(shown["dataset_id"]) == world.office["id"]


def test_a_dissolved_office_gives_and_does_not_take(portal: Any, world: World) -> None:
    key = world.draft()["dataset_id"]
    for name in ("dinas-kesehatan", "dinas-pertanian"):
        world.call(
            "satudata_office_update", "penyetuju", id=name, valid_until="2026-01-31", decree=DECREE
        )
    status, error = move(portal, world, key)
    assert (status, error["reason"]) == (409, "ended_office")
    asked = {"from": "dinas-kesehatan", "to": "dinas-pertanian", "decree": DECREE}
    status, error = post(portal, world, "penyetuju", "satudata_office_transfer", **asked)
    assert (status, error["reason"]) == (409, "ended_office")
    world.call(
        "satudata_office_update", "penyetuju", id="dinas-pertanian", valid_until="", decree=DECREE
    )
    found = post(portal, world, "penyetuju", "satudata_office_transfer", **asked)[1]
    assert [row["moved"] for row in found["results"]] == [True]
    assert _owner(key) == world.other_office["id"]


@pytest.mark.parametrize("by", ["produsen", "pendukung", "pembina", "sekretariat", "admin"])
def test_nobody_but_the_walidata_moves_a_dataset(portal: Any, world: World, by: str) -> None:
    shown = world.at("published")
    assert move(portal, world, shown["dataset_id"], by=by)[0] == 403
    assert _owner(shown["dataset_id"]) == world.office["id"]


def test_a_walidata_of_one_office_moves_nothing_out_of_it(portal: Any, world: World) -> None:
    appoint(world, "pemeriksa_kesehatan", "checker", world.office["id"])
    shown = world.at("awaiting_check")
    assert move(portal, world, shown["id"], by="pemeriksa_kesehatan")[0] == 403
    assert _owner(shown["dataset_id"]) == world.office["id"]


def test_a_discarded_edition_does_not_move(portal: Any, world: World) -> None:
    shown = world.at("discarded")
    assert move(portal, world, shown["id"])[0] == 404
    assert _owner(shown["dataset_id"]) == world.office["id"]


def test_the_scan_of_the_decree_is_kept_and_read_by_both_offices_alone(
    portal: Any, world: World
) -> None:
    key = world.at("awaiting_check")["id"]
    status, after = post_file(
        portal,
        world,
        "pemeriksa",
        "satudata_step_take",
        ("decree_file", "../SK 77.pdf", PDF),
        id=key,
        step="transfer",
        office=world.other_office["name"],
        decree=DECREE,
    )
    assert status == 200, after
    paper = after["history"][0]["details"]["paper_id"]
    for by, wanted in (
        ("produsen", 200),
        ("produsen_lain", 200),
        ("penyetuju", 200),
        ("warga", 404),
        ("pembina", 404),
        (None, 403),
    ):
        status, found = post(portal, world, by, "satudata_paper_show", id=paper)
        assert status == wanted, by
        if wanted == 200:
            assert (found["number"], found["filename"]) == (DECREE, "SK 77.pdf")
    answer = portal.get(f"/meja/surat/{paper}", headers=world.headers("produsen"))
    assert answer.data == PDF
    assert portal.get(f"/meja/surat/{paper}", headers=world.headers("warga")).status_code == 404


def test_a_scan_that_is_no_scan_is_refused_and_nothing_moves(portal: Any, world: World) -> None:
    shown = world.at("awaiting_check")
    status, error = post_file(
        portal,
        world,
        "pemeriksa",
        "satudata_step_take",
        ("decree_file", "sk.pdf", b"<html>"),
        id=shown["id"],
        step="transfer",
        office=world.other_office["name"],
        decree=DECREE,
    )
    assert (status, error["reason"]) == (409, "bad_scan")
    assert _owner(shown["dataset_id"]) == world.office["id"]


def test_all_datasets_of_a_dissolved_office_move_with_a_result_each(
    portal: Any, world: World
) -> None:
    first, second = world.at("published", "satu"), world.draft("dua")
    other = world.call(
        "package_create", "produsen_lain", name="tiga", owner_org=world.other_office["id"]
    )
    asked = {"from": world.office["name"], "to": world.other_office["name"], "decree": DECREE}
    assert post(portal, world, "produsen", "satudata_office_transfer", **asked)[0] == 403
    assert post(portal, world, "admin", "satudata_office_transfer", **asked)[0] == 403
    status, found = post(portal, world, "penyetuju", "satudata_office_transfer", **asked)
    assert status == 200, found
    assert {row["dataset_id"]: row["moved"] for row in found["results"]} == {
        first["dataset_id"]: True,
        second["dataset_id"]: True,
    }
    assert (found["left"], found["next"]) == (0, None)
    owners = {_owner(key) for key in (first["dataset_id"], second["dataset_id"], other["id"])}
    assert owners == {world.other_office["id"]}
    offices = {row.office_id for row in model.Session.query(SubmissionRecord)}
    assert offices == {world.other_office["id"]}


def test_a_long_list_goes_on_where_it_stopped(portal: Any, world: World) -> None:
    for name in ("satu", "dua", "tiga"):
        world.dataset(name)
    asked = {"from": world.office["name"], "to": world.other_office["name"], "decree": DECREE}
    found = post(portal, world, "penyetuju", "satudata_office_transfer", **asked, limit=2)[1]
    assert (len(found["results"]), found["left"]) == (2, 1)
    rest = post(
        portal, world, "penyetuju", "satudata_office_transfer", **asked, after=found["next"]
    )[1]
    assert (len(rest["results"]), rest["left"], rest["next"]) == (1, 0, None)
