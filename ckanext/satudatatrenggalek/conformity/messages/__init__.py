"""Every sentence a finding can say, in Indonesian, by code.

Codes of frictionless keep their name; ours are named beside the frictionless type they travel
under (`kind`), so that a report stays readable for any Frictionless program. The words in braces
are filled by `compose`. Tone: what is wrong, then what to do; no blame, no English.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from frictionless import system

from . import files, frictionless, rules, tables
from .base import (
    AS_PLANNED,
    INTEROPERABILITY,
    METADATA,
    PERSONAL_DATA,
    REFERENCE_CODES,
    STANDARD,
    Text,
)

__all__ = [
    "AS_PLANNED",
    "FRICTIONLESS_TYPE",
    "INTEROPERABILITY",
    "METADATA",
    "PERSONAL_DATA",
    "REFERENCE_CODES",
    "STANDARD",
    "TEXTS",
    "TYPE_WORDS",
    "Text",
    "compose",
    "text_of",
    "title_of",
]

TEXTS: dict[str, Text] = {**frictionless.TEXTS, **files.TEXTS, **rules.TEXTS, **tables.TEXTS}
FRICTIONLESS_TYPE = {code: text.kind for code, text in TEXTS.items() if text.kind}

TYPE_WORDS = {
    "integer": "bilangan bulat",
    "number": "angka",
    "date": "tanggal seperti 2026-01-31",
    "datetime": "tanggal dan jam seperti 2026-01-31T08:00:00Z",
    "time": "jam seperti 08:00:00",
    "year": "tahun empat angka",
    "yearmonth": "tahun dan bulan seperti 2026-01",
    "boolean": "true atau false",
    "string": "teks",
    "duration": "lama waktu seperti P1D",
    "geopoint": "koordinat seperti 111.7, -8.05",
    "geojson": "geometri GeoJSON",
    "object": "objek JSON",
    "array": "larik JSON",
    "list": "daftar yang dipisah koma",
}


def text_of(code: str) -> Text:
    """The text of a code; a code of some newer frictionless gets the general sentence."""
    return TEXTS.get(code, frictionless.GENERAL)


def compose(code: str, words: Mapping[str, Any]) -> tuple[str, str]:
    """Message and remedy of a code with its words filled in."""
    text = text_of(code)
    return text.message.format_map(words), text.remedy.format_map(words)


@lru_cache(maxsize=256)  # asked for each finding of a report
def title_of(kind: str) -> tuple[str, tuple[str, ...]]:
    """Indonesian title and frictionless tags of a frictionless error type."""
    return text_of(kind).title, tuple(system.select_error_class(kind).tags)
