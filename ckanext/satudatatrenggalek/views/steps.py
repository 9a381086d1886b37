"""Takes a step from a form. A refusal comes back on the page it was sent from."""

from typing import Any

import ckan.plugins.toolkit as tk

from . import check_page, producer_page
from .answers import Misread, command_of, kept
from .checked_files import files_of
from .meja import ask, meja, sentence_of, submission_of
from .places import place_of

_PAGES = {"periksa": check_page.show, "dataset": producer_page.show}


@meja.route("/langkah/<id>", methods=["POST"])
def step(id: str) -> Any:
    """Build the call, take the step, go on; or say what stands in the way, with all input kept."""
    shown = submission_of(id)
    form = kept(tk.request.form)
    page = _PAGES.get(form.get("halaman", ""), producer_page.show)
    try:
        after = ask("satudata_step_take", **command_of(form, shown, files_of(shown)))
    except Misread as error:
        return page(shown, form, _refusal(str(error), "misread"))
    except tk.ValidationError as error:
        reason = str(error.error_dict.get("reason", ""))
        return page(submission_of(id), form, _refusal(sentence_of(error), reason))
    return _go_on(form, shown, after)


def _refusal(text: str, reason: str) -> dict[str, str]:
    return {"text": text, "href": place_of(reason), "reason": reason}


def _go_on(form: dict[str, str], before: dict[str, Any], after: dict[str, Any]) -> Any:
    labels = {row["name"]: row["label"] for row in before["available_steps"]}
    label = labels.get(form["step"], form["step"])
    now = after.get("state_label", "")
    tk.h.flash_success(
        f"{before['title']}: langkah «{label}» tersimpan."
        + (f" Status sekarang: {now.lower()}." if now else "")
    )
    if form.get("halaman") == "periksa" or "available_steps" not in after:
        return tk.redirect_to("meja.desk")
    return tk.redirect_to("meja.submission", id=after["id"])
