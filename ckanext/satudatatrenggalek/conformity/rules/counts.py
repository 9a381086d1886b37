"""Counts that became fractions: 1.474 households, read as one and a half."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..batch import Batch, native
from ..layout import normal
from ..schema import Column
from .base import Rule, RuleContext

_COUNTED = re.compile(
    r"(^|_)(jumlah|jml|banyaknya|penduduk|jiwa|orang|kk|rumah_tangga|unit|ekor|siswa|murid|guru"
    r"|pegawai|pelanggan|kendaraan|wisatawan|kasus|peserta|penerima)(_|$)"
)
_MEASURED = re.compile(
    r"(^|_)(ton|kg|kw|ku|kuintal|ha|m2|km|km2|luas|panjang|persen|persentase|rata|rasio|indeks|laju"
    r"|per|ribu|juta|miliar|nilai|rp|rupiah|harga|volume|liter|m3|produksi|kepadatan)(_|$)"
)
_SHIFTED = r"^[1-9][0-9]{0,2}\.[0-9]{3}$"
_SHORTENED = r"^[1-9][0-9]{0,2}\.[0-9]{1,2}$"
_LEAST = 3


@dataclass
class _Counts:
    column: Column
    shifted: int = 0
    shortened: int = 0
    typed: int = 0
    others: bool = False
    row: int = 0
    value: str = ""

    def see(self, batch: Batch) -> None:
        texts = batch.column(self.column.number)
        dotted = texts.str.contains(".", literal=True)
        shifted = texts.str.contains(_SHIFTED)
        shortened = texts.str.contains(_SHORTENED)
        whole = texts.str.contains(r"^[0-9]{4,}$")
        self.others |= bool((whole | (dotted & ~shifted & ~shortened)).any())
        if not self.shifted and shifted.any():
            index = shifted.arg_true()[0]
            self.row, self.value = batch.rows[index], texts[index]
        self.shifted += int(shifted.sum())
        self.shortened += int(shortened.sum())
        if batch.natives is not None:
            cells = batch.natives[self.column.number - 1]
            self.typed += sum(isinstance(native(cell), float) for cell in cells)

    @property
    def wrong(self) -> bool:
        """Three decimals nearly everywhere, and nothing that shows real fractions or thousands.

        Texts that all have three decimals are left to the question what their dots mean.
        """
        sure = self.typed or self.shortened
        return bool(
            sure
            and not self.others
            and self.shifted >= _LEAST
            and self.shifted >= self.shortened * 2
        )


class ThousandsAsDecimals(Rule):
    """A column that counts people or things holds 167.228: once a column."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._counts = [_Counts(c) for c in self.columns if c.type == "number" and _counts(c)]

    def see(self, batch: Batch) -> None:
        """Count how the cells of such columns are written."""
        for counts in self._counts:
            if not counts.others:
                counts.see(batch)

    def finish(self) -> None:
        for counts in self._counts:
            if counts.wrong:
                self.collector.add(
                    "thousands-as-decimal",
                    row=counts.row,
                    column=counts.column,
                    value=counts.value,
                    count=counts.shifted + counts.shortened,
                    meant=counts.value.replace(".", ""),
                )


def _counts(column: Column) -> bool:
    name = normal(column.label or column.name)
    return bool(_COUNTED.search(name)) and not _MEASURED.search(name)
