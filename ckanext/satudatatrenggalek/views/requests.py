"""What a visitor asks of an office: the form on a dataset, and the answer behind a secret link.

Pages behind a secret are for nobody's cache, search engine or next page to know.
"""

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response, make_response

from .. import config
from .downloads import hand_out
from .meja import ask, sentence_of

requests = Blueprint("satudata_requests", __name__)

_KINDS = {"berkas": "files", "kesalahan": "error"}
_TYPED = ("name", "email", "message", "website")


@requests.errorhandler(tk.ValidationError)
def misread(error: tk.ValidationError) -> Any:
    """An address nobody was given."""
    return tk.abort(404, sentence_of(error))


@requests.route("/dataset/<name>/minta/<any(berkas, kesalahan):about>", methods=["GET"])
def form(name: str, about: str) -> Any:
    """The form: for the files of a restricted dataset, or about an error in a public one."""
    return _form(name, about, _about_me())


def _about_me() -> dict[str, str]:
    user = tk.current_user
    if not user.is_authenticated:
        return {}
    return {
        name: getattr(user, of) or "" for name, of in (("name", "fullname"), ("email", "email"))
    }


def _form(name: str, about: str, typed: Mapping[str, str], refusal: str = "") -> Any:
    pkg = ask("package_show", id=name)
    if pkg["private"] or (about == "berkas" and pkg.get("accessRights") != "terbatas"):
        return tk.abort(404)
    page = {
        "pkg": pkg,
        "about": about,
        "typed": typed,
        "refusal": refusal,
        "keep_days": config.keep_days()["request"],
    }
    return tk.render("permintaan/form.html", page), 409 if refusal else 200


@requests.route("/dataset/<name>/minta/<any(berkas, kesalahan):about>", methods=["POST"])
def send(name: str, about: str) -> Any:
    """Send it; what was typed comes back with a refusal."""
    typed = {field: tk.request.form.get(field, "") for field in _TYPED}
    try:
        made = ask("satudata_request_create", id=name, kind=_KINDS[about], **typed)
    except tk.ValidationError as error:
        return _form(name, about, typed, sentence_of(error))
    tk.h.flash_success("Terkirim. Simpan alamat halaman ini: jawabannya muncul di sini.")
    return tk.redirect_to("satudata_requests.read", token=made["token"])


@requests.route("/permintaan/<token>")
def read(token: str) -> Any:
    """The request, its answer, and the files it opens."""
    asked = ask("satudata_request_show", token=token)
    return _unseen(make_response(tk.render("permintaan/read.html", {"asked": asked})))


@requests.route("/permintaan/<token>/berkas/<resource_id>")
def file(token: str, resource_id: str) -> Response:
    """A file of a granted request."""
    asked = {"token": token, "resource_id": resource_id}
    found = tk.get_action("satudata_request_file")({"for_view": True}, asked)
    return _unseen(hand_out(found, found["path"]))


def _unseen(answer: Response) -> Response:
    tk.request.environ["__no_cache__"] = True  # or core calls it public
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
