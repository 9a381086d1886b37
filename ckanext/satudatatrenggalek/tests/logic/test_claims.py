"""In whose hands a dataset lies as it moves: nobody's once they are done, its checker's again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.domain.deadlines import WIB

from ..world import World

MONDAY = datetime(2026, 11, 23, 9, tzinfo=WIB)


def held_by(world: World, key: str) -> str | None:
    held = world.show(key)["claimed_by"]
    return held["name"] if held else None


@pytest.mark.parametrize("step", ["endorse", "skip_supervisor"])
def test_what_the_pembina_had_in_hand_is_the_approvers_to_take(world: World, step: str) -> None:
    with clock.at(MONDAY):
        key = world.at("awaiting_check", prioritas_tahun="2026")["id"]
        assert world.step(key, "conform", "pemeriksa")["state"] == "awaiting_supervisor"
        world.call("satudata_desk_claim", "pembina", id=key)
    with clock.at(MONDAY + timedelta(days=3)):
        if step == "endorse":
            world.step(key, step, "pembina")
        else:
            world.step(key, step, "penyetuju", comment="Pembina cuti bersama.")
        assert held_by(world, key) is None
        free = world.call("satudata_desk_list", "penyetuju", claimed="nobody")["results"]
        assert [row["submission_id"] for row in free] == [key]


def test_what_is_returned_comes_back_to_its_checker(world: World) -> None:
    key = world.at("needs_correction")["id"]  # returned without taking it in hand first
    assert held_by(world, key) == "pemeriksa"
    world.step(key, "submit", "produsen")
    assert held_by(world, key) == "pemeriksa"
    world.step(key, "conform", "pemeriksa")
    assert held_by(world, key) is None
    world.call("satudata_desk_claim", "penyetuju", id=key)
    world.step(key, "return", "penyetuju")
    assert held_by(world, key) == "pemeriksa"
    world.step(key, "submit", "produsen")
    assert held_by(world, key) == "pemeriksa"


def test_what_was_taken_back_and_sent_again_comes_to_its_checker(world: World) -> None:
    key = world.at("needs_correction")["id"]
    world.step(key, "submit", "produsen")
    world.step(key, "withdraw", "produsen")
    assert held_by(world, key) is None
    world.step(key, "submit", "produsen")
    assert held_by(world, key) == "pemeriksa"
