"""A worker killed in the middle of a check: seen as progress, resumed by the sweep, done once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from ckan import model

from ckanext.satudatatrenggalek import clock, jobs
from ckanext.satudatatrenggalek.model.tables import OutboxRecord

from ..conformity import poison
from ..world import World, upload

WORKER = Path(__file__).with_name("killed_worker.py")
ROOT = WORKER.parents[4]


def _wait_for(what: Callable[[], Any], seconds: float = 60) -> Any:
    until = time.monotonic() + seconds
    while True:
        model.Session.rollback()
        if found := what():
            return found
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_worker_killed_in_a_check_is_resumed_by_the_sweep(world: World, tmp_path: Path) -> None:
    package = world.dataset()
    path = poison.long(tmp_path / "panjang.csv", 1_000)
    resource = world.call(
        "resource_create",
        "produsen",
        package_id=package["id"],
        name="Panjang",
        format="CSV",
        upload=upload(path.read_bytes(), path.name),
    )

    def check() -> dict[str, Any]:
        return world.call("satudata_conformity_show", "produsen", resource_id=resource["id"])

    assert check()["progress"] is None
    worker = subprocess.Popen(
        [sys.executable, str(WORKER), str(ROOT / "test.ini")], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    held: list[int] = []
    try:
        # Held still in the middle of its check, however fast the engine is.
        held = _wait_for(lambda: _hold_still(worker.pid))
        progress = _wait_for(lambda: check().get("progress"))
        assert check()["status"] == "pending"
        assert progress["done"] >= 0
        assert progress["started_at"]
        shown = world.call("resource_validation_show", "produsen", resource_id=resource["id"])
        assert shown["status"] == "running"
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        for pid in held:
            os.kill(pid, signal.SIGKILL)
    row = model.Session.query(OutboxRecord).filter_by(kind="check").one()
    assert (row.done_at, row.attempts) == (None, 1)

    with clock.at(clock.now() + timedelta(minutes=1)):
        assert jobs.sweep()
        _wait_for(lambda: _worked(check))
    assert check()["status"] == "success"
    assert "progress" not in check()
    model.Session.refresh(row)
    assert (row.done_at is not None, row.attempts) == (True, 2)


def _hold_still(worker: int) -> list[int]:
    """Stop the process that has files checked for a worker, once there is one."""
    started = _children(worker)
    nurseries = [pid for pid in started if b"nursery" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    for pid in nurseries:
        os.kill(pid, signal.SIGSTOP)
    return nurseries


def _children(pid: int) -> list[int]:
    return [
        int(child)
        for thread in Path(f"/proc/{pid}/task").iterdir()
        for child in (thread / "children").read_text().split()
    ]


def _worked(check: Callable[[], dict[str, Any]]) -> bool:
    """Another worker; it waits its turn while the lock of the killed one is being let go."""
    jobs.work()
    return check()["status"] != "pending"
