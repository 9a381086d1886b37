"""Redis gone: steps are taken all the same, and the sweep brings what a lost message did not."""

from __future__ import annotations

import signal
from typing import Any

from ckan import model
from ckan.lib import jobs, redis
from ckan.lib.jobs import Worker

from ckanext.satudatatrenggalek import clock, minute
from ckanext.satudatatrenggalek.domain.deadlines import WIB
from ckanext.satudatatrenggalek.model import nightly
from ckanext.satudatatrenggalek.model.journal import Boundary

from ..editions.book import SET_ASIDE
from ..editions.passages import public
from ..views.meja_visitor import Visitor, text_of
from ..world import World
from .cut import elsewhere, meets, releases, second, stands_whole
from .parts import Parts


def _the_workers_minute() -> None:
    """What ``ckan jobs worker`` does once a minute: look, and do what is found.

    The night's comparison has been made already.
    """
    nightly.plan(model.Session, clock.now().astimezone(WIB).date(), clock.now())
    model.Session.commit()
    minute.run()
    model.Session.remove()
    Worker().work(burst=True)
    model.Session.remove()


def test_a_step_taken_without_the_queue_is_followed_up_by_the_sweep(
    world: World, portal: Any, parts: Parts
) -> None:
    edition = second(world)
    dataset_id, opened = edition.dataset_id, edition.opened
    clerk = Visitor(portal, world, "produsen")
    page = clerk.open(f"/meja/dataset/{opened['id']}")
    with parts.redis.away():
        after = text_of(clerk.press(page, "Ajukan", comment="Mohon diperiksa."))
        assert "tersimpan" in after
        world.step(opened["id"], "conform", "pemeriksa", checklist=SET_ASIDE)
        world.step(opened["id"], "approve", "penyetuju")
        assert world.show(opened["id"])["state"] == "awaiting_release"
        assert public(world, portal, dataset_id) == 1
    _the_workers_minute()
    stands_whole(world, portal, dataset_id, 2)
    assert releases(opened["id"]) == 1


def test_a_release_goes_on_without_the_queue(world: World, portal: Any, parts: Parts) -> None:
    edition = second(world)
    dataset_id, later = edition.dataset_id, edition.later
    ready = edition.approve(world)
    # Not under a clock of the tests, so that the worker does ask the queue.
    assert meets(Boundary.LOCKED, parts.redis.stop) == 0
    assert not parts.redis.runs()
    parts.redis.start()
    assert public(world, portal, dataset_id) == 2
    later.run()
    stands_whole(world, portal, dataset_id, 2)
    assert releases(ready["id"]) == 1


def test_a_queue_that_hangs_holds_nobody_up_for_long(
    world: World, parts: Parts, monkeypatch: Any
) -> None:
    draft = world.draft()

    def submit() -> None:
        # As a web process begins: a worker in this process may have lengthened its patience.
        monkeypatch.setattr(redis, "_connection_pool", None)
        monkeypatch.setattr(jobs, "_queues", {})
        signal.alarm(60)
        world.step(draft["id"], "submit", "produsen")

    with parts.redis.still():
        assert elsewhere(submit)
    assert world.show(draft["id"])["state"] == "awaiting_check"
