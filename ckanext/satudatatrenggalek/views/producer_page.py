"""The producer's page of a submission: what to mend, what is missing, submit. Others read it."""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ..domain.describe import ITEM_NAMES
from .answers import first_words, text_of
from .checked_files import alike, files_of, is_personal, personal_first, written_of
from .meja import ask, meja, sentence_of, submission_of
from .parts import parts_of
from .places import place_of

_SHOWN = 50  # findings of a file that are shown; the rest stands in its report
_NOT_YET = "Belum bisa diajukan"  # what the page says once, above all reasons
_NAMED = 5  # fields that are named where they are missing; more are counted
_FIRST = 3  # that are named above everything else


@meja.route("/dataset/<id>", methods=["GET"])
def submission(id: str) -> Any:
    """The page as it is opened."""
    return show(submission_of(id))


def show(
    submission: dict[str, Any],
    form: Mapping[str, str] | None = None,
    refusal: dict[str, str] | None = None,
) -> Any:
    """The page. With a form: what was typed stays; with a refusal: HTTP 409."""
    files = files_of(submission)
    written = [_still(finding, files) for finding in written_of(submission, files)]
    # Found by the machine and sent back by a person is one thing to mend, not two.
    told = {_sameness(finding) for finding in written if not finding["mended"]}
    machine = [
        finding
        for file in files
        for group in alike(file["findings"])
        if _sameness(group) not in told
        for finding in group["members"]
    ]
    to_mend = [finding for finding in written if not finding["mended"]]
    found = _by_file(files, machine, len(to_mend)) if submission["may_edit"] else []
    page = {
        "submission": submission,
        "files": files,
        "to_mend": to_mend,
        "mended": [finding for finding in written if finding["mended"]],
        "found": found,
        "first": (to_mend + personal_first([f for part in found for f in part["errors"]]))[:_FIRST],
        "errors": sum(part["error_count"] for part in found),
        "doubts": sum(part["doubt_count"] for part in found),
        "cells": sum(file["check"].get("errors") or 0 for file in files),
        "blocked": _blocked(submission),
        "last": _last_return(submission),
        "item_names": {item.value: name for item, name in ITEM_NAMES.items()},
        "typed": form or {},
        "refusal": refusal,
        "page": "dataset",
        **parts_of(submission),
    }
    return tk.render("meja/submission.html", page), 409 if refusal else 200


def _by_file(
    files: list[dict[str, Any]], machine: list[dict[str, Any]], before: int
) -> list[dict[str, Any]]:
    """What the machine found, file by file, those with personal data before the others.

    :param before: how many findings stand above these; every one has a ``number`` on the page.
    :returns: ``[{file, errors, doubts, error_count, doubt_count, open}]`` of files with any.
    """
    parts = []
    for file in files:
        mine = [finding for finding in machine if finding["resource_id"] == file["id"]]
        errors = alike([finding for finding in mine if finding["severity"] == "error"])
        doubts = alike([finding for finding in mine if finding["severity"] != "error"])
        if mine:
            counts = {"error_count": len(errors), "doubt_count": len(doubts)}
            first = {"errors": errors[:_SHOWN], "doubts": doubts[:_SHOWN]}
            parts.append({"file": file, "open": False, **counts, **first})
    parts.sort(key=lambda part: not any(map(is_personal, part["errors"])))
    for part in (*[p for p in parts if p["errors"]], *parts)[:1]:
        part["open"] = True
    shown = [finding for part in parts for finding in (*part["errors"], *part["doubts"])]
    for number, finding in enumerate(shown, before + 1):
        finding["number"] = number
    return parts


def _blocked(submission: dict[str, Any]) -> list[dict[str, str]]:
    """What keeps it from being submitted, each with the place on the page where it is mended."""
    return [
        {"text": _said(reason, submission["missing"]), "href": place_of(reason["reason"])}
        for step in submission["available_steps"]
        for reason in step["blocked"]
    ]


def _said(reason: dict[str, str], missing: list[dict[str, str]]) -> str:
    if reason["reason"] == "missing_metadata" and len(missing) > _NAMED:
        return f"Isi dulu {len(missing)} isian metadata."
    text = reason["message"].removeprefix(_NOT_YET).lstrip(":. ")
    return text[:1].upper() + text[1:]


def _still(finding: dict[str, Any], files: list[dict[str, Any]]) -> dict[str, Any]:
    """A finding of a person, and whether the machine finds it in the file as it is now."""
    found = {_sameness(of_machine) for file in files for of_machine in file["findings"]}
    return {**finding, "still": _sameness(finding) in found}


def _sameness(finding: dict[str, Any]) -> tuple[Any, ...]:
    text = first_words(finding["text"] if "text" in finding else text_of(finding))
    return (finding["resource_id"], finding["row"], finding["column"] or None, text)


def _last_return(submission: dict[str, Any]) -> dict[str, Any] | None:
    return next((event for event in submission["history"] if event["step"] == "return"), None)


@meja.route("/dataset/<id>/temuan/<finding_id>", methods=["POST"])
def mend(id: str, finding_id: str) -> Any:
    """Tick a finding off, or on again."""
    shown = submission_of(id)
    done = tk.request.form.get("mended", "1")
    try:
        ask("satudata_finding_mend", id=finding_id, mended=done)
    except tk.ValidationError as error:
        return show(shown, None, {"text": sentence_of(error), "href": ""})
    tk.h.flash_success(
        "Temuan ditandai sudah diperbaiki." if done == "1" else "Temuan dibuka lagi."
    )
    return tk.redirect_to("meja.submission", id=id, _anchor="h-perbaiki")


@meja.route("/dataset/<id>/skema/<resource_id>", methods=["POST"])
def accept_schema(id: str, resource_id: str) -> Any:
    """Keep the Table Schema the portal made from the file as the file's own."""
    shown = submission_of(id)
    if resource_id not in {resource["id"] for resource in shown["resources"]}:
        raise tk.ObjectNotFound
    try:
        ask("satudata_schema_accept", resource_id=resource_id)
    except tk.ValidationError as error:
        return show(shown, None, {"text": sentence_of(error), "href": "#berkas"})
    tk.h.flash_success("Skema disimpan. Berkas diperiksa lagi menurut skema itu.")
    return tk.redirect_to("meja.submission", id=id, _anchor="berkas")
