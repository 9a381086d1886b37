"""The next editions of a dataset, one after the other, as tests that cut a release off want them.

Which edition is public can be told by its words, its bytes and its rows.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.datastore.backend.postgres import get_read_engine, get_write_engine
from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.model import journal
from ckanext.satudatatrenggalek.model.journal import Boundary
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..world import CSV, World, upload
from .book import SET_ASIDE, rows_of

DROPPING = (Boundary.DROP_STARTED, Boundary.DROP_DONE, Boundary.DROP_FINISHED)
LOADING = (Boundary.TABLE_FILLED, Boundary.TABLE_NAMED, Boundary.TABLE_SHOWN)
RELEASING = tuple(place for place in Boundary if place not in (*DROPPING, *LOADING))


class Witness(logging.Handler):
    """Writes down which places are passed."""

    def __init__(self) -> None:
        super().__init__()
        self.passed: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """One place is passed."""
        self.passed.append(record.getMessage())


@contextmanager
def listening(handler: logging.Handler) -> Iterator[None]:
    level = journal.log.level
    journal.log.setLevel(logging.DEBUG)
    journal.log.addHandler(handler)
    try:
        yield
    finally:
        journal.log.removeHandler(handler)
        journal.log.setLevel(level)


def alone() -> None:
    """Leave every connection, so that two processes do not speak on one."""
    model.Session.remove()
    for engine in (model.meta.engine, get_write_engine(), get_read_engine()):
        assert engine is not None
        engine.dispose()


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


def text_of(edition: int) -> str:
    """The file of an edition: its figures say which one it is."""
    return CSV.replace(",78", f",{edition}") + "2025,35.03.04,Dongko,41\n" * (edition > 1)


def begun(world: World, dataset_id: str, edition: int) -> dict[str, Any]:
    """The next edition, its words and file changed and not looked at yet."""
    opened = world.step(dataset_id, "revise", "produsen")
    working = opened["working_copy_id"]
    world.call("package_patch", "produsen", id=working, notes=f"Edisi {edition}.")
    resource = opened["resources"][0]["id"]
    world.call("resource_patch", "produsen", id=resource, upload=upload(text_of(edition)))
    return opened


def public(world: World, portal: Any, dataset_id: str) -> int:
    """The edition everybody reads: the same by words, bytes, rows, hash and number."""
    model.Session.remove()
    package = world.call("package_show", None, id=dataset_id)
    edition = int(package["notes"].split()[1].rstrip("."))
    resource = package["resources"][0]
    assert portal.get(resource["url"]).get_data(as_text=True) == text_of(edition)
    assert rows_of(world, resource["id"])[0] == edition
    assert len(rows_of(world, resource["id"])) == text_of(edition).count("\n") - 1
    assert world.show(dataset_id, by=None)["edition"] == edition
    newest = world.call("satudata_edition_list", None, id=dataset_id)[0]
    assert newest["number"] == edition
    assert newest["content_hash"] == world.show(dataset_id)["content_hash"]
    return edition


def first_edition(world: World) -> str:
    """A public dataset, its first edition."""
    package = world.dataset(notes="Edisi 1.")
    world.file(package["id"], text_of(1))
    for step, by in (("submit", "produsen"), ("conform", "pemeriksa"), ("approve", "penyetuju")):
        more = {"checklist": SET_ASIDE} if step == "conform" else {}
        world.step(package["id"], step, by, **more)
    run_again()
    return package["id"]
