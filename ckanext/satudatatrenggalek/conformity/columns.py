"""A Table Schema as a table of columns somebody edits: what is wrong with it, and in which cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frictionless import Field, FrictionlessException

from .expectation import BadSchema
from .messages import TYPE_WORDS
from .schema import read_schema

LONGEST_NAME = 200
_ANY = "any"


@dataclass(frozen=True)
class Mistake:
    """One thing to mend. column: its number from 1, None for the whole table.

    part: "name", "type", "enum", "rules", "key", "missing" or "" (the table). message: a sentence.
    """

    column: int | None
    part: str
    message: str


def mistakes(schema: Mapping[str, Any]) -> tuple[Mistake, ...]:
    """Everything wrong with a Table Schema, in the order of its columns; empty when it is usable.

    schema: with a list `fields` of mappings that each have a text `name`.
    """
    fields: Sequence[Mapping[str, Any]] = schema["fields"]
    if not fields:
        return (Mistake(None, "", "Tabel ini belum punya kolom. Tambahkan paling sedikit satu."),)
    found = [*_names(fields), *_cells(fields), *_keys(schema, fields), *_markers(schema)]
    if found:
        return tuple(sorted(found, key=lambda m: m.column or 0))
    try:
        read_schema(schema)
    except BadSchema as error:
        return (Mistake(None, "", str(error)),)
    return ()


def rules_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """The constraints of a column; none when what stands there are no constraints."""
    rules = item.get("constraints")
    return dict(rules) if isinstance(rules, Mapping) else {}


def codes_of(item: Mapping[str, Any]) -> list[str]:
    """The values a column allows, as text; none when any is allowed."""
    codes = rules_of(item).get("enum")
    return [str(code) for code in codes] if isinstance(codes, (list, tuple)) else []


def key_of(schema: Mapping[str, Any]) -> list[str]:
    """The columns that name a row."""
    key = schema.get("primaryKey") or []
    names = key if isinstance(key, (list, tuple)) else [key]
    return [str(name) for name in names]


def _names(fields: Sequence[Mapping[str, Any]]) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for number, item in enumerate(fields, start=1):
        name = str(item["name"]).strip()
        if not name:
            yield Mistake(
                number, "name", "Nama kolom belum diisi. Tulis seperti di baris judul berkas."
            )
        elif len(name) > LONGEST_NAME:
            yield Mistake(
                number, "name", f"Nama kolom terlalu panjang. Ringkas sampai {LONGEST_NAME} huruf."
            )
        elif name in seen:
            yield Mistake(
                number,
                "name",
                f"Nama `{name}` sudah dipakai kolom {seen[name]}. Beri nama lain, atau hapus.",
            )
        seen.setdefault(name, number)


def _cells(fields: Sequence[Mapping[str, Any]]) -> Iterator[Mistake]:
    for number, item in enumerate(fields, start=1):
        kind = str(item.get("type", _ANY))
        if kind != _ANY and kind not in TYPE_WORDS:
            yield Mistake(number, "type", f"Jenis isi `{kind}` tidak dikenal. Pilih dari daftar.")
            continue
        wrong = list(_codes(number, item))
        yield from wrong
        if not wrong and not _usable(item):
            yield Mistake(
                number,
                "rules",
                "Aturan kolom ini tidak cocok dengan jenis isinya. Ubah jenisnya, atau perbaiki "
                "aturannya di bagian untuk program.",
            )


def _codes(number: int, item: Mapping[str, Any]) -> Iterator[Mistake]:
    """Allowed values that the column's own type refuses."""
    kind = str(item.get("type", _ANY))
    codes = codes_of(item)
    if not codes or kind in (_ANY, "string"):
        return
    if kind == "boolean":
        yield Mistake(number, "enum", "Kolom ya atau tidak tidak perlu daftar isi. Kosongkan.")
        return
    reader = Field.from_descriptor({"name": "kolom", "type": kind}).create_cell_reader()
    wrong = [code for code in codes if reader(code)[0] is None]
    if wrong:
        yield Mistake(
            number,
            "enum",
            f"`{wrong[0]}` bukan {TYPE_WORDS[kind]}, padahal itu jenis kolomnya. Perbaiki daftar "
            "isinya, atau ubah jenisnya.",
        )


def _usable(item: Mapping[str, Any]) -> bool:
    try:
        read_schema({"fields": [{**item, "name": "kolom"}]})
    except (BadSchema, FrictionlessException):
        return False
    return True


def _keys(schema: Mapping[str, Any], fields: Sequence[Mapping[str, Any]]) -> Iterator[Mistake]:
    names = [str(item["name"]) for item in fields]
    for name in key_of(schema):
        if name not in names:
            yield Mistake(
                None,
                "key",
                f"Kolom pengenal `{name}` tidak ada lagi di tabel. Pilih kolom pengenal yang lain.",
            )


def _markers(schema: Mapping[str, Any]) -> Iterator[Mistake]:
    markers = schema.get("missingValues") or []
    if not isinstance(markers, (list, tuple)) or not all(isinstance(m, str) for m in markers):
        yield Mistake(
            None, "missing", "Tanda data kosong harus berupa teks, dipisah koma. Tulis ulang."
        )
