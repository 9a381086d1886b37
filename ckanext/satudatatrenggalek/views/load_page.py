"""How the open work is spread over people, and one person's page."""

from typing import Any

import ckan.plugins.toolkit as tk

from .desk import short_moment
from .meja import ask, meja, sentence_of

_MOST = 100
_ACCOUNTS = {"pending": "diundang dan belum masuk", "deleted": "akun dihapus"}


@meja.route("/beban", methods=["GET"])
def load() -> Any:
    """Open, late and done of everybody who decides."""
    return tk.render("meja/load.html", ask("satudata_desk_load"))


@meja.route("/orang/<id>", methods=["GET"])
def person(id: str) -> Any:
    """One person: appointments, substitutes, open work; handing the work over."""
    return _person(id)


def _person(id: str, typed: dict[str, str] | None = None, refusal: str = "") -> Any:
    shown = ask("satudata_person_show", id=id)
    name = shown["user"]["name"]
    me = tk.h.satudata_me() or {}
    page = {
        **shown,
        "account": _ACCOUNTS.get(shown["state"], ""),
        "claims": ask("satudata_desk_list", holder=name, limit=_MOST)["results"],
        "takers": [row for row in _deciders() if row["user"]["name"] != name],
        "may_appoint": tk.h.check_access("satudata_appointment_grant"),
        "may_hand_over": tk.h.check_access("satudata_desk_hand_over", {"from_user": name}),
        "is_me": me.get("user") == name,
        "typed": typed or {},
        "refusal": refusal,
        "short": short_moment,
    }
    return tk.render("meja/person.html", page), 409 if refusal else 200


def _deciders() -> list[dict[str, Any]]:
    return ask("satudata_desk_load")["people"]


@meja.route("/orang/<id>/serah-terima", methods=["POST"])
def hand_over(id: str) -> Any:
    """Give all the open work in somebody's hands to another."""
    typed = {name: tk.request.form.get(name, "").strip() for name in ("to_user", "reason")}
    try:
        done = ask("satudata_desk_hand_over", from_user=id, **typed)
    except tk.ValidationError as error:
        return _person(id, typed, sentence_of(error))
    return tk.render("meja/handed.html", done)
