"""The check report of a file as it is kept with an edition: for ever, so not without bounds."""

import json
from typing import Any

from ckan.types import AlchemySession as Session

from ..model import checks

# Bytes of one file's report as JSON; a thousand findings of ordinary rows are well below.
LARGEST = 4 * 1024 * 1024


def kept(session: Session, resource_id: str, largest: int = LARGEST) -> dict[str, Any] | None:
    """The report of one file, or why there is none.

    :returns: the Frictionless-shaped report with ours under ``satudata``. One above ``largest``
        loses findings from its end, and then the rows quoted in them; ``stats`` still counts all,
        and ``satudata.shortened`` says so. None when the file was never checked.
    """
    report = checks.report_of(session, resource_id)
    if report is None:
        return _why_none(session, resource_id)
    while _size(report) > largest:
        findings = report.get("satudata", {}).get("findings") or []
        if not findings:
            return {"valid": report["valid"], "stats": report["stats"], "tasks": []}
        report = _halved(report, len(findings) // 2)
    return report


def _why_none(session: Session, resource_id: str) -> dict[str, Any] | None:
    validation = checks.validation_of(session, resource_id)
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
