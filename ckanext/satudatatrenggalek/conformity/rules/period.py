"""Years, months and dates in the table against the period of the edition."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ...domain.words import WIB
from .. import periods
from ..batch import Batch
from ..dates import ISO_DATE
from ..periods import PARTS, Edition, Stretch
from ..report import WARNING
from ..schema import Column, is_year_column
from ..years import years_in
from .base import Rule, RuleContext

_FEW = 3
_NAMED = 6
_MOST_VALUES = 5_000
_DATE = re.compile(ISO_DATE)
# An edition that comes oftener than its period says is still being filled.
_GROWING = frozenset({"harian", "mingguan", "bulanan", "triwulanan", "empat_bulanan", "semesteran"})

Cell = tuple[str, str]  # year, text of the period; either may be ""


@dataclass
class _Years:
    """A column of years or dates: first row and number of rows by year. late: a day to come."""

    column: Column
    dates: bool
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    late: tuple[int, str] | None = None

    def meet(self, year: str, row: int, count: int) -> None:
        """Count a year that stands in `count` more rows, first in `row`."""
        first, before = self.rows.get(year, (row, 0))
        self.rows[year] = (min(first, row), before + count)


@dataclass
class _Parts:
    """A column of months, quarters ...: first row and number of rows by (year, text)."""

    column: Column
    kind: str
    year: Column | None
    rows: dict[Cell, tuple[int, int]] = field(default_factory=dict)


class Period(Rule):
    """Times outside the edition, gaps in a series, and times written in several ways."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._edition = periods.edition_of(self.expectation.period)
        self._today = datetime.now(WIB).date().isoformat()
        years = [c for c in self.columns if is_year_column(c.name) and not years_in(c.name)]
        dates = [c for c in self.columns if periods.is_date_column(c.name)]
        self._years = [_Years(c, False) for c in years] + [_Years(c, True) for c in dates]
        self._parts = [
            _Parts(c, kind, years[0] if years else None)
            for c in self.columns
            if (kind := periods.kind_of_label(c.name)) is not None
        ]

    def see(self, batch: Batch) -> None:
        for years in self._years:
            _see_years(years, batch, self._edition.years, self._today)
        for parts in self._parts:
            _see_parts(parts, batch)

    def finish(self) -> None:
        for years in self._years:
            self._outside(years)
            self._future(years)
        for parts in self._parts:
            if len(parts.rows) < _MOST_VALUES:
                self._finish_parts(parts)

    # Years and dates

    def _outside(self, years: _Years) -> None:
        wanted = self._edition.years
        outside = sorted(year for year in years.rows if year and wanted and year not in wanted)
        if len(outside) > _FEW:
            row = min(years.rows[year][0] for year in outside)
            series = f"{outside[0]} sampai {outside[-1]}"
            self._say(years.column, row, series, f" ({len(outside)} tahun lain)")
            return
        for year in outside:
            row, count = years.rows[year]
            self._say(years.column, row, year, f" ({count} baris)" if count > 1 else "")

    def _future(self, years: _Years) -> None:
        """Days to come; years to come only where the edition's period does not say it for us."""
        late, wanted = years.late, self._edition.years
        if wanted and late and late[1][:4] not in wanted:
            late = None
        coming = sorted(year for year in years.rows if year > self._today[:4])
        if not late and coming and not wanted:
            late = (years.rows[coming[0]][0], coming[0])
        if late:
            self.collector.add(
                "future-date", WARNING, row=late[0], column=years.column, value=late[1]
            )

    def _say(self, column: Column, row: int, value: str, more: str) -> None:
        self.collector.add(
            "period-mismatch",
            WARNING,
            row=row,
            column=column,
            value=value,
            period=self.expectation.period,
            more=more,
        )

    # Months, quarters, semesters

    def _finish_parts(self, parts: _Parts) -> None:
        cells = sorted((cell for cell in parts.rows if cell[1]), key=parts.rows.__getitem__)
        read = {cell: periods.read(cell[1], parts.kind) for cell in cells}
        known = {cell: stretch for cell, stretch in read.items() if stretch}
        if len(known) * 2 < len(read):
            return  # the column holds something else
        self._misspelt(parts, [cell for cell, stretch in read.items() if not stretch])
        self._mixed(parts, known)
        self._beyond(parts, known)
        for kind in {stretch.kind for stretch in known.values()}:
            self._gaps(parts, kind, {c: s for c, s in known.items() if s.kind == kind})

    def _misspelt(self, parts: _Parts, unknown: list[Cell]) -> None:
        for text in dict.fromkeys(text for _, text in unknown):
            row, count = min(parts.rows[cell] for cell in unknown if cell[1] == text)
            right = periods.meant(text, parts.kind)
            how = f"Tulis `{right}`." if right else "Tulis nama bulan, triwulan, atau semesternya."
            more = f" ({count} baris)" if count > 1 else ""
            self.collector.add(
                "period-word", WARNING, row=row, column=parts.column, value=text, how=how, more=more
            )

    def _mixed(self, parts: _Parts, known: dict[Cell, Stretch]) -> None:
        styles: dict[tuple[str, str], Cell] = {}
        for cell, stretch in known.items():
            # "Mei" is its own short form.
            if stretch.number != 5 or stretch.style not in ("name", "short"):
                styles.setdefault((stretch.kind, stretch.style), cell)
        if len(styles) > 1:
            shown = ", ".join(f"`{cell[1]}`" for cell in list(styles.values())[:_NAMED])
            row = max(parts.rows[cell][0] for cell in styles.values())
            self.collector.add("period-mixed", WARNING, row=row, column=parts.column, names=shown)

    def _beyond(self, parts: _Parts, known: dict[Cell, Stretch]) -> None:
        months = self._edition.months
        for (year, text), stretch in known.items() if months else ():
            own = stretch.year or year
            if not stretch.months <= months and (not own or own in self._edition.years):
                row, count = parts.rows[year, text]
                more = f" ({count} baris)" if count > 1 else ""
                self.collector.add(
                    "part-mismatch",
                    WARNING,
                    row=row,
                    column=parts.column,
                    value=text,
                    period=self.expectation.period,
                    more=more,
                )

    def _gaps(self, parts: _Parts, kind: str, known: dict[Cell, Stretch]) -> None:
        """Parts of a year that are missing where those that are there have as many rows each."""
        by_year: dict[str, dict[int, int]] = {}
        for cell, stretch in known.items():
            year = stretch.year or cell[0]
            counts = by_year.setdefault(year, {})
            counts[stretch.number] = counts.get(stretch.number, 0) + parts.rows[cell][1]
        for year, counts in sorted(by_year.items()):
            usual = max(set(counts.values()), key=list(counts.values()).count)
            if list(counts.values()).count(usual) * 4 < 3 * len(counts):
                continue  # events, not a series
            missing = self._wanted(kind, year, counts) - counts.keys()
            fewer = [number for number, count in counts.items() if count < usual]
            names = [periods.name_of(kind, number) for number in sorted(missing)]
            names += [
                f"{periods.name_of(kind, n)} ({counts[n]} dari {usual} baris)"
                for n in sorted(fewer)
            ]
            if names:
                shown = ", ".join(names[:_NAMED]) + (" ..." if len(names) > _NAMED else "")
                words: dict[str, Any] = {"names": shown, "year": f" tahun {year}" if year else ""}
                self.collector.add("period-gap", WARNING, column=parts.column, **words)

    def _wanted(self, kind: str, year: str, counts: dict[int, int]) -> set[int]:
        inner = set(range(min(counts), max(counts) + 1)) if len(counts) > 1 else set()
        edition: Edition = self._edition
        if year and year not in edition.years:
            return inner
        growing = self.expectation.frequency in _GROWING and len(edition.months) == 12
        if growing or not edition.months or len(counts) < 2:
            return inner
        numbers = range(1, PARTS[kind] + 1)
        return {n for n in numbers if Stretch(kind, n, "").months <= edition.months}


def _see_years(years: _Years, batch: Batch, wanted: frozenset[str], today: str) -> None:
    """Take in the years of a column; rows are counted only where a year is not the edition's."""
    number = years.column.number
    distinct = batch.distinct(number)
    strange: dict[str, str] = {}
    coming: set[str] = set()
    for text in (batch.column(number).unique() if distinct is None else distinct).to_list():
        stripped = text.strip()
        found = years_in(stripped) if years.dates or len(stripped) == 4 else []
        late = years.dates and _DATE.match(stripped) and stripped[:10] > today
        if found and (late or (wanted and found[0] not in wanted) or found[0] > today[:4]):
            strange[text] = found[0]
            coming |= {text} if late else set()
    for text, count, row in batch.counted(number, list(strange)).iter_rows() if strange else ():
        years.meet(strange[text], row, count)
        if text in coming and not years.late:
            years.late = (row, text.strip())


def _see_parts(parts: _Parts, batch: Batch) -> None:
    columns = [parts.year, parts.column] if parts.year else [parts.column]
    names = [str(column.number) for column in columns]
    counted = batch.texts.group_by(names).len()
    for *texts, count in counted.head(_MOST_VALUES).iter_rows():
        *years, part = (text.strip() for text in texts)
        cell = (years[0] if years else "", part)
        if cell in parts.rows:
            row, before = parts.rows[cell]
        else:
            alike = [batch.texts[name] == text for name, text in zip(names, texts, strict=True)]
            same = alike[0] if len(alike) == 1 else alike[0] & alike[1]
            row, before = batch.rows[same.arg_max() or 0], 0
        parts.rows[cell] = (row, before + count)
