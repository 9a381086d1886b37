"""The tidier of region codes: as the lists write them, where one code alone can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from ..region_codes import judge
from ..regions import built_in
from .columns import TextTidier

_FLOAT = re.compile(r"([0-9]+)\.0+")


class RegionTidier(TextTidier):
    """Region codes, mended only where exactly one code of the lists can be meant."""

    texts_only = False

    def suspects(self, texts: pl.Series) -> pl.Series:
        # Only what is not written like a code of either list goes through the look-up.
        return super().suspects(texts) | ~texts.str.contains(
            r"^$|^[0-9]{2}\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?$"
        )

    def tidy(self, text: str) -> tuple[str, str]:
        stripped, code = super().tidy(text)
        label = self.place.column.name or self.place.column.label
        meant = completed(stripped, label)
        return (meant, "region-code") if meant else (stripped, code)


def completed(code: str, label: str) -> str:
    """The one known code meant by `code`; "" when it is known itself, or none or several are."""
    listed = built_in()
    if not code or judge(code, label, listed).kind != "unknown":
        return ""
    known = {c for c in _candidates(code) if judge(c, label, listed).kind != "unknown"}
    return next(iter(known)) if len(known) == 1 else ""


def _candidates(code: str) -> Iterator[str]:
    """Ways to write the same digits: without spaces, without `.0`, dotted, zeros put back."""
    tight = re.sub(r"\s", "", code)
    if match := _FLOAT.fullmatch(tight):
        tight = match[1]
    yield tight
    if tight.isascii() and tight.isdigit():
        parts = [tight[:2], tight[2:4], tight[4:6], tight[6:]] if len(tight) in (6, 10) else []
    else:
        parts = re.findall(r"[0-9]+", tight) if re.fullmatch(r"[0-9.\-/]+", tight) else []
    parts = [part for part in parts if part]
    if not 2 <= len(parts) <= 4 or any(len(part) > 4 for part in parts):
        return
    if all(len(part) <= 2 for part in parts[:3]) and (len(parts) < 4 or len(parts[3]) == 4):
        yield ".".join([*(part.rjust(2, "0") for part in parts[:3]), *parts[3:]])
