"""Results of the machine check, and which files still wait for one."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import Text, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from ckanext.validation.model import Validation

from . import basis
from .tables import CheckRecord, FileRecord

PENDING = "pending"
SKIPPED = "skipped"
_FINAL = frozenset({"success", "failure", "error", "unknown"})
# Fields of the dataset that a verdict on its files hangs on: the years that may stand in them and
# how many there should be, the unit, and whether personal data would be public.
JUDGED_BY = ("periode", "accessRights", "accrualPeriodicity", "satuan")


def fingerprint(
    sha256: str,
    schema: str | None,
    fmt: str | None,
    dataset: Mapping[str, Any],
    against: basis.Basis,
) -> str:
    """Names what a check judged: the bytes, the Table Schema, the claimed format, the dataset.

    :param dataset: fields of the dataset; those of ``JUDGED_BY`` are part of the judgement.
    :param against: the edition before and the tables referred to.
    """
    fields = [str(dataset.get(name) or "") for name in JUDGED_BY]
    text = "|".join((sha256, schema or "", (fmt or "").lower(), *fields, against.mark))
    return hashlib.sha256(text.encode()).hexdigest()


def as_judged(resource: model.Resource) -> dict[str, Any]:
    """The fields of a resource that ``summaries`` wants, from its row."""
    extras = resource.extras or {}
    wanted = {name: extras.get(name) for name in ("schema", "validation_options")}
    return {"id": resource.id, "format": resource.format, **wanted}


def of_resources(session: Session, resource_ids: list[str]) -> dict[str, CheckRecord]:
    """Check results by resource id; a resource never checked is absent."""
    query = select(CheckRecord).where(CheckRecord.resource_id.in_(resource_ids))
    return {row.resource_id: row for row in session.execute(query).scalars()}


def summaries(
    session: Session,
    resources: list[dict[str, Any]],
    bound: dict[str, FileRecord],
    dataset: Mapping[str, Any],
) -> dict[str, dict[str, Any]]:
    """For each uploaded resource: status, errors, warnings, items.

    ``pending`` when these very bytes, with this schema in this dataset, were not judged yet.
    """
    rows = of_resources(session, [r["id"] for r in resources])
    against = basis.of_files(session, resources, bound)
    return {
        r["id"]: _summary(rows.get(r["id"]), r, bound[r["id"]], dataset, against[r["id"]])
        for r in resources
        if r["id"] in bound
    }


def _summary(
    row: CheckRecord | None,
    resource: dict[str, Any],
    file: FileRecord,
    dataset: Mapping[str, Any],
    against: basis.Basis,
) -> dict[str, Any]:
    wanted = fingerprint(
        file.sha256, resource.get("schema"), resource.get("format"), dataset, against
    )
    if row is None or row.fingerprint != wanted:
        return {"status": PENDING, "errors": 0, "warnings": 0, "items": {}}
    return {
        "status": row.status,
        "errors": row.errors,
        "warnings": row.warnings,
        "items": row.items,
    }


def store(
    session: Session,
    resource_id: str,
    mark: str,
    status: str,
    counts: dict[str, dict[str, int]],
    report: dict[str, Any] | None,
    error: str | None,
    engine: str,
    inferred: bool,
    at: datetime,
) -> None:
    """Keep one result, in short and as ckanext-validation's report.

    :param status: ``success``, ``failure``, ``error`` (ckanext-validation's words), ``skipped``.
    :param counts: errors and warnings by checklist item.
    """
    row = session.get(CheckRecord, resource_id) or CheckRecord(resource_id=resource_id)
    row.fingerprint, row.status, row.engine = mark, status, engine
    row.errors = sum(count["errors"] for count in counts.values())
    row.warnings = sum(count["warnings"] for count in counts.values())
    row.items, row.schema_inferred, row.checked_at = counts, inferred, at
    session.add(row)
    validation: Any = validation_of(session, resource_id) or Validation(resource_id=resource_id)
    # Its words for "nobody looked at this file".
    validation.status = "unknown" if status == SKIPPED else status
    validation.created = validation.created or at.replace(tzinfo=None)
    validation.finished = at.replace(tzinfo=None)
    # ckanext-validation keeps the report as JSON text inside the JSON column.
    validation.report = json.dumps(report) if report is not None else None
    validation.error = {"message": [error]} if error else None
    session.add(validation)


def mark_created(session: Session, resource_id: str, at: datetime) -> None:
    """Say in ckanext-validation's table that a check is on its way."""
    validation: Any = validation_of(session, resource_id) or Validation(resource_id=resource_id)
    validation.status, validation.created = "created", at.replace(tzinfo=None)
    validation.finished = validation.report = validation.error = None
    session.add(validation)


def mark_running(session: Session, resource_id: str) -> None:
    """Say in ckanext-validation's table that a check is under way."""
    validation = validation_of(session, resource_id)
    if validation is not None:
        validation.status = "running"


def validation_of(session: Session, resource_id: str) -> Any:
    """ckanext-validation's row of a resource, or None."""
    query = select(Validation).where(Validation.resource_id == resource_id).limit(1)
    return session.execute(query).scalar_one_or_none()


def validations_of(session: Session, resource_ids: list[str]) -> dict[str, Any]:
    """ckanext-validation's rows by resource id; a resource never checked is absent."""
    query = select(Validation).where(Validation.resource_id.in_(resource_ids))
    rows: Any = session.execute(query).scalars()
    return {row.resource_id: row for row in rows}


# Made once, without entities: every dataset that is shown asks it.
_V = Validation.__table__.c
_FINALS = select(_V.resource_id, _V.status, _V.finished).where(
    _V.resource_id == any_(bindparam("resource_ids", type_=ARRAY(Text))),
    _V.status.in_(sorted(_FINAL)),
)


def finals(session: Session, resource_ids: list[str]) -> dict[str, tuple[str, datetime]]:
    """Status in ckanext-validation's words and when, of each resource whose check has ended."""
    found = session.connection().execute(_FINALS, {"resource_ids": resource_ids})
    return {key: (status, at) for key, status, at in found if at}


def report_of(session: Session, resource_id: str) -> dict[str, Any] | None:
    """The stored Frictionless-shaped report of a resource, or None."""
    return report_in(validation_of(session, resource_id))


def report_in(row: Any) -> dict[str, Any] | None:
    """The Frictionless-shaped report a row of ckanext-validation holds, or None."""
    if row is None or row.report is None:
        return None
    return json.loads(row.report) if isinstance(row.report, str) else row.report


def is_judged(session: Session, resource_id: str, mark: str) -> bool:
    """Whether what a resource serves was judged under this very fingerprint."""
    row = session.get(CheckRecord, resource_id, populate_existing=True)
    return row is not None and row.fingerprint == mark


def forget(session: Session, resource_id: str) -> None:
    """Let a file wait for a new check."""
    row = session.get(CheckRecord, resource_id)
    if row is not None:
        session.delete(row)


def copy(session: Session, source_id: str, target_id: str) -> None:
    """Let what was found in one resource's file be said of another resource that serves it."""
    row = session.get(CheckRecord, source_id)
    if row is not None:
        values = {c.name: getattr(row, c.name) for c in CheckRecord.__table__.columns}
        session.merge(CheckRecord(**{**values, "resource_id": target_id}))
    found = validation_of(session, source_id)
    if found is not None:
        told: Any = validation_of(session, target_id) or Validation(resource_id=target_id)
        for name in ("status", "created", "finished", "report", "error"):
            setattr(told, name, getattr(found, name))
        session.add(told)
