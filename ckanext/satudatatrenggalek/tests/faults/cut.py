"""A worker that meets a fault at a place of a release; what must hold afterwards."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.model import chain
from ckanext.satudatatrenggalek.model.audit import AuditRecord
from ckanext.satudatatrenggalek.model.journal import Boundary
from ckanext.satudatatrenggalek.model.tables import OutboxRecord
from ckanext.satudatatrenggalek.reconcile import compare

from ..editions.book import SET_ASIDE, approved
from ..editions.passages import alone, begun, first_edition, listening, public
from ..gate.town import indexed
from ..world import World


class At(logging.Handler):
    """Does something once, when a place is passed."""

    def __init__(self, place: Boundary, fault: Callable[[], Any]) -> None:
        super().__init__()
        self.place, self.fault, self.done = place, fault, False

    def emit(self, record: logging.LogRecord) -> None:
        """One place is passed."""
        if record.getMessage() == self.place.value and not self.done:
            self.done = True
            self.fault()


def meets(
    place: Boundary, fault: Callable[[], Any], work: Callable[[], Any] = jobs.work
) -> int | None:
    """Run a worker that meets a fault at a place and goes on as it can.

    :returns: None: it never came there; 0: it ended as if nothing were; 1: an error ended it.
    """
    handler = At(place, fault)

    def working() -> int:
        with listening(handler):
            work()
        return 0 if handler.done else 9

    code = _elsewhere(working)
    return None if code == 9 else code


def elsewhere(work: Callable[[], Any]) -> bool:
    """Do something in a process of its own; whether it came to its end."""

    def working() -> int:
        work()
        return 0

    return _elsewhere(working) == 0


def _elsewhere(work: Callable[[], int]) -> int:
    alone()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = work()
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFEXITED(status), status
    return os.WEXITSTATUS(status)


class Later:
    """The runs of the sweep, each some minutes after the one before: nothing is put off longer."""

    def __init__(self) -> None:
        self.passed = timedelta()

    @contextmanager
    def a_while(self) -> Iterator[None]:
        """A moment at which everything that waits may be tried again."""
        self.passed += timedelta(minutes=11)  # the longest pause is ten
        with clock.at(clock.now() + self.passed):
            yield

    def run(self) -> None:
        """What the sweep does when everything is there again: nothing is left waiting."""
        for _ in range(5):
            with self.a_while():
                jobs.work()
            if not waiting():
                return
        raise AssertionError([(row.kind, row.last_error) for row in waiting()])


@dataclass(frozen=True)
class Second:
    """A public dataset whose second edition is being made; what follows of that is ``later``'s."""

    dataset_id: str
    opened: dict[str, Any]
    later: Later

    def approve(self, world: World) -> dict[str, Any]:
        """Bring it as far as its release; its submission."""
        return approved(world, self.dataset_id, self.opened, SET_ASIDE)


def second(world: World, settled: bool = True) -> Second:
    """How most of these stories begin; ``settled``: nothing of it waits for the worker."""
    dataset_id = first_edition(world)
    made = Second(dataset_id, begun(world, dataset_id, 2), Later())
    if settled:
        made.later.run()
    return made


def waiting() -> list[OutboxRecord]:
    """Work noted and not done; old tables may stay a while."""
    model.Session.rollback()
    query = sa.select(OutboxRecord).where(
        OutboxRecord.done_at.is_(None), OutboxRecord.kind != "drop"
    )
    return list(model.Session.execute(query).scalars())


def stands_whole(world: World, portal: Any, dataset_id: str, edition: int) -> None:
    """This edition is the public one in every place; the record holds; nothing differs."""
    assert public(world, portal, dataset_id) == edition
    (document,) = indexed(dataset_id)
    assert f"Edisi {edition}." in document["validated_data_dict"]
    report = chain.verify(model.Session, [])
    assert report.broken_at is None
    assert report.rows > 0
    found = [one.text for one in compare.compare(model.Session, clock.now())]
    assert not found, found


def releases(submission_id: str) -> int:
    """How many rows of the record say that it was released."""
    query = sa.select(sa.func.count()).where(
        AuditRecord.submission_id == submission_id, AuditRecord.step == "release"
    )
    count = model.Session.execute(query).scalar_one()
    model.Session.rollback()
    return count
