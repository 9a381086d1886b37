"""The page on which the walidata opens and closes working on behalf of an office."""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ..domain import words
from .meja import ask, meja, sentence_of

_FIELDS = ("dataset", "office", "sender", "letter", "letter_date")


@meja.route("/atas-nama", methods=["GET"])
def on_behalf() -> Any:
    """One's leaves, and the form for another; ``?dataset=`` names one."""
    tk.check_access("satudata_on_behalf_open", {})
    return _page({"dataset": tk.request.args.get("dataset", "")})


def _page(typed: Mapping[str, str], refusal: str = "") -> Any:
    page = {
        "typed": typed,
        "refusal": refusal,
        "rows": ask("satudata_on_behalf_list"),
        "offices": tk.h.satudata_offices(),
    }
    return tk.render("meja/on_behalf.html", page), 409 if refusal else 200


@meja.route("/atas-nama", methods=["POST"])
def open_on_behalf() -> Any:
    """Open it by the letter typed."""
    typed = {name: tk.request.form.get(name, "").strip() for name in _FIELDS}
    try:
        day = words.baca_tanggal(typed["letter_date"]) if typed["letter_date"] else None
        sent = {**typed, "letter_date": day.isoformat() if day else ""}
        made = ask(
            "satudata_on_behalf_open",
            **sent,
            letter_file=tk.request.files.get("letter_file"),
        )
    except tk.ValidationError as error:
        return _page(typed, sentence_of(error))
    except ValueError as error:
        return _page(typed, str(error))
    except tk.ObjectNotFound:
        return _page(typed, f"Dataset '{typed['dataset'][:100]}' tidak ada. Periksa alamatnya.")
    tk.h.flash_success(
        f"Anda sekarang bekerja atas nama {made['office']['title']} menurut surat {made['letter']}."
    )
    return tk.redirect_to("meja.on_behalf")


@meja.route("/atas-nama/<id>/tutup", methods=["POST"])
def close_on_behalf(id: str) -> Any:
    """Give the leave back."""
    try:
        ask("satudata_on_behalf_close", id=id)
    except tk.ValidationError as error:
        return _page({}, sentence_of(error))
    tk.h.flash_success("Izin bekerja atas nama perangkat daerah ditutup.")
    return tk.redirect_to("meja.on_behalf")
