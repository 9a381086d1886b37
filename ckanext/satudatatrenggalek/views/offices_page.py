"""Offices: from when to when, by which decree, after which ones."""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from .appointments import read, sent
from .meja import ask, meja, sentence_of

_FIELDS = ("valid_from", "valid_until", "decree")


@meja.route("/penunjukan/perangkat-daerah", methods=["GET"])
def offices() -> Any:
    """All offices, with those that are no more."""
    page = {
        "rows": ask("satudata_office_list"),
        "may_update": tk.h.check_access("satudata_office_update"),
    }
    return tk.render("meja/offices.html", page)


@meja.route("/penunjukan/perangkat-daerah/<id>", methods=["GET"])
def office(id: str) -> Any:
    """The form of one office."""
    tk.check_access("satudata_office_update", {})
    return _office(id)


def _office(id: str, typed: Mapping[str, Any] | None = None, refusal: str = "") -> Any:
    shown = ask("satudata_office_show", id=id)
    others = [row for row in ask("satudata_office_list") if row["id"] != shown["id"]]
    chosen = [row["id"] for row in shown["predecessors"]]
    page = {
        "office": shown,
        "others": others,
        "chosen": typed["predecessors"] if typed else chosen,
        "typed": typed or _as_typed(shown),
        "refusal": refusal,
        "signoff": ask("satudata_office_signoff_show", office=shown["id"])
        if tk.h.check_access("satudata_office_signoff_set")
        else None,
    }
    return tk.render("meja/office.html", page), 409 if refusal else 200


def _as_typed(shown: dict[str, Any]) -> dict[str, str]:
    return {name: tk.h.satudata_tanggal_isian(shown[name]) for name in _FIELDS[:2]} | {
        "decree": shown["decree"]
    }


@meja.route("/penunjukan/perangkat-daerah/<id>", methods=["POST"])
def update_office(id: str) -> Any:
    """Write down what a decree says of an office."""
    typed = {**sent(_FIELDS), "predecessors": tk.request.form.getlist("predecessors")}
    try:
        days = read({name: typed[name] for name in _FIELDS})
        done = ask("satudata_office_update", id=id, **{**typed, **days})
    except tk.ValidationError as error:
        return _office(id, typed, sentence_of(error))
    except ValueError as error:
        return _office(id, typed, str(error))
    tk.h.flash_success(f"{done['title']}: masa berlaku tersimpan.")
    return tk.redirect_to("meja.offices")
