"""A worker killed at any place of a release leaves the old edition or the new one, never a mixture.

The worker is a process of its own and dies by SIGKILL where its journal says it is.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.datastore.backend.postgres import get_read_engine, get_write_engine
from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.model import datastore, files, journal
from ckanext.satudatatrenggalek.model.journal import Boundary
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..gate.town import indexed
from ..world import CSV, World, upload
from .book import NEXT_CSV, approved, rows_of

OLD, NEW = (CSV, [78, 64, 59], 1), (NEXT_CSV, [80, 64, 59, 41], 2)
DROPPING = (Boundary.DROP_STARTED, Boundary.DROP_DONE, Boundary.DROP_FINISHED)
LOADING = (Boundary.TABLE_FILLED, Boundary.TABLE_NAMED, Boundary.TABLE_SHOWN)
RELEASING = tuple(place for place in Boundary if place not in (*DROPPING, *LOADING))


class Killer(logging.Handler):
    """Kills the process that passes a place, as the machine's power would."""

    def __init__(self, place: Boundary) -> None:
        super().__init__()
        self.place = place

    def emit(self, record: logging.LogRecord) -> None:
        """One place is passed."""
        if record.getMessage() == self.place.value:
            os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def _listening(handler: logging.Handler) -> Iterator[None]:
    level = journal.log.level
    journal.log.setLevel(logging.DEBUG)
    journal.log.addHandler(handler)
    try:
        yield
    finally:
        journal.log.removeHandler(handler)
        journal.log.setLevel(level)


def _alone() -> None:
    """Leave every connection, so that two processes do not speak on one."""
    model.Session.remove()
    for engine in (model.meta.engine, get_write_engine(), get_read_engine()):
        assert engine is not None
        engine.dispose()


def killed_at(place: Boundary, work: Any = jobs.work) -> bool:
    """Run a worker that dies at a place; whether it came there."""
    _alone()
    worker = os.fork()
    if worker == 0:
        with _listening(Killer(place)):
            work()
        os._exit(0)
    _, status = os.waitpid(worker, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def run_again() -> None:
    """The next runs of the sweep, until nothing is left that can be done now."""
    for _ in range(60):
        jobs.work()
        query = sa.select(sa.func.count()).where(
            OutboxRecord.done_at.is_(None), OutboxRecord.kind != "drop"
        )
        if model.Session.execute(query).scalar_one() == 0:
            return
        model.Session.remove()
        time.sleep(0.2)
    raise AssertionError("work is left")


def public(world: World, portal: Any, key: str) -> tuple[str, list[int], int]:
    """Bytes, rows and edition as everybody reads them; words must be of the same edition."""
    model.Session.remove()
    package = world.call("package_show", None, id=key)
    resource = package["resources"][0]
    served = portal.get(resource["url"]).get_data(as_text=True)
    edition = world.show(key, by=None)["edition"]
    assert (package["notes"] == "Edisi kedua.") == (edition == 2)
    return served, rows_of(world, resource["id"]), edition


@pytest.mark.parametrize("place", RELEASING, ids=lambda place: place.name)
def test_a_release_killed_anywhere_is_the_old_or_the_new_edition(
    world: World, portal: Any, place: Boundary
) -> None:
    first = world.at("published")
    ready = approved(world, first["dataset_id"])
    assert killed_at(place)
    found = public(world, portal, first["dataset_id"])
    assert found in (OLD, NEW)
    committed = list(Boundary).index(place) >= list(Boundary).index(Boundary.COMMITTED)
    assert found == (NEW if committed else OLD)
    run_again()
    assert public(world, portal, first["dataset_id"]) == NEW
    steps = [event["step"] for event in world.show(ready["id"])["history"]]
    assert steps.count("release") == 1
    (document,) = indexed(first["dataset_id"])
    assert "Edisi kedua." in document["validated_data_dict"]
    assert indexed(ready["working_copy_id"]) == []
    editions = world.call("satudata_edition_list", None, id=first["dataset_id"])
    assert [edition["number"] for edition in editions] == [2, 1]


@pytest.mark.parametrize("place", LOADING, ids=lambda place: place.name)
def test_a_load_killed_anywhere_is_done_by_the_next_run(world: World, place: Boundary) -> None:
    first = world.at("published")
    old = world.call("package_show", None, id=first["dataset_id"])["resources"][0]["id"]
    opened = world.step(first["dataset_id"], "revise", "produsen")
    working = opened["resources"][0]["id"]
    world.call("resource_patch", "produsen", id=working, upload=upload(NEXT_CSV))
    assert killed_at(place)
    model.Session.remove()
    assert rows_of(world, old) == OLD[1]
    run_again()
    assert rows_of(world, working, by="produsen") == NEW[1]
    assert rows_of(world, old) == OLD[1]


@pytest.mark.parametrize("place", DROPPING, ids=lambda place: place.name)
def test_a_table_nobody_reads_goes_in_the_end(world: World, portal: Any, place: Boundary) -> None:
    first = world.at("published")
    resource = world.call("package_show", None, id=first["dataset_id"])["resources"][0]["id"]
    bound = files.of_resource(model.Session, resource)
    assert bound is not None
    former = str(bound.table_id)
    approved(world, first["dataset_id"])
    run_again()
    assert datastore.exists(former)

    def later() -> None:
        with clock.at(clock.now() + timedelta(hours=1)):
            jobs.work()

    assert killed_at(place, later)
    assert public(world, portal, first["dataset_id"]) == NEW
    with clock.at(clock.now() + timedelta(hours=2)):
        jobs.work()
    assert not datastore.exists(former)
    assert public(world, portal, first["dataset_id"]) == NEW


class Witness(logging.Handler):
    """Writes down which places are passed."""

    def __init__(self) -> None:
        super().__init__()
        self.passed: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """One place is passed."""
        self.passed.append(record.getMessage())


def test_every_place_of_the_journal_is_passed_and_killed_at(world: World) -> None:
    witness = Witness()
    with _listening(witness):
        first = world.at("published")
        approved(world, first["dataset_id"])
        jobs.work()
        with clock.at(clock.now() + timedelta(hours=1)):
            jobs.work()
    assert {place.value for place in Boundary} == set(witness.passed)
    assert {*RELEASING, *LOADING, *DROPPING} == set(Boundary)
