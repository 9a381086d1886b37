"""The page on which datasets move to another office by decree: one, or all of an office."""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from .meja import ask, meja, sentence_of

_FIELDS = ("dataset", "from", "to", "decree")


@meja.route("/alihkan", methods=["GET"])
def transfer() -> Any:
    """The form; ``?dataset=`` names one."""
    tk.check_access("satudata_office_transfer", {})
    return _page({"dataset": tk.request.args.get("dataset", "")})


def _page(typed: Mapping[str, str], refusal: str = "", result: dict[str, Any] | None = None) -> Any:
    page = {
        "typed": typed,
        "refusal": refusal,
        "result": result,
        "offices": tk.h.satudata_offices(),
    }
    return tk.render("meja/transfer.html", page), 409 if refusal else 200


@meja.route("/alihkan", methods=["POST"])
def transferred() -> Any:
    """Move one dataset, or all of an office, a hundred at a time."""
    form = tk.request.form
    typed = {name: form.get(name, "").strip() for name in _FIELDS}
    shared = {"decree": typed["decree"], "decree_file": tk.request.files.get("decree_file")}
    try:
        if typed["dataset"]:
            ask(
                "satudata_step_take",
                id=typed["dataset"],
                step="transfer",
                office=typed["to"],
                **shared,
            )
            tk.h.flash_success("Dataset dialihkan.")
            return tk.redirect_to("meja.transfer")
        asked = {"from": typed["from"], "to": typed["to"], "after": form.get("after", "")}
        result = ask("satudata_office_transfer", **asked, **shared)
    except tk.ValidationError as error:
        return _page(typed, sentence_of(error))
    except tk.ObjectNotFound:
        return _page(typed, f"Dataset '{typed['dataset'][:100]}' tidak ada. Periksa alamatnya.")
    return _page(typed, "", result)
