"""Rows of a file as one download: core's address and formats, of one edition from end to end.

Core asks the DataStore for a table of the resource's own name, and sends all pages but the first
after it has left the request; here each page is asked of the action, within the request.
"""

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response, stream_with_context

from ckanext.datastore.blueprint import dump_schema, dump_to

rows_dump = Blueprint("satudata_dump", __name__)

_MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
_SEARCH = ("filters", "q", "distinct", "plain", "language", "fields")


@rows_dump.before_app_request
def in_the_place_of_cores() -> Response | None:
    """Answer ``/datastore/dump/<resource>`` before core does."""
    if tk.request.endpoint != "datastore.dump":
        return None
    return _dump(str((tk.request.view_args or {})["resource_id"]))


def _dump(resource_id: str) -> Response:
    asked, errors = tk.navl_validate(tk.request.args.to_dict(), dump_schema(), {})
    if errors:
        tk.abort(400, "; ".join(f"{name}: {' '.join(said)}" for name, said in errors.items()))
    kind = asked["format"]
    rows: Any = dump_to(
        resource_id,
        fmt=kind,
        offset=asked["offset"],
        limit=asked.get("limit"),
        options={"bom": asked["bom"]},
        sort=asked["sort"],
        search_params={name: asked[name] for name in _SEARCH if name in asked},
        user=tk.g.user,
    )
    answer = Response(stream_with_context(rows), mimetype=_MIMETYPES[kind])
    name = f"{resource_id}.{kind}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
