"""Appointments: who acts in which role, by which decree."""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ..domain import words
from ..domain.describe import ROLE_NAMES
from ..domain.sop import APPOINTABLE
from .meja import ask, meja, sentence_of

_FIELDS = ("user", "role", "office", "kind", "valid_from", "valid_until", "decree")
_BATCH = 25  # what CKAN gives at once when asked for whole organizations


@meja.route("/penunjukan", methods=["GET"])
def appointments() -> Any:
    """The list, narrowed by ``?peran=&opd=&lampau=1``, and the form to appoint."""
    return _page()


def _page(typed: Mapping[str, str] | None = None, refusal: str = "") -> Any:
    args = tk.request.args
    asked = {name: args.get(name, "") for name in ("peran", "opd", "lampau")}
    rows = ask(
        "satudata_appointment_list",
        role=asked["peran"],
        office=asked["opd"],
        include_past=bool(asked["lampau"]),
    )
    kinds = tk.h.satudata_field("jenis") or {"choices": []}
    page = {
        "rows": rows,
        "asked": asked,
        "roles": [(role.value, ROLE_NAMES[role]) for role in APPOINTABLE],
        "offices": _offices(),
        "kinds": [(choice["value"], choice["label"]) for choice in kinds["choices"]],
        "typed": typed or {},
        "refusal": refusal,
        "may_appoint": tk.h.check_access("satudata_appointment_grant"),
    }
    return tk.render("meja/appointments.html", page), 409 if refusal else 200


def _offices() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        batch = ask(
            "organization_list",
            all_fields=True,
            include_dataset_count=False,
            sort="title asc",
            limit=_BATCH,
            offset=len(found),
        )
        found += batch
        if len(batch) < _BATCH:
            return found


@meja.route("/penunjukan", methods=["POST"])
def appoint() -> Any:
    """Appoint somebody."""
    typed = {name: tk.request.form.get(name, "").strip() for name in _FIELDS}
    try:
        days = {name: _day(typed[name]) for name in ("valid_from", "valid_until")}
        made = ask("satudata_appointment_grant", **{**typed, **days})
    except tk.ValidationError as error:
        return _page(typed, sentence_of(error))
    except ValueError as error:
        return _page(typed, str(error))
    tk.h.flash_success(f"{made['user']['title']} ditunjuk sebagai {made['role_label']}.")
    return tk.redirect_to("meja.appointments")


def _day(text: str) -> str:
    return words.baca_tanggal(text).isoformat() if text else ""


@meja.route("/penunjukan/<id>/akhiri", methods=["POST"])
def dismiss(id: str) -> Any:
    """End an appointment now."""
    try:
        ended = ask("satudata_appointment_revoke", id=id, reason=tk.request.form.get("reason", ""))
    except tk.ValidationError as error:
        return _page(None, sentence_of(error))
    tk.h.flash_success(f"Penunjukan {ended['user']['title']} diakhiri.")
    return tk.redirect_to("meja.appointments")
