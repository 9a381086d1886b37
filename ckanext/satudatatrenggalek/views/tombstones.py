"""Datasets that were taken from the public: the notice at their old address, and the list of them.

The old address answers 410, Gone: it is known that something was here, and that it will not come
back by asking again. Whoever may still read the dataset gets it as before.
"""

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response

from ckanext.dcat.processors import RDFSerializer
from ckanext.dcat.utils import CONTENT_TYPES, url_to_rdflib_format

from .meja import ask

tombstones = Blueprint("satudata_tombstones", __name__)

_PROFILE = ["satudatatrenggalek"]
_PAGES = {"dataset.read": "id", "dcat.read_dataset": "_id"}
_AT_ONCE = 1000


@tombstones.before_app_request
def gone() -> Response | None:
    """In the place of core's "not found", at the own address of a dataset that was public once.

    Before core, as a second page in one answer would come without its styles.
    """
    named = _PAGES.get(tk.request.endpoint or "")
    asked = tk.request.view_args or {}
    kind = asked.get("_format")
    if named is None or (kind is not None and kind not in CONTENT_TYPES):
        return None
    try:
        tombstone = ask("satudata_tombstone_show", id=asked[named])
    except (tk.ObjectNotFound, tk.ValidationError):
        return None
    if _may_read(tombstone["id"]):
        return None
    if kind is None:
        return Response(tk.render("ditarik/read.html", {"tombstone": tombstone}), 410)
    return _rdf([tombstone], kind, 410)


def _may_read(dataset_id: str) -> bool:
    try:
        tk.check_access("package_show", {}, {"id": dataset_id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return False
    return True


@tombstones.route("/ditarik")
def index() -> Any:
    """All of them, the newest first."""
    return tk.render("ditarik/index.html", _page())


@tombstones.route("/ditarik.<any(ttl, rdf, xml, jsonld, n3):kind>")
def feed(kind: str) -> Response:
    """The same for harvesters; further pages by the address in the ``Link`` header."""
    page = _page()
    answer = _rdf(page["results"], kind, 200)
    if page["next"]:
        more = tk.h.url_for(
            "satudata_tombstones.feed", kind=kind, sesudah=page["next"], _external=True
        )
        answer.headers["Link"] = f'<{more}>; rel="next"'
    return answer


def _page() -> dict[str, Any]:
    after = tk.request.args.get("sesudah", "")
    try:
        return ask("satudata_tombstone_list", limit=_AT_ONCE, after=after)
    except tk.ValidationError:
        return tk.abort(404)


def _rdf(found: list[dict[str, Any]], kind: str, status: int) -> Response:
    writer = RDFSerializer(profiles=_PROFILE)
    for tombstone in found:
        writer.graph_from_dataset({"id": tombstone["id"], "satudata_tombstone": tombstone})
    body = writer.g.serialize(format=url_to_rdflib_format(kind))
    return Response(body, status, content_type=CONTENT_TYPES[kind])
