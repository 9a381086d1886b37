"""What templates ask: words of dates and numbers, who is signed in, and parts of forms.

Everything about a submission comes from an action, so that a page can show nothing its reader
may not know. A refusal ("not there for you") reaches the template as ``None``.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import ckan.plugins.toolkit as tk

from .domain import words
from .domain.sop import SOP_STEP_OF, State

__all__ = [
    "satudata_angka",
    "satudata_conformity",
    "satudata_edition",
    "satudata_editions",
    "satudata_error_items",
    "satudata_facet_label",
    "satudata_field",
    "satudata_form_groups",
    "satudata_home",
    "satudata_max_size",
    "satudata_me",
    "satudata_metadata_tabs",
    "satudata_periode",
    "satudata_persen",
    "satudata_plugins",
    "satudata_preview",
    "satudata_stepper",
    "satudata_submission",
    "satudata_tanggal",
    "satudata_tanggal_biasa",
    "satudata_tanggal_isian",
    "satudata_tanggal_pendek",
    "satudata_ukuran",
    "satudata_variables",
    "satudata_waktu",
    "satudata_worknav",
]

Moment = str | date | datetime | None

_DESK_ROLES = {"supporting_checker", "checker", "approver", "supervisor"}
_OFFICE_ROLES = {"producer", "office_head"}
_WALIDATA_ROLES = {"checker", "approver"}


# ------------------------------------------------------------------ words


def satudata_tanggal(value: Moment) -> str:
    """``Senin, 23 November 2026`` of an ISO text, a day or a moment; nothing of nothing."""
    return words.tanggal(_moment(value)) if value else ""


def satudata_tanggal_biasa(value: Moment) -> str:
    """``23 November 2026``."""
    return words.tanggal_biasa(_moment(value)) if value else ""


def satudata_tanggal_pendek(value: Moment) -> str:
    """``Sen 23 Nov``."""
    return words.tanggal_pendek(_moment(value)) if value else ""


def satudata_waktu(value: Moment) -> str:
    """``Senin, 23 November 2026 13.30 WIB``; of a day without a time, the day alone."""
    if not value:
        return ""
    moment = _moment(value)
    return words.waktu(moment) if isinstance(moment, datetime) else words.tanggal(moment)


def satudata_tanggal_isian(value: Any) -> str:
    """What stands in a date field: ``26-02-2027``; what was mistyped stays as it was typed."""
    try:
        return words.baca_tanggal(str(value)[:10]).strftime("%d-%m-%Y") if value else ""
    except ValueError:
        return str(value)


def satudata_angka(value: Any, decimals: int | None = None) -> str:
    """``1.234,5``; what is not a number is given back as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return words.angka(value, decimals)


def satudata_persen(part: float, whole: float = 100, decimals: int = 0) -> str:
    """``82%``; ``-`` when there is nothing to take a share of."""
    return words.persen(part, whole, decimals)


def satudata_ukuran(size: Any) -> str:
    """``12 KB``; nothing when the size is not known."""
    return words.ukuran(int(size)) if str(size or "").isdigit() else ""


def satudata_periode(text: Any) -> str:
    """``Semester I 2025`` of ``2025-S1``."""
    return words.periode(str(text)) if text else ""


def _moment(value: str | date | datetime) -> date | datetime:
    return words.baca_saat(value) if isinstance(value, str) else value


# ------------------------------------------------- what the reader may know


def satudata_me() -> dict[str, Any] | None:
    """The signed-in person's roles, offices and open work; None for a visitor.

    Asked once a request: the header, the work navigation and the page all need it.
    """
    if not tk.current_user.is_authenticated:
        return None
    if not hasattr(tk.g, "satudata_me"):
        tk.g.satudata_me = _ask("satudata_me_show", {})
    return tk.g.satudata_me


def satudata_plugins() -> list[str]:
    """The plugins this portal runs: a page links only to what is there."""
    return tk.config["ckan.plugins"]


def satudata_submission(id: str) -> dict[str, Any] | None:
    """``satudata_submission_show`` of a dataset, working copy or submission."""
    return _ask("satudata_submission_show", {"id": id})


def satudata_editions(id: str) -> list[dict[str, Any]]:
    """The editions of a dataset the reader may open, newest first."""
    return _ask("satudata_edition_list", {"id": id}) or []


def satudata_edition(id: str, number: int) -> dict[str, Any] | None:
    """One edition with its files and its check report."""
    return _ask("satudata_edition_show", {"id": id, "number": number})


def satudata_home() -> dict[str, Any]:
    """Figures and lists of the front page."""
    return _ask("satudata_home_show", {}) or {}


def satudata_conformity(resource_id: str) -> dict[str, Any] | None:
    """The last check of a file."""
    return _ask("satudata_conformity_show", {"resource_id": resource_id})


def satudata_preview(resource: dict[str, Any], limit: int = 6) -> dict[str, Any] | None:
    """The first rows of a file as text: ``{columns: [{title, numeric}], rows: [[text]], more}``.

    The public reads them from the DataStore, staff from the file itself, loaded or not. Columns
    take title and type from the Table Schema; numbers are written the Indonesian way. None when
    there is no table to show.
    """
    table = _stored_rows(resource, limit) or _file_rows(resource, limit)
    if table is None:
        return None
    described = {v["name"]: v for v in satudata_variables({"resources": [resource]})}
    columns = [_column(name, kind, described) for name, kind in table["columns"]]
    columns = [_aligned(c, n, table["rows"]) for n, c in enumerate(columns)]
    rows = [[_cell(*pair) for pair in zip(row, columns, strict=False)] for row in table["rows"]]
    return {"columns": columns, "rows": rows, "more": table["more"]}


def _stored_rows(resource: dict[str, Any], limit: int) -> dict[str, Any] | None:
    if not resource.get("datastore_active"):
        return None
    found = _ask("datastore_search", {"resource_id": resource["id"], "limit": limit, "sort": "_id"})
    if found is None:
        return None
    columns = [(f["id"], f["type"]) for f in found["fields"] if f["id"] != "_id"]
    rows = [[record[name] for name, _ in columns] for record in found["records"]]
    return {"columns": columns, "rows": rows, "more": found["total"] > len(rows)}


def _file_rows(resource: dict[str, Any], limit: int) -> dict[str, Any] | None:
    asked = {"resource_id": resource["id"], "offset": 0, "limit": limit}
    found = _ask("satudata_conformity_table", asked)
    if not found or not found["columns"]:
        return None
    rows = [[cell["value"] for cell in row["cells"]] for row in found["rows"]]
    return {
        "columns": [(name, "") for name in found["columns"]],
        "rows": rows,
        "more": found["more"],
    }


def _column(name: str, kind: str, described: dict[str, Any]) -> dict[str, Any]:
    """Whole numbers count as numbers only where the schema says so: 2024 is a year, not 2.024."""
    variable = described.get(name, {})
    numeric = variable.get("type", kind) in ("integer", "number", "numeric", "float8")
    return {"title": variable.get("title") or name, "numeric": numeric}


def _aligned(column: dict[str, Any], number: int, rows: list[list[Any]]) -> dict[str, Any]:
    """Numbers of one column are shown with as many decimals as the longest of them has."""
    numbers = [_number(row[number]) for row in rows if number < len(row)]
    exponents = [int(n.as_tuple().exponent) for n in numbers if n is not None]
    return {**column, "decimals": max((-e for e in exponents if e < 0), default=0)}


def _cell(value: Any, column: dict[str, Any]) -> str:
    if value is None or value == "":
        return "-"
    number = _number(value) if column["numeric"] else None
    return str(value) if number is None else words.angka(number, column["decimals"])


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _ask(action: str, data: dict[str, Any]) -> Any:
    try:
        return tk.get_action(action)({}, data)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None


def satudata_max_size() -> int:
    """The largest file this portal takes, in MB."""
    return tk.config["ckan.max_resource_size"]


# -------------------------------------------------------- work navigation


def satudata_worknav() -> list[dict[str, Any]]:
    """Links of the work navigation: ``{label, href, count, current}``; empty for the public."""
    me = satudata_me()
    if not me or not me.get("is_staff"):
        return []
    roles, counts = _roles(me), me.get("counts") or {}
    links = []
    if roles & _OFFICE_ROLES:
        links.append(("Tugas Saya", "/meja/tugas", counts.get("mine", 0)))
    if roles & _DESK_ROLES:
        links.append(("Meja Kerja", "/meja", counts.get("desk", 0)))
    links.append(("Laporan", "/meja/laporan", 0))
    if roles & _WALIDATA_ROLES or tk.current_user.sysadmin:
        links.append(("Penunjukan", "/meja/penunjukan", 0))
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


# ------------------------------------------------------------- procedure


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


# ------------------------------------------------------- forms and fields


def satudata_facet_label(name: str) -> Callable[[dict[str, Any]], str] | None:
    """What CKAN's facet list calls with each item: our word for a code; None for other facets."""
    field = satudata_field(name)
    if not field or "choices" not in field:
        return None
    labels = {c["value"]: tk.h.scheming_language_text(c["label"]) for c in field["choices"]}
    return lambda item: labels.get(item["name"], item["display_name"])


def satudata_field(name: str) -> dict[str, Any] | None:
    """A field of the dataset schema by its name."""
    schema = tk.h.scheming_get_dataset_schema("dataset")
    return tk.h.scheming_field_by_name(schema["dataset_fields"], name)


def satudata_form_groups(
    schema: dict[str, Any], data: dict[str, Any], errors: dict[str, Any], editing: bool
) -> list[dict[str, Any]]:
    """The sections of the dataset form: ``{id, title, hint, fields, open, needed, filled}``.

    ``needed`` and ``filled`` count what submitting asks for. A new dataset starts with its first
    section; a section with something wrong in it is always open.
    """
    sections = []
    for number, group in enumerate(schema["satudata_groups"]):
        fields = [f for f in schema["dataset_fields"] if f.get("satudata_group") == group["id"]]
        needed = [f["field_name"] for f in fields if f.get("satudata_required")]
        wrong = any(errors.get(f["field_name"]) for f in fields)
        used = any(_filled(data.get(f["field_name"])) for f in fields)
        wanted = editing and (used or not group.get("collapsed"))
        filled = sum(_filled(data.get(name)) for name in needed)
        about = {"open": wrong or wanted or number == 0, "needed": len(needed), "filled": filled}
        sections.append(dict(group, fields=fields, **about))
    return sections


def satudata_error_items(
    errors: dict[str, Any], fields: list[dict[str, Any]]
) -> list[dict[str, str]]:
    """The error summary of a form: each line says the field and leads to it."""
    labels = {field["field_name"]: field["label"] for field in fields}
    # CKAN's complaint about `private` only repeats that the office is missing.
    others = sorted(set(errors) - set(labels) - {"private"})
    names = [name for name in [*labels, *others] if errors.get(name)]
    return [
        {
            "text": f"{labels.get(name, name)}: {_first(errors[name])}",
            "href": f"#field-{name}" if name in labels else "",
        }
        for name in names
    ]


def satudata_metadata_tabs(pkg: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The metadata of the public page by section, those with values: ``{id, title, fields}``."""
    tabs = []
    for group in schema["satudata_groups"]:
        fields = [f for f in schema["dataset_fields"] if _is_shown(f, group["id"], pkg)]
        if fields:
            tabs.append({"id": group["id"], "title": group["title"], "fields": fields})
    return tabs


def satudata_variables(pkg: dict[str, Any]) -> list[dict[str, Any]]:
    """Columns of the first file that has a Table Schema: ``{name, title, type, unit, ...}``."""
    for resource in pkg.get("resources") or ():
        schema = resource.get("schema")
        if schema:
            table = json.loads(schema) if isinstance(schema, str) else schema
            return table.get("fields") or []
    return []


_ELSEWHERE = {"title", "name", "notes", "owner_org", "tag_string", "license_id", "theme", "jenis"}


def _is_shown(field: dict[str, Any], group: str, pkg: dict[str, Any]) -> bool:
    return (
        field.get("satudata_group") == group
        and field.get("satudata_audience") != "staff"
        and field["field_name"] not in _ELSEWHERE
        and _filled(pkg.get(field["field_name"]))
    )


def _filled(value: Any) -> bool:
    return bool(value) and value != "[]"


def _first(message: Any) -> str:
    return str(message[0]) if isinstance(message, list) else str(message)
