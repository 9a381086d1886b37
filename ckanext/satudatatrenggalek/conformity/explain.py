"""Why frictionless refused a cell, in words an office can act on."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from .dates import iso_date, no_such_day
from .masking import show, text_of
from .messages import INTEROPERABILITY, STANDARD, TYPE_WORDS
from .numbers import MISSING, Diagnosis, diagnose, whole_of
from .schema import Column
from .units import is_known

Said = tuple[str, str, str]  # message, remedy, item
# What is wrong with a cell beyond a limit, and what to do; the braces stand for the limit.
_LIMITS = {
    "minimum": ("lebih kecil dari {}", "Tulis angka paling kecil {}."),
    "maximum": ("lebih besar dari {}", "Tulis angka paling besar {}."),
    "exclusiveMinimum": ("tidak lebih dari {}", "Tulis angka lebih dari {}."),
    "exclusiveMaximum": ("tidak kurang dari {}", "Tulis angka kurang dari {}."),
    "minLength": ("kurang dari {} huruf", "Tulis paling sedikit {} huruf."),
    "maxLength": ("lebih dari {} huruf", "Tulis paling banyak {} huruf."),
    "pattern": ("tidak mengikuti pola kolom", "Ikuti pola `{}`."),
}
_EMPTY = "Kosongkan selnya bila datanya belum ada."
_MOST_COMPARED = 1_000  # choices among which the closest is looked for


def type_words(column: Column) -> str:
    """What a column of this type must hold, in words."""
    return TYPE_WORDS.get(column.type, "isi yang sesuai")


def habit_of(column: Column, cell: Any) -> str:
    """What kind of mistake a type error is: those of one kind in a column have one remedy.

    blank, missing, unit, beside (no known unit), currency, letter, excel-error, fraction,
    separators, date, no-such-day, or "" for anything else.
    """
    text = text_of(cell)
    if column.type in ("number", "integer"):
        return _habit_of_number(column, text, diagnose(text))
    if text.strip().lower() in MISSING:
        return "missing"
    if column.type == "date" and iso_date(text, surely=False):
        return "date"
    return "no-such-day" if column.type == "date" and no_such_day(text) else ""


def _habit_of_number(column: Column, text: str, found: Diagnosis) -> str:
    if not text.strip():
        return "blank"
    if found.habit == "unit" and not is_known(found.extra):
        return "beside"
    if found.habit in ("unit", "currency", "missing", "letter", "excel-error"):
        return found.habit
    if column.type == "integer" and "." in found.plain and not whole_of(found.plain):
        return "fraction"
    return "separators" if found.habit in ("decimal-comma", "thousands") else ""


def explain_type(column: Column, cell: Any, shown: str, spreadsheet: bool) -> Said:
    """Sentences for a type error. shown: the value fit for a report."""
    text, habit = text_of(cell), habit_of(column, cell)
    if column.type in ("number", "integer"):
        return _number(column, habit, diagnose(text), shown, spreadsheet)
    wrong = f"Kolom `{column.name}` harus berisi {type_words(column)}, tetapi tertulis `{shown}`."
    if habit == "missing":
        return wrong, f"Ganti dengan {type_words(column)}. {_EMPTY}", STANDARD
    if habit == "date":
        iso = iso_date(text, surely=False)
        return wrong, f"Tulis `{iso}` (tahun-bulan-tanggal).", INTEROPERABILITY
    if habit == "no-such-day":
        why = f": {no_such_day(text)}" if shown == text else ""  # a masked date stays masked
        message = f"Tanggal `{shown}` di kolom `{column.name}` tidak ada di kalender{why}."
        return message, "Periksa di catatan aslinya, lalu tulis seperti 2026-01-31.", STANDARD
    return wrong, f"Ganti dengan {type_words(column)}.", STANDARD


def _number(column: Column, habit: str, found: Diagnosis, shown: str, spreadsheet: bool) -> Said:
    name, kind = column.name, type_words(column)
    mark = "," if spreadsheet else column.field.get("decimalChar") or "."
    whole = whole_of(found.plain) if column.type == "integer" else ""
    plain = show((whole or found.plain).replace(".", mark))
    wrong = f"Kolom `{name}` harus berisi {kind}, tetapi tertulis `{shown}`."
    if habit == "blank":
        return wrong, f"Isi angkanya. {_EMPTY}", STANDARD
    if habit in ("unit", "currency"):
        what = "satuan" if habit == "unit" else "lambang mata uang"
        message = f"`{shown}` di kolom `{name}` memuat {what} di dalam angka."
        return message, f"Tulis angkanya saja, `{plain}`. Satuan dicatat di metadata.", STANDARD
    if habit == "beside":
        message = f"`{shown}` di kolom `{name}` memuat tulisan lain di samping angkanya."
        remedy = f"Bila salah ketik, periksa angkanya. Bila satuan, tulis `{plain}` saja"
        return message, f"{remedy} dan catat satuannya di metadata.", STANDARD
    if habit == "missing":
        return wrong, f"Tulis 0 bila memang tidak ada. {_EMPTY}", STANDARD
    if habit == "letter":
        letters = "".join(dict.fromkeys(c for c in shown if c.isalpha())) or "lain"
        message = f"`{shown}` di kolom `{name}` memuat huruf {letters} di antara angkanya."
        meant = f"Bila maksudnya {plain}, tulis `{plain}`."
        return message, f"Salah ketik: periksa di catatan aslinya. {meant}", STANDARD
    if habit == "excel-error":
        message = f"Sel di kolom `{name}` berisi pesan kesalahan rumus, `{shown}`."
        return message, "Perbaiki rumusnya di Excel, atau ganti dengan angkanya.", STANDARD
    if habit == "fraction":
        return wrong, "Tulis bilangan bulat, atau minta kolomnya diubah ke angka.", STANDARD
    if habit == "separators":
        return _separators(name, plain, shown, spreadsheet, mark)
    return wrong, f"Ganti dengan {kind}.", STANDARD


def _separators(name: str, plain: str, shown: str, spreadsheet: bool, mark: str) -> Said:
    if spreadsheet:
        message = f"`{shown}` di kolom `{name}` tersimpan sebagai teks, bukan angka."
        return message, f"Ketik ulang sebagai angka: `{plain}`.", INTEROPERABILITY
    if mark == ",":
        message = f"Angka `{shown}` di kolom `{name}` memakai pemisah ribuan."
        return message, f"Tulis `{plain}`: koma untuk desimal.", INTEROPERABILITY
    message = f"Angka `{shown}` di kolom `{name}` memakai koma desimal atau pemisah ribuan."
    remedy = f"Tulis `{plain}`: titik untuk desimal, tanpa pemisah ribuan."
    return message, remedy, INTEROPERABILITY


def without_blanks(message: str, shown: str) -> Said:
    """Sentences for a cell that is right but for blanks around it."""
    remedy = f"Tulis `{shown.strip()}`, tanpa spasi di depan atau di belakangnya."
    return message, remedy, INTEROPERABILITY


def beyond(column: Column, broken: Sequence[str]) -> str:
    """A further sentence of a remedy: limits the number breaks besides; "" for none."""
    rules = column.field.get("constraints") or {}
    said = [_LIMITS[name][0].format(rules[name]) for name in broken]
    return f" Angka itu juga {' dan '.join(said)}: periksa lagi." if said else ""


def explain_constraint(column: Column, name: str, row: int, shown: str) -> Said:
    """Sentences for a broken constraint `name` of a column."""
    limit = (column.field.get("constraints") or {}).get(name)
    where = f"`{shown}` di kolom `{column.name}`"
    if name == "required":
        message = f"Kolom `{column.name}` wajib diisi, tetapi kosong di baris {row}."
        return (
            message,
            "Isi selnya. Bila datanya tidak ada, jelaskan saat mengajukan.",
            STANDARD,
        )
    if name == "enum":
        return _enum(column, where, shown, limit)
    problem, remedy = _LIMITS.get(name, ("melanggar aturan kolom", "Ikuti aturan kolomnya."))
    said = str(limit)[:60] if name == "pattern" else limit
    return f"{where} {problem.format(said)}.", remedy.format(said), STANDARD


def _enum(column: Column, where: str, shown: str, allowed: Any) -> Said:
    allowed = allowed or ()
    few = ", ".join(f"`{value}`" for value in allowed[:8])
    more = f" dan {len(allowed) - 8} lainnya" if len(allowed) > 8 else ""
    close = ""
    if len(allowed) <= _MOST_COMPARED:
        close = _closest(shown, tuple(str(value) for value in allowed))
    meant = f"Ganti menjadi `{close}`." if close else f"Pilih salah satu: {few}{more}."
    return f"{where} tidak ada di daftar pilihan.", meant, STANDARD


@lru_cache(maxsize=1_000)
def _closest(shown: str, values: tuple[str, ...]) -> str:
    return next(iter(get_close_matches(shown, values, n=1, cutoff=0.6)), "")
