"""The pages of earlier editions: one as it was, its files, and what differs between two."""

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response

from .downloads import hand_out
from .meja import ask, sentence_of

editions = Blueprint("satudata_editions", __name__, url_prefix="/dataset")


@editions.errorhandler(tk.ValidationError)
def misread(error: tk.ValidationError) -> Any:
    """An address nobody was given."""
    return tk.abort(404, sentence_of(error))


@editions.route("/<name>/edisi/<int:number>")
def read(name: str, number: int) -> Any:
    """One edition as it was released."""
    edition = ask("satudata_edition_show", id=name, number=number)
    page = {
        "edition": edition,
        "editions": ask("satudata_edition_list", id=name),
        "pkg": ask("package_show", id=name),
        "schema": tk.h.scheming_get_dataset_schema("dataset"),
    }
    return tk.render("edisi/read.html", page)


@editions.route("/<name>/edisi/<int:number>/berkas/<resource_id>")
def file(name: str, number: int, resource_id: str) -> Response:
    """A file of an edition, its bytes as they were released."""
    asked = {"id": name, "number": number, "resource_id": resource_id}
    found = tk.get_action("satudata_edition_file")({"for_view": True}, asked)
    return hand_out(found, found["path"])


@editions.route("/<name>/edisi/banding")
def diff(name: str) -> Any:
    """What differs between two editions, or between one and the edition in the making."""
    asked = {"id": name, **_two()}
    page = {
        "pkg": ask("package_show", id=name),
        "editions": ask("satudata_edition_list", id=name),
        "diff": ask("satudata_edition_diff", **asked),
        "schema": tk.h.scheming_get_dataset_schema("dataset"),
    }
    return tk.render("edisi/diff.html", page)


@editions.route("/<name>/edisi/banding/<resource_id>.csv")
def diff_rows(name: str, resource_id: str) -> Response:
    """All that differs in the rows of one file."""
    found = ask("satudata_edition_diff_rows", id=name, resource_id=resource_id, **_two())
    answer = Response(found["content"], mimetype="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=found["filename"])
    return answer


def _two() -> dict[str, str]:
    args = tk.request.args
    return {"from": args.get("dari", ""), "to": args.get("ke", "")}
