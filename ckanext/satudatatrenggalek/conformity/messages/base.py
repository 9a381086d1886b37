"""The shape of a code's words, and the checklist items they belong to."""

from __future__ import annotations

from dataclasses import dataclass

STANDARD = "standard"
METADATA = "metadata"
INTEROPERABILITY = "interoperability"
REFERENCE_CODES = "reference_codes"
AS_PLANNED = "as_planned"
PERSONAL_DATA = "personal_data"


@dataclass(frozen=True)
class Text:
    """What one code says. kind: the frictionless error type, "" when the code is one itself."""

    item: str
    title: str
    message: str
    remedy: str
    kind: str = ""


ASK = "Buka berkas aslinya, perbaiki, lalu unggah lagi."
