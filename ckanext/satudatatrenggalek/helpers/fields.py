"""Fields of the schemas: sections of the form, metadata of the public page, words of codes."""

import json
from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from ..model import tidied

__all__ = [
    "satudata_error_items",
    "satudata_facet_label",
    "satudata_field",
    "satudata_files",
    "satudata_form_groups",
    "satudata_metadata_tabs",
    "satudata_variables",
]


def satudata_facet_label(name: str) -> Callable[[dict[str, Any]], str] | None:
    """What CKAN's facet list calls with each item: our word for a code, an office's whole name.

    None for other facets: CKAN then cuts the words after 22 letters, which leaves of several
    offices only "Badan...".
    """
    if name == "organization":
        return lambda item: item["display_name"]
    field = satudata_field(name)
    if not field or "choices" not in field:
        return None
    labels = {c["value"]: tk.h.scheming_language_text(c["label"]) for c in field["choices"]}
    return lambda item: labels.get(item["name"], item["display_name"])


def satudata_field(name: str) -> dict[str, Any] | None:
    """A field of the dataset schema by its name."""
    schema = tk.h.scheming_get_dataset_schema("dataset")
    return tk.h.scheming_field_by_name(schema["dataset_fields"], name)


def satudata_files(pkg: dict[str, Any]) -> list[dict[str, Any]]:
    """The files of a dataset as the public reads them: what was judged first, originals last."""
    return tidied.in_order(pkg.get("resources") or ())


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
        needed = [f["field_name"] for f in fields if _is_needed(f, data)]
        wrong = any(errors.get(f["field_name"]) for f in fields)
        used = any(_filled(data.get(f["field_name"])) for f in fields)
        wanted = editing and (used or not group.get("collapsed"))
        filled = sum(_filled(data.get(name)) for name in needed)
        about = {"open": wrong or wanted or number == 0, "needed": len(needed), "filled": filled}
        sections.append(dict(group, fields=fields, **about))
    return sections


def _is_needed(field: dict[str, Any], data: dict[str, Any]) -> bool:
    cases = field.get("satudata_required_if") or {}
    return bool(field.get("satudata_required")) or any(
        data.get(name) in answers for name, answers in cases.items()
    )


def satudata_error_items(
    errors: dict[str, Any], fields: list[dict[str, Any]]
) -> list[dict[str, str]]:
    """The error summary of a form: each line says the field and leads to it."""
    labels = {field["field_name"]: field["label"] for field in fields}
    places = {name: name for name in labels}
    for field in fields:
        # What is wrong with an upload stands under the upload's own name, not its field's.
        upload = field.get("upload_field")
        if upload:
            labels[upload], places[upload] = field["label"], field["field_name"]
    # CKAN's complaint about `private` only repeats that the office is missing.
    others = sorted(set(errors) - set(labels) - {"private"})
    names = [name for name in [*labels, *others] if errors.get(name)]
    return [
        {
            "text": f"{labels.get(name, name)}: {_first(errors[name])}",
            "href": f"#field-{places[name]}" if name in places else "",
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
    for resource in satudata_files(pkg):
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
