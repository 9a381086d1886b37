"""The record on a page, and as a CSV that is written while it is read."""

from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Response, stream_with_context

from ..documents import record as paper
from ..domain import words
from .meja import ask, meja, sentence_of

_FILTERS = {"dari": "from", "sampai": "to", "oleh": "actor", "dataset": "dataset", "opd": "office"}
_AT_ONCE = 1000


def _asked() -> dict[str, str]:
    return {name: tk.request.args.get(name, "").strip() for name in _FILTERS}


def _sent(asked: dict[str, str]) -> dict[str, str]:
    """The filters as the action takes them.

    :raises ValueError: a day that cannot be read, in words.
    """
    sent = {_FILTERS[name]: value for name, value in asked.items() if value}
    for name in ("from", "to"):
        if name in sent:
            sent[name] = words.baca_tanggal(sent[name]).isoformat()
    return sent


@meja.route("/catatan", methods=["GET"])
def record() -> Any:
    """What happened, newest first: ``?dari=&sampai=&oleh=&dataset=&opd=&sesudah=``."""
    asked, refusal = _asked(), ""
    found: dict[str, Any] = {"results": [], "next": ""}
    try:
        found = ask("satudata_audit_list", after=tk.request.args.get("sesudah", ""), **_sent(asked))
    except tk.ValidationError as error:
        refusal = sentence_of(error)
    except ValueError as error:
        refusal = str(error)
    page = {**found, "asked": asked, "refusal": refusal}
    page["kept"] = {name: value for name, value in asked.items() if value}
    return tk.render("meja/record.html", page), 409 if refusal else 200


@meja.route("/catatan/unduh.csv", methods=["GET"])
def record_csv() -> Any:
    """All rows of the filters as CSV."""
    try:
        sent = _sent(_asked())
        first = ask("satudata_audit_list", limit=_AT_ONCE, **sent)
    except (tk.ValidationError, ValueError):
        return tk.redirect_to("meja.record", **_asked())
    lines = stream_with_context(paper.as_csv(_pages(first, sent)))
    answer = Response(lines, mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename="catatan-kejadian.csv")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _pages(found: dict[str, Any], sent: dict[str, str]) -> Iterator[list[dict[str, Any]]]:
    yield found["results"]
    while found["next"]:
        found = ask("satudata_audit_list", limit=_AT_ONCE, after=found["next"], **sent)
        yield found["results"]


@meja.route("/pencocokan", methods=["GET"])
def reconciled() -> Any:
    """What the portal owes and what the nightly comparisons found, for whoever keeps it."""
    page = {"nights": ask("satudata_reconcile_list"), "waiting": ask("satudata_waiting_list")}
    return tk.render("meja/reconciled.html", page)
