"""CKAN's activities go from the public with what they speak of, and come back with it (row C4)."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model

from ckanext.activity.model.activity import Activity
from ckanext.satudatatrenggalek import jobs

from ..editions.book import released
from ..world import World
from .levels import Placed, Visitor, place, relevel

WHY = {"comment": "Angka keliru."}


def _written(placed: Placed) -> list[Activity]:
    query = model.Session.query(Activity).filter(Activity.object_id == placed.id)
    model.Session.rollback()
    return query.order_by(Activity.timestamp).all()


def _public(placed: Placed) -> list[str]:
    return [row.id for row in _written(placed) if "public" in (row.permission_labels or ())]


def test_followers_are_told_of_each_edition(world: World, portal: Any) -> None:
    placed = place(world, "terbuka")
    world.call("follow_dataset", "warga", id=placed.id)
    released(world, placed.id)
    assert len(_public(placed)) == 2
    told = Visitor(world, portal, "warga").api("dashboard_activity_list")[1]
    mine = [row for row in told if row["object_id"] == placed.id]
    assert [row["activity_type"] for row in mine] == ["changed package"] * 2
    staff = {world.users[name]["id"] for name in ("pemeriksa", "penyetuju")}
    assert {row["user_id"] for row in mine} & staff == set()
    page = Visitor(world, portal, "warga").page(f"/dataset/activity/{placed.name}")
    assert page.status_code == 200


@pytest.mark.parametrize("level", ["terbuka", "terbatas"])
def test_C4_old_activities_go_and_come_back(world: World, portal: Any, level: str) -> None:
    placed = place(world, level)
    before = _public(placed)
    assert before
    who = Visitor(world, portal, "warga")
    assert who.api("activity_show", id=before[0])[0] == 200
    world.step(placed.id, "retract", "penyetuju", **WHY)
    assert _public(placed) == []
    for action in ("activity_show", "activity_data_show", "activity_diff"):
        more = {"object_type": "package"} if action == "activity_diff" else {}
        assert who.api(action, id=before[0], **more)[0] == 404
    assert Visitor(world, portal, "pemeriksa").api("activity_show", id=before[0])[0] == 200
    world.step(placed.id, "reinstate", "penyetuju_lain", comment="Sudah benar.")
    assert _public(placed) == before
    assert who.api("activity_show", id=before[0])[0] == 200


def test_C4_what_was_said_of_open_files_is_taken_back_with_them(world: World, portal: Any) -> None:
    placed = place(world, "terbuka")
    jobs.work()
    old = _public(placed)
    relevel(world, placed, "terbatas")
    now = _public(placed)
    assert (len(now), set(now) & set(old)) == (1, set())
    who = Visitor(world, portal, None)
    for action in ("package_activity_list", "recently_changed_packages_activity_list"):
        data = {"id": placed.id} if action.startswith("package") else {}
        said = str(who.api(action, **data, limit=100)[1])
        assert now[0] in said
        assert placed.resource not in said
    world.step(placed.id, "retract", "penyetuju", **WHY)
    world.step(placed.id, "reinstate", "penyetuju_lain", comment="Sudah benar.")
    assert _public(placed) == now
    relevel(world, placed, "terbuka")
    assert set(_public(placed)) >= {*old, *now}


def test_C4_nothing_is_told_of_previews_of_restricted_files(world: World, portal: Any) -> None:
    draft = world.draft()
    (file,) = world.call("package_show", "produsen", id=draft["dataset_id"])["resources"]
    view = {"resource_id": file["id"], "title": "Pratinjau", "view_type": "text_view"}
    world.call("resource_view_create", "produsen", **view)
    for step, by in (("submit", "produsen"), ("conform", "pemeriksa"), ("approve", "penyetuju")):
        world.step(draft["id"], step, by)
    jobs.work()
    placed = Placed(draft["dataset_id"], "posyandu", file["id"], "")

    def told(name: str | None) -> list[str]:
        who = Visitor(world, portal, name)
        found = who.api("package_activity_list", id=placed.id, limit=100)[1]
        return [row["activity_type"] for row in found if "view" in row["activity_type"]]

    assert told("warga") == told("pemeriksa") == ["new resource view"]
    relevel(world, placed, "terbatas")
    assert (told("warga"), told("pemeriksa")) == ([], ["new resource view"])


def test_C4_a_closed_dataset_says_nothing_of_its_past(world: World, portal: Any) -> None:
    placed = place(world, "terbuka")
    relevel(world, placed, "tertutup")
    assert _public(placed) == []
    who = Visitor(world, portal, None)
    assert who.api("package_activity_list", id=placed.id)[0] == 404
    relevel(world, placed, "terbuka")
    assert len(_public(placed)) == 2


def test_an_edition_withdrawn_for_good_stays_withdrawn(world: World, portal: Any) -> None:
    placed = place(world, "terbuka")
    old = _public(placed)
    world.step(placed.id, "retract", "penyetuju", **WHY)
    released(world, placed.id)
    assert set(_public(placed)) & set(old) == set()
    who = Visitor(world, portal, None)
    editions = who.api("satudata_edition_list", id=placed.id)[1]
    assert [edition["number"] for edition in editions] == [2]
    assert who.api("satudata_edition_show", id=placed.id, number=1)[0] == 404
    file = f"/dataset/{placed.name}/edisi/1/berkas/{placed.resource}"
    assert who.status(file) == 404
    assert Visitor(world, portal, "pemeriksa").status(file) == 200
    world.step(placed.id, "retract", "penyetuju", **WHY)
    world.step(placed.id, "reinstate", "penyetuju_lain", comment="Sudah benar.")
    assert set(_public(placed)) & set(old) == set()
