"""A real worker with a queue: its jobs share one warm process for checks, and it stays whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ckan import model
from ckan.lib.jobs import Worker

from ckanext.satudatatrenggalek import jobs
from ckanext.satudatatrenggalek.conformity.apart import caller
from ckanext.satudatatrenggalek.model import outbox

from ..conformity import poison
from ..conformity.test_apart import threads_of
from ..world import CSV, World, upload


def _put(world: World, name: str, content: bytes) -> dict[str, Any]:
    return world.call(
        "resource_create",
        "produsen",
        package_id=world.dataset(name)["id"],
        name=name,
        format="CSV",
        upload=upload(content, f"{name}.csv"),
    )


def _run_the_queue() -> int:
    """What `ckan jobs worker --burst` does; gives the pid of the warm process."""
    model.Session.remove()
    jobs.wake()
    Worker().work(burst=True)
    assert caller._nursery is not None
    return caller._nursery.process.pid


def test_jobs_share_one_warm_process_and_a_heavy_file_leaves_it_whole(
    world: World, tmp_path: Path, ckan_config: Any
) -> None:
    first = _put(world, "satu", CSV.encode())
    pid = _run_the_queue()
    ckan_config["ckanext.satudatatrenggalek.check.max_seconds"] = "1"
    heavy = _put(world, "berat", poison.long(tmp_path / "x.csv", 12_000_000).read_bytes())
    second = _put(world, "dua", CSV.encode())
    assert _run_the_queue() == pid
    statuses = [
        world.call("satudata_conformity_show", "produsen", resource_id=resource["id"])["status"]
        for resource in (first, heavy, second)
    ]
    assert statuses == ["success", "error", "success"]
    assert outbox.given_up(model.Session) == []
    assert threads_of(pid) <= {"polars-ooc-clea"}
