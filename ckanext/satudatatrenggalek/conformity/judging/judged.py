"""The schema the judge hands to frictionless: the columns of the file, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from frictionless import Schema

from ..schema import Alignment, Column

# frictionless looks for its plugins, and loads jsonschema, at the first schema it is handed: with
# the module, so that no file waits for it.
Schema.from_descriptor({"fields": [{"name": "kolom", "type": "string"}]})

# Longer lists are looked up in a set by us: frictionless walks them, and repeats them in its notes.
LARGE_ENUM = 50


def for_frictionless(schema: Mapping[str, Any], alignment: Alignment) -> dict[str, Any]:
    """The schema frictionless judges the rows by: fields in file order under unique names.

    Patterns are put in brackets (frictionless does not); long enums and keys are left to us.
    """
    names = _unique_names(alignment.columns)
    fields = [
        {**_judged(c.field), "name": n} for c, n in zip(alignment.columns, names, strict=True)
    ]
    kept = {k: v for k, v in schema.items() if k in ("missingValues", "$schema")}
    return {**kept, "fields": fields}


def _judged(item: Mapping[str, Any]) -> dict[str, Any]:
    constraints = dict(item.get("constraints") or {})
    if "pattern" in constraints:
        constraints["pattern"] = f"(?:{constraints['pattern']})"
    if len(constraints.get("enum") or ()) > LARGE_ENUM:
        del constraints["enum"]
    return {**item, "constraints": constraints}


def _unique_names(columns: Iterable[Column]) -> list[str]:
    names: list[str] = []
    for column in columns:
        name = column.name if column.planned else f"{column.label or 'kolom'}#{column.number}"
        names.append(name)
    return names
