"""ckanext-validation's report page at its own address, by the dataset's name as well as its id.

Theirs compares the address with the id alone (a name gives 404) and needs JavaScript.
"""

import json
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response

from ..documents import findings
from . import check_report

validation = Blueprint("validation", __name__)

_ADDRESS = "/dataset/<id>/resource/<resource_id>/validation"
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@validation.route(_ADDRESS)
def read(id: str, resource_id: str) -> Any:
    """The machine's report on one file, for whoever may read the file; its details for staff."""
    resource, dataset = _named(id, resource_id)
    report = _or_404("resource_validation_show", resource_id=resource_id)
    check = _check(resource_id) or {}
    return tk.render(
        "validation/validation_read.html",
        {
            "validation": report,
            "check": check,
            "groups": check_report.groups_of(check),
            "summary": check_report.summary_of(check),
            "resource": resource,
            "res": resource,
            "pkg_dict": dataset,
            "pkg": dataset,
            "dataset": dataset,
        },
    )


@validation.route(f"{_ADDRESS}/kemajuan")
def progress(id: str, resource_id: str) -> Any:
    """How far the check has come, as a part of a page that asks for itself again.

    ``?segarkan=1``: once it has ended, the page around it is to be loaded anew.
    """
    resource, dataset = _named(id, resource_id)
    check = _details(resource_id)
    again = bool(tk.request.args.get("segarkan"))
    part = tk.render(
        "satudata/check_progress.html",
        {"check": check, "dataset": dataset["name"], "resource": resource["id"], "again": again},
    )
    ended = check["status"] != "pending"
    return Response(part, headers={"HX-Refresh": "true"} if ended and again else {})


@validation.route(f"{_ADDRESS}/laporan.json")
def as_json(id: str, resource_id: str) -> Response:
    """The report in the shape of Frictionless, which its tools read."""
    _named(id, resource_id)
    report = _details(resource_id)["report"] or {}
    body = json.dumps(report, ensure_ascii=False, indent=2).encode()
    return _attached(body, "application/json", f"laporan-{resource_id[:8]}.json")


@validation.route(f"{_ADDRESS}/temuan.csv")
def as_csv(id: str, resource_id: str) -> Response:
    """The findings, one a line."""
    _named(id, resource_id)
    body = findings.as_csv(_details(resource_id)["findings"])
    return _attached(body, _CSV, f"temuan-{resource_id[:8]}.csv")


@validation.route(f"{_ADDRESS}/temuan.xlsx")
def as_xlsx(id: str, resource_id: str) -> Response:
    """The findings, one a line."""
    _named(id, resource_id)
    body = findings.as_xlsx(_details(resource_id)["findings"])
    return _attached(body, _XLSX, f"temuan-{resource_id[:8]}.xlsx")


def _named(id: str, resource_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Resource and dataset of an address; 404 unless it belongs together and may be read."""
    resource = _or_404("resource_show", id=resource_id)
    dataset = _or_404("package_show", id=resource["package_id"])
    if id not in (dataset["id"], dataset["name"]):
        tk.abort(404)
    return resource, dataset


def _check(resource_id: str) -> dict[str, Any] | None:
    """The check with its details; None for whoever may not read them."""
    try:
        return tk.get_action("satudata_conformity_show")({}, {"resource_id": resource_id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None


def _details(resource_id: str) -> dict[str, Any]:
    return _check(resource_id) or tk.abort(404)


def _or_404(action: str, **data: Any) -> dict[str, Any]:
    try:
        return tk.get_action(action)({}, data)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404)


def _attached(body: bytes, kind: str, name: str) -> Response:
    response = Response(body, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
