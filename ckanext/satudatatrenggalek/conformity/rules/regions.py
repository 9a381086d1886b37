"""Region codes against the lists of Kemendagri and BPS, and names against their codes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import polars as pl

from .. import regions
from ..batch import Batch
from ..known_codes import WHATS, known_codes
from ..region_codes import Verdict, judge
from ..region_names import names_beside
from ..regions import BPS, KEMENDAGRI, Region, RegionList
from ..report import WARNING
from ..schema import Column
from .base import Rule, RuleContext
from .pairs import Pairs
from .region_parts import Parts

_MOST_JUDGED = 200_000
_MOST_NAMES = 5_000  # of one batch
_KNOWN_SHARE = 0.6


@dataclass
class _Met:
    """Cells of one kind: how many, first row, an example."""

    count: int = 0
    row: int = 0
    example: str = ""


@dataclass
class _Codes:
    """A column of codes, the columns of names beside it (finest first), and what was met.

    met: cells by the list they are of, or "outside".
    """

    column: Column
    names: list[Column]
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    met: dict[str, _Met] = field(default_factory=dict)

    def meet(self, what: str, count: int, row: int, example: str) -> None:
        """Count cells; row, example: of the first of them."""
        met = self.met.setdefault(what, _Met())
        if not met.count or row < met.row:
            met.row, met.example = row, example
        met.count += count


class RegionCodes(Rule):
    """Every code is held against the lists; the name beside it only helps to suggest one."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._list: RegionList = self.expectation.region_list or regions.built_in()
        names = [c for c in self.columns if regions.is_name_column(c.name)]
        codes = [c for c in self.columns if regions.is_code_column(c.name)]
        wanted = codes if self.expectation.region_codes else []
        self._codes = [_Codes(c, names_beside(c, names)) for c in wanted]
        self._parts = Parts(wanted)
        self._pairs = {
            (codes.column.number, column.number): Pairs(codes.column, column)
            for codes in self._codes
            for column in codes.names
            if regions.level_of(codes.column.name) in ("", regions.level_of(column.name))
        }
        self._remedies: dict[tuple[str, str, str, str], Verdict] = {}

    def begin(self) -> None:
        for codes in self._codes:
            known_codes(self._list, codes.column.name)

    def ahead(self, batch: Batch) -> None:
        for codes in self._codes:
            if self._parts.are_whole(codes.column):
                self._told(batch, codes, batch.column(codes.column.number))

    def _told(self, batch: Batch, codes: _Codes, texts: pl.Series) -> pl.DataFrame:
        """What the list tells at once of the codes (`KnownCodes.look_up`)."""
        column = codes.column
        known = known_codes(self._list, column.name)
        names = [(regions.level_of(c.name), batch.column(c.number)) for c in codes.names]
        return batch.made(column.number, "regions", lambda: known.look_up(texts, names))

    def see(self, batch: Batch) -> None:
        self._parts.learn(batch)
        for codes in self._codes:
            texts = self._parts.full(batch, codes.column)
            if texts is not None:
                self._look_up(batch, codes, texts)

    def finish(self) -> None:
        finest = {regions.level_of(c.column.name) for c in self._codes} - {regions.PROVINCE}
        for codes in self._codes:
            wider = finest and regions.level_of(codes.column.name) == regions.PROVINCE
            if (met := codes.met.get("outside")) and not wider:
                more = f" ({met.count} sel di luar Trenggalek)" if met.count > 1 else ""
                self._once("region-outside", codes, met, more=more)
            if KEMENDAGRI in codes.met and BPS in codes.met:
                few, many = sorted((KEMENDAGRI, BPS), key=lambda kind: codes.met[kind].count)
                self._once("region-mixed", codes, codes.met[few], list=few, other=many)
        for pairs in self._pairs.values():
            pairs.say(self.collector)
        for column, row, example in self._parts.alone():
            self.collector.add("region-partial", WARNING, row=row, column=column, value=example)

    def _once(self, code: str, codes: _Codes, met: _Met, **words: Any) -> None:
        words |= {"count": met.count}
        self.collector.add(
            code, WARNING, row=met.row, column=codes.column, value=met.example, **words
        )

    def _look_up(self, batch: Batch, codes: _Codes, texts: pl.Series) -> None:
        """What the list confirms as it stands is not looked at."""
        found = self._told(batch, codes, texts)
        whats = found["what"]
        for place, what in enumerate(WHATS):
            if count := int((is_so := whats == place).sum()):
                index = is_so.arg_max() or 0
                codes.meet(what, count, batch.rows[index], texts[index])
        self._judge_each(batch, codes, texts, whats.is_null())
        for number, column in enumerate(codes.names):
            self._names(batch, codes, texts, column, ~found[str(number)])

    def _judge_each(
        self, batch: Batch, codes: _Codes, texts: pl.Series, unknown: pl.Series
    ) -> None:
        if not unknown.any():
            return
        found: dict[str, list[int]] = {}
        places = batch.places.filter(unknown).to_list()
        for place, code in zip(places, texts.filter(unknown).to_list(), strict=True):
            verdict = self._verdict(codes, code)
            what = verdict.standard if verdict.kind == "ok" else verdict.kind
            found.setdefault(what, []).append(place)
        for what in WHATS:
            if at := found.get(what):
                codes.meet(what, len(at), batch.rows[at[0]], texts[at[0]])
        for kind, name in (("unknown", "region-code"), ("moved", "region-moved")):
            if kind in found:
                self._wrong(batch, codes, found[kind], (texts, name))

    def _verdict(self, codes: _Codes, code: str) -> Verdict:
        if code not in codes.verdicts:
            if len(codes.verdicts) > _MOST_JUDGED:
                codes.verdicts.clear()
            stripped = code.strip()
            verdict = judge(stripped, codes.column.name, self._list) if stripped else Verdict("")
            codes.verdicts[code] = verdict
        return codes.verdicts[code]

    def _wrong(
        self, batch: Batch, codes: _Codes, wrong: list[int], what: tuple[pl.Series, str]
    ) -> None:
        texts, name = what

        def words(index: int, _: str) -> dict[str, Any]:
            code = texts[index].strip()
            beside = ((batch.column(c.number)[index].strip(), c.name) for c in codes.names)
            name, label = next((pair for pair in beside if pair[0]), ("", ""))
            verdict = self._judged(code, codes.column.name, name, regions.level_of(label))
            region = verdict.region
            return {
                "list": verdict.standard,
                "how": verdict.how,
                "until": region.until if region else "",
            }

        self.each(batch, wrong, name, codes.column, words=words)

    def _judged(self, code: str, label: str, name: str, level: str) -> Verdict:
        """The verdict with its remedy; the same wrong code comes with the same name again."""
        asked = (code, label, name, level)
        if asked not in self._remedies:
            if len(self._remedies) >= _MOST_NAMES:
                self._remedies.clear()
            self._remedies[asked] = judge(code, label, self._list, name, level)
        return self._remedies[asked]

    def _names(
        self,
        batch: Batch,
        codes: _Codes,
        texts: pl.Series,
        column: Column,
        rest: pl.Series,
    ) -> None:
        """Names that are not those of the codes beside them. rest: a mask of rows to look at."""
        if not rest.any():
            return
        self._follow(batch, codes, texts, column, rest)
        level = regions.level_of(column.name)
        names = batch.column(column.number).filter(rest).to_list()
        pairs = zip(texts.filter(rest).to_list(), names, strict=True)
        differing: dict[int, Region] = {}
        for place, (code, name) in zip(batch.places.filter(rest).to_list(), pairs, strict=True):
            region = self._verdict(codes, code).region
            same_level = region and regions.level_of(region.level) == level
            if region and same_level and name.strip() and not regions.same_name(region, name):
                differing[place] = region
        if not differing:
            return

        def words(index: int, name: str) -> dict[str, Any]:
            region = differing[index]
            return {"region": region.code, "name": region.name}

        self.each(batch, list(differing), "region-name", column, WARNING, words)

    def _follow(
        self, batch: Batch, codes: _Codes, texts: pl.Series, column: Column, rest: pl.Series
    ) -> None:
        """Codes of regions the list does not have, with their names."""
        pairs = self._pairs.get((codes.column.number, column.number))
        if pairs and "outside" in codes.met:
            strange = {
                code for code in texts.filter(rest).unique() if self._is_strange(codes, code)
            }
            pairs.see(
                batch,
                texts,
                rest & texts.is_in(pl.Series(list(strange), dtype=pl.String).implode()),
            )

    def _is_strange(self, codes: _Codes, code: str) -> bool:
        verdict = self._verdict(codes, code)
        return verdict.kind == "outside" and verdict.region is None


class RegionNames(Rule):
    """Names a letter away from one of the list, where no code tells which is meant."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._list: RegionList = self.expectation.region_list or regions.built_in()
        coded = {regions.level_of(c.name) for c in self.columns if regions.is_code_column(c.name)}
        self._columns = [
            c
            for c in self.columns
            if self.expectation.region_codes
            and regions.is_name_column(c.name)
            and regions.level_of(c.name) in (regions.DISTRICT, regions.VILLAGE)
            and regions.level_of(c.name) not in coded
            and "" not in coded
        ]
        self._met: dict[int, Counter[str]] = {c.number: Counter() for c in self._columns}
        self._rows: dict[tuple[int, str], int] = {}

    def see(self, batch: Batch) -> None:
        for column in self._columns:
            counted = batch.counted(column.number)
            for name, count, row in counted.head(_MOST_NAMES).iter_rows():
                self._met[column.number][name] += count
                self._rows.setdefault((column.number, name), row)

    def finish(self) -> None:
        for column in self._columns:
            known = self._list.names(regions.level_of(column.name))
            met = [name for name in self._met[column.number] if name.strip()]
            strange = [name for name in met if regions.plain_name(name) not in known]
            if len(met) - len(strange) < max(2, _KNOWN_SHARE * len(met)):
                continue
            for name in strange:
                close = get_close_matches(regions.plain_name(name), known, n=1, cutoff=0.8)
                if close:
                    self._say(column, name, known[close[0]])

    def _say(self, column: Column, name: str, right: str) -> None:
        count = self._met[column.number][name]
        self.collector.add(
            "region-spelling",
            WARNING,
            row=self._rows[column.number, name],
            column=column,
            value=name,
            name=right,
            more=f" ({count} baris)" if count > 1 else "",
        )
