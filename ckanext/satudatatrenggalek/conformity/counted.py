"""Counts that became fractions: 1.474 households, read as one and a half."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from .layout import normal
from .schema import Column

_COUNTED = re.compile(
    r"(^|_)(jumlah|jml|banyaknya|penduduk|jiwa|orang|kk|rumah_tangga|unit|ekor|siswa|murid|guru"
    r"|pegawai|pelanggan|kendaraan|wisatawan|kasus|peserta|penerima)(_|$)"
)
_MEASURED = re.compile(
    r"(^|_)(ton|kg|kw|ku|kuintal|ha|m2|km|km2|luas|panjang|persen|persentase|rata|rasio|indeks|laju"
    r"|per|ribu|juta|miliar|nilai|rp|rupiah|harga|volume|liter|m3|produksi|kepadatan)(_|$)"
)
SHIFTED = r"^[1-9][0-9]{0,2}\.[0-9]{3}$"
SHORTENED = r"^[1-9][0-9]{0,2}\.[0-9]{1,2}$"
_LEAST = 3


@dataclass
class Shifted:
    """How the cells of a column that counts things are written.

    shifted: 1.474. shortened: 50.36, which lost its last zeros. others: what shows real fractions
    or thousands without dots.
    """

    shifted: int = 0
    shortened: int = 0
    others: bool = False

    def see(self, texts: pl.Series) -> pl.Series:
        """Take the cells of a stretch of rows; gives which of them are shifted."""
        dotted = texts.str.contains(".", literal=True)
        shifted = texts.str.contains(SHIFTED)
        shortened = texts.str.contains(SHORTENED)
        whole = texts.str.contains(r"^[0-9]{4,}$")
        self.others |= bool((whole | (dotted & ~shifted & ~shortened)).any())
        self.shifted += int(shifted.sum())
        self.shortened += int(shortened.sum())
        return shifted

    def destroyed(self, typed: bool) -> bool:
        """Three decimals nearly everywhere, and nothing that shows real fractions or thousands.

        typed: there are numbers of a spreadsheet among them. Texts that all have three decimals
        are left to the question what their dots mean.
        """
        return bool(
            (typed or self.shortened)
            and not self.others
            and self.shifted >= _LEAST
            and self.shifted >= self.shortened * 2
        )


def is_count(column: Column) -> bool:
    """Whether a column counts people or things, by its label."""
    name = normal(column.label or column.name)
    return bool(_COUNTED.search(name)) and not _MEASURED.search(name)


def meant_by(text: str) -> str:
    """The count that `1.474` or `50.36` was: 1474, 50360."""
    whole, _, part = text.partition(".")
    return whole + part.ljust(3, "0")
