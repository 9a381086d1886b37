"""Offices begin and end by decree; access of their people ends on that day, by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest

from ckanext.satudatatrenggalek import clock, jobs

from ..world import World
from .test_substitutes import _editor, day, last_event, reason


def update(world: World, by: str = "penyetuju", **more: Any) -> dict[str, Any]:
    sent = {"id": world.office["name"], "decree": "Perda 5/2025", **more}
    return world.call("satudata_office_update", by, **sent)


def test_people_of_a_dissolved_office_lose_access_on_its_day(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    world.call("satudata_desk_claim", "pendukung", id=key)
    draft = world.dataset("draf")
    shown = update(world, valid_until=day(1))
    assert (shown["valid_until"], shown["in_force"]) == (day(1), True)
    with clock.at(clock.now() + timedelta(days=1)):
        world.call("package_patch", "produsen", id=draft["id"], notes="Masih boleh.")
    with clock.at(clock.now() + timedelta(days=2)):
        for name in ("produsen", "pendukung"):
            with pytest.raises(tk.NotAuthorized):
                world.call("satudata_desk_list", name)
        url = "/api/3/action/package_patch"
        sent = {"id": draft["id"], "notes": "Sudah tidak."}
        answer = portal.post(url, json=sent, headers=world.headers("produsen"), status=404)
        assert answer.json["success"] is False
        assert world.call("satudata_office_show", None, id=world.office["id"])["in_force"] is False
        jobs.work()
        assert world.show(key)["claimed_by"] is None
        assert not _editor(world, "produsen")
        rows = world.call("satudata_appointment_list", "admin", user="produsen", include_past=True)
        assert [row["status"] for row in rows] == ["office_ended"]
        # The other office goes on.
        assert world.call("satudata_desk_list", "produsen_lain")["results"] == []
    assert last_event("office_update").details["appointments"] == 2


def test_it_cannot_be_forgotten_for_people_appointed_afterwards(world: World) -> None:
    update(world, valid_until=day())
    grant = {"user": "warga", "role": "producer", "office": world.office["name"], "decree": "SK 4"}
    world.call("satudata_appointment_grant", "penyetuju", **grant)
    with clock.at(clock.now() + timedelta(days=1)):
        assert world.call("satudata_me_show", "warga")["roles"] == []
        refused = reason(lambda: world.call("satudata_appointment_grant", "penyetuju", **grant))
        assert refused == "bad_input"


def test_an_office_that_has_ended_already_ends_at_once(world: World) -> None:
    key = world.at("awaiting_check")["id"]
    world.call("satudata_desk_claim", "pendukung", id=key)
    update(world, valid_until=day(-1))
    assert world.show(key)["claimed_by"] is None
    assert not _editor(world, "produsen")
    assert world.call("satudata_me_show", "produsen")["is_staff"] is False
    update(world, valid_until="")
    assert _editor(world, "produsen")
    assert world.call("satudata_me_show", "produsen")["is_staff"] is True


def test_predecessors_and_successors_are_told_to_everybody(portal: Any, world: World) -> None:
    before, after = world.other_office, world.office
    shown = update(world, valid_from="2026-01-02", predecessors=[before["name"]])
    assert [row["name"] for row in shown["predecessors"]] == [before["name"]]
    other = world.call("satudata_office_show", None, id=before["name"])
    assert [row["name"] for row in other["successors"]] == [after["name"]]
    # What is not sent stays.
    assert update(world)["predecessors"] == shown["predecessors"]
    page = portal.get(f"/organization/{after['name']}").body
    assert "Menggantikan" in page
    assert f"/organization/{before['name']}" in page
    page = portal.get(f"/organization/{before['name']}").body
    assert "Digantikan oleh" in page
    assert f"/organization/{after['name']}" in page
    rows = world.call("satudata_office_list", None)
    assert {row["name"] for row in rows} >= {before["name"], after["name"]}


def test_what_cannot_be_of_an_office_is_refused(world: World) -> None:
    update(world, predecessors=[world.other_office["name"]])
    for more in (
        {"decree": ""},
        {"valid_from": "2026-02-01", "valid_until": "2026-01-01"},
        {"valid_until": "besok"},
        {"predecessors": [world.office["name"]]},
        {"id": world.other_office["name"], "predecessors": [world.office["name"]]},
        {"predecessors": {"a": 1}},
    ):
        assert reason(lambda more=more: update(world, **more)) == "bad_input"
    assert reason(lambda: update(world, predecessors=["tidak-ada"])) == "unknown_office"
    for nobody in ("pemeriksa", "produsen", "sekretariat", "warga"):
        with pytest.raises(tk.NotAuthorized):
            update(world, nobody, valid_until=day())
