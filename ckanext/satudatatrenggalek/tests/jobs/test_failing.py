"""What fails after a commit never undoes it, never stops the others, and ends in words."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from sqlalchemy import text

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.model import outbox
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..world import CHECKLIST, World


def test_a_step_taken_while_solr_is_away_is_answered_as_taken(
    world: World, portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = world.at("awaiting_check")
    # Nobody listens there: the connection is refused.
    monkeypatch.setitem(tk.config, "solr_url", "http://127.0.0.1:9/solr/nothing")
    answer = portal.post(
        "/api/3/action/satudata_step_take",
        json={
            "id": submission["id"],
            "step": "conform",
            "content_hash": submission["content_hash"],
            "checklist": CHECKLIST,
        },
        headers=world.headers("pemeriksa"),
    )
    monkeypatch.undo()
    assert answer.status_code == 200
    assert answer.json["result"]["state"] == "awaiting_approval"
    rows = model.Session.query(OutboxRecord).filter_by(kind="index", done_at=None).all()
    assert [row.last_error is not None for row in rows] == [True]
    with clock.at(clock.now() + timedelta(minutes=5)):
        jobs.work()
    assert model.Session.query(OutboxRecord).filter_by(kind="index", done_at=None).count() == 0


def test_one_release_that_cannot_be_does_not_hold_up_the_next(world: World) -> None:
    first, second = world.at("awaiting_approval", "satu"), world.at("awaiting_approval", "dua")
    for submission in (first, second):
        world.step(submission["id"], "approve", "penyetuju")
    session = model.Session
    session.execute(
        text("UPDATE satudata_submission SET approved_by = NULL WHERE id = :id"),
        {"id": first["id"]},
    )
    session.commit()
    jobs.work()
    assert world.show(first["id"])["state"] == "awaiting_release"
    assert world.show(second["id"])["state"] == "published"


def test_a_file_that_ends_its_worker_every_time_is_reported_at_last(world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"])
    session = model.Session
    session.execute(text("DELETE FROM satudata_check"))
    outbox.add(session, package["id"], "check", clock.now(), resource_id=resource["id"])
    session.flush()
    session.query(OutboxRecord).filter_by(kind="check", done_at=None).one().attempts = (
        outbox.MAX_ATTEMPTS - 1
    )
    session.commit()
    assert world.show(package["id"])["machine"]["pending"] == 1
    jobs.work()
    check = world.call("satudata_conformity_show", "produsen", resource_id=resource["id"])
    assert check["status"] == "error"
    assert "unggah lagi" in check["message"]
    assert world.show(package["id"])["machine"]["pending"] == 0


def test_cells_of_a_file_do_not_reach_the_log(
    world: World, monkeypatch: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(_row: OutboxRecord) -> None:
        model.Session.execute(text("SELECT CAST(:nik AS int)"), {"nik": "3503010101900001"})

    package = world.dataset()
    monkeypatch.setitem(jobs.HANDLERS, "index", refused)
    outbox.add(model.Session, package["id"], "index", clock.now(), package_id=package["id"])
    model.Session.commit()
    with caplog.at_level(logging.WARNING):
        jobs.work()
    row = model.Session.query(OutboxRecord).filter_by(kind="index", done_at=None).one()
    assert "InvalidTextRepresentation" in row.last_error or "DataError" in row.last_error
    assert "[parameters" not in f"{row.last_error}{caplog.text}"
