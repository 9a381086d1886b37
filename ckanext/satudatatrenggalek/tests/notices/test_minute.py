"""The portal's minute in a real worker with CKAN's scheduler: planned, run, planned again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.lib.jobs import Worker
from rq.registry import ScheduledJobRegistry

from ckanext.satudatatrenggalek import clock, jobs, minute
from ckanext.satudatatrenggalek.model.notices import NoticeRecord

from ..jobs.test_killed_worker import ROOT, WORKER
from ..world import World
from .post_office import PostOffice


def _planned() -> dict[str, float]:
    registry = ScheduledJobRegistry(queue=tk.get_job_queue())
    found: Any = registry.connection.zrange(registry.key, 0, -1, withscores=True)
    return {key.decode(): score for key, score in found if b"satudata-minute" in key}


def _set_for(moment: float) -> None:
    """Have what is planned come due at a moment."""
    registry = ScheduledJobRegistry(queue=tk.get_job_queue())
    for key in _planned():
        registry.connection.zadd(registry.key, {key: moment})


@pytest.fixture
def schedule(world: World) -> World:
    registry = ScheduledJobRegistry(queue=tk.get_job_queue())
    registry.connection.delete(registry.key)
    return world


def test_one_minute_is_planned_however_often_it_is_asked(schedule: World) -> None:
    assert minute.plan_next()
    assert not minute.plan_next()
    [(key, at)] = _planned().items()
    assert 0 <= at - time.time() <= 60
    assert key.startswith("satudata-minute-")


def test_a_plan_of_a_clock_since_set_back_is_no_plan(schedule: World) -> None:
    minute.plan_next()
    _set_for(time.time() + 86_400)
    registry = ScheduledJobRegistry(queue=tk.get_job_queue())
    [old] = _planned()
    registry.connection.zrem(registry.key, old)
    registry.connection.zadd(registry.key, {old + "0": time.time() + 86_400})
    assert minute.plan_next()
    assert len(_planned()) == 2


def test_a_worker_runs_the_minute_watches_clocks_and_mails(
    schedule: World, post: PostOffice
) -> None:
    with clock.at(clock.now() - timedelta(days=20)):
        schedule.at("awaiting_check")
    past = clock.now() - timedelta(minutes=2)
    tk.get_job_queue().enqueue_at(past, minute.run, job_id="satudata-minute-past", result_ttl=0)
    model.Session.remove()
    Worker().work(burst=True, with_scheduler=True)
    rows = model.Session.query(NoticeRecord).filter_by(event="escalate").all()
    assert len(rows) == 4
    assert all(row.mailed_at for row in rows)
    late = [each for each in post.letters if str(each["Subject"]).startswith("Lewat tenggat")]
    assert len(late) == 4
    [(key, at)] = _planned().items()
    assert key != "satudata-minute-past"
    assert at > time.time() - 60


def test_opening_a_page_mends_a_broken_schedule(
    schedule: World, portal: Any, monkeypatch: Any
) -> None:
    assert _planned() == {}
    monkeypatch.setattr(minute, "_asked_at", float("-inf"))
    portal.get("/api/3/action/status_show")
    assert len(_planned()) == 1


def test_a_worker_killed_while_it_mails_loses_nothing_and_repeats_under_the_same_name(
    schedule: World, post: PostOffice, ckan_config: Any
) -> None:
    """A server that said yes cannot be asked again: the letter keeps its Message-ID."""
    schedule.at("awaiting_check")
    post.hold = True
    env = {
        **os.environ,
        "CKAN_SMTP_SERVER": ckan_config["smtp.server"],
        "CKAN_SMTP_MAIL_FROM": "portal@data.example.org",
    }
    worker = subprocess.Popen(
        [sys.executable, str(WORKER), str(ROOT / "test.ini")], cwd=ROOT, env=env
    )
    try:
        until = time.monotonic() + 90
        while not post.letters:
            assert time.monotonic() < until
            assert worker.poll() is None
            time.sleep(0.05)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    post.hold = False
    first = post.letters[0]["Message-ID"]
    with clock.at(clock.now() + timedelta(minutes=5)):
        until = time.monotonic() + 30
        while model.Session.query(NoticeRecord).filter_by(mailed_at=None).count():
            assert time.monotonic() < until
            model.Session.rollback()
            jobs.work()
            time.sleep(0.2)
    ids = [str(each["Message-ID"]) for each in post.letters]
    assert sorted(ids) == sorted([first, *set(ids)])
    assert len(set(ids)) == 2
