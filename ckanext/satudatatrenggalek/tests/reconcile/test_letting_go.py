"""What is let go at night besides files: what was prepared from them, and the list of work done."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from ckan import model

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.model import derived, outbox
from ckanext.satudatatrenggalek.model.tables import OutboxRecord
from ckanext.satudatatrenggalek.reconcile import letting_go

from ..views.test_meja_tidied import Draft, answered
from ..world import World

DAY = timedelta(days=1)


def _folders(resource_id: str) -> list[Path]:
    folder = derived.path_of(resource_id, "0").parent
    return sorted(folder.iterdir()) if folder.exists() else []


def _age(folders: list[Path], age: timedelta) -> None:
    moment = (clock.now() - age).timestamp()
    for folder in folders:
        os.utime(folder, (moment, moment))


def _shown(world: World, resource_id: str, **more: Any) -> str:
    shown = world.call("satudata_tidied_show", "produsen", resource_id=resource_id, **more)
    return shown["status"]


def test_what_was_prepared_goes_after_its_days_and_is_made_again_when_wanted(world: World) -> None:
    draft = Draft(world)
    asked = {"resource_id": draft.resource, "answers": answered(draft, "zero")}
    world.call("satudata_tidied_prepare", "produsen", **asked)
    jobs.work()
    assert _shown(world, **asked) == "ready"
    made = _folders(draft.resource)
    assert len(made) >= 2
    _age(made, 89 * DAY)
    letting_go.let_go(model.Session, clock.now())
    assert _folders(draft.resource) == made, "somebody may still accept it"
    _age(made, 91 * DAY)
    letting_go.let_go(model.Session, clock.now())
    assert not derived.path_of(draft.resource, "0").parent.exists()
    assert _shown(world, **asked) == "absent"
    world.call("satudata_tidied_prepare", "produsen", **asked)
    jobs.work()
    assert _shown(world, **asked) == "ready"
    world.call("satudata_tidied_accept", "produsen", **asked)
    jobs.work()
    assert len(draft.files()) == 2


def test_what_was_prepared_from_a_file_that_is_gone_goes_a_day_later(world: World) -> None:
    draft = Draft(world)
    made = _folders(draft.resource)
    assert made
    world.call("resource_delete", "produsen", id=draft.resource)
    letting_go.let_go(model.Session, clock.now())
    assert _folders(draft.resource) == made
    _age(made, 2 * DAY)
    letting_go.let_go(model.Session, clock.now())
    assert not derived.path_of(draft.resource, "0").parent.exists()


def test_a_folder_a_killed_worker_left_goes_beside_what_is_kept(world: World) -> None:
    draft = Draft(world)
    made = _folders(draft.resource)
    left = made[0].parent / ".tmp-left"
    left.mkdir()
    _age([*made, left], 2 * DAY)
    letting_go.let_go(model.Session, clock.now())
    assert _folders(draft.resource) == made


def test_work_that_is_done_leaves_the_list_work_given_up_stays(world: World) -> None:
    package = world.dataset()
    jobs.work()
    with clock.at(clock.now() + DAY):
        outbox.add(model.Session, package["id"], "index", clock.now(), package_id=package["id"])
        outbox.add(model.Session, package["id"], "mark", clock.now(), resource_id="tidak ada")
        model.Session.commit()
    query = model.Session.query(OutboxRecord)
    query.filter_by(kind="mark").one().attempts = outbox.MAX_ATTEMPTS
    model.Session.commit()
    with clock.at(clock.now() + 2 * DAY):
        jobs.work()
    before = {row.id for row in query}
    letting_go.let_go(model.Session, clock.now() + 29 * DAY)
    assert {row.id for row in query} == before
    letting_go.let_go(model.Session, clock.now() + 31 * DAY)
    assert sorted(row.kind for row in query) == ["index", "mark"]
    letting_go.let_go(model.Session, clock.now() + 300 * DAY)
    assert [row.kind for row in query] == ["mark"]
