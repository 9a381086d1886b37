"""Runs the conformity engine on a resource's file and keeps the result."""

import json
from datetime import datetime
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session

from .conformity import ERROR, BadSchema, Expectation, Report, check_file
from .model import blobs, checks, files
from .model.tables import FileRecord

_UNREADABLE = (
    "Table Schema berkas ini tidak terbaca: {0} Perbaiki skemanya, atau kosongkan agar portal "
    "menyusunnya dari berkas."
)

_GIVEN_UP = (
    "Portal berkali-kali gagal memeriksa berkas ini. Simpan ulang berkasnya, misalnya sebagai CSV, "
    "lalu unggah lagi."
)


def expectation_of(resource: model.Resource) -> Expectation:
    """What a resource's file should be, from its own fields and its dataset's."""
    fields = _dataset_of(resource)
    bound = files.of_resource(model.Session, resource.id)
    schema = (resource.extras or {}).get("schema")
    return Expectation(
        name=bound.filename if bound else "",
        format=(resource.format or "").lower(),
        table_schema=_read_schema(schema),
        period=fields.get("periode") or "",
        access=fields.get("accessRights") or "",
    )


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


def check_resource(session: Session, resource_id: str, at: datetime) -> bool:
    """Check the bytes a resource serves now; the caller commits.

    :returns: whether the file could be read as a table, so that it may be loaded.
    """
    resource = session.get(model.Resource, resource_id)
    bound = files.of_resource(session, resource_id)
    if resource is None or bound is None or resource.state != "active":
        return False
    mark = _mark(resource, bound)
    try:
        report = check_file(blobs.path_of(bound.sha256), expectation_of(resource))
    except BadSchema as error:
        _keep_error(session, resource_id, mark, _UNREADABLE.format(error), at)
        return False
    _keep(session, resource_id, mark, report, at)
    return bool(report.labels)


def give_up(session: Session, resource_id: str, at: datetime) -> None:
    """Say of the bytes a resource serves now that they cannot be checked; the caller commits."""
    resource = session.get(model.Resource, resource_id)
    bound = files.of_resource(session, resource_id)
    if resource is not None and bound is not None:
        _keep_error(session, resource_id, _mark(resource, bound), _GIVEN_UP, at)


def _mark(resource: model.Resource, bound: FileRecord) -> str:
    schema = (resource.extras or {}).get("schema")
    return checks.fingerprint(bound.sha256, schema, resource.format, _dataset_of(resource))


def _keep_error(session: Session, resource_id: str, mark: str, message: str, at: datetime) -> None:
    counts = {"interoperability": {"errors": 1, "warnings": 0}}
    checks.store(session, resource_id, mark, "error", counts, None, message, "", False, at)


def _keep(session: Session, resource_id: str, mark: str, report: Report, at: datetime) -> None:
    shaped = {**report.to_frictionless(), "satudata": report.to_dict()}
    checks.store(
        session,
        resource_id,
        mark,
        "success" if report.valid else "failure",
        count_by_item(report),
        shaped,
        None,
        report.engine,
        report.schema_inferred,
        at,
    )


def count_by_item(report: Report) -> dict[str, dict[str, int]]:
    """Errors and warnings of a report by checklist item."""
    counts: dict[str, dict[str, int]] = {}
    for finding in report.findings:
        count = counts.setdefault(finding.item, {"errors": 0, "warnings": 0})
        count["errors" if finding.severity == ERROR else "warnings"] += 1
    return counts
