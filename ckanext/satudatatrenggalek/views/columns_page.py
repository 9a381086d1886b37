"""The table of columns of one file: a form a clerk can fill in, without a script."""

import json
from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ..conformity import words_of
from . import columns_form
from .columns_form import Row
from .meja import ask, meja, sentence_of, submission_of

_TYPES = (
    "string",
    "integer",
    "number",
    "year",
    "date",
    "boolean",
    "yearmonth",
    "datetime",
    "time",
    "geopoint",
    "geojson",
    "any",
)
_PARTS = {"rules": "type", "": "", "key": "", "missing": ""}


@meja.route("/dataset/<id>/kolom/<resource_id>", methods=["GET"])
def columns(id: str, resource_id: str) -> Any:
    """The table as it is kept, else as the last edition or the file suggests it."""
    submission, resource = file_of(id, resource_id)
    shown = ask("satudata_schema_show", resource_id=resource_id)
    table = shown["proposed"] or {"fields": []}
    return _show(
        submission,
        resource,
        shown,
        columns_form.rows_of(table),
        columns_form.table_texts(table),
    )


@meja.route("/dataset/<id>/kolom/<resource_id>", methods=["POST"])
def change_columns(id: str, resource_id: str) -> Any:
    """Save, or the same page with a row added, removed, moved or filled from elsewhere."""
    submission, resource = file_of(id, resource_id)
    form = tk.request.form
    shown = ask("satudata_schema_show", resource_id=resource_id)
    rows, table = columns_form.rows_from(form), columns_form.texts_from(form)
    wanted = form.get("aksi", "simpan")
    if wanted == "simpan":
        return _save(submission, resource, shown, rows, table)
    source = {"isi-edisi": _previous(shown), "isi-berkas": shown["inferred"]}.get(wanted)
    if source:
        rows, table = columns_form.rows_of(source), columns_form.table_texts(source)
    elif wanted == "tambah-berkas":
        rows = _with_columns_of_file(shown, rows, table)
    else:
        rows = columns_form.rearranged(rows, wanted)
    return _show(submission, resource, shown, rows, table)


def file_of(id: str, resource_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A submission and one of its files.

    :raises ObjectNotFound: it has no such file, or the reader may not know of it.
    """
    submission = submission_of(id)
    found = [row for row in submission["resources"] if row["id"] == resource_id]
    if not found:
        raise tk.ObjectNotFound
    return submission, found[0]


def _previous(shown: dict[str, Any]) -> dict[str, Any] | None:
    return shown["previous"]["schema"] if shown["previous"] else None


def _known(shown: dict[str, Any]) -> list[Mapping[str, Any]]:
    return [s for s in (shown["schema"], _previous(shown), shown["inferred"]) if s]


def _with_columns_of_file(shown: dict[str, Any], rows: list[Row], table: Row) -> list[Row]:
    """The rows with those the file has and the table lacks, typed as the file suggests."""
    schema = columns_form.schema_of(rows, table, _known(shown))
    compared = ask("satudata_schema_show", resource_id=shown["resource_id"], schema=schema)
    inferred = {f["name"]: f for f in (shown["inferred"] or {"fields": []})["fields"]}
    lacking = [change["column"] for change in compared["from_file"] if change["kind"] == "extra"]
    added = [inferred.get(name, {"name": name, "type": "string"}) for name in lacking]
    return [*rows, *columns_form.rows_of({"fields": added})]


def _save(
    submission: dict[str, Any],
    resource: dict[str, Any],
    shown: dict[str, Any],
    rows: list[Row],
    table: Row,
) -> Any:
    schema = columns_form.schema_of(rows, table, _known(shown))
    try:
        ask("satudata_schema_accept", resource_id=resource["id"], schema=schema)
    except tk.ValidationError as error:
        return _show(submission, resource, shown, rows, table, _mistakes(error))
    tk.h.flash_success("Tabel kolom disimpan. Berkas diperiksa lagi menurut tabel itu.")
    return tk.redirect_to("meja.submission", id=submission["id"], _anchor="berkas")


def _mistakes(error: tk.ValidationError) -> list[dict[str, Any]]:
    """What is wrong, each with its place; a refusal of another kind is one without a place."""
    found: Any = error.error_dict.get("columns")
    if not isinstance(found, list):
        return [{"column": None, "part": "", "message": sentence_of(error)}]
    return found


def _show(
    submission: dict[str, Any],
    resource: dict[str, Any],
    shown: dict[str, Any],
    rows: list[Row],
    table: Row,
    mistakes: list[dict[str, Any]] | None = None,
) -> Any:
    typed = columns_form.schema_of(rows, table, _known(shown))
    compared = ask("satudata_schema_show", resource_id=resource["id"], schema=typed)
    used = {row["type"] for row in rows} - set(_TYPES)
    page = {
        "submission": submission,
        "file": resource,
        "shown": shown,
        "compared": compared,
        "rows": rows,
        "table": table,
        "types": [(kind, words_of(kind)) for kind in (*_TYPES, *sorted(used))],
        "wrong": {(m["column"], m["part"]): m["message"] for m in mistakes or ()},
        "summary": [_summary(mistake) for mistake in mistakes or ()],
        "json": json.dumps(typed, indent=2, ensure_ascii=False),
        "editing": submission["may_edit"] or mistakes is not None,
    }
    return tk.render("meja/columns.html", page), 409 if mistakes else 200


def _summary(mistake: dict[str, Any]) -> dict[str, str]:
    number, part = mistake["column"], _PARTS.get(mistake["part"], mistake["part"])
    if not number:
        return {"text": mistake["message"], "href": "#h-tabel" if part else ""}
    return {"text": f"Kolom {number}: {mistake['message']}", "href": f"#k-{number}-{part}"}
