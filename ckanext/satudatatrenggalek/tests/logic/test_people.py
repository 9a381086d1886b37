"""Handing work over, how it is spread, memberships, and accounts nobody is appointed with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest

from ckanext.satudatatrenggalek import clock, jobs

from ..world import World
from .test_desk import counted
from .test_substitutes import _editor, appointment_of, day, last_event, reason


def test_all_open_work_goes_to_another_and_what_cannot_stays(world: World) -> None:
    grant = {"user": "warga", "role": "checker", "decree": "SK 3/2026"}
    world.call("satudata_appointment_grant", "penyetuju", **grant)
    first, second = world.at("awaiting_check", "satu"), world.at("awaiting_check", "dua")
    back = world.at("needs_correction", "kembali")
    for row in (first, second):
        world.call("satudata_desk_claim", "pemeriksa", id=row["id"])
    # Whoever prepared an edition does not get it to check.
    office = {"user": "produsen", "role": "checker", "decree": "SK 3/2026"}
    world.call("satudata_appointment_grant", "penyetuju", **office)
    sent = {"from_user": "pemeriksa", "to_user": "produsen", "reason": "Pindah tugas."}
    none = world.call("satudata_desk_hand_over", "penyetuju", **sent)
    assert (none["handed"], none["left"]) == (0, 3)
    assert "turut menyiapkan" in none["results"][0]["message"]
    done = world.call("satudata_desk_hand_over", "penyetuju", **{**sent, "to_user": "warga"})
    assert (done["handed"], done["left"]) == (3, 0)
    held = {world.show(row["id"])["claimed_by"]["name"] for row in (first, second, back)}
    assert held == {"warga"}
    event = last_event("hand_over")
    assert event.note == "Pindah tugas."
    assert (event.details["from"]["name"], event.details["to"]["name"]) == ("pemeriksa", "warga")


def test_who_may_hand_over_whose_work(world: World) -> None:
    key = world.at("awaiting_check")["id"]
    world.call("satudata_desk_claim", "pemeriksa", id=key)
    sent = {"from_user": "pemeriksa", "to_user": "pendukung", "reason": "Cuti."}
    for nobody in ("pendukung", "produsen", "sekretariat", "warga"):
        with pytest.raises(tk.NotAuthorized):
            world.call("satudata_desk_hand_over", nobody, **sent)
    for more in ({"reason": ""}, {"to_user": "pemeriksa"}, {"to_user": "siapa"}):
        found = reason(
            lambda more=more: world.call("satudata_desk_hand_over", "pemeriksa", **{**sent, **more})
        )
        assert found in ("missing_comment", "bad_input", "unknown_user")
    assert world.call("satudata_desk_hand_over", "pemeriksa", **sent)["handed"] == 1


def test_a_returned_dataset_goes_on_waiting_for_the_new_checker(world: World) -> None:
    key = world.at("awaiting_check")["id"]
    world.call("satudata_desk_claim", "pemeriksa", id=key)
    world.step(key, "return", "pemeriksa")
    assert world.show(key)["claimed_by"]["name"] == "pemeriksa"
    sent = {"from_user": "pemeriksa", "to_user": "pendukung", "reason": "Cuti."}
    assert world.call("satudata_desk_hand_over", "pemeriksa", **sent)["handed"] == 1
    world.step(key, "submit", "produsen")
    assert world.show(key)["claimed_by"]["name"] == "pendukung"


def test_the_load_of_each(world: World) -> None:
    late, fresh = world.at("awaiting_check", "lama"), world.at("awaiting_check", "baru")
    for row in (late, fresh):
        world.call("satudata_desk_claim", "pemeriksa", id=row["id"])
    world.step(fresh["id"], "conform", "pemeriksa")
    with counted() as first:
        found = world.call("satudata_desk_load", "penyetuju")
    load = {row["user"]["name"]: row for row in found["people"]}
    assert set(load) == {"pendukung", "pemeriksa", "penyetuju", "penyetuju_lain", "pembina"}
    mine = load["pemeriksa"]
    assert (mine["open"], mine["late"], mine["done"]) == (1, 0, 1)
    assert mine["roles"] == ["Pemeriksa (Walidata)"]
    assert found["unclaimed"] == 1
    for number in range(3):
        grant = {"user": "warga", "role": "checker", "decree": f"SK {number}"}
        world.call("satudata_appointment_grant", "penyetuju", **grant)
    with counted() as more:
        world.call("satudata_desk_load", "penyetuju")
    assert len(more) == len(first)
    with clock.at(clock.now() + timedelta(days=30)):
        found = world.call("satudata_desk_load", "penyetuju")["people"]
        assert (found[0]["user"]["name"], found[0]["late"]) == ("pemeriksa", 1)
    with pytest.raises(tk.NotAuthorized):
        world.call("satudata_desk_load", "pendukung")


def test_the_counts_of_the_header_are_what_each_has_to_do(world: World) -> None:
    world.dataset("draf")
    other = {"name": "lain", "title": "Lain", "owner_org": world.other_office["id"]}
    world.call("package_create", "produsen_lain", **other)
    world.at("awaiting_check", "periksa")
    world.at("awaiting_approval", "validasi")
    counts = {
        name: world.call("satudata_me_show", name)["counts"]
        for name in ("produsen", "produsen_lain", "pendukung", "pemeriksa", "penyetuju", "warga")
    }
    assert counts == {
        "produsen": {"desk": 0, "mine": 1, "held": 0, "requests": 0},
        "produsen_lain": {"desk": 0, "mine": 1, "held": 0, "requests": 0},
        "pendukung": {"desk": 1, "mine": 0, "held": 0, "requests": 0},
        "pemeriksa": {"desk": 1, "mine": 0, "held": 0, "requests": 0},
        "penyetuju": {"desk": 1, "mine": 0, "held": 0, "requests": 0},
        "warga": {"desk": 0, "mine": 0, "held": 0, "requests": 0},
    }


def test_ckan_lets_a_producer_in_as_long_as_they_are_appointed(world: World) -> None:
    assert _editor(world, "produsen")
    assert not _editor(world, "warga")
    grant = {"user": "warga", "role": "producer", "office": world.office["id"], "decree": "SK 3"}
    first = world.call("satudata_appointment_grant", "penyetuju", **grant)
    second = world.call("satudata_appointment_grant", "penyetuju", **{**grant, "kind": "keuangan"})
    assert _editor(world, "warga")
    world.call("satudata_appointment_revoke", "penyetuju", id=first["id"])
    assert _editor(world, "warga")
    world.call("satudata_appointment_end", "penyetuju", id=second["id"], valid_until=day())
    assert _editor(world, "warga")
    with clock.at(clock.now() + timedelta(days=1)):
        jobs.work()
        assert not _editor(world, "warga")


def test_an_end_is_a_day_to_come_and_never_later_than_before(world: World) -> None:
    held = appointment_of(world, "forum")
    call = world.call("satudata_appointment_end", "penyetuju", id=held["id"], valid_until=day(5))
    assert (call["valid"], call["valid_until"]) == (True, day(5))
    for last in (day(6), day(-1), ""):
        sent = {"id": held["id"], "valid_until": last}
        call = lambda sent=sent: world.call("satudata_appointment_end", "penyetuju", **sent)  # noqa: E731
        assert reason(call) == "bad_input"
    assert last_event("appointment_end").details["valid_until"] == day(5)


def test_accounts_without_an_appointment(world: World) -> None:
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "user": "admin"},
        {"id": world.office["id"], "username": "warga", "role": "editor"},
    )
    held = appointment_of(world, "forum")
    world.call("satudata_appointment_revoke", "penyetuju", id=held["id"])
    rows = _unappointed(world)
    assert {"warga", "forum", "admin"} <= set(rows)
    assert not {"produsen", "pemeriksa"} & set(rows)
    office = {"name": "dinas-kesehatan", "title": "Dinas Kesehatan"}
    assert rows["warga"]["memberships"] == [{"office": office, "capacity": "editor"}]
    assert rows["warga"]["last_appointment"] is None
    assert rows["forum"]["last_appointment"] == day()
    assert rows["admin"]["sysadmin"] is True
    assert set(_unappointed(world, members_only=True)) == {"warga"}
    page = world.call("satudata_person_list_unappointed", "penyetuju", limit=1)
    rest = world.call("satudata_person_list_unappointed", "penyetuju", after=page["next"])
    assert len(rest["results"]) == len(rows) - 1
    for nobody in ("pemeriksa", "sekretariat", "produsen", "warga"):
        with pytest.raises(tk.NotAuthorized):
            world.call("satudata_person_list_unappointed", nobody)


def _unappointed(world: World, **more: Any) -> dict[str, Any]:
    found = world.call("satudata_person_list_unappointed", "penyetuju", **more)
    return {row["name"]: row for row in found["results"]}
