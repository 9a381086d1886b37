"""Questions and answers: for those who may read the submission, apart from findings."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model

from ckanext.activity.model import Activity
from ckanext.satudatatrenggalek import jobs

from ..world import World
from .caller import post

QUESTION = "Apakah kata rahasia-jingga sudah termasuk Posyandu lansia?"


def say(portal: Any, world: World, by: str, key: str, text: str = QUESTION) -> tuple[int, Any]:
    return post(portal, world, by, "satudata_talk_add", id=key, text=text)


def test_producer_and_checker_talk(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    assert say(portal, world, "pemeriksa", key)[0] == 200
    status, answer = say(portal, world, "produsen", key, "Belum.")
    assert (status, answer["role"], answer["role_label"]) == (200, "producer", "Produsen Data")
    for by in ("produsen", "pemeriksa", "pendukung", "penyetuju"):
        listed = post(portal, world, by, "satudata_talk_list", id=key)[1]
        assert [row["text"] for row in listed] == [QUESTION, "Belum."]


def test_it_is_no_finding_and_moves_nothing(portal: Any, world: World) -> None:
    before = world.at("awaiting_check")
    say(portal, world, "pemeriksa", before["id"])
    after = world.show(before["id"])
    for kept in ("findings", "verdicts", "history", "state", "due", "content_hash", "claimed_by"):
        assert after[kept] == before[kept]


@pytest.mark.parametrize("by", ["produsen_lain", "warga", "pembina", "forum"])
def test_whoever_may_not_read_the_submission_is_told_it_is_not_there(
    portal: Any, world: World, by: str
) -> None:
    key = world.at("awaiting_check")["id"]
    say(portal, world, "pemeriksa", key)
    assert post(portal, world, by, "satudata_talk_list", id=key)[0] == 404
    assert say(portal, world, by, key)[0] == 404


def test_of_a_public_dataset_the_public_reads_no_talk(portal: Any, world: World) -> None:
    shown = world.at("awaiting_check")
    say(portal, world, "pemeriksa", shown["id"])
    for step, by in (("conform", "pemeriksa"), ("approve", "penyetuju")):
        world.step(shown["id"], step, by)
    jobs.work()
    for by in ("warga", "produsen_lain"):
        assert post(portal, world, by, "satudata_talk_list", id=shown["id"])[0] == 404
    assert post(portal, world, None, "satudata_talk_list", id=shown["id"])[0] == 403
    assert "rahasia-jingga" not in portal.get(f"/dataset/{shown['name']}").body
    assert "rahasia-jingga" not in portal.get(f"/dataset/activity/{shown['name']}").body


@pytest.mark.parametrize("state", ["awaiting_approval", "awaiting_release", "published"])
def test_after_the_check_nothing_is_added(portal: Any, world: World, state: str) -> None:
    key = world.at(state)["id"]
    status, error = say(portal, world, "pemeriksa", key)
    assert (status, error["reason"]) == (409, "wrong_state")


@pytest.mark.parametrize("by", ["penyetuju", "admin"])
def test_others_read_and_say_nothing(portal: Any, world: World, by: str) -> None:
    key = world.at("awaiting_check")["id"]
    assert say(portal, world, by, key)[0] == 403


def test_nothing_said_is_refused(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    assert say(portal, world, "pemeriksa", key, "  ")[1]["reason"] == "missing_comment"


def test_talk_never_enters_the_activity_stream(portal: Any, world: World) -> None:
    key = world.at("awaiting_check")["id"]
    say(portal, world, "pemeriksa", key)
    rows = model.Session.query(Activity).all()
    assert rows
    assert "rahasia-jingga" not in repr([(row.data, row.activity_type) for row in rows])
