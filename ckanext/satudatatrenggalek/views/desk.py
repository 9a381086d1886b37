"""The work desk, and a producer's own list."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk

from .. import clock
from ..domain import words
from ..domain.duties import DECIDERS, owed_by
from ..domain.sop import EDITABLE_STATES, OPEN_STATES, STEPS, Item, Role, State
from .meja import ask, meja, sentence_of, submission_of

# Parameters of the page, and the action's names for them.
_FILTERS = {
    "status": "state",
    "q": "q",
    "opd": "office",
    "jenis": "kind",
    "mesin": "machine",
    "petugas": "claimed",
    "pemegang": "holder",
    "sesudah": "after",
    "sebelum": "before",
}
# One choice of the page for three switches of the action.
_MARKS = {"prioritas": "priority", "mendesak": "urgent", "terlambat": "late"}
_PLACES = {"sesudah", "sebelum"}
ALL = "semua"  # the whole desk, where it opens with a part of it
_QUEUE = tuple(s.value for s in State if s in OPEN_STATES and s is not State.DRAFT)
_MINE = tuple(s.value for s in State if s in EDITABLE_STATES)
_ON_ITS_WAY = tuple(s.value for s in State if s in OPEN_STATES and s not in EDITABLE_STATES)
_RELEASED = (State.PUBLISHED.value, State.RETRACTED.value)
# The lists of somebody's own tasks, by the section of the page: states, rows on a page of it.
_TASKS = {"giliran": (_MINE, 100), "proses": (_ON_ITS_WAY, 100), "terbit": (_RELEASED, 20)}


@meja.route("/awal", methods=["GET"])
def start() -> Any:
    """Where signing in leads: the first of one's rooms, or the front page for those without any."""
    rooms = tk.h.satudata_worknav()
    return tk.redirect_to(rooms[0]["href"] if rooms else "home.index")


@meja.route("", methods=["GET"])
def desk() -> Any:
    """What waits, narrowed by the address: the same address shows the same desk."""
    return _desk()


def _desk(refusal: str = "") -> Any:
    asked = {name: tk.request.args.get(name, "") for name in (*_FILTERS, "tanda", "pilih")}
    own = _own_state()
    status = "" if asked["status"] == ALL else asked["status"] or own
    listed = _listed({**asked, "status": status})
    passing = {*_PLACES, "pilih"}
    chosen = {name: value for name, value in asked.items() if value and name not in passing}
    page = {
        **listed,
        "counts": [count for count in listed["counts"] if count["state"] in _QUEUE],
        "asked": asked,
        "own": own,
        "status": status,
        "kinds": kinds(),
        "many": many_of(listed["results"]),
        "results": [{**row, "ready": is_ready(row)} for row in listed["results"]],
        "items": len(Item),
        "query": urlencode(chosen),
        "without_state": urlencode({k: v for k, v in chosen.items() if k != "status"}),
        "now": words.tanggal(clock.now()) + ", pukul " + words.jam(clock.now()),
        "refusal": refusal,
        "short": short_moment,
    }
    return tk.render("meja/desk.html", page), 409 if refusal else 200


def _own_state() -> str:
    """The state a desk opens with: of a Pembina, who reads more than they decide; else all."""
    roles = set((tk.h.satudata_me() or {}).get("roles", ()))
    deciding = [role for role in DECIDERS if role.value in roles]
    return next(iter(owed_by(Role.SUPERVISOR))).value if deciding == [Role.SUPERVISOR] else ""


def _listed(asked: dict[str, str]) -> dict[str, Any]:
    narrowed = {key: asked[name] for name, key in _FILTERS.items()}
    if mark := _MARKS.get(asked["tanda"]):
        narrowed[mark] = "1"
    # An address that was typed or cut short: the first page, else the whole desk, is of more use
    # than a refusal.
    for understood in (narrowed, {**narrowed, "after": "", "before": ""}):
        try:
            return ask("satudata_desk_list", **understood)
        except tk.ValidationError:
            continue
    return ask("satudata_desk_list")


def kinds() -> list[tuple[str, str]]:
    """Kinds of data, as a choice: value and words."""
    field = tk.h.satudata_field("jenis") or {"choices": []}
    return [(choice["value"], choice["label"]) for choice in field["choices"]]


def many_of(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps that can be taken of several of these rows at once, in the table's order."""
    return [
        {"name": step.name, "label": step.label, "needs_checklist": step.needs_checklist}
        for step in STEPS
        if step.for_many and any(step.name in row["available_steps"] for row in rows)
    ]


def is_ready(row: dict[str, Any]) -> bool:
    """Whether one of the steps for many can be taken of a row as it stands."""
    full = row["kept_answers"] == len(Item)
    steps = [step for step in STEPS if step.for_many and step.name in row["available_steps"]]
    return any(full or not step.needs_checklist for step in steps)


def short_moment(moment: str) -> str:
    """``Sen 23 Nov 2026, 13.30`` of an ISO text."""
    read = words.baca_saat(moment)
    return words.waktu_pendek(read) if isinstance(read, datetime) else words.tanggal_pendek(read)


@meja.route("/ambil/<id>", methods=["POST"])
def claim(id: str) -> Any:
    """Take a submission to one's own desk."""
    return _claiming("satudata_desk_claim", id, "Tugas ini sekarang di tangan Anda.")


@meja.route("/lepas/<id>", methods=["POST"])
def unclaim(id: str) -> Any:
    """Give it back to everybody's desk."""
    return _claiming("satudata_desk_unclaim", id, "Tugas ini kembali ke meja bersama.")


def _claiming(action: str, id: str, done: str) -> Any:
    try:
        ask(action, id=id)
    except tk.ValidationError as error:
        return _desk(sentence_of(error))
    tk.h.flash_success(done)
    if tk.request.form.get("halaman") == "periksa":
        return tk.redirect_to("meja.check", id=id)
    asked = {name: tk.request.args.get(name) for name in (*_FILTERS, "tanda", "pilih")}
    return tk.redirect_to("meja.desk", **{name: value for name, value in asked.items() if value})


@meja.route("/tugas", methods=["GET"])
def tasks() -> Any:
    """A producer's own list: what to do first, then what is on its way, then what is out."""
    lists = {section: _task_list(section) for section in _TASKS}
    mine = lists["giliran"]
    mine["results"].sort(key=_to_mend_first)
    signoffs = _signoffs()
    must_sign = {row["office"]["id"] for row in signoffs if row["required"]}
    page = {
        "lists": lists,
        "to_sign": [
            row
            for row in mine["results"]
            if row["office"]["id"] in must_sign and row["signed"] != "valid"
        ],
        "short": short_moment,
        "signoffs": signoffs,
    }
    return tk.render("meja/tasks.html", page)


def _signoffs() -> list[dict[str, Any]]:
    """The offices whose sign-off the reader switches, as head of them."""
    me = ask("satudata_me_show")
    if Role.OFFICE_HEAD.value not in me["roles"]:
        return []
    return [ask("satudata_office_signoff_show", office=row["id"]) for row in me["offices"]]


@meja.route("/tugas/persetujuan", methods=["POST"])
def switch_signoff() -> Any:
    """The head of an office, or the approver for it, switches its sign-off on or off."""
    form = tk.request.form
    asked = {"office": form.get("office", ""), "required": form.get("required", "")}
    kept = ask("satudata_office_signoff_set", **asked)
    tk.h.flash_success(
        f"{kept['office']['title']}: pengajuan "
        + ("perlu" if kept["required"] else "tidak perlu")
        + " persetujuan kepala perangkat daerah."
    )
    if form.get("halaman") == "perangkat-daerah":
        return tk.redirect_to("meja.office", id=kept["office"]["name"])
    return tk.redirect_to("meja.tasks", _anchor="h-persetujuan")


def _task_list(section: str) -> dict[str, Any]:
    """A page of a section, and ``total``: how many there are on all its pages."""
    states, most = _TASKS[section]
    place = tk.request.args.get(f"sesudah_{section}", "")
    try:
        found = ask("satudata_desk_list", state=states, limit=most, after=place)
    except tk.ValidationError:  # an address that was typed or cut short
        found = ask("satudata_desk_list", state=states, limit=most)
    total = sum(row["count"] for row in found["counts"] if row["state"] in states)
    return {**found, "total": total}


def _to_mend_first(row: dict[str, Any]) -> bool:
    return row["state"] == State.DRAFT.value


@meja.route("/langkah/<id>", methods=["GET"])
def step_address(id: str) -> Any:
    """The address of a form opened as a link, as after a login: to the page it stands on."""
    return tk.redirect_to("meja.submission", id=submission_of(id)["id"])
