"""Checks a resource's file, in a process of its own, and keeps the result.

Three parts, so that no transaction is open while a file is read: ``prepare`` reads what is to be
checked and against what, ``judge`` has it checked, ``keep`` writes what came of it.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session

from . import config, unreadable
from .conformity import BadSchema, Expectation, Limits, Previous, Report
from .conformity.apart import Bounds, Reference, Stopped, check_apart
from .model import basis, blobs, checks, files
from .model.tables import FileRecord

log = logging.getLogger(__name__)

_LEAST_SECONDS = 30  # many times what a small file takes on a busy machine
_SECONDS_A_MB = 20
_MB = 1024 * 1024


@dataclass(frozen=True)
class Task:
    """One check to be made. mark: the fingerprint of everything its verdict hangs on."""

    resource_id: str
    mark: str
    file: Any
    expectation: Expectation | None
    references: dict[str, Reference]


@dataclass(frozen=True)
class Outcome:
    """What came of a check: a report, or the sentence that says why there is none."""

    report: Report | None
    message: str = ""


def prepare(session: Session, resource_id: str) -> Task | None:
    """What is to be checked of the bytes a resource serves now; None when it serves none."""
    resource = session.get(model.Resource, resource_id)
    bound = files.of_resource(session, resource_id)
    if resource is None or bound is None or resource.state != "active":
        return None
    against = _against(session, resource, bound)
    mark = _mark(resource, bound, against)
    try:
        expectation = _expectation(resource, bound, against)
    except BadSchema:
        expectation = None
    references = {
        name: Reference(blobs.path_of(row.sha256), row.filename)
        for name, row in against.references.items()
    }
    path = blobs.path_of(bound.sha256)
    return Task(resource_id, mark, path, expectation, references)


def judge(task: Task, progress: Callable[[int, int], None] | None = None) -> Outcome:
    """Have the file checked; whatever the file does to the check is an outcome.

    :raises OSError: the file cannot be opened, or the check was taken away; worth another try.
    """
    if task.expectation is None:
        return Outcome(None, unreadable.schema("bukan objek JSON."))
    limits = bounds(task.file)
    try:
        report = check_apart(task.file, task.expectation, limits, progress, task.references)
    except BadSchema as error:
        return Outcome(None, unreadable.schema(str(error)))
    except Stopped as stop:
        # The place is a line of code; what a file holds is never logged.
        log.warning("resource %s: check stopped: %s", task.resource_id, stop)
        return Outcome(None, unreadable.stopped(stop.reason, limits))
    return Outcome(report)


def bounds(file: Path) -> Bounds:
    """What the check of one file may use, as configured; a small file gets less time.

    A pattern in a Table Schema can make a few rows take for ever, and the worker checks one file
    after the other: what cannot be slow by its size shall not hold up everybody's files.
    """
    limits = config.check_limits()
    allowed = _LEAST_SECONDS + _SECONDS_A_MB * (file.stat().st_size / _MB)
    return Bounds(
        seconds=min(limits["seconds"], allowed),
        cpu_seconds=min(limits["cpu_seconds"], int(2 * allowed)),
        memory=limits["memory_mb"] * _MB,
        disk=limits["disk_mb"] * _MB,
    )


def keep(session: Session, task: Task, outcome: Outcome, at: datetime) -> bool:
    """Write what came of a check; the caller commits.

    What was changed while the check ran has its own check waiting: then nothing is kept.

    :returns: whether the file could be read as a table, so that it may be loaded.
    """
    session.expire_all()
    now = prepare(session, task.resource_id)
    if now is None or now.mark != task.mark:
        return False
    if outcome.report is None:
        _keep_error(session, task, outcome.message, at)
        return False
    _keep(session, task, outcome.report, at)
    return bool(outcome.report.labels)


def give_up(session: Session, resource_id: str, at: datetime) -> None:
    """Say of the bytes a resource serves now that they cannot be checked; the caller commits."""
    task = prepare(session, resource_id)
    if task is not None:
        _keep_error(session, task, unreadable.GIVEN_UP, at)


def skip(session: Session, resource_id: str, at: datetime) -> None:
    """Say that nobody wants this file checked; whoever approves is told. The caller commits."""
    task = prepare(session, resource_id)
    if task is not None:
        counts = {"interoperability": {"errors": 0, "warnings": 1}}
        said = unreadable.SKIPPED
        checks.store(
            session, resource_id, task.mark, checks.SKIPPED, counts, None, said, "", False, at
        )


def expectation_of(resource: model.Resource) -> Expectation:
    """What a resource's file should be, from its own fields, its dataset's and the edition before.

    :raises BadSchema: its Table Schema cannot be read.
    """
    bound = files.of_resource(model.Session, resource.id)
    if bound is None:
        return Expectation(format=(resource.format or "").lower())
    return _expectation(resource, bound, _against(model.Session, resource, bound))


def _against(session: Session, resource: model.Resource, bound: FileRecord) -> basis.Basis:
    return basis.of_files(session, [checks.as_judged(resource)], {resource.id: bound})[resource.id]


def _expectation(resource: model.Resource, bound: FileRecord, against: basis.Basis) -> Expectation:
    fields = _dataset_of(resource)
    return Expectation(
        name=bound.filename,
        format=(resource.format or "").lower(),
        table_schema=_read_schema((resource.extras or {}).get("schema")),
        period=fields.get("periode") or "",
        access=fields.get("accessRights") or "",
        sheet=against.sheet,
        frequency=fields.get("accrualPeriodicity") or "",
        unit=fields.get("satuan") or "",
        previous=_previous(against.earlier),
        limits=Limits(max_bytes=config.max_upload_mb() * _MB),
    )


def _previous(earlier: basis.Earlier | None) -> Previous | None:
    """The file of the edition before, unless its bytes are gone."""
    if earlier is None:
        return None
    path = blobs.path_of(earlier.sha256)
    if not path.exists():
        return None
    return Previous(path, earlier.name, earlier.schema, earlier.period)


def _dataset_of(resource: model.Resource) -> dict[str, Any]:
    package = model.Package.get(resource.package_id)
    assert package is not None
    return dict(package.extras)


def _read_schema(schema: Any) -> dict[str, Any] | None:
    if not schema:
        return None
    try:
        read = json.loads(schema) if isinstance(schema, str) else schema
    except ValueError as error:
        raise BadSchema("bukan JSON.") from error
    if not isinstance(read, dict):
        raise BadSchema("bukan objek JSON.")
    return read


def _mark(resource: model.Resource, bound: FileRecord, against: basis.Basis) -> str:
    schema = (resource.extras or {}).get("schema")
    fields = _dataset_of(resource)
    return checks.fingerprint(bound.sha256, schema, resource.format, fields, against)


def _keep_error(session: Session, task: Task, message: str, at: datetime) -> None:
    counts = {"interoperability": {"errors": 1, "warnings": 0}}
    checks.store(
        session, task.resource_id, task.mark, "error", counts, None, message, "", False, at
    )


def _keep(session: Session, task: Task, report: Report, at: datetime) -> None:
    shaped = {**report.to_frictionless(), "satudata": report.to_dict()}
    checks.store(
        session,
        task.resource_id,
        task.mark,
        "success" if report.valid else "failure",
        {item: dict(counts) for item, counts in report.stats.items.items()},
        shaped,
        None,
        report.engine,
        report.schema_inferred,
        at,
    )
