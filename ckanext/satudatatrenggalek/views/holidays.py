"""Days off: national ones by the library, those of the regency by the walidata."""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ..domain import words
from .meja import ask, meja, sentence_of

_FIELDS = ("day", "reason", "decree")


@meja.route("/hari-libur", methods=["GET"])
def holidays() -> Any:
    """The days of ``?tahun=``, and the form to enter one."""
    return _page()


def _page(typed: Mapping[str, str] | None = None, refusal: str = "") -> Any:
    year = tk.request.args.get("tahun", "")
    try:
        listed = ask("satudata_holiday_list", year=year)
    except tk.ValidationError:  # a year typed into the address: this year is of more use
        listed = ask("satudata_holiday_list")
    page = {
        **listed,
        "typed": typed or {},
        "refusal": refusal,
        "may_enter": tk.h.check_access("satudata_holiday_add"),
    }
    return tk.render("meja/holidays.html", page), 409 if refusal else 200


@meja.route("/hari-libur", methods=["POST"])
def add_holiday() -> Any:
    """Enter a day off."""
    typed = {name: tk.request.form.get(name, "").strip() for name in _FIELDS}
    try:
        day = words.baca_tanggal(typed["day"]).isoformat() if typed["day"] else ""
        made = ask("satudata_holiday_add", **{**typed, "day": day})
    except tk.ValidationError as error:
        return _page(typed, sentence_of(error))
    except ValueError as error:
        return _page(typed, str(error))
    tk.h.flash_success(
        f"{words.tanggal(words.baca_saat(made['day']))} dicatat sebagai hari libur."
        + (f" {made['moved']} tenggat yang berjalan ikut mundur." if made["moved"] else "")
    )
    return tk.redirect_to("meja.holidays", tahun=made["day"][:4])


@meja.route("/hari-libur/<id>/hapus", methods=["POST"])
def remove_holiday(id: str) -> Any:
    """Take a day off back."""
    try:
        gone = ask("satudata_holiday_remove", id=id, reason=tk.request.form.get("reason", ""))
    except tk.ValidationError as error:
        return _page(None, sentence_of(error))
    tk.h.flash_success(
        f"{words.tanggal(words.baca_saat(gone['day']))} kembali menjadi hari kerja; "
        f"{gone['moved']} tenggat yang berjalan maju."
    )
    return tk.redirect_to("meja.holidays", tahun=gone["day"][:4])
