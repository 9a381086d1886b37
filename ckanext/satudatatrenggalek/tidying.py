"""Has tidied copies and marked workbooks made from the files resources serve, and finds them.

They are made in a process with limits, by the worker, and kept until the file or what it is
checked against changes.
"""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

from ckan.types import AlchemySession as Session

from . import checking
from .conformity import BadSchema, Expectation
from .conformity.apart import Stopped, Writing, write_apart
from .conformity.prepare import LOG, MARKED, TIDIED
from .model import checks, derived, outbox, tidied_columns

log = logging.getLogger(__name__)

# Files up to this size are prepared right after their check, before anybody asks.
AT_ONCE = 5 * 1024 * 1024
FILES = {"csv": TIDIED, "log": LOG, "xlsx": MARKED}
_ATTEMPTS = 3
_FAILED = (
    "Portal tidak berhasil menyiapkannya dari berkas ini. Berkas asli Anda tidak berubah. "
    "Perbaiki di berkas asli menurut daftar temuan, lalu unggah lagi."
)


def tidied_key(session: Session, resource_id: str, answers: Mapping[str, str]) -> str:
    """Names the tidied copy of the bytes a resource serves now under these answers."""
    task = _tidied_task(session, resource_id)
    return _tidied_key(task, answers) if task else ""


def marked_key(session: Session, resource_id: str) -> str:
    """Names the marked workbook of the newest check of a resource; empty while it waits for one."""
    task = checking.prepare(session, resource_id)
    checked = checks.of_resources(session, [resource_id]).get(resource_id)
    if task is None or checked is None or checked.fingerprint != task.mark:
        return ""
    return _key(task.mark, "mark", str(checked.checked_at.timestamp()))


def _tidied_task(session: Session, resource_id: str) -> checking.Task | None:
    """As the check's, but by the table of columns that was kept for the copy, if one was."""
    task = checking.prepare(session, resource_id)
    schema = tidied_columns.columns_of_copy(session, resource_id)
    if task is None or task.expectation is None or schema is None:
        return task
    mark = _key(task.mark, "columns", json.dumps(schema, sort_keys=True))
    return replace(task, mark=mark, expectation=replace(task.expectation, table_schema=schema))


def _tidied_key(task: checking.Task, answers: Mapping[str, str]) -> str:
    return _key(task.mark, "tidy", json.dumps(dict(sorted(answers.items()))))


def _key(*parts: str) -> str:
    """Another release of ours may tidy otherwise."""
    text = "|".join((version("ckanext-satudatatrenggalek"), *parts))
    return hashlib.sha256(text.encode()).hexdigest()


def order(
    session: Session, dataset_id: str, kind: str, at: datetime, resource_id: str, **more: object
) -> None:
    """Ask the worker for it once the caller's transaction is committed, if nobody has yet."""
    wanted = {"resource_id": resource_id, **more}
    if not outbox.is_waiting(session, dataset_id, kind, wanted):
        outbox.add(session, dataset_id, kind, at, **wanted)


def tidy(
    session: Session, resource_id: str, answers: Mapping[str, str], attempts: int, at: datetime
) -> None:
    """Make the tidied copy of the bytes a resource serves now; again does no harm.

    :raises OSError: worth another try.
    """
    task = _tidied_task(session, resource_id)
    session.rollback()  # no transaction is open while a file is read
    if task is not None and task.expectation is not None:
        _make(task, _tidied_key(task, answers), answers, None, attempts, at)


def mark(session: Session, resource_id: str, attempts: int, at: datetime) -> None:
    """Make the marked workbook of the bytes a resource serves now; again does no harm.

    :raises OSError: worth another try.
    """
    task, key = checking.prepare(session, resource_id), marked_key(session, resource_id)
    report = (checks.report_of(session, resource_id) or {}).get("satudata")
    session.rollback()
    if task is not None and key and report:
        _make(task, key, {}, report, attempts, at)


def _make(
    task: checking.Task,
    key: str,
    answers: Mapping[str, str],
    report: Mapping[str, object] | None,
    attempts: int,
    at: datetime,
) -> None:
    resource_id = task.resource_id
    if derived.told(resource_id, key) is not None:
        return
    if attempts > _ATTEMPTS:
        derived.tell(resource_id, key, {"failed": _FAILED})
        return
    try:
        with derived.making(resource_id, key) as folder:
            writing = Writing(folder, answers, report)
            limits = checking.bounds(task.file)
            write_apart(task.file, task.expectation or Expectation(), writing, limits)
    except (BadSchema, Stopped) as stop:
        log.warning("resource %s: nothing prepared: %s", resource_id, type(stop).__name__)
        derived.tell(resource_id, key, {"failed": _FAILED})
    derived.forget_older(resource_id, key, at)
