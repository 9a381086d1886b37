"""CKAN's own forms of a dataset, and the submission page they belong to.

What is locked is said where it can be acted on, not above a form that will not be saved; whoever
has sent a file goes on where its check appears.
"""

from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response

from ..domain.describe import STATE_NAMES
from ..domain.sop import EDITABLE_STATES, OPEN_STATES, State
from .meja import ask

ordinary_forms = Blueprint("satudata_ordinary_forms", __name__)

_UPLOADS = ("dataset_resource.new", "dataset_resource.edit")
_FORMS = ("dataset.edit", *_UPLOADS)


@ordinary_forms.before_app_request
def not_a_locked_one() -> Any:
    """In the place of a form that could not be saved: the submission page, with a sentence."""
    if tk.request.endpoint not in _FORMS or tk.request.method != "GET":
        return None
    shown = _of_staff()
    if shown is None or _is_editable(shown):
        return None
    if not tk.h.check_access("package_update", {"id": _id()}):
        return None  # CKAN refuses
    tk.h.flash_notice(_why(shown))
    return tk.redirect_to("meja.submission", id=(shown["open_submission"] or shown)["id"])


def _id() -> str:
    return str((tk.request.view_args or {})["id"])


def _of_staff() -> dict[str, Any] | None:
    """The submission the package of this address is the content of, as staff get it."""
    if not tk.current_user.is_authenticated:
        return None
    try:
        shown = ask("satudata_submission_show", id=_id())
    except (tk.ObjectNotFound, tk.NotAuthorized, tk.ValidationError):
        return None
    return shown if "available_steps" in shown else None


def _is_editable(shown: dict[str, Any]) -> bool:
    return State(shown["state"]) in EDITABLE_STATES


def _why(shown: dict[str, Any]) -> str:
    if State(shown["state"]) in OPEN_STATES:
        state = STATE_NAMES[State(shown["state"])].lower()
        return f"Isi dataset terkunci selama statusnya {state}, jadi formulirnya tidak dibuka."
    if shown["open_submission"]:
        return "Yang sudah terbit tidak diubah. Lanjutkan pada edisi yang sedang dikerjakan ini."
    return "Yang sudah terbit tidak diubah. Tekan Perbarui untuk menyiapkan edisi berikutnya."


@ordinary_forms.after_app_request
def on_to_the_check(answer: Response) -> Response:
    """From the form of a file to the submission page, where CKAN would show the dataset."""
    if tk.request.endpoint not in _UPLOADS or tk.request.method != "POST":
        return answer
    if answer.status_code != 302 or not _leads_to_a_page_of_the_dataset(answer):
        return answer
    shown = _of_staff()
    if shown is not None and _is_editable(shown):
        answer.location = tk.h.url_for("meja.submission", id=shown["id"], _anchor="berkas")
    return answer


def _leads_to_a_page_of_the_dataset(answer: Response) -> bool:
    resource_id = (tk.request.view_args or {}).get("resource_id")
    pages = [tk.h.url_for("dataset.read", id=_id())]
    if resource_id:
        pages.append(tk.h.url_for("dataset_resource.read", id=_id(), resource_id=resource_id))
    return str(answer.location).partition("?")[0].endswith(tuple(pages))
