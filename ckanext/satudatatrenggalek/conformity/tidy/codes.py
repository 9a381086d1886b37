"""The tidier of region codes: as the lists write them, where one code alone can be meant."""

from __future__ import annotations

import polars as pl

from ..region_codes import DOTTED, completed
from ..regions import built_in
from .columns import TextTidier


class RegionTidier(TextTidier):
    """Region codes, mended only where exactly one code of the lists can be meant."""

    texts_only = False

    def suspects(self, texts: pl.Series) -> pl.Series:
        # Only what is not written like a code of Kemendagri goes through the look-up.
        return super().suspects(texts) | ~texts.str.contains(f"^(?:{DOTTED})?$")

    def tidy(self, text: str) -> tuple[str, str]:
        stripped, code = super().tidy(text)
        label = self.place.column.name or self.place.column.label
        meant = completed(stripped, label, built_in())
        return (meant, "region-code") if meant else (stripped, code)
