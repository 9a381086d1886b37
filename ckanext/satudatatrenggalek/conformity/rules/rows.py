"""Rows that are not data: totals, notes, blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..aggregates import plain_region
from ..masking import text_of

_TOTAL = re.compile(
    r"(?:sub\s*|grand\s*)?(?:jumlah|total|jml|rata\s*-?\s*rata)"
    r"(?:\s*[/:.\-]?\s*(?:total|jumlah|keseluruhan|seluruhnya|semua|kabupaten|kab|kecamatan|kec"
    r"|trenggalek|rata\s*-?\s*rata|\(?[a-z0-9+\-\s]{1,12}\)|[.:]))*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s*(?:(?:<[^>]*>)*[*¹²³]+\)?|sumber|catatan|ket(?:erangan)?\s*[.:]|keterangan|note|source"
    r"|mengetahui|a\.?n\.?\s|plt\.?\s|ttd\b|tanda tangan|nip\b\.?|trenggalek\s*,"
    r"|(?:kepala|sekretaris|kabid|kasi)\s+(?:dinas|badan|desa|bidang|bagian|kantor|seksi|sub|uptd?|puskesmas)"
    r"|(?:camat|lurah|bupati|direktur)\b"
    r"|[a-z. ]{3,30},\s*[0-9]{1,2}\s+[a-z]{3,9}\s+[0-9]{4}\s*$)",
    re.IGNORECASE,
)
_LONG = 60
_LONGEST_TOTAL = 50


def is_total(cells: Sequence[Any], aggregates: frozenset[str] = frozenset()) -> str:
    """The word that makes this a row of totals, "" for a row of data.

    Only the first cell with letters counts: a later "Total" is a category (sex, kind).
    aggregates: names of regions that hold the others (`Layout.aggregates`).
    """
    for cell in cells:
        text = text_of(cell).strip() if isinstance(cell, str) else ""
        if text.lower() != text.upper():
            return text if is_total_text(text, aggregates) else ""
    return ""


def is_total_text(text: str, aggregates: frozenset[str] = frozenset()) -> bool:
    """Whether a row whose first words are `text` (stripped) is a row of totals."""
    if len(text) >= _LONGEST_TOTAL:
        return False
    return bool(_TOTAL.fullmatch(text)) or (bool(aggregates) and plain_region(text) in aggregates)


def is_note(cells: Sequence[Any], width: int, following: bool = False) -> str:
    """The words of a footnote or signature, "" for a row of data.

    following: a note stands above and no data since, so that any row of one text is one too.
    """
    filled = ""
    for cell in cells:
        if text := text_of(cell).strip():
            if filled or width < 3:
                return ""
            filled = text
    if not any(c.isalpha() or c == "*" for c in filled):
        return ""
    return filled if following or _NOTE.match(filled) or len(filled) > _LONG else ""


def is_blank(cells: Sequence[Any]) -> bool:
    """Whether no cell of the row holds anything."""
    return all(cell is None or not text_of(cell).strip() for cell in cells)


class RowKinds:
    """What each row is, told row after row: a note makes notes of the lone texts below it."""

    def __init__(self, width: int, aggregates: frozenset[str]) -> None:
        self._width = width
        self._aggregates = aggregates
        self._following = False

    def kind(self, cells: Sequence[Any]) -> tuple[str, str]:
        """("total" or "note", its words) or ("", "") for a row of data; not for blank rows."""
        if total := is_total(cells, self._aggregates):
            return "total", total
        if note := is_note(cells, self._width, self._following):
            self._following = True
            return "note", note
        self._following = False
        return "", ""

    def data(self) -> None:
        """Data came by that was not asked about."""
        self._following = False
