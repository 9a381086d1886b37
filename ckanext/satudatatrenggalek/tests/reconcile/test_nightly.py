"""The night's work: planned once from its hour on, done by the worker, differences told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib import search

from ckanext.satudatatrenggalek import clock, heads, jobs
from ckanext.satudatatrenggalek.domain.deadlines import WIB
from ckanext.satudatatrenggalek.model import chain, nightly, outbox
from ckanext.satudatatrenggalek.model.tables import OutboxRecord
from ckanext.satudatatrenggalek.reconcile import nightly as nights

from ..jobs.test_audit_commands import kept, post_office
from ..world import World

__all__ = ["kept", "post_office"]

MAIL = "ckanext.satudatatrenggalek.nightly_mail"
ONE = datetime(2026, 11, 26, 1, 0, tzinfo=WIB)


def _waiting() -> list[str]:
    query = model.Session.query(OutboxRecord).filter_by(dataset_id=nights.PLACE, done_at=None)
    return sorted(row.kind for row in query)


def test_a_night_is_planned_once_from_its_hour_on(world: World, kept: Path) -> None:
    session = model.Session
    assert not nights.plan(session, ONE - timedelta(minutes=1)), "not before its hour"
    assert nights.plan(session, ONE)
    assert not nights.plan(session, ONE)
    assert not nights.plan(session, ONE + timedelta(hours=20))
    assert _waiting() == ["head", "reconcile"]
    assert nights.plan(session, ONE + timedelta(days=1))


def test_the_worker_keeps_the_head_and_compares(world: World, kept: Path) -> None:
    package = world.draft("draf")["dataset_id"]
    jobs.work()
    search.clear(package)
    with clock.at(ONE):
        nights.plan(model.Session, clock.now())
        jobs.work()
    assert _waiting() == []
    (head,) = heads.read(kept.read_text().splitlines())
    assert chain.verify(model.Session, [head]).missing == ()
    (night,) = nightly.newest(model.Session, 10)
    assert night.day == ONE.date()
    assert night.finished_at is not None
    index = [one for one in night.differences if one["kind"] == "index-missing"]
    assert [(one["subject"], one["mended"]) for one in index] == [(package, True)]
    assert world.call("package_search", "produsen", q="*:*", include_private=True)["count"] == 1


def test_differences_are_mailed_and_a_mail_server_away_is_tried_again(
    world: World,
    kept: Path,
    post_office: Any,
    ckan_config: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(ckan_config, MAIL, "pengelola@example.org")
    package = world.draft("draf")["dataset_id"]
    jobs.work()
    search.clear(package)
    server = ckan_config["smtp.server"]
    monkeypatch.setitem(ckan_config, "smtp.server", "127.0.0.1:9")
    with clock.at(ONE):
        nights.plan(model.Session, clock.now())
        jobs.work()
    assert _waiting() == ["reconcile"], "the head went to its file; nobody gets it by mail"
    row = model.Session.query(OutboxRecord).filter_by(kind="reconcile").one()
    assert "laporan pencocokan belum terkirim" in (row.last_error or "")
    model.Session.rollback()
    monkeypatch.setitem(ckan_config, "smtp.server", server)
    with clock.at(ONE + timedelta(hours=1)):
        assert outbox.waiting(model.Session, clock.now(), "reconcile")
        jobs.work()
    assert _waiting() == []
    (recipients, letter) = post_office.letters[-1]
    assert recipients == ["pengelola@example.org"]
    body = letter.get_body()
    assert body is not None
    # Mended by the attempt before; told all the same.
    assert "draf tidak ada di indeks pencarian. Sudah diperbaiki." in body.get_content()
