"""Plh.: the work and the rights of somebody for a time, recorded with both names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from sqlalchemy import select

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.domain.deadlines import WIB
from ckanext.satudatatrenggalek.model.audit import AuditRecord

from ..world import World


def appointment_of(world: World, name: str, role: str | None = None) -> dict[str, Any]:
    rows = world.call("satudata_appointment_list", "admin", user=name)
    return next(r for r in rows if not r["replaces"] and role in (None, r["role"]))


def day(offset: int = 0) -> str:
    return (clock.now().astimezone(WIB).date() + timedelta(days=offset)).isoformat()


def substitute(
    world: World, of: str, by: str, role: str | None = None, **more: Any
) -> dict[str, Any]:
    """Name somebody Plh. of another for two days, today included."""
    sent = {"valid_from": day(), "valid_until": day(1), "decree": "Sprint 7/2026", **more}
    held = appointment_of(world, of, role)
    return world.call("satudata_appointment_substitute", "admin", id=held["id"], user=by, **sent)


def reason(call: Any) -> str:
    with pytest.raises(tk.ValidationError) as refusal:
        call()
    return refusal.value.error_dict["reason"]


def last_event(step: str) -> AuditRecord:
    query = select(AuditRecord).where(AuditRecord.step == step).order_by(AuditRecord.seq.desc())
    return model.Session.execute(query).scalars().first()


def test_a_substitute_sees_and_goes_on_with_the_work_and_both_are_named(world: World) -> None:
    key = world.at("awaiting_check")["id"]
    world.call("satudata_desk_claim", "pemeriksa", id=key)
    with pytest.raises(tk.NotAuthorized):
        world.call("satudata_desk_list", "warga")
    row = substitute(world, "pemeriksa", "warga")
    assert row["replaces"]["name"] == "pemeriksa"
    assert (row["role"], row["valid"]) == ("checker", True)
    mine = world.call("satudata_desk_list", "warga", claimed="me")["results"]
    assert [line["submission_id"] for line in mine] == [key]
    assert mine[0]["is_mine"] is True
    assert mine[0]["claimed_by"]["name"] == "pemeriksa"
    assert world.call("satudata_me_show", "warga")["counts"] == {
        "desk": 1,
        "mine": 0,
        "held": 1,
        "requests": 0,
    }
    after = world.step(key, "conform", "warga")
    event = next(row for row in after["history"] if row["step"] == "conform")
    assert event["actor"]["title"] == "Warga (Plh. atas nama Pemeriksa)"
    assert last_event("conform").details["in_name_of"]["name"] == "pemeriksa"


def test_what_is_done_in_a_name_is_the_deed_of_both(world: World) -> None:
    grant = {"user": "pemeriksa", "role": "approver", "decree": "SK 2/2026"}
    world.call("satudata_appointment_grant", "admin", **grant)
    key = world.at("awaiting_check")["id"]
    held = next(
        row
        for row in world.call("satudata_appointment_list", "admin", user="pemeriksa")
        if row["role"] == "checker"
    )
    sent = {"valid_until": day(1), "decree": "Sprint 7/2026"}
    world.call("satudata_appointment_substitute", "admin", id=held["id"], user="warga", **sent)
    world.step(key, "conform", "warga")
    assert reason(lambda: world.step(key, "approve", "pemeriksa")) == "same_person"
    assert world.step(key, "approve", "penyetuju")["state"] == "awaiting_release"


def test_what_a_substitute_producer_writes_counts_for_both(world: World) -> None:
    grant = {"user": "produsen", "role": "checker", "decree": "SK 2/2026"}
    world.call("satudata_appointment_grant", "admin", **grant)
    held = next(
        row
        for row in world.call("satudata_appointment_list", "admin", user="produsen")
        if row["role"] == "producer"
    )
    sent = {"valid_until": day(1), "decree": "Sprint 7/2026"}
    world.call("satudata_appointment_substitute", "admin", id=held["id"], user="warga", **sent)
    package = world.dataset("wakil", by="warga")
    world.file(package["id"], by="warga")
    world.step(package["id"], "submit", "warga")
    for step in ("create", "edit", "submit"):
        assert last_event(step).details["in_name_of"]["name"] == "produsen", step
    assert reason(lambda: world.step(package["id"], "conform", "produsen")) == "same_person"
    assert world.step(package["id"], "conform", "pemeriksa")["state"] == "awaiting_approval"


def test_it_ends_by_itself_and_takes_its_claims_and_membership_along(world: World) -> None:
    key = world.at("awaiting_check")["id"]
    substitute(world, "pemeriksa", "warga")
    substitute(world, "produsen", "warga")
    world.call("satudata_desk_claim", "warga", id=key)
    assert _editor(world, "warga")
    with clock.at(clock.now() + timedelta(days=2)):
        with pytest.raises(tk.NotAuthorized):
            world.call("satudata_desk_list", "warga")
        assert world.show(key)["claimed_by"]["name"] == "warga"
        jobs.work()
        assert world.show(key)["claimed_by"] is None
        assert not _editor(world, "warga")
        assert _editor(world, "produsen")


def _editor(world: World, name: str) -> bool:
    members = tk.get_action("member_list")(
        {"ignore_auth": True},
        {"id": world.office["id"], "object_type": "user", "capacity": "editor"},
    )
    return world.users[name]["id"] in {row[0] for row in members}


def test_it_ends_with_the_appointment_it_stands_for(world: World) -> None:
    substitute(world, "pemeriksa", "warga")
    held = appointment_of(world, "pemeriksa")
    world.call("satudata_appointment_revoke", "penyetuju", id=held["id"])
    with pytest.raises(tk.NotAuthorized):
        world.call("satudata_desk_list", "warga")
    rows = world.call("satudata_appointment_list", "admin", user="warga", include_past=True)
    assert [row["status"] for row in rows] == ["replaced_ended"]


def test_a_substitute_takes_no_decision_about_people(world: World) -> None:
    row = substitute(world, "penyetuju", "warga")
    key = world.at("awaiting_approval")["id"]
    for action, data in (
        ("satudata_appointment_grant", {"user": "forum", "role": "approver", "decree": "SK"}),
        ("satudata_appointment_revoke", {"id": appointment_of(world, "forum")["id"]}),
        ("satudata_appointment_substitute", {"id": row["id"], "user": "forum"}),
        ("satudata_office_update", {"id": world.office["id"], "decree": "SK"}),
        ("satudata_person_list_unappointed", {}),
    ):
        with pytest.raises(tk.NotAuthorized, match="bukan sebagai Plh"):
            world.call(action, "warga", **data)
    assert world.step(key, "approve", "warga")["state"] == "awaiting_release"
    assert last_event("approve").details["in_name_of"]["name"] == "penyetuju"


def test_what_makes_no_substitute_is_refused_in_words(world: World) -> None:
    for more in (
        {"by": "pemeriksa"},
        {"by": "warga", "valid_until": ""},
        {"by": "warga", "decree": ""},
        {"by": "warga", "valid_from": "2020-01-01"},
        {"by": "siapa"},
    ):
        found = reason(lambda more=more: substitute(world, "pemeriksa", **more))
        assert found == ("unknown_user" if more["by"] == "siapa" else "bad_input")
    first = substitute(world, "pemeriksa", "warga")
    again = {"id": first["id"], "user": "forum", "valid_until": day(1), "decree": "Sprint"}
    found = reason(lambda: world.call("satudata_appointment_substitute", "admin", **again))
    assert found == "bad_input"
    assert world.call("satudata_appointment_list", "admin", user="forum")[0]["replaces"] is None


def test_what_a_substitute_does_by_letter_counts_for_both(portal: Any, world: World) -> None:
    substitute(world, "pemeriksa", "warga")
    letter = {"sender": "Kepala Dinas", "letter": "045/12", "letter_date": day(-1)}
    sent = {**letter, "office": world.office["name"]}
    portal.post("/api/3/action/satudata_on_behalf_open", json=sent, headers=world.headers("warga"))
    package = world.dataset("titipan", by="warga")
    world.file(package["id"], by="warga")
    world.step(package["id"], "submit", "warga")
    assert reason(lambda: world.step(package["id"], "conform", "pemeriksa")) == "same_person"
    assert world.step(package["id"], "conform", "pendukung")["state"] == "awaiting_approval"
