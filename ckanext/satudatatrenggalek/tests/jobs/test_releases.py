"""A release that breaks stops no other work, is tried with pauses, and is given up in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from sqlalchemy.exc import OperationalError

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.logic import release
from ckanext.satudatatrenggalek.model import outbox, releases
from ckanext.satudatatrenggalek.model.notices import NoticeRecord
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..world import World


def _breaks(monkeypatch: pytest.MonkeyPatch, dataset_id: str, error: BaseException) -> None:
    """Let the release of one dataset fail in its middle; the others are as they are."""
    publish = release.publish

    def broken(one: release.Release) -> None:
        publish(one)
        if one.dataset.dataset_id == dataset_id:
            raise error

    monkeypatch.setattr(release, "publish", broken)


def _rows(submission: dict[str, Any]) -> list[OutboxRecord]:
    model.Session.rollback()
    query = model.Session.query(OutboxRecord).filter_by(
        kind=releases.KIND, dataset_id=submission["dataset_id"]
    )
    return query.order_by(OutboxRecord.id).all()


def _told() -> list[str]:
    query = model.Session.query(NoticeRecord).filter_by(event="release_given_up")
    people = [model.User.get(row.user_id) for row in query]
    return sorted(person.name for person in people if person)


def test_a_release_that_breaks_stops_nobody_and_is_given_up_in_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = world.at("awaiting_approval", "satu"), world.at("awaiting_approval", "dua")
    for submission in (bad, good):
        world.step(submission["id"], "approve", "penyetuju")
    with monkeypatch.context() as patch:
        _breaks(patch, bad["dataset_id"], AssertionError("never so"))
        start = clock.now()
        with clock.at(start):
            jobs.work()
        assert world.show(good["id"])["state"] == "published"
        assert world.call("package_search", None, q="*:*")["count"] == 1
        assert world.show(bad["id"])["state"] == "awaiting_release"
        (row,) = _rows(bad)
        assert (row.attempts, row.last_error) == (1, "AssertionError: never so")
        with clock.at(start):
            jobs.work()
        assert _rows(bad)[0].attempts == 1, "not before its pause is over"
        assert _told() == []
        for day in range(1, outbox.MAX_ATTEMPTS + 2):
            with clock.at(start + timedelta(days=day)):
                jobs.work()
        assert _rows(bad)[0].attempts == outbox.MAX_ATTEMPTS
        assert _told() == ["penyetuju", "penyetuju_lain"]
        with clock.at(start + timedelta(days=30)):
            assert not releases.to_note(model.Session, clock.now())
            said = world.call("satudata_notice_list", "penyetuju")["results"][0]
            owed = world.show(bad["id"], "penyetuju")["waiting"]
    assert "berhenti mencoba" in said["happened"]
    assert "Minta pengelola portal" in said["to_do"]
    assert [(one["kind"], one["given_up"]) for one in owed] == [("release", True)]
    # Held back and approved again it is another release, with attempts of its own.
    with clock.at(clock.now() + timedelta(days=40)):
        world.step(bad["id"], "hold", "penyetuju", comment="Tunggu.")
        world.step(bad["id"], "approve", "penyetuju")
        jobs.work()
    assert world.show(bad["id"])["state"] == "published"
    assert [row.done_at is not None for row in _rows(bad)] == [True, True]
    assert outbox.given_up(model.Session) == []


def test_a_release_that_met_an_absent_part_has_not_been_tried(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = world.at("awaiting_release")
    with monkeypatch.context() as patch:
        away = OperationalError("SELECT 1", {}, Exception("server closed the connection"))
        _breaks(patch, waits["dataset_id"], away)
        jobs.work()
    (row,) = _rows(waits)
    assert (row.attempts, outbox.part_away(row)) == (0, "basis data")
    (owed,) = world.show(waits["id"])["waiting"]
    assert "basis data tidak menjawab" in owed["text"]
    with clock.at(clock.now() + timedelta(minutes=2)):
        jobs.work()
    assert world.show(waits["id"])["state"] == "published"
