"""What differs between two editions: metadata field by field, files, schemas, rows.

An edition that is still being written can be one of the two.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from ckan.types import AlchemySession as Session

from ..conformity import BadSchema, Expectation
from ..conformity.comparison import Difference, TooManyRows, compare, read_rows
from ..model import blobs, checks
from ..model.tables import EditionRecord
from .facts import Facts, field_labels

SHOWN = 100
_NOT_WORDS = frozenset({"id", "name", "resources", "type"})
_OF_A_FILE = {"name": "Nama berkas", "description": "Keterangan berkas", "format": "Format"}
_OF_A_COLUMN = {
    "type": "jenis isi",
    "title": "judul",
    "description": "definisi",
    "constraints": "aturan",
}
TOO_LONG = "Tabelnya terlalu panjang untuk dibandingkan di sini. Unduh kedua berkasnya."
_UNREAD = (
    "Pemeriksaan berkas ini belum selesai atau tidak berhasil, jadi isinya tidak dibandingkan di "
    "sini. Tunggu hasil pemeriksaannya, atau unduh kedua berkasnya."
)
_READ = ("success", "failure")
_NO_TABLE = "Isinya bukan tabel, jadi hanya dinyatakan berubah atau tidak."


@dataclass(frozen=True)
class Side:
    """One of the two editions. number None: not released yet.

    unread: files no check came through. They are compared in the portal's own process, and only
    a file that did no harm in one apart is read there.
    """

    number: int | None
    metadata: dict[str, Any]
    files: dict[str, dict[str, Any]]
    reports: dict[str, Any] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    def resource(self, resource_id: str) -> dict[str, Any]:
        """The metadata of one file."""
        return next((r for r in self.metadata["resources"] if r["id"] == resource_id), {})

    def given(self, resource_id: str) -> dict[str, Any]:
        """The Table Schema somebody accepted for one file; empty where nobody did."""
        given = self.resource(resource_id).get("schema")
        return (json.loads(given) if isinstance(given, str) else given) or {}

    def schema(self, resource_id: str) -> dict[str, Any]:
        """The Table Schema of one file: its own, else the one the check inferred."""
        read = self.given(resource_id)
        ours = (self.reports.get(resource_id) or {}).get("satudata") or {}
        return read or ours.get("table_schema") or {}


def released(row: EditionRecord) -> Side:
    """An edition as it was released."""
    files = {file["resource_id"]: file for file in row.files}
    reports = row.check_report or {}
    unread = frozenset(key for key in files if (reports.get(key) or {}).get("errors"))
    return Side(row.number, row.metadata_, files, reports, unread)


def in_the_making(session: Session, facts: Facts, public_ids: Mapping[str, str]) -> Side:
    """An edition as it stands now. public_ids: what its files are called in public."""
    files = {file["resource_id"]: file for file in facts.content.files}
    checked = checks.validations_of(session, list(facts.checks))
    reports = {public_ids.get(k, k): checks.report_in(row) or {} for k, row in checked.items()}
    read = {public_ids.get(k, k) for k, check in facts.checks.items() if check["status"] in _READ}
    return Side(None, facts.content.metadata, files, reports, frozenset(files) - read)


def between(old: Side, new: Side) -> dict[str, Any]:
    """Everything that differs, as ``satudata_edition_diff`` gives it."""
    ids = [*new.files, *(key for key in old.files if key not in new.files)]
    return {
        "from": old.number,
        "to": new.number,
        "metadata": words(old.metadata, new.metadata),
        "files": [_file(old, new, key) for key in ids],
    }


def words(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """Fields of two editions' metadata that differ: ``{field, label, from, to}``."""
    labels = {"tags": "Kata kunci", **field_labels()}
    names = [*labels, *sorted({*old, *new} - set(labels))]
    return [
        {"field": name, "label": labels.get(name, name), "from": old.get(name), "to": new.get(name)}
        for name in names
        if name not in _NOT_WORDS and (old.get(name) or "") != (new.get(name) or "")
    ]


def _file(old: Side, new: Side, key: str) -> dict[str, Any]:
    before, after = old.files.get(key), new.files.get(key)
    known = after or before or {}
    shown: dict[str, Any] = {
        "resource_id": key,
        "name": known["name"],
        "change": "added" if before is None else "removed" if after is None else "same",
        "from": _brief(before),
        "to": _brief(after),
        "metadata": [],
        "schema": {"added": [], "removed": [], "changed": []},
        "rows": None,
        "note": "",
    }
    if before is None or after is None:
        return shown
    shown["metadata"] = file_words(old.resource(key), new.resource(key))
    shown["schema"] = _schemas(old, new, key)
    if before["sha256"] == after["sha256"]:
        return shown
    return {**shown, "change": "changed", **row_changes(old, new, key)}


def _brief(file: dict[str, Any] | None) -> dict[str, Any] | None:
    return file and {name: file[name] for name in ("filename", "sha256", "size")}


def file_words(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """What people wrote about one file that differs: ``{field, label, from, to}``."""
    return [
        {"field": name, "label": label, "from": old.get(name), "to": new.get(name)}
        for name, label in _OF_A_FILE.items()
        if (old.get(name) or "") != (new.get(name) or "")
    ]


def _schemas(old: Side, new: Side, key: str) -> dict[str, Any]:
    """Columns that differ, by name. Where one side's are not known nothing is said of them.

    What was accepted is not held against what the check guessed: only the names are.
    """
    before, after = _fields(old.schema(key)), _fields(new.schema(key))
    if not (before and after):
        return {"added": [], "removed": [], "changed": []}
    alike = bool(old.given(key)) == bool(new.given(key))
    return {
        "added": [name for name in after if name not in before],
        "removed": [name for name in before if name not in after],
        "changed": [
            {"name": name, "what": what, "from": before[name].get(what), "to": column.get(what)}
            for name, column in after.items()
            if alike and name in before
            for what in sorted({*before[name], *column} - {"name"})
            if before[name].get(what) != column.get(what)
        ],
    }


def column_words(old: Side, new: Side, key: str) -> list[dict[str, Any]]:
    """What people changed in the table of columns of one file: ``{label, from, to}``."""
    before, after = old.given(key), new.given(key)
    if bool(before) != bool(after):
        kept = [None, "disimpan"]
        told = dict(zip(("from", "to"), kept if after else kept[::-1], strict=True))
        return [{"label": "Tabel kolom", **told}]
    was, now = _fields(before), _fields(after)
    return [
        *(
            {"label": f"Kolom {name}", "from": None, "to": "kolom baru"}
            for name in now.keys() - was
        ),
        *({"label": f"Kolom {name}", "from": "ada", "to": None} for name in was.keys() - now),
        *(
            {
                "label": f"Kolom {name}, {_OF_A_COLUMN.get(what, what)}",
                "from": was[name].get(what),
                "to": column.get(what),
            }
            for name, column in now.items()
            if name in was
            for what in sorted({*was[name], *column} - {"name"})
            if was[name].get(what) != column.get(what)
        ),
    ]


def _fields(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {str(field.get("name")): field for field in schema.get("fields", ())}


def unchanged(row: EditionRecord, facts: Facts) -> bool:
    """Whether a submission's content is that of a released edition, metadata and bytes."""
    files = [(file["resource_id"], file["sha256"]) for file in facts.content.files]
    if files != [(file["resource_id"], file["sha256"]) for file in row.files]:
        return False
    # As it is kept: what JSON has no word for is written as text.
    return json.loads(json.dumps(facts.content.metadata, default=str)) == row.metadata_


def tables(old: Side, new: Side, key: str) -> Difference | None:
    """The rows of one file that differ; None when one of the two holds no table.

    :raises TooManyRows: a table is too long to be compared.
    """
    if key in old.unread | new.unread:
        return None
    left, right = _table(old, key), _table(new, key)
    if left is None or right is None:
        return None
    return compare(left, right, new.schema(key))


def _table(side: Side, key: str) -> pl.DataFrame | None:
    file = side.files[key]
    expectation = Expectation(
        name=file["filename"],
        format=str(side.resource(key).get("format") or "").lower(),
        table_schema=side.schema(key) or None,
    )
    try:
        return read_rows(blobs.path_of(file["sha256"]), expectation)
    except BadSchema:
        return None


def row_changes(old: Side, new: Side, key: str) -> dict[str, Any]:
    """What differs in the rows of one file: ``{rows}``, or ``{note}`` that says why not."""
    try:
        found = tables(old, new, key)
    except TooManyRows:
        return {"note": TOO_LONG}
    if found is None:
        return {"note": _UNREAD if key in old.unread | new.unread else _NO_TABLE}
    return {
        "rows": {
            "by": "key" if found.key else "position",
            "key": list(found.key),
            "columns": list(found.columns),
            "columns_added": list(found.columns_added),
            "columns_removed": list(found.columns_removed),
            "added": found.added.height,
            "removed": found.removed.height,
            "changed": len(found.changed),
            "unchanged": found.unchanged,
            "examples": {
                "added": found.added.head(SHOWN).to_dicts(),
                "removed": found.removed.head(SHOWN).to_dicts(),
                "changed": [_change(row) for row in found.changed[:SHOWN]],
            },
        }
    }


def _change(row: Any) -> dict[str, Any]:
    cells = [{"column": name, "from": before, "to": after} for name, before, after in row.cells]
    return {"key": list(row.key), "cells": cells}
