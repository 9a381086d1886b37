"""The portal's minute, by CKAN's scheduled jobs: clocks are watched, a sleeping worker is woken.

``ckan jobs worker`` runs the schedule beside its jobs. Each minute plans the next before it does
anything. The chain is planned anew by whoever finds it broken: the web, when it answers somebody.
"""

import logging
import re
import time
from datetime import datetime, timezone
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from redis.exceptions import RedisError
from rq.registry import ScheduledJobRegistry
from sqlalchemy.exc import SQLAlchemyError

from . import clock, jobs
from .notices import ending, watching
from .reconcile import nightly

log = logging.getLogger(__name__)

_SECONDS = 60
_TIMEOUT = 600
_asked_at = float("-inf")


def plan_next() -> bool:
    """Have the next minute scheduled; whether this call did it. Two at once plan the same job.

    One planned further ahead than the next two minutes is of a clock since set back: it is no plan.
    """
    queue, now = tk.get_job_queue(), time.time()
    name = "satudata-minute-" + re.sub(r"\W", "-", str(tk.config["ckan.site_id"]))
    registry = ScheduledJobRegistry(queue=queue)
    planned: Any = queue.connection.zrangebyscore(registry.key, 0, now + 2 * _SECONDS)
    if any(key.decode().startswith(name) for key in planned):
        return False
    minute = int(now) // _SECONDS + 1
    queue.enqueue_at(
        datetime.fromtimestamp(minute * _SECONDS, timezone.utc),
        run,
        job_id=f"{name}-{minute}",
        job_timeout=_TIMEOUT,
        result_ttl=0,
        failure_ttl=3600,
    )
    return True


def keep_going() -> None:
    """Plan the next minute if nobody has; asked at most once a minute by each process."""
    global _asked_at
    if clock.is_set() or time.monotonic() - _asked_at < _SECONDS:
        return
    _asked_at = time.monotonic()
    try:
        plan_next()
    except RedisError:
        log.warning("Redis is away; nothing is scheduled until it is back")


def run() -> None:
    """One minute: plan the next, tell of clocks, wake the worker for what waits."""
    plan_next()
    try:
        watching.watch(model.Session, clock.now())
        ending.watch(model.Session, clock.now())
        nightly.plan(model.Session, clock.now())
    except SQLAlchemyError:
        model.Session.rollback()
        log.exception("clocks and nights could not be looked at; the next minute tries again")
    jobs.sweep()
