"""Table Schemas: read one, and line it up with the columns of a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frictionless import Field, FrictionlessException, Schema

from .expectation import BadSchema
from .layout import normal
from .masking import masked_names

_MORE_COLUMNS = ("subset", "partial")  # values of fieldsMatch that take unplanned columns
_FEWER_COLUMNS = ("superset", "partial")
_YEAR_NAME = re.compile(r"(^|_)(tahun|thn|year)$|^(tahun|thn)(_|$)")
_YEARS_LONG = re.compile(r"(^|_)(umur|usia|lama|masa|jangka|kelompok|jumlah|rata)(_|$)")
_WORDS = {"rt": "RT", "rw": "RW", "nik": "NIK", "kk": "KK", "ha": "ha", "kb": "KB", "opd": "OPD"}


@dataclass(frozen=True)
class Column:
    """One column of the file. field: its Table Schema field (type "any" when not planned)."""

    number: int
    label: str
    field: Mapping[str, Any]
    planned: bool = True

    @property
    def name(self) -> str:
        return str(self.field["name"])

    @property
    def type(self) -> str:
        return str(self.field.get("type", "any"))


@dataclass(frozen=True)
class Alignment:
    """Schema and file side by side.

    columns: those of the file in its order. renamed: those matched only after tidying the label.
    missing, extra: fields the file lacks and columns the schema lacks, unless its `fieldsMatch`
    allows them. moved: the planned order differs.
    """

    columns: tuple[Column, ...]
    missing: tuple[Mapping[str, Any], ...] = ()
    renamed: tuple[Column, ...] = ()
    extra: tuple[Column, ...] = ()
    moved: bool = False


def read_schema(descriptor: Mapping[str, Any]) -> Mapping[str, Any]:
    """The descriptor itself once frictionless has accepted it. Raises BadSchema."""
    fields = descriptor.get("fields") if isinstance(descriptor, Mapping) else None
    if not isinstance(fields, (list, tuple)) or not fields:
        raise BadSchema("Struktur kolom harus punya daftar `fields` yang berisi.")
    try:
        schema = Schema.from_descriptor(dict(descriptor))
        for item in schema.fields:
            item.create_cell_reader()
            _check_bounds(item)
    except FrictionlessException as error:
        notes = "; ".join(e.note for e in error.reasons) or error.error.note
        raise BadSchema(f"Struktur kolom tidak bisa dipakai: {notes}.") from error
    except (re.error, TypeError, ValueError, AttributeError, KeyError) as error:
        raise BadSchema(f"Struktur kolom tidak bisa dipakai: {error}.") from error
    except (OverflowError, RecursionError) as error:  # of a pattern, when it is compiled
        raise BadSchema("Struktur kolom tidak bisa dipakai: polanya terlalu rumit.") from error
    names = Counter(item.name for item in schema.fields)
    if double := [name for name, count in names.items() if count > 1]:
        raise BadSchema(f"Struktur kolom menyebut `{double[0]}` lebih dari sekali.")
    return descriptor


def _check_bounds(item: Field) -> None:
    """frictionless takes a bound it cannot read and then fails on the first row."""
    reader = item.create_value_reader()
    for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        bound = item.constraints.get(name)
        if bound is not None and reader(bound) is None:
            raise ValueError(f"batas {name} kolom `{item.name}` bukan {item.type}")


def names_of(schema: Mapping[str, Any] | None) -> frozenset[str]:
    """Normalised names of a schema's fields; empty without a schema."""
    fields = schema["fields"] if schema else ()
    return frozenset(normal(str(f["name"])) for f in fields)


def align(schema: Mapping[str, Any], labels: Sequence[str], by_position: bool) -> Alignment:
    """Match the file's labels with the schema's fields: by exact name, then tidied, then title.

    by_position: the file has no header, so the first column is the first field, and so on.
    """
    fields: list[Mapping[str, Any]] = list(schema["fields"])
    matched = dict(enumerate(fields[: len(labels)])) if by_position else _match(fields, labels)
    columns, renamed, extra = [], [], []
    shown = masked_names(labels)
    for index, label in enumerate(labels):
        column = _column(index, label, matched.get(index))
        columns.append(column)
        if not column.planned:
            extra += [] if schema.get("fieldsMatch") in _MORE_COLUMNS else [column]
        elif not by_position and column.name not in (label, shown[index]):
            renamed.append(column)
    used = [matched[index]["name"] for index in sorted(matched)]
    missing = tuple(f for f in fields if f["name"] not in used and _wanted(schema, f))
    # By place: several fields of a table being filled in may still be without a name.
    order = {id(item): place for place, item in enumerate(fields)}
    places = [order[id(matched[index])] for index in sorted(matched)]
    moved = places != sorted(places)
    return Alignment(tuple(columns), missing, tuple(renamed), tuple(extra), moved)


def _wanted(schema: Mapping[str, Any], field: Mapping[str, Any]) -> bool:
    """Whether a field must be in the file: where few may be, only required ones and keys."""
    if schema.get("fieldsMatch") not in _FEWER_COLUMNS:
        return True
    required = (field.get("constraints") or {}).get("required")
    return bool(required) or field["name"] in listed(schema.get("primaryKey"))


def listed(names: Any) -> list[str]:
    """Names of fields as Table Schema writes them: one text or a list."""
    return [names] if isinstance(names, str) else list(names or ())


def _column(index: int, label: str, found: Mapping[str, Any] | None) -> Column:
    if found is None:
        return Column(index + 1, label, {"name": label, "type": "any"}, planned=False)
    return Column(index + 1, label, found)


def _match(
    fields: Sequence[Mapping[str, Any]], labels: Sequence[str]
) -> dict[int, Mapping[str, Any]]:
    """Column index -> field. The closest kind of match is taken first, each field once."""
    shown = dict(zip(labels, masked_names(labels), strict=True))
    matched: dict[int, Mapping[str, Any]] = {}
    taken: set[str] = set()
    kinds = (
        (lambda f: str(f["name"]), lambda label: label),
        (lambda f: str(f["name"]), shown.__getitem__),  # as inferred from such a file
        (lambda f: normal(str(f["name"])), normal),
        (lambda f: normal(str(f.get("title") or f["name"])), normal),
    )
    for of_field, of_label in kinds:
        free = {of_field(f): f for f in reversed(fields) if str(f["name"]) not in taken}
        for index, label in enumerate(labels):
            found = free.get(of_label(label))
            if index not in matched and found is not None and str(found["name"]) not in taken:
                matched[index] = found
                taken.add(str(found["name"]))
    return matched


def is_year_column(label: str) -> bool:
    """Whether a column of this label holds years."""
    name = normal(label)
    return bool(_YEAR_NAME.search(name)) and not _YEARS_LONG.search(name)


def title_for(label: str) -> str:
    """`luas_panen_ha` -> `Luas panen ha`; labels that are already words stay."""
    words = re.sub(r"[\s_]+", " ", label).strip().split(" ")
    if "_" not in label and label != label.lower():
        return " ".join(words)
    words = [_WORDS.get(word.lower(), word) for word in words]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])
