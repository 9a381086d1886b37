"""Nothing is lost between a commit and what follows it; nothing is done twice to harm."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.lib import search
from sqlalchemy import text

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.model import outbox, submissions
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..world import CSV, World


def _rows(kind: str) -> list[OutboxRecord]:
    return model.Session.query(OutboxRecord).filter_by(kind=kind).order_by(OutboxRecord.id).all()


def test_solr_away_leaves_the_row_and_the_next_run_finishes(world: World, monkeypatch: Any) -> None:
    def away(*_args: Any, **_more: Any) -> None:
        raise search.SearchError("Solr is away")

    submission = world.at("awaiting_release")
    monkeypatch.setattr(search, "rebuild", away)
    jobs.work()
    assert world.show(submission["dataset_id"])["state"] == "published"
    waiting = [row for row in _rows("index") if row.done_at is None]
    assert waiting
    assert "Solr is away" in (waiting[0].last_error or "")
    assert world.call("package_search", None, q="posyandu")["count"] == 0

    monkeypatch.undo()
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert jobs.sweep()
        jobs.work()
        assert not jobs.sweep()
    assert world.call("package_search", None, q="posyandu")["count"] == 1


def test_a_row_held_elsewhere_is_left_alone_and_taken_once(world: World) -> None:
    package = world.dataset()
    at = clock.now()
    outbox.add(model.Session, package["id"], "index", at, package_id=package["id"])
    model.Session.commit()
    row_id = _rows("index")[-1].id
    with outbox.hold(row_id) as held:
        assert held
        with outbox.hold(row_id) as again:
            assert not again
        jobs.work()
        assert model.Session.get(OutboxRecord, row_id).done_at is None
    jobs.work()
    row = model.Session.get(OutboxRecord, row_id)
    assert row.done_at is not None
    assert row.attempts == 1
    jobs.work()
    assert model.Session.get(OutboxRecord, row_id).attempts == 1


def test_a_row_that_never_succeeds_is_given_up_not_looped(world: World, monkeypatch: Any) -> None:
    package = world.dataset()
    monkeypatch.setitem(jobs.HANDLERS, "index", _always_fails)
    outbox.add(model.Session, package["id"], "index", clock.now(), package_id=package["id"])
    model.Session.commit()
    for day in range(outbox.MAX_ATTEMPTS + 2):
        with clock.at(clock.now() + timedelta(days=day + 1)):
            jobs.work()
    assert _rows("index")[-1].attempts == outbox.MAX_ATTEMPTS


def _always_fails(_row: OutboxRecord) -> None:
    raise tk.ValidationError({"message": "no"})


def test_planned_release_waits_for_its_time(world: World) -> None:
    later = clock.now() + timedelta(days=2)
    submission = world.at("awaiting_approval")
    world.step(submission["id"], "approve", "penyetuju", release_at=later.isoformat())
    jobs.work()
    assert world.show(submission["id"])["state"] == "awaiting_release"
    with pytest.raises(tk.ValidationError) as refusal:
        world.step(submission["id"], "release", "penyetuju")
    assert refusal.value.error_dict["reason"] == "too_early"
    with clock.at(later + timedelta(seconds=1)):
        jobs.work()
    assert world.show(submission["id"])["public_state"] == "published"


def test_content_changed_behind_the_approval_is_not_released(world: World) -> None:
    submission = world.at("awaiting_release")
    model.Session.execute(
        text("UPDATE package SET notes = 'lain' WHERE id = :id"), {"id": submission["dataset_id"]}
    )
    model.Session.commit()
    jobs.work()
    assert world.show(submission["id"])["state"] == "awaiting_release"
    with pytest.raises(tk.ObjectNotFound):
        world.show(submission["dataset_id"], by=None)
    record = submissions.by_id(model.Session, submission["id"])
    assert record is not None
    assert record.edition is None


def test_the_datastore_holds_numbers_where_the_schema_says_so(world: World) -> None:
    submission = world.at("published")
    resource = submission["resources"][0]["id"]
    found = world.call("datastore_search", None, resource_id=resource, sort="jumlah_posyandu desc")
    types = {field["id"]: field["type"] for field in found["fields"]}
    assert types["jumlah_posyandu"] == "numeric"
    assert types["kode_wilayah"] == types["tahun"] == "text"
    assert [row["jumlah_posyandu"] for row in found["records"]] == [78, 64, 59]
    assert found["records"][0]["kode_wilayah"] == "35.03.01"


def test_a_column_with_words_among_its_numbers_stays_text(world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"], CSV.replace("64", "enam puluh"))
    found = world.call("datastore_search", "admin", resource_id=resource["id"])
    types = {field["id"]: field["type"] for field in found["fields"]}
    assert types["jumlah_posyandu"] == "text"
    assert len(found["records"]) == 3
