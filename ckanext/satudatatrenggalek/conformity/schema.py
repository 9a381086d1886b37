"""Table Schemas: read one, line it up with the columns of a file, or infer one from a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from frictionless import Field, FrictionlessException, Schema

from .dates import ISO_DATE, iso_date
from .expectation import BadSchema
from .layout import normal
from .masking import masked_names, text_of
from .numbers import MISSING, PLAIN, PLAIN_INTEGER, THOUSANDS, diagnose

_MORE_COLUMNS = ("subset", "partial")  # values of fieldsMatch that take unplanned columns
_FEWER_COLUMNS = ("superset", "partial")
_SHARE = 0.8
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2}")
_TEXT_NAME = re.compile(r"(^|_)(nik|kk|nip|npwp|npsn|nisn|nib|hp|telp|telepon|rekening|kode)(_|$)")
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


# Inference


@dataclass
class Evidence:
    """What the cells of one column are, counted."""

    label: str
    filled: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    grouped: int = 0  # 1.234 and the like
    dotted: int = 0  # plain decimals that cannot be thousands
    long: int = 0  # plain integers of four digits or more
    zeros: int = 0  # leading zeros

    def add(self, other: Evidence, times: int) -> None:
        """Count what another piece of evidence holds, so many times."""
        self.filled += other.filled * times
        for kind, count in other.kinds.items():
            self.kinds[kind] += count * times
        self.grouped += other.grouped * times
        self.dotted += other.dotted * times
        self.long += other.long * times
        self.zeros += other.zeros * times

    def see(self, cell: Any) -> None:
        """Count one cell."""
        text = text_of(cell).strip()
        if not text or text.lower() in MISSING:
            return
        self.filled += 1
        self.kinds[self._kind(cell, text)] += 1

    def _kind(self, cell: Any, text: str) -> str:
        if isinstance(cell, bool) or text.lower() in ("true", "false"):
            return "boolean"
        if isinstance(cell, date) or re.fullmatch(ISO_DATE, text):
            return "date"
        if isinstance(cell, str) and _maybe_date(text) and iso_date(text, surely=True):
            return "date"
        if isinstance(cell, str) and _SCIENTIFIC.fullmatch(text):
            return "text"  # a long number a spreadsheet cut short
        if isinstance(cell, (int, float)):
            return "integer" if float(cell).is_integer() else self._decimal()
        if PLAIN_INTEGER.fullmatch(text):
            self.zeros += len(text) > 1 and text.startswith("0")
            self.long += len(text) >= 4
            return "integer"
        if THOUSANDS.fullmatch(text):
            self.grouped += 1
            return "grouped"
        if PLAIN.fullmatch(text):
            return self._decimal()
        habit = diagnose(text).habit
        written = habit in ("decimal-comma", "thousands", "unit", "currency")
        # 12O is a slip of the keyboard, O12 a code.
        return "number" if written or habit == "letter" and text[0].isdigit() else "text"

    def _decimal(self) -> str:
        self.dotted += 1
        return "number"

    def type(self) -> str:
        """The Table Schema type of the column."""
        name = normal(self.label)
        if self.zeros or _TEXT_NAME.search(name) or not self.filled:
            return "string"
        if is_year_column(self.label) and self._share("integer") >= _SHARE:
            return "year"
        for kind in ("boolean", "date"):
            if self._share(kind) >= _SHARE:
                return kind
        return self._number_type()

    def _number_type(self) -> str:
        if self._share("integer", "number", "grouped") < _SHARE:
            return "string"
        if self.kinds["number"]:
            return "number"
        # 1.474 beside 686 is a count with thousands dots; beside 12345 it is a decimal.
        if self.grouped and (self.long or not self.kinds["integer"]):
            return "number"
        return "integer"

    def _share(self, *kinds: str) -> float:
        return sum(self.kinds[kind] for kind in kinds) / self.filled if self.filled else 0.0


def _maybe_date(text: str) -> bool:
    """Cheap: digits at both ends save for a weekday, and something between them."""
    return text[-1].isdigit() and not text.isdigit() and text.count(".") != 1 and len(text) > 5


def schema_from(evidence: Sequence[Evidence]) -> dict[str, Any]:
    """A Table Schema out of what the columns of one table hold, with Indonesian titles.

    A type is given when four cells in five have it, so that the odd cell is reported.
    Codes stay text; columns named tahun become years.
    """
    names = _free_names([item.label for item in evidence])
    fields = [
        {"name": name, "title": title_for(item.label or name), "type": item.type()}
        for name, item in zip(names, evidence, strict=True)
    ]
    return {"fields": fields, "missingValues": [""]}


def _free_names(labels: Sequence[str]) -> list[str]:
    names: list[str] = []
    for number, label in enumerate(labels, start=1):
        name = label or f"kolom_{number}"
        names.append(name if name not in names else f"{name}_{number}")
    return names


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
