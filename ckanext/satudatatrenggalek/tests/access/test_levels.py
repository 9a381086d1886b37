"""Terbuka, Terbatas, Tertutup in every read path, for every account."""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.domain.sop import VISIBLE_TO, Role, State
from ckanext.satudatatrenggalek.logic import release
from ckanext.satudatatrenggalek.model import datastore, files, tripwire
from ckanext.satudatatrenggalek.model.tables import DatasetRecord, SubmissionRecord

from ..editions.book import released
from ..world import CSV, NEEDS, World
from .levels import (
    OUTSIDE,
    STAFF,
    Visitor,
    catalogues,
    file_pages,
    listings,
    of_files,
    place,
    relevel,
)

LEVELS = tuple(NEEDS)


def test_the_staff_of_this_test_is_that_of_the_table() -> None:
    names = {"producer": "produsen", "supporting_checker": "pendukung", "checker": "pemeriksa",
             "approver": "penyetuju", "supervisor": "pembina", "forum": "forum",
             "secretariat": "sekretariat", "leadership": "pimpinan"}  # fmt: skip
    table = {names[role.value] for role in VISIBLE_TO[State.PUBLISHED] - {Role.OFFICE_HEAD}}
    assert table | {"admin"} == set(STAFF)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_public_reads(world: World, portal: Any, level: str) -> None:
    placed = place(world, level, tags=[{"name": "kata-sandi-data"}])
    jobs.work()
    for name in OUTSIDE:
        who = Visitor(world, portal, name)
        known = 404 if level == "tertutup" else 200
        assert who.api("package_show", id=placed.id)[0] == known, name
        assert who.status(f"/dataset/{placed.name}") == known
        assert who.status(f"/dataset/{placed.name}.ttl") == known
        assert who.status(f"/dataset/{placed.name}/edisi/1") == known
        opened = 200 if level == "terbuka" else 404
        for action, data in of_files(placed):
            assert who.api(action, **data)[0] == opened, (name, action)
        for url in file_pages(placed):
            assert who.status(url) in ((200, 302) if opened == 200 else (404,)), (name, url)


@pytest.mark.parametrize("level", ["terbatas", "tertutup"])
def test_nothing_of_the_files_is_named_to_the_public(world: World, portal: Any, level: str) -> None:
    placed = place(world, level, tags=[{"name": "kata-sandi-data"}])
    jobs.work()
    secrets = [
        placed.resource,
        placed.sha256,
        "posyandu.csv",
        "Posyandu per kecamatan",
        "kecamatan,",
    ]
    if level == "tertutup":
        secrets += [placed.id, "Jumlah Posyandu", "kata-sandi-data"]
    for name in OUTSIDE:
        who = Visitor(world, portal, name)
        for action, data in listings(placed):
            said = json.dumps(who.api(action, **data)[1])
            found = [word for word in secrets if word in said and word not in json.dumps(data)]
            assert found == [], (name, action, data)
        for url in catalogues(placed):
            said = who.page(url).get_data(as_text=True)
            assert [word for word in secrets if word in said] == [], (name, url)


@pytest.mark.parametrize("level", ["terbatas", "tertutup"])
def test_appointed_staff_read_the_files_from_the_edition(
    world: World, portal: Any, level: str
) -> None:
    placed = place(world, level)
    page = f"/dataset/{placed.name}/edisi/1"
    for name in STAFF:
        who = Visitor(world, portal, name)
        assert who.status(page) == 200, name
        file = who.page(f"{page}/berkas/{placed.resource}")
        assert (file.status_code, file.data) == (200, CSV.encode()), name
        (edition,) = who.api("satudata_edition_list", id=placed.id)[1]
        assert [f["sha256"] for f in edition["files"]] == [placed.sha256], name


def test_a_restricted_dataset_has_no_files_and_no_table(world: World) -> None:
    placed = place(world, "terbatas")
    shown = world.call("package_show", "produsen", id=placed.id)
    assert (shown["private"], shown["resources"]) == (False, [])
    assert files.of_package(model.Session, placed.id) == {}
    jobs.work()
    assert files.of_resource(model.Session, placed.resource) is None
    staff = world.show(placed.id)
    assert (staff["state"], staff["public_state"]) == ("published", "published")
    assert staff["content_hash"] == staff["content_hash"] != ""
    (edition,) = world.call("satudata_edition_list", None, id=placed.id)
    assert (edition["files"], edition["content_hash"]) == ([], staff["content_hash"])


def test_a_next_edition_of_a_restricted_dataset_has_its_files(world: World) -> None:
    placed = place(world, "terbatas")
    opened = world.step(placed.id, "revise", "produsen")
    jobs.work()
    (working,) = world.call("package_show", "produsen", id=opened["working_copy_id"])["resources"]
    assert working["id"] != placed.resource
    bound = files.of_resource(model.Session, working["id"])
    assert bound is not None
    assert (bound.sha256, bound.filename) == (placed.sha256, "posyandu.csv")
    assert bound.uploaded_by == world.users["produsen"]["id"]
    assert world.call("datastore_search", "produsen", resource_id=working["id"])["total"] == 3
    done = relevel_opened(world, opened)
    assert done["edition"] == 2
    assert world.call("package_show", None, id=placed.id)["resources"] == []
    assert files.of_resource(model.Session, working["id"]) is None
    (two, one) = world.call("satudata_edition_list", "pemeriksa", id=placed.id)
    assert [f["resource_id"] for f in (*two["files"], *one["files"])] == [placed.resource] * 2


def relevel_opened(world: World, opened: dict[str, Any]) -> dict[str, Any]:
    world.call("package_patch", "produsen", id=opened["working_copy_id"], notes="Lagi.")
    return released(world, opened["dataset_id"], opened)


def test_open_to_restricted_takes_files_tables_and_old_editions(world: World, portal: Any) -> None:
    placed = place(world, "terbuka")
    jobs.work()
    table = files.of_resource(model.Session, placed.resource).table_id
    assert datastore.exists(table)
    relevel(world, placed, "terbatas")
    who = Visitor(world, portal, None)
    for action, data in of_files(placed):
        assert who.api(action, **data)[0] == 404, action
    for url in file_pages(placed):
        assert who.status(url) == 404, url
    assert who.api("datastore_search", resource_id=table)[0] == 404
    (two, one) = who.api("satudata_edition_list", id=placed.id)[1]
    assert (two["files"], one["files"]) == ([], [])
    diff = who.api("satudata_edition_diff", id=placed.id, **{"from": 1, "to": 2})[1]
    assert diff["files"] == []
    rows = {"id": placed.id, "resource_id": placed.resource, "from": 1, "to": 2}
    assert who.api("satudata_edition_diff_rows", **rows)[0] == 404
    staff = Visitor(world, portal, "pendukung")
    assert staff.page(f"/dataset/{placed.name}/edisi/1/berkas/{placed.resource}").data


def test_restricted_to_open_brings_files_under_their_ids(world: World, portal: Any) -> None:
    placed = place(world, "terbuka")
    relevel(world, placed, "terbatas")
    relevel(world, placed, "terbuka")
    jobs.work()
    who = Visitor(world, portal, None)
    (resource,) = who.api("package_show", id=placed.id)[1]["resources"]
    assert resource["id"] == placed.resource
    assert who.page(resource["url"]).data == CSV.encode()
    assert who.api("datastore_search", resource_id=placed.resource)[1]["total"] == 3
    editions = who.api("satudata_edition_list", id=placed.id)[1]
    assert [len(edition["files"]) for edition in editions] == [1, 0, 1]
    assert who.status(f"/dataset/{placed.name}/edisi/2/berkas/{placed.resource}") == 404


def test_closed_needs_the_decision_written_down(world: World) -> None:
    draft = world.draft(accessRights="tertutup", **dict.fromkeys(NEEDS["tertutup"], ""))
    with pytest.raises(tk.ValidationError) as refusal:
        world.step(draft["id"], "submit", "produsen")
    assert refusal.value.error_dict["reason"] == "missing_metadata"
    said = refusal.value.error_dict["message"]
    for word in ("Dasar hukum pembatasan", "Uji konsekuensi", "Keputusan Forum Satu Data"):
        assert word in said
    world.call("package_patch", "produsen", id=draft["dataset_id"], **NEEDS["tertutup"])
    assert world.step(draft["id"], "submit", "produsen")["state"] == "awaiting_check"


def test_the_level_is_part_of_what_is_approved(world: World) -> None:
    draft = world.draft()
    before = draft["content_hash"]
    world.call("package_patch", "produsen", id=draft["dataset_id"], accessRights="terbatas")
    jobs.work()
    assert world.show(draft["id"])["content_hash"] != before


def test_files_laid_on_a_restricted_dataset_past_the_portal_are_not_read(
    world: World, portal: Any
) -> None:
    placed = place(world, "terbuka")
    jobs.work()
    by_hand = sa.text("UPDATE satudata_submission SET access = 'terbatas' WHERE dataset_id = :id")
    with model.meta.engine.begin() as connection:
        connection.execute(by_hand, {"id": placed.id})
    who = Visitor(world, portal, None)
    for action, data in of_files(placed):
        assert who.api(action, **data)[0] == 404, action
    for url in file_pages(placed):
        assert who.status(url) == 404, url


@pytest.mark.parametrize(("level", "words"), [("terbatas", "restricted"), ("tertutup", "closed")])
def test_the_tripwire_knows_the_levels(world: World, level: str, words: str) -> None:
    placed = place(world, "terbuka")
    session = model.Session
    dataset = session.get(DatasetRecord, placed.id)
    release.set_private(placed.id, True, clock.now())
    session.get(SubmissionRecord, dataset.published_submission_id).access = level
    session.flush()
    with pytest.raises(tripwire.GateBroken, match=words):
        release.set_private(placed.id, False, clock.now())
    session.rollback()


def test_an_index_left_behind_shows_nothing_more(
    world: World, portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Solr away at the moment of the step: the answer follows the database all the same."""
    gone, restricted = place(world, "terbuka"), place(world, "terbuka", "puskesmas")
    jobs.work()
    monkeypatch.setitem(jobs.HANDLERS, "index", lambda row: None)
    world.step(gone.id, "retract", "penyetuju", comment="Angka keliru.")
    relevel(world, restricted, "terbatas")
    for name in OUTSIDE:
        found = Visitor(world, portal, name).api("package_search", q="*:*")[1]
        assert [row["id"] for row in found["results"]] == [restricted.id], name
        assert found["count"] == 1
        assert found["results"][0]["resources"] == []
        assert restricted.resource not in json.dumps(found)
