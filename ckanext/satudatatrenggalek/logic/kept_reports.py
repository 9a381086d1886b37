"""The check report of a file as it is kept with an edition: for ever, so not without bounds."""

import json
from typing import Any

from ckan.types import AlchemySession as Session

from ..model import checks

# Bytes of one file's report as JSON; a thousand findings of ordinary rows are well below.
LARGEST = 4 * 1024 * 1024


def of_files(session: Session, resource_ids: list[str]) -> dict[str, dict[str, Any] | None]:
    """`kept` of each file, by resource id."""
    rows = checks.validations_of(session, resource_ids)
    return {key: kept(rows.get(key)) for key in resource_ids}


def kept(validation: Any, largest: int = LARGEST) -> dict[str, Any] | None:
    """The report of one file, or why there is none.

    :param validation: ckanext-validation's row of the file, or None.
    :returns: the Frictionless-shaped report with ours under ``satudata``. One above ``largest``
        loses findings from its end, and then the rows quoted in them; ``stats`` still counts all,
        and ``satudata.shortened`` says so. None when the file was never checked.
    """
    report = checks.report_in(validation)
    if report is None:
        return _why_none(validation)
    while _size(report) > largest:
        findings = report.get("satudata", {}).get("findings") or []
        if not findings:
            return {"valid": report["valid"], "stats": report["stats"], "tasks": []}
        report = _halved(report, len(findings) // 2)
    return report


def _why_none(validation: Any) -> dict[str, Any] | None:
    if validation is None or not validation.error:
        return None
    said = validation.error["message"][0]
    error = {"type": "error", "title": "Tidak diperiksa", "message": said, "note": said}
    return {"valid": False, "stats": {}, "tasks": [], "warnings": [], "errors": [error]}


def _halved(report: dict[str, Any], most: int) -> dict[str, Any]:
    ours = report["satudata"]
    tasks = [
        {
            **task,
            **{name: task.get(name, [])[:most] for name in ("errors", "advice", "warnings")},
        }
        for task in report["tasks"]
    ]
    ours = {**ours, "findings": ours["findings"][:most], "shortened": True}
    return {**report, "tasks": tasks, "satudata": ours}


def _size(report: dict[str, Any]) -> int:
    return len(json.dumps(report, ensure_ascii=False).encode())
