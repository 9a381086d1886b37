"""Validators of the forms in ``schemas/``: they refuse in Indonesian and say what to write."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.lib.munge import munge_title_to_name

from ckanext.scheming import helpers as scheming

from ..conformity import Limits
from ..domain import words
from ..model import passage

__all__ = [
    "satudata_date",
    "satudata_name_from_file",
    "satudata_not_before",
    "satudata_period",
    "satudata_slug_from_title",
    "satudata_table_schema",
    "satudata_year",
]

_YEAR = re.compile(r"(19|20)\d\d")
_LONGEST_NAME = 100
_MOST_COLUMNS = Limits().max_columns
_TOO_MANY = (
    f"Skema tabel menyebut lebih dari {_MOST_COLUMNS} kolom. Periksa lagi isinya, atau kosongkan "
    "supaya portal menyusunnya dari berkas."
)
_NO_FIELDS = (
    'Skema tabel harus punya daftar "fields", dan tiap kolomnya punya "name". '
    "Kosongkan supaya portal menyusunnya dari berkas."
)


def satudata_date(value: Any) -> str:
    """A day, typed ``26-02-2027`` or ``2027-02-26``, stored as ISO text."""
    try:
        return words.baca_tanggal(str(value)).isoformat()
    except ValueError as error:
        raise tk.Invalid(str(error)) from error


def satudata_not_before(first: str) -> Callable[..., None]:
    """For the later one of two days or years: it is not before the field ``first``.

    What the workflow and machines write was approved as it is.
    """

    def not_before(key: Any, data: Any, errors: Any, context: Any) -> None:
        package = context.get("package")
        if package is not None and passage.is_open_for(package.id):
            return
        sent, later = _typed(data, first), data.get(key)
        begin, end = _moment(sent), _moment(later)
        if begin and end and end < begin:
            raise tk.Invalid(
                f"{_said(end, later)} lebih awal daripada {_label(first)} ({_said(begin, sent)}). "
                "Betulkan salah satunya."
            )

    return not_before


def _typed(data: Any, name: str) -> Any:
    """A field as it was sent, or as its own validators have left it already."""
    if (name,) in data:
        return data[(name,)]
    named = (key for key, value in data.items() if key[-1] == "key" and value == name)
    return next((data.get((*key[:-1], "value")) for key in named), None)


def _moment(typed: Any) -> date | None:
    """The day, or the first one of a year; None where its own validator says what is wrong."""
    text = str(typed or "").strip()
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1)
    try:
        return words.baca_tanggal(text)
    except ValueError:
        return None


def _said(moment: date, typed: Any) -> str:
    """A year as it is; a day the way forms ask for it."""
    return str(typed).strip() if _YEAR.fullmatch(str(typed).strip()) else f"{moment:%d-%m-%Y}"


def _label(name: str) -> str:
    """A field as the forms call it."""
    dataset: Any = scheming.scheming_get_dataset_schema("dataset")
    office: Any = scheming.scheming_get_organization_schema("organization")
    fields = [*dataset["dataset_fields"], *office["fields"]]
    field: Any = scheming.scheming_field_by_name(fields, name)
    return scheming.scheming_language_text(field["label"])


def satudata_year(value: str) -> str:
    """A year of four digits."""
    year = value.strip()
    if not _YEAR.fullmatch(year):
        raise tk.Invalid(f"Tahun {value!r} tidak terbaca. Tulis empat angka, misalnya 2026.")
    return year


def satudata_period(value: str) -> str:
    """The period of an edition: ``2025``, ``2025-S1``, ``2025-Q3`` or ``2025-10``."""
    period = value.strip().upper()
    if not words.periode_terbaca(period):
        raise tk.Invalid(
            f"Periode {value!r} tidak terbaca. Tulis 2025 (setahun), 2025-S1 (semester I), "
            "2025-Q3 (triwulan III), atau 2025-10 (Oktober)."
        )
    return period


def satudata_table_schema(value: Any) -> str:
    """A Table Schema, sent as JSON text or as an object, stored as JSON text."""
    schema = read_table_schema(value)
    if not all(field["name"] for field in schema["fields"]):
        raise tk.Invalid(_NO_FIELDS)
    return json.dumps(schema, ensure_ascii=False)


def read_table_schema(value: Any) -> dict[str, Any]:
    """A Table Schema as an object whose columns all have a name, perhaps an empty one.

    :raises Invalid: it is none.
    """
    try:
        schema = json.loads(value) if isinstance(value, str) else value
    except RecursionError as error:
        raise tk.Invalid(_NO_FIELDS) from error
    except ValueError as error:
        raise tk.Invalid(
            f"Skema tabel bukan JSON yang benar ({error}). Perbaiki tandanya, atau kosongkan "
            "supaya portal menyusunnya dari berkas."
        ) from error
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not all(_is_named(field) for field in fields):
        raise tk.Invalid(_NO_FIELDS)
    if len(fields) > _MOST_COLUMNS:
        raise tk.Invalid(_TOO_MANY)
    return schema


def satudata_name_from_file(key: Any, data: Any, errors: Any, context: Any) -> None:
    """A file without a name is called as it was uploaded."""
    if data.get(key):
        return
    address = str(data.get((*key[:-1], "url")) or "")
    data[key] = address.rstrip("/").split("/")[-1].split("?")[0]


def satudata_slug_from_title(key: Any, data: Any, errors: Any, context: Any) -> None:
    """The address of a new dataset follows its title; an existing one keeps its address."""
    if data.get(key):
        return
    existing = context.get("package")
    if existing:
        data[key] = existing.name
        return
    title = data.get(("title",))
    if not title or not str(title).strip():
        errors[("title",)].append("Judul belum diisi. Tulis nama datanya.")
        raise tk.StopOnError
    data[key] = _free_name(munge_title_to_name(str(title))[: _LONGEST_NAME - 4])


def _free_name(wanted: str) -> str:
    name, number = wanted, 2
    while model.Package.get(name) is not None:
        name, number = f"{wanted}-{number}", number + 1
    return name


def _is_named(field: Any) -> bool:
    return isinstance(field, dict) and isinstance(field.get("name"), str)
