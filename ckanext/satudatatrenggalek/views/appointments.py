"""Appointments: who acts in which role, by which decree, and who stands in for them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk

from ..domain import words
from ..domain.describe import ROLE_NAMES
from ..domain.sop import APPOINTABLE
from .desk import kinds
from .meja import ask, meja, sentence_of

_FIELDS = ("user", "role", "office", "kind", "valid_from", "valid_until", "decree")
_INVITED = ("email", "fullname", "role", "office", "kind", "valid_from", "valid_until", "decree")
_SUBSTITUTE = ("user", "valid_from", "valid_until", "decree")
_DAYS = ("valid_from", "valid_until")
_ASKED = ("peran", "opd", "nama", "lampau")
_ROWS = 50


@meja.route("/penunjukan", methods=["GET"])
def appointments() -> Any:
    """The list, narrowed by ``?peran=&opd=&nama=&lampau=``, and the forms to appoint."""
    return _page()


def _page(typed: Mapping[str, str] | None = None, refusal: str = "", form: str = "tunjuk") -> Any:
    args = tk.request.args
    asked = {name: args.get(name, "") for name in _ASKED}
    rows = _listed(asked, args.get("sesudah", ""))
    page = {
        "rows": rows[:_ROWS],
        "next": rows[_ROWS - 1]["id"] if len(rows) > _ROWS else None,
        "asked": asked,
        "roles": [(role.value, ROLE_NAMES[role]) for role in APPOINTABLE],
        "offices": [
            (row["id"], row["title"]) for row in ask("satudata_office_list", include_past=False)
        ],
        "kinds": kinds(),
        "typed": {form: typed or {}},
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "refusal": refusal,
        "refused": form,
        "may_appoint": tk.h.check_access("satudata_appointment_grant"),
    }
    return tk.render("meja/appointments.html", page), 409 if refusal else 200


def _to_the_list() -> Any:
    """Back to the list as it was narrowed."""
    asked = {name: value for name in _ASKED if (value := tk.request.args.get(name))}
    return tk.redirect_to("meja.appointments", **asked)


def _listed(asked: dict[str, str], after: str) -> list[dict[str, Any]]:
    """The appointments asked for, one more than a page; a name nobody has narrows to none."""
    narrowed = {"role": asked["peran"], "office": asked["opd"], "user": asked["nama"]}
    scope = {"include_past": asked["lampau"] == "1", "ending": asked["lampau"] == "segera"}
    page = {"after": after, "limit": _ROWS + 1}
    try:
        return ask("satudata_appointment_list", **narrowed, **scope, **page)
    except tk.ValidationError:
        return []


@meja.route("/penunjukan/<id>", methods=["GET"])
def appointment(id: str) -> Any:
    """One appointment, and the forms to end it or to name who stands in."""
    return _one(id)


def _one(id: str, typed: Mapping[str, str] | None = None, refusal: str = "", form: str = "") -> Any:
    """``form``: the one that was refused, ``akhiri`` or ``plh``."""
    tk.check_access("satudata_appointment_revoke", {}, {})
    found = ask("satudata_appointment_list", id=id, include_past=True)
    if not found:
        raise tk.ObjectNotFound
    query = urlencode(tk.request.args.to_dict())
    page = {"row": found[0], "typed": {form: typed or {}}, "refusal": refusal, "refused": form}
    rendered = tk.render("meja/appointment.html", {**page, "query": query})
    return rendered, 409 if refusal else 200


def sent(names: tuple[str, ...]) -> dict[str, str]:
    """Fields of the form as they were typed."""
    return {name: tk.request.form.get(name, "").strip() for name in names}


def read(typed: Mapping[str, str]) -> dict[str, str]:
    """The same with the days understood.

    :raises ValueError: in words.
    """
    return {
        name: words.baca_tanggal(text).isoformat() if text and name in _DAYS else text
        for name, text in typed.items()
    }


@meja.route("/penunjukan", methods=["POST"])
def appoint() -> Any:
    """Appoint somebody who has an account."""
    typed = sent(_FIELDS)
    try:
        made = ask("satudata_appointment_grant", **read(typed))
    except tk.ValidationError as error:
        return _page(typed, sentence_of(error))
    except ValueError as error:
        return _page(typed, str(error))
    tk.h.flash_success(f"{made['user']['title']} ditunjuk sebagai {made['role_label']}.")
    return _to_the_list()


@meja.route("/penunjukan/undang", methods=["POST"])
def invite() -> Any:
    """Invite somebody by mail, and appoint them in the same move."""
    typed = sent(_INVITED)
    try:
        made = ask("satudata_person_invite", **read(typed))
    except tk.ValidationError as error:
        return _page(typed, sentence_of(error), "undang")
    except ValueError as error:
        return _page(typed, str(error), "undang")
    tk.h.flash_success(
        f"Undangan terkirim ke {typed['email']}. {made['user']['title']} ditunjuk sebagai "
        f"{made['role_label']}, dan bisa masuk setelah membuat kata sandi."
    )
    return _to_the_list()


@meja.route("/penunjukan/<id>/akhiri", methods=["POST"])
def dismiss(id: str) -> Any:
    """End an appointment: now, or on a day to come."""
    typed = sent(("valid_until", "reason"))
    try:
        if tk.request.form.get("when") == "day":
            ended = ask("satudata_appointment_end", id=id, **read(typed))
            last = words.baca_tanggal(ended["valid_until"])
            when = f"berakhir {words.tanggal_biasa(last)}"
        else:
            ended = ask("satudata_appointment_revoke", id=id, reason=typed["reason"])
            when = "diakhiri"
    except tk.ValidationError as error:
        return _one(id, typed, sentence_of(error), "akhiri")
    except ValueError as error:
        return _one(id, typed, str(error), "akhiri")
    tk.h.flash_success(f"Penunjukan {ended['user']['title']} {when}.")
    return _to_the_list()


@meja.route("/penunjukan/<id>/plh", methods=["POST"])
def substitute(id: str) -> Any:
    """Name somebody who stands in for a time."""
    typed = sent(_SUBSTITUTE)
    try:
        made = ask("satudata_appointment_substitute", id=id, **read(typed))
    except tk.ValidationError as error:
        return _one(id, typed, sentence_of(error), "plh")
    except ValueError as error:
        return _one(id, typed, str(error), "plh")
    tk.h.flash_success(
        f"{made['user']['title']} menjadi Plh. {made['replaces']['title']} sampai "
        f"{words.tanggal_biasa(words.baca_tanggal(made['valid_until']))}."
    )
    return _to_the_list()
