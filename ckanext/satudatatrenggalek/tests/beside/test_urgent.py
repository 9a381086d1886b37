"""Urgent: on top of every desk with a shorter clock, counted from the stay's beginning."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.model.tables import StayRecord

from ..world import World
from .caller import post

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=timezone.utc)  # 07.30 WIB, the day begins
DAY = timedelta(hours=8, minutes=30)


def urge(portal: Any, world: World, key: str, by: str = "pemeriksa", **more: Any) -> Any:
    sent = {"reason": "Diminta Bupati untuk rapat Senin.", **more}
    return post(portal, world, by, "satudata_submission_urge", id=key, **sent)


def _due(shown: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(shown["due"])


def test_the_clock_is_shortened_from_the_beginning_of_the_stay(world: World) -> None:
    with clock.at(MONDAY):
        key = world.at("awaiting_check")["id"]
    with clock.at(MONDAY + timedelta(hours=2)):
        shown = world.call(
            "satudata_submission_urge", "pemeriksa", id=key, reason="Rapat Forum besok."
        )
    assert _due(shown) == MONDAY + DAY / 2
    assert (shown["urgent"], shown["urgent_reason"]) == (True, "Rapat Forum besok.")
    stay = model.Session.query(StayRecord).filter_by(submission_id=key, left_at=None).one()
    assert (stay.due_at, stay.limit_seconds) == (MONDAY + DAY / 2, int(DAY.total_seconds() / 2))
    row = shown["history"][0]
    assert (row["step"], row["note"], row["role"]) == ("urge", "Rapat Forum besok.", "checker")


def test_unsetting_gives_no_time_back_and_the_next_stay_is_ordinary(world: World) -> None:
    with clock.at(MONDAY):
        key = world.at("awaiting_check")["id"]
        short = world.call("satudata_submission_urge", "pemeriksa", id=key, reason="Rapat.")
        calm = world.call(
            "satudata_submission_urge", "penyetuju", id=key, urgent=False, reason="Rapat batal."
        )
        assert (calm["urgent"], calm["due"]) == (False, short["due"])
        again = world.call("satudata_submission_urge", "pemeriksa", id=key, reason="Jadi lagi.")
        assert again["due"] == short["due"]
        world.call("satudata_submission_urge", "pemeriksa", id=key, urgent=False, reason="Batal.")
        after = world.step(key, "conform", "pemeriksa")
    assert _due(after) == MONDAY + DAY


def test_it_stands_on_top_of_the_desk(portal: Any, world: World) -> None:
    with clock.at(MONDAY):
        first = world.at("awaiting_check", "satu")["id"]
    with clock.at(MONDAY + timedelta(days=1)):
        second = world.at("awaiting_check", "dua")["id"]
    listed = post(portal, world, "penyetuju", "satudata_desk_list", state="awaiting_check")[1]
    assert [row["submission_id"] for row in listed["results"]] == [first, second]
    assert urge(portal, world, second)[0] == 200
    listed = post(portal, world, "penyetuju", "satudata_desk_list", state="awaiting_check")[1]
    assert [row["submission_id"] for row in listed["results"]] == [second, first]


def test_the_producer_asks_with_a_reason_and_the_walidata_decides(
    portal: Any, world: World
) -> None:
    key = world.draft()["id"]
    ask = "satudata_submission_ask_urgent"
    status, error = post(portal, world, "produsen", ask, id=key, reason=" ")
    assert (status, error["reason"]) == (409, "missing_comment")
    status, shown = post(portal, world, "produsen", ask, id=key, reason="Untuk KUA-PPAS.")
    assert (status, shown["urgent"], shown["urgent_wish"]) == (200, False, "Untuk KUA-PPAS.")
    world.step(key, "submit", "produsen")
    seen = post(portal, world, "pemeriksa", "satudata_submission_show", id=key)[1]
    assert seen["urgent_wish"] == "Untuk KUA-PPAS."
    assert urge(portal, world, key)[1]["urgent_wish"] is None


@pytest.mark.parametrize(
    ("by", "status"),
    [("produsen", 403), ("pendukung", 403), ("pembina", 403), ("admin", 403), ("warga", 403)],
)
def test_only_the_walidata_sets_it(portal: Any, world: World, by: str, status: int) -> None:
    key = world.at("awaiting_check")["id"]
    assert urge(portal, world, key, by)[0] == status
    assert world.show(key)["urgent"] is False


def test_a_reason_is_wanted_for_both_ways(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    assert urge(portal, world, key, reason="")[1]["reason"] == "missing_comment"
    assert urge(portal, world, key, urgent=False)[1]["reason"] == "not_urgent"
    assert urge(portal, world, key)[0] == 200
    assert urge(portal, world, key)[1]["reason"] == "already_urgent"
    assert urge(portal, world, key, urgent=False, reason="")[1]["reason"] == "missing_comment"
    assert world.show(key)["urgent"] is True


def test_a_draft_is_not_on_any_desk(portal: Any, world: World) -> None:
    key = world.draft()["id"]
    assert urge(portal, world, key)[0] == 404
