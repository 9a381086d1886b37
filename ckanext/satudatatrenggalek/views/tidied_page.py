"""The tidied copy of a file: what would change, what to answer, take it; Excel bertanda."""

from typing import Any

import ckan.plugins.toolkit as tk

from .columns_page import file_of
from .downloads import hand_out
from .meja import ask, meja, sentence_of

_ANSWER = "jawab-"


@meja.route("/dataset/<id>/rapi/<resource_id>", methods=["GET"])
def tidied(id: str, resource_id: str) -> Any:
    """The proposal under the answers of the address; the earlier answers where there are none."""
    submission, resource = file_of(id, resource_id)
    return _show(submission, resource, _answers(resource_id))


@meja.route("/dataset/<id>/rapi/<resource_id>", methods=["POST"])
def take_tidied(id: str, resource_id: str) -> Any:
    """Look at the copy under the answers given, or take it."""
    submission, resource = file_of(id, resource_id)
    answers = _given(tk.request.form)
    if tk.request.form.get("aksi") != "terima":
        return tk.redirect_to(_address(id, resource_id, answers))
    sent = {"answers": answers, "sha256": tk.request.form.get("sha256", "")}
    try:
        copy = ask("satudata_tidied_accept", resource_id=resource_id, **sent)
    except tk.ValidationError as error:
        return _show(submission, resource, answers, sentence_of(error))
    tk.h.flash_success(
        f"{copy['name']} disimpan di samping berkas asli dan sedang diperiksa. "
        "Berkas asli Anda tidak berubah."
    )
    return tk.redirect_to("meja.submission", id=id, _anchor="berkas")


def _given(sent: Any) -> dict[str, str]:
    """Answers of a form or an address."""
    return {
        name.removeprefix(_ANSWER): value
        for name, value in sent.items()
        if name.startswith(_ANSWER) and value
    }


def _answers(resource_id: str) -> dict[str, str]:
    given = _given(tk.request.args)
    if given or "ulang" in tk.request.args:
        return given
    earlier = ask("satudata_tidied_show", resource_id=resource_id)["accepted"]
    return dict(earlier["answers"]) if earlier else {}


def _address(id: str, resource_id: str, answers: dict[str, str]) -> str:
    named = {f"{_ANSWER}{key}": value for key, value in answers.items()}
    return tk.url_for("meja.tidied", id=id, resource_id=resource_id, ulang=1, **named)


def _show(
    submission: dict[str, Any],
    resource: dict[str, Any],
    answers: dict[str, str],
    refusal: str = "",
) -> Any:
    shown = ask("satudata_tidied_prepare", resource_id=resource["id"], answers=answers)
    questions = [_question(question, answers) for question in shown.get("questions") or ()]
    page = {
        "submission": submission,
        "file": resource,
        "filename": str(resource.get("url", "")).rsplit("/", 1)[-1],
        "shown": shown,
        "questions": questions,
        "open": [question for question in questions if not question["answer"]],
        "kinds": _kinds(shown),
        "here": _address(submission["id"], resource["id"], answers),
        "files": {part: _file_address(submission, resource, answers, part) for part in _PARTS},
        "refusal": refusal,
    }
    return tk.render("meja/tidied.html", page), 409 if refusal else 200


_PARTS = ("csv", "log")


def _file_address(
    submission: dict[str, Any], resource: dict[str, Any], answers: dict[str, str], part: str
) -> str:
    named = {f"{_ANSWER}{key}": value for key, value in answers.items()}
    return tk.url_for(
        "meja.tidied_file", id=submission["id"], resource_id=resource["id"], part=part, **named
    )


def _question(question: dict[str, Any], answers: dict[str, str]) -> dict[str, Any]:
    return {**question, "answer": question["answer"] or answers.get(question["key"], "")}


def _kinds(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Kinds of change: ``{code, title, count, example}``, the example being the first one kept."""
    first: dict[str, dict[str, Any]] = {}
    for change in shown.get("changes") or ():
        first.setdefault(change["code"], change)
    return [
        {
            "code": code,
            "title": shown["titles"].get(code, code),
            "count": count,
            "example": first.get(code),
        }
        for code, count in (shown.get("counts") or {}).items()
    ]


@meja.route("/dataset/<id>/rapi/<resource_id>/<any(csv, log):part>", methods=["GET"])
def tidied_file(id: str, resource_id: str, part: str) -> Any:
    """The tidied copy, or the log of every change, to keep."""
    file_of(id, resource_id)
    asked = {"resource_id": resource_id, "answers": _given(tk.request.args), "part": part}
    return _sent("satudata_tidied_file", asked)


@meja.route("/dataset/<id>/bertanda/<resource_id>", methods=["GET"])
def marked(id: str, resource_id: str) -> Any:
    """Excel bertanda; while it is being made, a page that says so."""
    submission, resource = file_of(id, resource_id)
    shown = ask("satudata_marked_prepare", resource_id=resource_id)
    if shown["status"] == "ready":
        return _sent("satudata_marked_file", {"resource_id": resource_id})
    page = {"submission": submission, "file": resource, "shown": shown}
    return tk.render("meja/marked.html", page)


def _sent(action: str, asked: dict[str, Any]) -> Any:
    context: Any = {}
    found = tk.get_action(action)(context, asked)
    response = hand_out(found, context["path"])
    # It changes with the file and its check, at the same address.
    response.headers["Cache-Control"] = "private, no-store"
    return response
