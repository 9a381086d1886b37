"""A worker killed at any place of a release leaves the old edition or the new one, never a mixture.

The worker is a process of its own and dies by SIGKILL where its journal says it is.
"""

from __future__ import annotations

import logging
import os
import signal
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.model import datastore, files
from ckanext.satudatatrenggalek.model.journal import Boundary

from ..gate.town import indexed
from ..world import World
from .book import SET_ASIDE, approved, rows_of
from .passages import (
    DROPPING,
    LOADING,
    RELEASING,
    Witness,
    alone,
    begun,
    first_edition,
    listening,
    public,
    run_again,
)


class Killer(logging.Handler):
    """Kills the process that passes a place, as the machine's power would."""

    def __init__(self, place: Boundary) -> None:
        super().__init__()
        self.place = place

    def emit(self, record: logging.LogRecord) -> None:
        """One place is passed."""
        if record.getMessage() == self.place.value:
            os.kill(os.getpid(), signal.SIGKILL)


def killed_at(place: Boundary, work: Any = jobs.work) -> bool:
    """Run a worker that dies at a place; whether it came there."""
    alone()
    worker = os.fork()
    if worker == 0:
        with listening(Killer(place)):
            work()
        os._exit(0)
    _, status = os.waitpid(worker, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def test_a_release_killed_anywhere_is_the_old_or_the_new_edition(world: World, portal: Any) -> None:
    dataset_id = first_edition(world)
    for edition, place in enumerate(RELEASING, 2):
        opened = begun(world, dataset_id, edition)
        run_again()
        ready = approved(world, dataset_id, opened, SET_ASIDE)
        assert killed_at(place), place
        committed = RELEASING.index(place) >= RELEASING.index(Boundary.COMMITTED)
        assert public(world, portal, dataset_id) == (edition if committed else edition - 1), place
        run_again()
        assert public(world, portal, dataset_id) == edition, place
        steps = [event["step"] for event in world.show(ready["id"])["history"]]
        assert steps.count("release") == 1, place
        (document,) = indexed(dataset_id)
        assert f"Edisi {edition}." in document["validated_data_dict"], place
        assert indexed(ready["working_copy_id"]) == [], place
    editions = world.call("satudata_edition_list", None, id=dataset_id)
    assert [row["number"] for row in editions] == list(range(len(RELEASING) + 1, 0, -1))


def test_an_edition_is_begun_whole_or_not_at_all(world: World, portal: Any) -> None:
    dataset_id = first_edition(world)

    def begin() -> None:
        world.step(dataset_id, "revise", "produsen")

    for place in (Boundary.LOCKED, Boundary.JUDGED, Boundary.RECORDED):
        assert killed_at(place, begin), place
        model.Session.remove()
        copies = sa.text("SELECT count(*) FROM package WHERE name LIKE '%-perbarui-%'")
        assert model.Session.execute(copies).scalar_one() == 0, place
        assert world.show(dataset_id)["open_submission"] is None, place
    assert killed_at(Boundary.COMMITTED, begin)
    model.Session.remove()
    opened = world.show(dataset_id)["open_submission"]
    run_again()
    assert len(indexed(opened["working_copy_id"])) == 1
    assert public(world, portal, dataset_id) == 1


def test_a_load_killed_anywhere_is_done_by_the_next_run(world: World, portal: Any) -> None:
    dataset_id = first_edition(world)
    for edition, place in enumerate(LOADING, 2):
        opened = begun(world, dataset_id, edition)
        working = opened["resources"][0]["id"]
        assert killed_at(place), place
        assert public(world, portal, dataset_id) == edition - 1
        run_again()
        assert rows_of(world, working, by="produsen")[0] == edition, place
        assert public(world, portal, dataset_id) == edition - 1, place
        approved(world, dataset_id, opened, SET_ASIDE)
        run_again()
        assert public(world, portal, dataset_id) == edition, place


def test_a_table_nobody_reads_goes_in_the_end(world: World, portal: Any) -> None:
    dataset_id = first_edition(world)
    resource_id = world.call("package_show", None, id=dataset_id)["resources"][0]["id"]

    def later() -> None:
        with clock.at(clock.now() + timedelta(hours=1)):
            jobs.work()

    for edition, place in enumerate(DROPPING, 2):
        bound = files.of_resource(model.Session, resource_id)
        assert bound is not None
        former = str(bound.table_id)
        opened = begun(world, dataset_id, edition)
        run_again()
        approved(world, dataset_id, opened, SET_ASIDE)
        run_again()
        assert datastore.exists(former)
        assert killed_at(place, later), place
        assert public(world, portal, dataset_id) == edition
        with clock.at(clock.now() + timedelta(hours=2)):
            jobs.work()
        assert not datastore.exists(former), place
        assert public(world, portal, dataset_id) == edition


def test_every_place_of_the_journal_is_passed_and_killed_at(world: World) -> None:
    witness = Witness()
    with listening(witness):
        first = world.at("published")
        approved(world, first["dataset_id"])
        jobs.work()
        with clock.at(clock.now() + timedelta(hours=1)):
            jobs.work()
    assert {place.value for place in Boundary} == set(witness.passed)
    assert {*RELEASING, *LOADING, *DROPPING} == set(Boundary)
