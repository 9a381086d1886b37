"""A person's notices, and which of them come by mail."""

from typing import Any

import ckan.plugins.toolkit as tk

from .. import posting
from ..domain import words
from .meja import ask, meja, sentence_of


@meja.route("/pemberitahuan", methods=["GET"])
def notices() -> Any:
    """The list, newest first; ``?baru=1`` only those not read, ``?sesudah=`` the next page."""
    asked = {
        "unread": tk.request.args.get("baru") == "1",
        "after": tk.request.args.get("sesudah", ""),
    }
    try:
        listed = ask("satudata_notice_list", **asked)
    except tk.ValidationError:  # an address cut short: the first page is of more use
        listed = ask("satudata_notice_list", unread=asked["unread"])
    return tk.render("meja/notices.html", {**listed, "new_only": asked["unread"]})


@meja.route("/pemberitahuan/baca", methods=["POST"])
def read_all() -> Any:
    """Mark all as read."""
    ask("satudata_notice_read", all=True)
    tk.h.flash_success("Semua pemberitahuan ditandai sudah dibaca.")
    return tk.redirect_to("meja.notices")


@meja.route("/pemberitahuan/<id>", methods=["POST"])
def open_notice(id: str) -> Any:
    """Mark one as read, and go where it leads."""
    number = words.baca_bilangan(id, 10**15)
    if number is None:
        raise tk.ObjectNotFound
    link = ask("satudata_notice_read", id=str(number))["link"]
    return tk.redirect_to(posting.site() + link)


@meja.route("/pemberitahuan/pengaturan", methods=["GET"])
def notice_settings() -> Any:
    """Which channel for which kind."""
    return _settings()


def _settings(refusal: str = "") -> Any:
    page = {**ask("satudata_notice_preferences_show"), "refusal": refusal}
    return tk.render("meja/notice_settings.html", page), 409 if refusal else 200


@meja.route("/pemberitahuan/pengaturan", methods=["POST"])
def keep_notice_settings() -> Any:
    """Keep what was chosen."""
    chosen = {
        name.removeprefix("saluran-"): value
        for name, value in tk.request.form.items()
        if name.startswith("saluran-")
    }
    try:
        ask("satudata_notice_preferences_update", preferences=chosen)
    except tk.ValidationError as error:
        return _settings(sentence_of(error))
    tk.h.flash_success("Pilihan Anda disimpan.")
    return tk.redirect_to("meja.notice_settings")
