"""What the public asked, for those who answer it."""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from .. import config
from .meja import ask, meja, sentence_of


@meja.route("/permintaan", methods=["GET"])
def requests() -> Any:
    """New ones with their clocks, or answered ones, by ``?status=``."""
    args = tk.request.args
    asked = {"status": args.get("status", "") or "new", "after": args.get("sesudah", "")}
    try:
        listed = ask("satudata_request_list", **asked)
    except tk.ValidationError as error:
        return tk.abort(404, sentence_of(error))
    return tk.render("meja/requests.html", {**listed, "asked": asked})


@meja.route("/permintaan/<id>", methods=["GET"])
def request_page(id: str) -> Any:
    """One request and the form to answer it."""
    return _page(id, {})


def _page(id: str, typed: Mapping[str, str], refusal: str = "") -> Any:
    page = {
        "asked": ask("satudata_request_show", id=id),
        "open_days": config.request_rules()["open"],
        "typed": typed,
        "refusal": refusal,
    }
    return tk.render("meja/request.html", page), 409 if refusal else 200


@meja.route("/permintaan/<id>", methods=["POST"])
def answer(id: str) -> Any:
    """Answer it; what was typed comes back with a refusal."""
    typed = {name: tk.request.form.get(name, "") for name in ("outcome", "answer")}
    try:
        ask("satudata_request_answer", id=id, **typed)
    except tk.ValidationError as error:
        return _page(id, typed, sentence_of(error))
    tk.h.flash_success("Jawaban terkirim.")
    return tk.redirect_to("meja.requests")
