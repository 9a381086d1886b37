"""The files of a submission with what the machine said of each."""

from collections.abc import Iterable
from typing import Any

import ckan.plugins.toolkit as tk

from ..conformity import alike as groups_of_findings
from ..conformity import with_unkept
from ..domain.sop import Item
from ..domain.words import baca_bilangan
from .meja import ask

_NUMBERS = {"integer", "number"}
PAGE = 100
_FURTHEST = 10**9
_OF_COLUMNS = ("incorrect-label", "column-order")


def files_of(submission: dict[str, Any]) -> list[dict[str, Any]]:
    """Each resource with its check and its findings.

    :returns: ``[{id, name, format, size, url, schema, check, findings, tidied, covered, marked,
        original}]``; ``marked`` where there are findings in a table; a finding also has ``key``
        (unique on the page), ``resource_id`` and ``file`` (the name people know). Findings of an
        original that its tidied copy covers are left to the copy.
    """
    files = [_file(resource) for resource in submission["resources"]]
    copies = {
        f["tidied"]["accepted"]["resource_id"]: f for f in files if f["tidied"].get("accepted")
    }
    return [{**file, "original": _original(file, copies)} for file in files]


def _original(file: dict[str, Any], copies: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """Of which file a tidied copy is one: ``{id, name, stale, renamed}``; None for other files.

    Renamed: its headings are not those of the table of columns that was kept since.
    An original that was removed has no id any more, and the copy is no longer that of a file.
    """
    if file["tidied"]["status"] != "copy":
        return None
    original = copies.get(file["id"])
    if original is None:
        return {"id": "", "name": "berkas yang sudah dihapus", "stale": False, "renamed": False}
    return {
        "id": original["id"],
        "name": original["name"],
        "stale": original["tidied"]["accepted"]["stale"],
        "renamed": any(finding["code"] in _OF_COLUMNS for finding in file["findings"]),
    }


def _file(resource: dict[str, Any]) -> dict[str, Any]:
    check = ask("satudata_conformity_show", resource_id=resource["id"])
    name = resource.get("name") or str(resource.get("url", "")).rsplit("/", 1)[-1]
    tidied = ask("satudata_tidied_show", resource_id=resource["id"])
    covered = bool((tidied["accepted"] or {}).get("covers"))
    findings = [
        {**finding, "key": f"{resource['id']}:{n}", "resource_id": resource["id"], "file": name}
        for n, finding in enumerate(with_unkept(check["findings"], _unkept(check)))
        if not covered or is_personal(finding)
    ]
    marked = (
        _marked(resource["id"]) if findings and (check.get("stats") or {}).get("rows") else None
    )
    return {
        "id": resource["id"],
        "name": name,
        "filename": str(resource.get("url", "")).rsplit("/", 1)[-1],
        "format": resource.get("format", ""),
        "size": resource.get("size"),
        "url": resource.get("url", ""),
        "schema": resource.get("schema"),
        "check": check,
        "findings": findings,
        "tidied": tidied,
        "covered": covered,
        "marked": marked,
    }


def _unkept(check: dict[str, Any]) -> list[dict[str, Any]]:
    return (check.get("stats") or {}).get("unkept") or []


def _marked(resource_id: str) -> dict[str, Any]:
    """The workbook with the findings at their cells: its ``name`` and ``size`` once it is made."""
    return ask("satudata_marked_show", resource_id=resource_id)


def alike(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is mended in one go, once: what has one remedy in one column of one file.

    :returns: the first of each, personal data before all else, as ``conformity.alike`` gives it.
    """
    files = dict.fromkeys(finding["resource_id"] for finding in findings)
    first = [
        group
        for resource_id in files
        for group in groups_of_findings(f for f in findings if f["resource_id"] == resource_id)
    ]
    return personal_first(first)


def personal_first(findings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Personal data before all else; the others stay in their order."""
    return sorted(findings, key=lambda finding: not is_personal(finding))


def is_personal(finding: dict[str, Any]) -> bool:
    """Whether a finding is about personal data."""
    return finding["item"] == Item.PERSONAL_DATA.value


def written_of(submission: dict[str, Any], files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings of people with the words a place is known by.

    :returns: the findings as stored, with ``file`` (its name), ``field`` (its label) and
        ``field_name``.
    """
    names = {file["id"]: file["name"] for file in files}
    schema = tk.h.scheming_get_dataset_schema("dataset")
    labels = {
        field["field_name"]: tk.h.scheming_language_text(field["label"])
        for field in schema["dataset_fields"]
        if field.get("label")
    }
    return [
        {
            **finding,
            "file": names.get(finding["resource_id"], ""),
            "field": labels.get(finding["field"], finding["field"]),
            "field_name": finding["field"],
        }
        for finding in submission["findings"]
    ]


def table_of(
    files: list[dict[str, Any]], wanted: str, written: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """One page of one file's rows, with the findings of the machine and of people at their cells.

    :param wanted: ``<resource id>:<offset>``, as links and buttons of the page send it; empty or
        unknown means the first file from its first row.
    :param written: findings of people, as ``satudata_submission_show`` gives them.
    :returns: None when no file can be shown as a table.
    """
    resource_id, _, sent = wanted.partition(":")
    file = next((f for f in files if f["id"] == resource_id), files[0] if files else None)
    if file is None:
        return None
    offset = baca_bilangan(sent, _FURTHEST) or 0
    table = ask("satudata_conformity_table", resource_id=file["id"], offset=offset, limit=PAGE)
    if not table["columns"]:
        return {"file": file, "columns": [], "rows": [], "offset": 0, "sheet": ""}
    here = [f for f in written if f["resource_id"] == file["id"] and f["row"]]
    return {
        "file": file,
        "sheet": table["sheet"],
        "columns": _columns(table["columns"], file["check"].get("table_schema")),
        "rows": [_row(row, table["columns"], here) for row in table["rows"]],
        "offset": offset,
        "before": max(offset - PAGE, 0),
        "after": offset + PAGE if table["more"] else None,
    }


def _columns(names: list[str], schema: Any) -> list[dict[str, Any]]:
    fields = (schema or {}).get("fields") or []
    numeric = {field.get("name") for field in fields if field.get("type") in _NUMBERS}
    return [{"name": name, "numeric": name in numeric} for name in names]


def _row(row: dict[str, Any], columns: list[str], written: list[dict[str, Any]]) -> dict[str, Any]:
    """The row with people's findings: at the cell whose column they name, else at the row."""
    mine = [finding for finding in written if finding["row"] == row["row"]]
    cells = [
        {**cell, "written": [f for f in mine if f["column"] == name]}
        for name, cell in zip(columns, row["cells"], strict=False)
    ]
    rest = [finding for finding in mine if finding["column"] not in columns]
    return {**row, "cells": cells, "written": rest}


def offset_of(finding: dict[str, Any], file: dict[str, Any]) -> int:
    """From which row of the file the table must start to show a finding's row."""
    header = (file["check"].get("stats") or {}).get("header_row") or 1
    below = int(finding["row"]) - header - 1
    return max(below, 0) // PAGE * PAGE
