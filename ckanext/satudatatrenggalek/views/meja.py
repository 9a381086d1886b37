"""The work rooms under ``/meja``: their door, and how a refusal looks inside."""

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint

_GONE = (
    "Tidak ada yang disimpan: yang Anda kerjakan tidak bisa dibuka lagi. Mungkin produsen "
    "menariknya kembali, atau penunjukan Anda berakhir. Kembali ke meja kerja untuk melihat "
    "yang menunggu Anda sekarang."
)

meja = Blueprint("meja", __name__, url_prefix="/meja")


@meja.before_app_request
def ask_who_is_there() -> Any:
    """Whoever is not signed in goes to the login, whether or not the thing behind it exists.

    Links in mail lead here; their answer must not tell a stranger what there is. Asked for
    every address under ``/meja``, also those of other blueprints and those that do not exist.
    """
    path = tk.request.path
    inside = path == "/meja" or path.startswith("/meja/")
    if not inside:
        return None
    if tk.current_user.is_authenticated:
        return None
    # A form sent after the session ended cannot be sent again by a link.
    target = tk.h.current_url() if tk.request.method == "GET" else "/meja"
    return tk.redirect_to("user.login", came_from=target)


@meja.errorhandler(tk.NotAuthorized)
def not_yours(error: tk.NotAuthorized) -> Any:
    """A page or step that is somebody else's: 403 with the sentence that says so."""
    return tk.render("meja/refused.html", {"message": str(error)}), 403


@meja.errorhandler(tk.ObjectNotFound)
def unknown(error: tk.ObjectNotFound) -> Any:
    """What is not there and what the reader may not know of look the same."""
    if tk.request.method == "POST":
        return tk.render("meja/refused.html", {"message": _GONE}), 404
    return tk.render("error_document_template.html", {"code": 404}), 404


def ask(action: str, **data: Any) -> Any:
    """Call an action as whoever is signed in."""
    return tk.get_action(action)({}, data)


def submission_of(id: str) -> dict[str, Any]:
    """A submission as staff get it.

    :raises ObjectNotFound: also when the reader may know of no more than what is public.
    """
    try:
        shown = ask("satudata_submission_show", id=id)
    except tk.ValidationError as error:
        raise tk.ObjectNotFound from error  # an address nobody was given
    if "available_steps" not in shown:
        raise tk.ObjectNotFound
    return shown


def sentence_of(error: tk.ValidationError) -> str:
    """The sentence of a refusal; CKAN's own errors name the field before it."""
    said = error.error_dict.get("message")
    if said:
        return str(said)
    return " ".join(f"{name}: {text}" for name, text in error.error_summary.items())
