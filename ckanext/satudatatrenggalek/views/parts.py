"""What both pages of a submission show beside its steps."""

from typing import Any

import ckan.plugins.toolkit as tk

from .. import config
from ..domain import words
from ..domain.ready_text import Standing, ready_text
from ..domain.sop import VISIBLE_TO, Role, State
from .meja import ask


def parts_of(submission: dict[str, Any]) -> dict[str, Any]:
    """``talk``: questions and answers; ``ready_text``: the notice to copy; what may be done."""
    deeds = {deed["name"]: deed for deed in submission["deeds"]}
    return {
        "talk": ask("satudata_talk_list", id=submission["id"]),
        "ready_text": _ready_text(submission),
        "deeds": deeds,
        "read_by_checker": Role.CHECKER in VISIBLE_TO[State(submission["state"])],
    }


def _ready_text(submission: dict[str, Any]) -> str:
    standing = Standing(
        title=submission["title"],
        office=submission["office"]["title"],
        state=submission["state_label"],
        address=tk.h.url_for("meja.submission", id=submission["id"], _external=True),
        period=words.periode(submission["period"]) if submission["period"] else "",
        due=(submission["clock"] or {}).get("due_text", ""),
        urgent=submission["urgent"],
    )
    return ready_text(config.regency_name(), standing)
