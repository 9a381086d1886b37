"""Region codes against the lists of Kemendagri and BPS, and names against their codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .. import regions
from ..layout import normal
from ..masking import text_of
from ..report import WARNING
from ..schema import Column
from .base import RowRule, RuleContext

_LEVEL = (("desa", ("desa", "kelurahan")), ("kel", ("desa", "kelurahan")), ("kec", ("kecamatan",)))


@dataclass
class _Codes:
    """A column of codes, the columns of names beside it (finest first), codes from elsewhere."""

    column: Column
    names: list[Column]
    outside: int = 0
    first: int = 0
    example: str = ""


class RegionCodes(RowRule):
    """Every code is held against the lists; the name beside it only helps to suggest one."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        names = [c for c in self.columns if regions.is_name_column(c.name)]
        codes = [c for c in self.columns if regions.is_code_column(c.name)]
        wanted = codes if self.expectation.region_codes else []
        self._codes = [_Codes(c, _beside(c, names)) for c in wanted]

    def see_row(self, row: int, cells: Sequence[Any]) -> None:
        for codes in self._codes:
            code = regions.code_text(cells[codes.column.number - 1])
            if not code:
                continue
            name = next((t for c in codes.names if (t := text_of(cells[c.number - 1]).strip())), "")
            verdict = regions.judge(code, codes.column.name, name)
            if verdict.kind == "outside":
                codes.outside += 1
                if codes.outside == 1:
                    codes.first, codes.example = row, code
            elif verdict.kind == "unknown":
                self._unknown(row, codes.column, code, cells, verdict)
            elif verdict.region:
                self._names(row, codes, verdict.region, cells)

    def finish(self) -> None:
        for codes in self._codes:
            if codes.outside:
                more = f" ({codes.outside} sel di luar Trenggalek)" if codes.outside > 1 else ""
                self.collector.add(
                    "region-outside",
                    WARNING,
                    row=codes.first,
                    column=codes.column,
                    value=codes.example,
                    more=more,
                )

    def _unknown(
        self, row: int, column: Column, code: str, cells: Sequence[Any], verdict: regions.Verdict
    ) -> None:
        self.collector.add(
            "region-code",
            row=row,
            column=column,
            value=code,
            cells=cells,
            list=verdict.standard,
            how=verdict.how,
        )

    def _names(self, row: int, codes: _Codes, region: regions.Region, cells: Sequence[Any]) -> None:
        for column in codes.names:
            name = text_of(cells[column.number - 1]).strip()
            if name and region.level in _levels(column) and not regions.same_name(region, name):
                self.collector.add(
                    "region-name",
                    WARNING,
                    row=row,
                    column=column,
                    value=name,
                    cells=cells,
                    region=region.kemendagri,
                    name=region.name,
                )


def _levels(column: Column) -> tuple[str, ...]:
    label = normal(column.name)
    return next((levels for word, levels in _LEVEL if word in label), ())


def _beside(code: Column, names: list[Column]) -> list[Column]:
    """Name columns of the same level as the code; all of them, finest first, for kode_wilayah."""
    level = _levels(code)
    fitting = [c for c in names if not level or not _levels(c) or _levels(c) == level]
    return sorted(fitting, key=lambda c: "kecamatan" in _levels(c))
