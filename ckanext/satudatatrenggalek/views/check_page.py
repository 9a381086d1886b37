"""The check page of a submission: checklist, table, metadata, history, decision."""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ..domain.describe import ITEM_NAMES
from ..domain.sop import Item, Verdict
from .answers import checklist_of, extras_of, kept, ticked_in
from .checked_files import alike, files_of, offset_of, table_of, written_of
from .meja import ask, meja, sentence_of, submission_of
from .parts import parts_of

_SHOWN = 20  # groups of findings of an item that can be sent; the rest stays in the report
# Whether a dataset was planned is written in the Daftar Data, which the machine does not read.
_NOT_FOR_MACHINES = {Item.AS_PLANNED.value}


@meja.route("/periksa/<id>", methods=["GET"])
def check(id: str) -> Any:
    """The page as it is opened; ``?tabel=<resource id>:<offset>`` shows other rows."""
    return show(submission_of(id))


@meja.route("/periksa/<id>", methods=["POST"])
def recheck(id: str) -> Any:
    """The same page with everything typed so far: other rows, one more finding, answers filled."""
    submission = submission_of(id)
    form = kept(tk.request.form)
    if form.get("isi") == "mesin":
        form.update(_as_the_machine(submission))
    if form.get("isi") == "tambah":
        form["lain"] = str(len(extras_of(form)) + 1)
    return show(submission, form)


@meja.route("/periksa/<id>/simpan", methods=["POST"])
def keep(id: str) -> Any:
    """Keep the answers without deciding; everything else that was typed stays on the page."""
    submission = submission_of(id)
    form = kept(tk.request.form)
    try:
        done = ask(
            "satudata_checklist_keep",
            id=submission["id"],
            content_hash=form.get("content_hash", ""),
            checklist=checklist_of(form),
        )
    except tk.ValidationError as error:
        reason = str(error.error_dict.get("reason", ""))
        refusal = {"text": sentence_of(error), "href": "#butir", "reason": reason}
        return show(submission_of(id), form, refusal)
    said = "" if done["complete"] else f" Belum bisa dinyatakan sesuai: {done['message']}"
    tk.h.flash_success(f"Daftar periksa tersimpan.{said}")
    return show(submission, form)


def _as_the_machine(submission: dict[str, Any]) -> dict[str, str]:
    """Verdicts the machine's result suggests; what it only doubts stays for the person."""
    suggested = {}
    for item in Item:
        counts = _counts(submission, item.value)
        if counts["errors"]:
            suggested[f"putusan-{item.value}"] = Verdict.NOT_CONFORM.value
        elif not counts["warnings"] and item.value not in _NOT_FOR_MACHINES:
            suggested[f"putusan-{item.value}"] = Verdict.CONFORM.value
    return suggested


def _counts(submission: dict[str, Any], item: str) -> dict[str, int]:
    return submission["machine"]["items"].get(item, {"errors": 0, "warnings": 0})


def show(
    submission: dict[str, Any],
    form: Mapping[str, str] | None = None,
    refusal: dict[str, str] | None = None,
) -> Any:
    """The page. With a form: everything typed stays; with a refusal: HTTP 409.

    :param refusal: ``{text, href, reason}``.
    """
    files = files_of(submission)
    typed = form or {}
    wanted = typed.get("tabel") or tk.request.args.get("tabel", "")
    written = written_of(submission, files)
    table = table_of(files, wanted, written)
    page = {
        "submission": submission,
        "files": files,
        "table": table,
        "written": written,
        "items": _items(submission, files, table, form),
        "extras": extras_of(typed),
        "typed": typed,
        "schema": tk.h.scheming_get_dataset_schema("dataset"),
        "content_hash": _hash(submission, form, refusal),
        "refusal": refusal,
        "page": "periksa",
        "changes": ask("satudata_submission_changes", id=submission["id"]),
        **parts_of(submission),
    }
    return tk.render("meja/check.html", page), 409 if refusal else 200


def _hash(
    submission: dict[str, Any],
    form: Mapping[str, str] | None,
    refusal: dict[str, str] | None,
) -> str:
    """The hash the next decision is bound to: of the content the person has been told of.

    A page shown again after something else went wrong keeps the hash it was opened with, so
    that content which changed meanwhile is noticed at the next press.
    """
    if form is None or (refusal or {}).get("reason") == "stale_hash":
        return submission["content_hash"]
    return form.get("content_hash") or submission["content_hash"]


def _items(
    submission: dict[str, Any],
    files: list[dict[str, Any]],
    table: dict[str, Any] | None,
    form: Mapping[str, str] | None,
) -> list[dict[str, Any]]:
    return [
        _item(number, item.value, submission, files, table, form)
        for number, item in enumerate(Item, 1)
    ]


def _item(
    number: int,
    item: str,
    submission: dict[str, Any],
    files: list[dict[str, Any]],
    table: dict[str, Any] | None,
    form: Mapping[str, str] | None,
) -> dict[str, Any]:
    counts = _counts(submission, item)
    found = [
        {
            **group,
            **_target(group, file, table),
            "ticked": form is None or group["key"] in ticked_in(form),
        }
        for file in files
        for group in alike([finding for finding in file["findings"] if finding["item"] == item])
    ]
    answer = submission["kept_checklist"].get(item, {}) if form is None else {}
    opened_with = answer.get("verdict") or (Verdict.NOT_CONFORM.value if counts["errors"] else "")
    verdict = opened_with if form is None else form.get(f"putusan-{item}", "")
    return {
        "item": item,
        "number": number,
        "label": ITEM_NAMES[Item(item)],
        "counts": counts,
        "findings": found[:_SHOWN],
        "more": sum(group["count"] for group in found[_SHOWN:]),
        "verdict": verdict,
        "note": answer.get("note", "") if form is None else form.get(f"catatan-{item}", ""),
        "given": next((v for v in reversed(submission["verdicts"]) if v["item"] == item), None),
        "all_given": [v for v in reversed(submission["verdicts"]) if v["item"] == item],
    }


def _target(
    finding: dict[str, Any], file: dict[str, Any], table: dict[str, Any] | None
) -> dict[str, Any]:
    """Where the finding's row is: in the rows shown, or on which page of which file."""
    if not finding["row"] or table is None:
        return {"here": False, "elsewhere": ""}
    here = table["file"]["id"] == file["id"] and any(
        row["row"] == finding["row"] for row in table["rows"]
    )
    return {"here": here, "elsewhere": f"{file['id']}:{offset_of(finding, file)}"}
