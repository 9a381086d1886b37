"""Rows that are not data (totals, notes) and rows that are there twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..masking import text_of
from ..report import WARNING
from .base import RowRule, RuleContext

_MAX_REMEMBERED = 1_000_000
_TOTAL = re.compile(
    r"(?:sub\s*|grand\s*)?(?:jumlah|total|jml|rata\s*-?\s*rata)"
    r"(?:\s*[/:.\-]?\s*(?:total|jumlah|keseluruhan|seluruhnya|semua|kabupaten|kab|kecamatan|kec"
    r"|trenggalek|rata\s*-?\s*rata|\(?[a-z0-9+\-\s]{1,12}\)|[.:]))*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s*(?:\*+\)?|sumber|catatan|ket(?:erangan)?\s*[.:]|keterangan|note|source|mengetahui"
    r"|kepala dinas|nip\b|trenggalek,)",
    re.IGNORECASE,
)
_LONG = 60


def is_total(cells: Sequence[Any]) -> str:
    """The word that makes this a row of totals, "" for a row of data.

    Only the first cell with letters counts: a later "Total" is a category (sex, kind).
    """
    for cell in cells:
        text = text_of(cell).strip() if isinstance(cell, str) else ""
        if text.lower() != text.upper():
            return text if len(text) < 50 and _TOTAL.fullmatch(text) else ""
    return ""


def is_note(cells: Sequence[Any], width: int) -> str:
    """The words of a footnote or signature, "" for a row of data."""
    filled = ""
    for cell in cells:
        if text := text_of(cell).strip():
            if filled or width < 3:
                return ""
            filled = text
    if not any(c.isalpha() or c == "*" for c in filled):
        return ""
    return filled if _NOTE.match(filled) or len(filled) > _LONG else ""


def is_blank(cells: Sequence[Any]) -> bool:
    """Whether no cell of the row holds anything."""
    return all(cell is None or not text_of(cell).strip() for cell in cells)


class DuplicateRows(RowRule):
    """Rows equal in every cell. Silent where a primary key already tells rows apart."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._seen: dict[int, int] = {}
        self._off = context.keyed or len(context.columns) < 2

    def see_row(self, row: int, cells: Sequence[Any]) -> None:
        if self._off:
            return
        mark = hash(tuple(cells))
        first = self._seen.get(mark)
        if first is not None:
            self.collector.add("duplicate-row", WARNING, row=row, cells=cells, other=first)
        elif len(self._seen) < _MAX_REMEMBERED:
            self._seen[mark] = row
