"""The night's work: planned once from its hour on, done by the worker, differences told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib import search
from ckan.tests.helpers import CKANCliRunner

from ckanext.satudatatrenggalek import cli, clock, heads, jobs
from ckanext.satudatatrenggalek.domain.deadlines import WIB
from ckanext.satudatatrenggalek.model import chain, nightly
from ckanext.satudatatrenggalek.model.tables import OutboxRecord
from ckanext.satudatatrenggalek.reconcile import nightly as nights

from ..jobs.test_audit_commands import MAIL as HEADS
from ..jobs.test_audit_commands import kept
from ..notices.post_office import PostOffice, serving, text_of
from ..world import World

__all__ = ["kept"]

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


def test_a_server_away_and_an_address_refused_repeat_no_comparison_and_no_letter(
    world: World, kept: Path, portal: Any, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ckan_config, MAIL, "keliru@example.org pengelola@example.org")
    monkeypatch.setitem(ckan_config, HEADS, "arsip@example.org")
    monkeypatch.setitem(ckan_config, "smtp.mail_from", "portal@example.org")
    monkeypatch.setitem(ckan_config, "smtp.server", "127.0.0.1:9")
    package = world.draft("draf")["dataset_id"]
    jobs.work()
    search.clear(package)
    with clock.at(ONE):
        nights.plan(model.Session, clock.now())
    for hours in range(3):
        with clock.at(ONE + timedelta(hours=hours)):
            jobs.work()
    assert _waiting() == [], "the head went to its file, and the contents were compared"
    assert len(kept.read_text().splitlines()) == 1
    done = model.Session.query(OutboxRecord).filter_by(dataset_id=nights.PLACE)
    assert {row.attempts for row in done} == {1}
    office = PostOffice(refused={"keliru@example.org": "550 no such user"})
    with serving(office) as port:
        monkeypatch.setitem(ckan_config, "smtp.server", f"127.0.0.1:{port}")
        for hours in (4, 8, 12):
            with clock.at(ONE + timedelta(hours=hours)):
                jobs.work()
    assert sorted(_address(letter) for letter in office.letters) == [
        "arsip@example.org",
        "pengelola@example.org",
    ]
    letters = {_address(letter): text_of(letter) for letter in office.letters}
    assert heads.read([kept.read_text()])[0].hash in letters["arsip@example.org"]
    # Mended by the night itself; told all the same.
    found = "draf tidak ada di indeks pencarian. Sudah diperbaiki."
    assert found in letters["pengelola@example.org"]
    (refused,) = world.call("satudata_waiting_list", "admin")["refused"]
    assert (refused["address"], refused["subject"]) == (
        "keliru@example.org",
        "Perbedaan di Satu Data",
    )
    assert "no such user" in refused["said"]
    page = portal.get("/meja/pencocokan", headers=world.headers("admin"))
    assert "keliru@example.org" in page.body
    assert "no such user" in CKANCliRunner().invoke(cli.satudata, ["unmailed"]).output
    assert model.Session.query(OutboxRecord).filter_by(kind="letter", done_at=None).count() == 0


def _address(letter: Any) -> str:
    return str(letter["To"]).split("<")[1].strip(">")
