"""Where work waits and how far a submission has come."""

from typing import Any

import ckan.plugins.toolkit as tk

from ..domain.sop import ANSWERS_REQUESTS, SOP_STEP_OF, State
from .knowing import satudata_me
from .wording import satudata_tanggal_pendek

__all__ = [
    "satudata_stepper",
    "satudata_worknav",
]


_DESK_ROLES = {"supporting_checker", "checker", "approver", "supervisor"}
_OFFICE_ROLES = {"producer", "office_head"}
_WALIDATA_ROLES = {"checker", "approver"}
_ANSWERING_ROLES = {role.value for role in ANSWERS_REQUESTS}


def satudata_worknav() -> list[dict[str, Any]]:
    """Links of the work navigation: ``{label, href, count, current}``; empty for the public."""
    me = satudata_me()
    manages = getattr(tk.current_user, "sysadmin", False)
    if not me or not (me.get("is_staff") or manages):
        return []
    roles, counts = _roles(me), me.get("counts") or {}
    links = []
    if roles & _OFFICE_ROLES:
        links.append(("Tugas Saya", "/meja/tugas", counts.get("mine", 0)))
    if roles & _DESK_ROLES:
        links.append(("Meja Kerja", "/meja", counts.get("desk", 0)))
    if roles & _ANSWERING_ROLES:
        links.append(("Permintaan", "/meja/permintaan", counts.get("requests", 0)))
    links.append(("Laporan", "/meja/laporan", 0))
    if roles & _WALIDATA_ROLES or manages:
        links.append(("Penunjukan", "/meja/penunjukan", 0))
        links.append(("Hari Libur", "/meja/hari-libur", 0))
    if roles & (_WALIDATA_ROLES | {"secretariat"}) or manages:
        links.append(("Catatan", "/meja/catatan", 0))
    if manages:
        links.append(("Pencocokan", "/meja/pencocokan", 0))
    current = _current(path for _, path, _ in links)
    return [
        {"label": label, "href": tk.h.url_for(path), "count": count, "current": path == current}
        for label, path, count in links
    ]


def _roles(me: dict[str, Any]) -> set[str]:
    return {role["role"] if isinstance(role, dict) else role for role in me.get("roles") or ()}


def _current(paths: Any) -> str | None:
    """The longest path the open page lies under: /meja/laporan/x is Laporan, not Meja Kerja."""
    here = tk.request.path
    under = [path for path in paths if here == path or here.startswith(path + "/")]
    return max(under, key=len, default=None)


_STEPPER = (
    (5, "Pengumpulan"),
    (6, "Unggah"),
    (7, "Pemeriksaan"),
    (8, "Validasi"),
    (9, "Diseminasi"),
)
_WHO = {7: "Walidata", 8: "Walidata"}
_FINISHED = {State.PUBLISHED.value, State.SUPERSEDED.value, State.RETRACTED.value}


def satudata_stepper(submission: dict[str, Any]) -> list[dict[str, str]]:
    """Steps 5 to 9 of the SOP for ``macros.stepper``: ``{label, note, kind}``."""
    current = submission.get("sop_step") or SOP_STEP_OF[State(submission["state"])]
    state = submission["state"]
    steps = []
    for number, label in _STEPPER:
        kind = "done" if number < current or state in _FINISHED else ""
        if number == current and state not in _FINISHED:
            kind = "back" if state == State.NEEDS_CORRECTION.value else "now"
        note = _note(submission, number, kind)
        steps.append(
            {"label": "Perbaikan" if kind == "back" else label, "note": note, "kind": kind}
        )
    return steps


def _note(submission: dict[str, Any], number: int, kind: str) -> str:
    clock = submission.get("clock")
    if kind in ("now", "back") and clock:
        return clock["text"]
    if number == 5:
        return (submission.get("office") or {}).get("title", "")
    if number == 9 and submission.get("release_at"):
        return satudata_tanggal_pendek(submission["release_at"])
    return _WHO.get(number, "") if kind != "done" else ""
