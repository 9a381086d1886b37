"""The table of columns as a form: rows of text to a Table Schema and back, nothing lost.

What the form does not show (a pattern, a format, foreign keys) travels along as JSON.
"""

import json
from collections.abc import Mapping
from typing import Any

from ..conformity import codes_of, key_of, rules_of
from ..domain.words import baca_bilangan

# Parts of a column under their own names; `satuan`, `ukuran`, `konsep` are those of MS-Var, and
# its `definisi` is Table Schema's `description`.
TEXTS = ("name", "title", "description", "type", "satuan", "ukuran", "konsep")
_SHOWN = {*TEXTS, "constraints"}
_MOST = 2_000
# A longer list of allowed values is not typed; it stays as it is under the column's first name.
MOST_CODES = 200

Row = dict[str, str]


def rows_of(schema: Mapping[str, Any]) -> list[Row]:
    """The columns of a schema as rows of the form."""
    return [_row(field, key_of(schema)) for field in schema["fields"]]


def _row(field: Mapping[str, Any], keys: list[str]) -> Row:
    rules, codes = rules_of(field), codes_of(field)
    required = bool(rules.pop("required", False))
    rules.pop("enum", None)
    rest = {name: value for name, value in field.items() if name not in _SHOWN}
    if rules:
        rest["constraints"] = rules
    long = len(codes) > MOST_CODES
    return {
        **{name: _text(field.get(name)) for name in TEXTS},
        "type": str(field.get("type") or "any"),
        "required": "1" if required else "",
        "key": "1" if field["name"] in keys else "",
        "enum": "" if long else "\n".join(codes),
        "codes": str(field["name"]) if long else "",
        "count": str(len(codes)),
        "rest": json.dumps(rest, ensure_ascii=False) if rest else "",
    }


def _text(value: Any) -> str:
    """Lists of texts (as MS-Var has some) on one line."""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def table_texts(schema: Mapping[str, Any]) -> Row:
    """What the form says of the whole table: markers of missing data, and what it does not show."""
    shown = {"fields", "primaryKey", "missingValues"}
    rest = {name: value for name, value in schema.items() if name not in shown}
    sent = schema.get("missingValues")
    markers = [str(m) for m in sent if m != ""] if isinstance(sent, list) else []
    return {
        "missing": ", ".join(markers),
        "rest": json.dumps(rest, ensure_ascii=False) if rest else "",
    }


def empty_row() -> Row:
    """A column somebody has just added."""
    return _row({"name": "", "type": "string"}, [])


def rows_from(form: Mapping[str, str]) -> list[Row]:
    """The rows as they were typed."""
    count = baca_bilangan(form.get("banyak", ""), _MOST) or 0
    names = (*TEXTS, "required", "key", "enum", "codes", "count", "rest")
    return [{name: form.get(f"k-{n}-{name}", "") for name in names} for n in range(1, count + 1)]


def texts_from(form: Mapping[str, str]) -> Row:
    """What was typed of the whole table."""
    return {"missing": form.get("missing", ""), "rest": form.get("rest", "")}


def schema_of(rows: list[Row], table: Row, known: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The Table Schema that was typed.

    :param known: schemas in which a list of values too long for the form is looked up.
    """
    markers = [marker.strip() for marker in table["missing"].split(",")]
    schema: dict[str, Any] = {
        **_rest(table["rest"]),
        "fields": [_field(row, known) for row in rows],
        "missingValues": ["", *dict.fromkeys(marker for marker in markers if marker)],
    }
    keys = [row["name"].strip() for row in rows if row["key"] and row["name"].strip()]
    if keys:
        schema["primaryKey"] = keys
    return schema


def _field(row: Row, known: list[Mapping[str, Any]]) -> dict[str, Any]:
    rest = _rest(row["rest"])
    rules = rules_of({"constraints": rest.pop("constraints", None)})
    if row["required"]:
        rules["required"] = True
    codes = _long_codes(row["codes"], known) if row["codes"] else _lines(row["enum"])
    if codes:
        rules["enum"] = codes
    texts = {name: row[name].strip() for name in TEXTS}
    field = {"name": texts.pop("name"), **{name: text for name, text in texts.items() if text}}
    return {**field, **rest, **({"constraints": rules} if rules else {})}


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def _long_codes(name: str, known: list[Mapping[str, Any]]) -> list[Any]:
    fields = [field for schema in known for field in schema["fields"] if field["name"] == name]
    codes = [rules_of(field).get("enum") for field in fields if codes_of(field)]
    return next((list(found) for found in codes if found and len(found) > MOST_CODES), [])


def _rest(text: str) -> dict[str, Any]:
    """What travelled along; what somebody broke on the way is left out."""
    try:
        rest = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return rest if isinstance(rest, dict) else {}


def rearranged(rows: list[Row], wanted: str) -> list[Row]:
    """The rows after a button: ``tambah``, ``hapus-3``, ``naik-3``, ``turun-3``."""
    if wanted == "tambah":
        return [*rows, empty_row()]
    verb, _, sent = wanted.partition("-")
    number = baca_bilangan(sent, _MOST) or 0
    if not 1 <= number <= len(rows):
        return rows
    place = number - 1
    row, others = rows[place], rows[:place] + rows[place + 1 :]
    if verb == "hapus":
        return others
    place = max(place - 1, 0) if verb == "naik" else place + 1 if verb == "turun" else place
    return [*others[:place], row, *others[place:]]
