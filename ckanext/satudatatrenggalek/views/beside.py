"""Forms beside the steps: sign-off, urgency, questions and answers."""

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from . import check_page, producer_page
from .answers import kept
from .meja import ask, meja, sentence_of, submission_of

_PAGES = {"periksa": check_page.show, "dataset": producer_page.show}
_ADDRESSES = {"periksa": "meja.check", "dataset": "meja.submission"}


def _taken(
    id: str, action: str, anchor: str, done: str, call: Callable[[Any], dict[str, Any]]
) -> Any:
    """Take a form to its action; a refusal comes back on the page with everything typed."""
    form = kept(tk.request.form)
    place = form.get("halaman", "")
    try:
        ask(action, **call(form))
    except tk.ValidationError as error:
        refusal = {"text": sentence_of(error), "href": f"#{anchor}", "reason": ""}
        return _PAGES.get(place, producer_page.show)(submission_of(id), form, refusal)
    tk.h.flash_success(done)
    return tk.redirect_to(_ADDRESSES.get(place, "meja.submission"), id=id, _anchor=anchor)


@meja.route("/dataset/<id>/persetujuan", methods=["POST"])
def sign_off(id: str) -> Any:
    """The office's head signs off what the page shows."""
    return _taken(
        id,
        "satudata_submission_sign_off",
        "persetujuan",
        "Persetujuan Anda tercatat untuk isi yang Anda lihat.",
        lambda form: {"id": id, "content_hash": form.get("content_hash", "")},
    )


@meja.route("/dataset/<id>/mendesak", methods=["POST"])
def urge(id: str) -> Any:
    """Put first, put back, or ask to be put first: the button pressed says which."""
    pressed = tk.request.form.get("mendesak", "")
    reason = {"id": id, "reason": tk.request.form.get("alasan_mendesak", "")}
    if pressed == "minta":
        said = "Permintaan Anda tercatat. Walidata yang memutuskan."
        return _taken(id, "satudata_submission_ask_urgent", "mendesak", said, lambda _: reason)
    call = {**reason, "urgent": pressed != "cabut"}
    said = "Tanda mendesak dicabut." if pressed == "cabut" else "Pengajuan ditandai mendesak."
    return _taken(id, "satudata_submission_urge", "mendesak", said, lambda _: call)


@meja.route("/dataset/<id>/tanya", methods=["POST"])
def talk(id: str) -> Any:
    """Ask or answer."""
    return _taken(
        id,
        "satudata_talk_add",
        "tanya-jawab",
        "Pesan Anda terkirim.",
        lambda form: {"id": id, "text": form.get("pesan", "")},
    )
