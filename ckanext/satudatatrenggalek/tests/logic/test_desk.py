"""The desk: what waits for whom, in a number of statements that does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.domain.deadlines import WIB

from ..world import World


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SQL statements sent while the block runs."""
    sent: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    engine = model.meta.engine
    assert engine is not None
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def test_statements_do_not_grow_with_the_page(world: World) -> None:
    world.at("awaiting_check", "satu")
    with counted() as one:
        world.call("satudata_desk_list", "pemeriksa")
    for number in range(4):
        world.at("awaiting_check", f"dataset-{number}")
    with counted() as five:
        page = world.call("satudata_desk_list", "pemeriksa")
    assert len(page["results"]) == 5
    assert len(five) == len(one)
    assert len(five) <= 17

    first = world.call("satudata_desk_list", "pemeriksa", limit=2)
    second = world.call("satudata_desk_list", "pemeriksa", limit=2, after=first["next"])
    third = world.call("satudata_desk_list", "pemeriksa", limit=2, after=second["next"])
    seen = [row["name"] for part in (first, second, third) for row in part["results"]]
    assert sorted(seen) == sorted(["satu", *(f"dataset-{n}" for n in range(4))])
    assert third["next"] is None


def test_each_sees_what_is_theirs(world: World) -> None:
    submission = world.at("awaiting_check")
    key = submission["id"]
    rows = {
        name: [row["name"] for row in world.call("satudata_desk_list", name)["results"]]
        for name in ("produsen", "produsen_lain", "pendukung", "pemeriksa", "penyetuju", "pembina")
    }
    assert rows["produsen"] == rows["pendukung"] == rows["pemeriksa"] == ["posyandu"]
    assert rows["produsen_lain"] == rows["pembina"] == []
    with pytest.raises(tk.NotAuthorized):
        world.call("satudata_desk_list", "warga")

    world.call("satudata_desk_claim", "pemeriksa", id=key)
    assert _only(world, "pemeriksa", claimed="me")["claimed_by"]["name"] == "pemeriksa"
    with pytest.raises(tk.ValidationError) as refusal:
        world.call("satudata_desk_claim", "pendukung", id=key)
    assert refusal.value.error_dict["reason"] == "claimed"
    with pytest.raises(tk.ValidationError):
        world.call("satudata_desk_unclaim", "pendukung", id=key)
    with pytest.raises(tk.ObjectNotFound):
        world.call("satudata_desk_claim", "produsen_lain", id=key)
    with pytest.raises(tk.ValidationError):
        world.call("satudata_desk_claim", "penyetuju", id=key)
    world.call("satudata_desk_unclaim", "pemeriksa", id=key)
    assert _only(world, "pemeriksa", claimed="nobody")["claimed_by"] is None


def _only(world: World, by: str, **filters: Any) -> dict[str, Any]:
    (row,) = world.call("satudata_desk_list", by, **filters)["results"]
    return row


def test_filters_and_words(world: World) -> None:
    world.at("awaiting_check")
    desk = world.call("satudata_desk_list", "pemeriksa", q="posy", machine="none", state="")
    assert [row["title"] for row in desk["results"]] == ["Jumlah Posyandu"]
    assert world.call("satudata_desk_list", "pemeriksa", q="100%")["results"] == []
    assert world.call("satudata_desk_list", "pemeriksa", machine="errors")["results"] == []
    assert world.call("satudata_desk_list", "pemeriksa", state="draft")["results"] == []
    assert desk["results"][0]["clock"]["text"].startswith("Sisa ")
    counts = {row["state"]: row["count"] for row in desk["counts"]}
    assert counts["awaiting_check"] == 1
    with pytest.raises(tk.ValidationError):
        world.call("satudata_desk_list", "pemeriksa", after="rubbish")


def test_a_claim_falls_free_when_the_appointment_ends(world: World) -> None:
    key = world.at("awaiting_check")["id"]
    world.call("satudata_desk_claim", "pemeriksa", id=key)
    (appointment,) = world.call("satudata_appointment_list", "penyetuju", user="pemeriksa")
    world.call("satudata_appointment_revoke", "penyetuju", id=appointment["id"])
    assert world.show(key)["claimed_by"] is None
    assert world.call("satudata_desk_claim", "pendukung", id=key)["claimed_by"]["name"]


def test_a_claim_of_somebody_whose_time_is_over_does_not_block(world: World) -> None:
    key = world.at("awaiting_check")["id"]
    today = clock.now().astimezone(WIB).date().isoformat()
    grant = {"user": "warga", "role": "checker", "decree": "SK 3/2026", "valid_until": today}
    world.call("satudata_appointment_grant", "penyetuju", **grant)
    world.call("satudata_desk_claim", "warga", id=key)
    with pytest.raises(tk.ValidationError):
        world.call("satudata_desk_claim", "pemeriksa", id=key)
    with clock.at(clock.now() + timedelta(days=2)):
        claimed = world.call("satudata_desk_claim", "pemeriksa", id=key)
    assert claimed["claimed_by"]["name"] == "pemeriksa"
