"""Whoever reads rows while an edition is released reads those of one edition."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from ckan import model

from ckanext.datastore import blueprint
from ckanext.satudatatrenggalek import jobs

from ..world import World
from .book import SET_ASIDE, approved, changed

_HEAD = "tahun,kode_wilayah,kecamatan,jumlah_posyandu\n"
_LONG = 600


def _csv(figure: int, rows: int) -> str:
    lines = [f"2025,35.03.01,Desa {number},{figure}" for number in range(rows)]
    return _HEAD + "\n".join(lines) + "\n"


def _ready(world: World) -> tuple[str, str]:
    """A public dataset of ones, with an approved edition of twos and one row more."""
    package = world.dataset()
    resource = world.file(package["id"], _csv(1, _LONG))
    for step, by in (("submit", "produsen"), ("conform", "pemeriksa"), ("approve", "penyetuju")):
        more = {"checklist": SET_ASIDE} if step == "conform" else {}
        world.step(package["id"], step, by, **more)
    jobs.work()
    opened = world.step(package["id"], "revise", "produsen")
    changed(world, opened, _csv(2, _LONG + 1))
    approved(world, package["id"], opened, SET_ASIDE)
    return package["id"], resource["id"]


def test_concurrent_readers_see_one_edition_each(world: World, portal: Any) -> None:
    _, resource_id = _ready(world)
    stop, seen, wrong = threading.Event(), set(), []

    def read() -> None:
        while not stop.is_set():
            with portal.flask_app.test_request_context():
                asked = {"resource_id": resource_id, "limit": 5000}
                found = world.call("datastore_search", None, **asked)
                info = world.call("datastore_info", None, id=resource_id)
                figures = {int(row["jumlah_posyandu"]) for row in found["records"]}
                expected = {1: _LONG, 2: _LONG + 1}
                if len(figures) != 1:
                    wrong.append(figures)
                    continue
                (figure,) = figures
                counted = {found["total"], len(found["records"]), info["meta"]["count"]}
                seen.add(figure)
                if counted != {expected[figure]}:
                    wrong.append((figure, counted))
                model.Session.remove()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        while 1 not in seen and any(reader.is_alive() for reader in readers):
            pass
        jobs.work()
        model.Session.remove()
        while 2 not in seen and any(reader.is_alive() for reader in readers):
            pass
    finally:
        stop.set()
        for reader in readers:
            reader.join(60)
    assert wrong == []
    assert seen == {1, 2}


def test_a_download_in_pages_is_of_the_edition_it_began_with(world: World, portal: Any) -> None:
    _, resource_id = _ready(world)
    with portal.flask_app.test_request_context():
        asked = {"resource_id": resource_id, "limit": 10, "sort": "_id"}
        world.call("datastore_search", None, **asked)
        worker = threading.Thread(target=_work)
        worker.start()
        worker.join(120)
        later = world.call("datastore_search", None, **asked, offset=10)
        assert {int(row["jumlah_posyandu"]) for row in later["records"]} == {1}
        model.Session.remove()
    with portal.flask_app.test_request_context():
        fresh = world.call("datastore_search", None, **asked)
        assert {int(row["jumlah_posyandu"]) for row in fresh["records"]} == {2}
        model.Session.remove()


def test_a_dump_is_of_the_edition_its_first_page_is_of(
    world: World, portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, resource_id = _ready(world)
    monkeypatch.setattr(blueprint, "PAGINATE_BY", 10)
    answer = portal.flask_app.test_client().get(f"/datastore/dump/{resource_id}")
    worker = threading.Thread(target=_work)
    worker.start()
    worker.join(300)
    lines = answer.get_data(as_text=True).splitlines()[1:]
    assert len(lines) == _LONG
    assert {line.rsplit(",", 1)[1] for line in lines} == {"1"}
    later = portal.get(f"/datastore/dump/{resource_id}").get_data(as_text=True)
    assert {line.rsplit(",", 1)[1] for line in later.splitlines()[1:]} == {"2"}


def _work() -> None:
    """The worker's own thread, with nothing of the request that is being answered."""
    jobs.work()
    model.Session.remove()
