"""The machine check of a file, as staff read it."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ... import checking, progress
from ...conformity import BadSchema, RowView, rows
from ...model import blobs, checks, files
from .. import parameters, showing

__all__ = [
    "satudata_conformity_show",
    "satudata_conformity_table",
]

_MAX_ROWS = 500
_MAX_OFFSET = 10**9

Placed = dict[tuple[int, int | None], list[dict[str, Any]]]  # findings by (row, column number)


@tk.side_effect_free
def satudata_conformity_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Result of the check of one resource's file.

    :param resource_id: the resource.
    :returns: status (none, pending, success, failure, error, skipped), findings, report
        (Frictionless 5 shape with ours), table_schema, schema_inferred, checked_at, engine. While
        pending also progress: None until it begins, then done, total, percent, started_at.
    """
    tk.check_access("satudata_conformity_show", context, data_dict)
    session: Session = context["session"]
    resource_id = parameters.needed(data_dict, "resource_id")
    bound = files.of_resource(session, resource_id)
    if bound is None:
        return {"resource_id": resource_id, "status": "none", "findings": [], "report": None}
    resource = session.get(model.Resource, resource_id)
    if resource is None:  # sysadmins are not asked whether it is there
        raise tk.ObjectNotFound
    shown = checks.as_judged(resource)
    dataset = session.get(model.Package, resource.package_id)
    fields = dict(dataset.extras) if dataset else {}
    summary = checks.summaries(session, [shown], {resource_id: bound}, fields)[resource_id]
    if summary["status"] == checks.PENDING:
        waiting = {"resource_id": resource_id, "status": "pending", "findings": [], "report": None}
        return {**waiting, "progress": progress.of(resource_id)}
    return _result(session, resource_id, summary)


def _result(session: Session, resource_id: str, summary: dict[str, Any]) -> dict[str, Any]:
    row = checks.of_resources(session, [resource_id])[resource_id]
    report = checks.report_of(session, resource_id)
    ours = (report or {}).get("satudata", {})
    validation = checks.validation_of(session, resource_id)
    return {
        "resource_id": resource_id,
        **summary,
        "valid": row.status == "success",
        "findings": ours.get("findings", []),
        "stats": ours.get("stats", {}),
        "labels": ours.get("labels", []),
        "report": {key: value for key, value in (report or {}).items() if key != "satudata"},
        "message": (validation.error or {}).get("message", [""])[0] if validation else "",
        "table_schema": ours.get("table_schema"),
        "schema_inferred": row.schema_inferred,
        "checked_at": showing.stamp(row.checked_at),
        "engine": row.engine,
    }


@tk.side_effect_free
def satudata_conformity_table(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Rows of a resource's file with the findings at their cells.

    :param resource_id: the resource. :param offset, limit: which rows (100 a page, 500 at most).
    """
    tk.check_access("satudata_conformity_table", context, data_dict)
    session: Session = context["session"]
    resource_id = parameters.needed(data_dict, "resource_id")
    bound = files.of_resource(session, resource_id)
    resource = session.get(model.Resource, resource_id)
    empty = {"resource_id": resource_id, "columns": [], "rows": [], "sheet": "", "more": False}
    if bound is None or resource is None:
        return empty
    if not _was_read(session, resource):
        return empty
    offset = parameters.whole(data_dict, "offset", 0, _MAX_OFFSET)
    limit = parameters.whole(data_dict, "limit", 100, _MAX_ROWS)
    try:
        expectation = checking.expectation_of(resource)
        page = rows(blobs.path_of(bound.sha256), expectation, offset, limit)
    except BadSchema:
        return empty
    if page is None:
        return empty
    found = (checks.report_of(session, resource_id) or {}).get("satudata", {}).get("findings", [])
    placed = _by_place(found)
    return {
        **empty,
        "columns": list(page.header),
        "rows": [_row(row, placed) for row in page.rows],
        "sheet": page.sheet,
        "more": page.more,
    }


def _was_read(session: Session, resource: model.Resource) -> bool:
    """Whether the check came through the bytes served now.

    A page is read in the portal's own process: only a file that did no harm in one apart is.
    """
    check: Any = {"ignore_auth": True, "session": session}
    shown = satudata_conformity_show(check, {"resource_id": resource.id})
    return shown["status"] in ("success", "failure")


def _by_place(found: list[dict[str, Any]]) -> Placed:
    placed: Placed = {}
    for finding in found:
        if finding["row"]:
            place = (finding["row"], finding["column_number"])
            placed.setdefault(place, []).append(finding)
    return placed


def _row(row: RowView, placed: Placed) -> dict[str, Any]:
    return {
        "row": row.number,
        "findings": placed.get((row.number, None), []),
        "cells": [
            {"value": value, "findings": placed.get((row.number, number), [])}
            for number, value in enumerate(row.cells, 1)
        ],
    }
