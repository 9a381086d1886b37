"""What follows a commit: index, checks, DataStore, release, mail. Safe to run twice.

Work is written to the outbox by the commit it follows; a queue message only wakes the worker.
Every minute (``minute.py``) it is woken again for whatever a killed worker or a lost message left.
"""

import logging
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError, StatementError

from . import away, check_job, clock, heads, loading, outgoing, request_mail, tidying
from .model import datastore, files, journal, notices, outbox, passage, releases, tripwire
from .model.tables import OutboxRecord
from .notices import mailing, watching
from .reconcile import nightly as nights

log = logging.getLogger(__name__)

_TIMEOUT = 3600
# Seconds after which a job takes no further row and leaves the rest to the next job; with the
# longest check far below the timeout, no row is cut off for the time others took.
_TURN = 900
# What one row may fail of without taking the others with it. Not the end of a job's time.
_RETRY = (
    tk.ValidationError,
    tk.NotAuthorized,
    tk.ObjectNotFound,
    tripwire.GateBroken,
    SQLAlchemyError,
    search.SearchError,
    search.SearchIndexError,
    search.SolrConnectionError,
    RedisError,
    OSError,
    # What we or a library stumble over in one row's words.
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


def follow_up(dataset_id: str | None = None) -> None:
    """After a commit: put the index right at once, wake the worker if there is more to do."""
    noted = outbox.was_noted(model.Session)
    if dataset_id:
        _run_waiting("index", dataset_id)
    if noted:
        wake()


def wake() -> None:
    """Ask the worker to look at the outbox. Redis away loses nothing: the next minute asks again.

    Under an injected clock whoever set it works by hand; a worker would act at its own time.
    """
    if clock.is_set():
        return
    try:
        tk.enqueue_job(work, title="satudata", rq_kwargs={"timeout": _TIMEOUT})
    except RedisError:
        log.warning("Redis is away; the worker is woken later")


def sweep() -> bool:
    """Wake the worker if anything waits; whether it did."""
    session = model.Session
    at = clock.now()
    due = (
        releases.to_note(session, at)
        or outbox.waiting(session, at)
        or notices.waiting_for_mail(session, at)
    )
    session.rollback()
    if due:
        wake()
    return bool(due)


def work() -> None:
    """Do everything that waits: releases first, then the outbox until it is empty, then mail."""
    until = time.monotonic() + _TURN
    release_due(until)
    while _run_waiting(None, None, until):
        release_due(until)
    mailing.send_due(model.Session, until)
    if time.monotonic() >= until:
        wake()


def release(submission_id: str) -> None:
    """Let the portal itself make an approved edition the public one.

    :raises ValidationError: it may not be, with the reason.
    """
    context: Any = {"ignore_auth": True, "user": "", "return_id_only": True}
    with passage.as_system():
        tk.get_action("satudata_step_take")(context, {"id": submission_id, "step": "release"})


def release_due(until: float = float("inf")) -> None:
    """Release every approved submission whose time has come; say which are given up."""
    session = model.Session
    releases.note(session, clock.now())
    _run_waiting(releases.KIND, None, until)
    for row in outbox.given_up(session, releases.KIND):
        if releases.is_wanted(session, row, clock.now()):
            watching.tell_given_up(session, row.payload["submission_id"], clock.now())
        else:
            outbox.finish(row, clock.now())
    session.commit()


def _run_waiting(kind: str | None, dataset_id: str | None, until: float = float("inf")) -> int:
    """Run the rows whose turn it is, as long as there is time; how many were finished."""
    rows = [row.id for row in outbox.waiting(model.Session, clock.now(), kind, dataset_id)]
    model.Session.rollback()
    return sum(time.monotonic() < until and _run(row_id) for row_id in rows)


def _run(row_id: int) -> bool:
    session = model.Session
    with outbox.hold(row_id) as held:
        row = outbox.start(session, row_id, clock.now()) if held else None
        if row is None:
            session.rollback()
            return False
        session.commit()
        kind = row.kind
        journal.reach_row(kind, "started")
        try:
            with passage.as_system():
                HANDLERS[kind](row)
            journal.reach_row(kind, "done")
            outbox.finish(row, clock.now())
            session.commit()
            journal.reach_row(kind, "finished")
        except _RETRY as error:
            session.rollback()
            _keep_error(row_id, error)
            return False
    return True


def _keep_error(row_id: int, error: BaseException) -> None:
    if isinstance(error, StatementError):
        error.hide_parameters = True  # they hold cells of people's files
    log.warning("outbox row %s will be tried again", row_id, exc_info=error)
    row = model.Session.get(OutboxRecord, row_id)
    if row is None:
        return
    part = away.part_of(error)
    outbox.fail(row, f"{type(error).__name__}: {error}")
    if part is not None:
        outbox.put_off(model.Session, row, part.value, clock.now())
    model.Session.commit()


def _release(row: OutboxRecord) -> None:
    """Let an approved edition out, unless somebody has taken a step meanwhile."""
    if not releases.is_wanted(model.Session, row, clock.now()):
        return
    submission_id = row.payload["submission_id"]
    try:
        release(submission_id)
    except tk.ValidationError as refusal:
        model.Session.rollback()
        why = str(refusal.error_dict.get("message") or refusal)
        watching.tell_refused(model.Session, submission_id, why, clock.now())
        raise


def _index(row: OutboxRecord) -> None:
    """Bring the search index to what the database says."""
    package = model.Package.get(row.payload["package_id"])
    if package is not None:
        search.rebuild(package.id)


def _load(row: OutboxRecord) -> None:
    """Have the DataStore hold the rows of the file the resource serves now."""
    loading.load_resource(model.Session, row.payload["resource_id"])


def _drop(row: OutboxRecord) -> None:
    """Remove a table no resource reads any more."""
    table = row.payload["table_id"]
    if not files.of_table(model.Session, table):
        datastore.drop(table)


def _tidy(row: OutboxRecord) -> None:
    """Have a tidied copy of a file ready to be looked at."""
    resource_id, answers = row.payload["resource_id"], row.payload["answers"]
    tidying.tidy(model.Session, resource_id, answers, row.attempts, clock.now())


def _mark(row: OutboxRecord) -> None:
    """Have a file's workbook with its findings ready to be fetched."""
    tidying.mark(model.Session, row.payload["resource_id"], row.attempts, clock.now())


def _settle(row: OutboxRecord) -> None:
    """A day began on which an appointment or an office begins or is over."""
    tk.get_action("satudata_appointment_settle")({"ignore_auth": True, "user": ""}, {})


def _head(row: OutboxRecord) -> None:
    """Take the record's head out of the database."""
    heads.keep(model.Session, clock.now())


def _reconcile(row: OutboxRecord) -> None:
    """Compare all that the portal holds, mend what loses nothing."""
    day = date.fromisoformat(row.payload["day"])
    nights.run(model.Session, clock.now(), day, mend=True)


HANDLERS: dict[str, Callable[[OutboxRecord], Any]] = {
    releases.KIND: _release,
    "index": _index,
    "check": check_job.run,
    "load": _load,
    "report": check_job.report,
    "drop": _drop,
    "tidy": _tidy,
    "mark": _mark,
    "settle": _settle,
    "head": _head,
    "reconcile": _reconcile,
    request_mail.KIND: request_mail.send,
    outgoing.KIND: outgoing.send,
}
