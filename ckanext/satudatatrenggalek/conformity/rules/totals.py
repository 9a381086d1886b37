"""Totals against their parts: across the columns of a row, and down to a row of totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ..batch import Batch
from ..masking import text_of
from ..report import WARNING
from ..roles import measures
from ..totals import HUNDRED, Relation, Sum, relations, tolerance, wrong_totals
from .base import Rule, RuleContext

_KEPT = 500
_ENOUGH = 5
_AGREE, _AGREE_SURE = 0.8, 0.5
_GIVEN_UP = 2_000  # rows after which a sum that is none is no longer followed
_SHARE_SLACK = 0.6  # three shares rounded to one decimal make 99.9 or 100.1


@dataclass
class _Followed:
    """A relation, the rows that keep it, and the first that do not: (row, sum, total, cells)."""

    relation: Relation
    rows: int = 0
    agreeing: int = 0
    broken: list[tuple[int, float, str, list[Any]]] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        return self.rows - self.agreeing

    @property
    def kept(self) -> bool:
        """Whether the figures confirm that this is a sum at all."""
        least = _AGREE_SURE if self.relation.sure else _AGREE
        enough = 2 if self.relation.sure else _ENOUGH
        return self.rows >= enough and self.agreeing >= least * self.rows


class Totals(Rule):
    """Rows whose parts do not make their total, where nearly all other rows do."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._followed = [_Followed(relation) for relation in relations(self.columns)]

    def see(self, batch: Batch) -> None:
        for followed in self._followed:
            if followed.rows < _GIVEN_UP or followed.kept:
                _follow(followed, batch)

    def finish(self) -> None:
        said: set[int] = set()
        for followed in self._followed:
            relation = followed.relation
            if not followed.kept or not followed.wrong:
                continue
            code = "total-differs" if relation.total else "share-sum"
            column = relation.total or relation.parts[-1]
            if column.number in said:
                continue
            said.add(column.number)
            names = " + ".join(f"`{part.name}`" for part in _in_order(relation.parts))
            for row, value, text, cells in followed.broken:
                self.collector.add(
                    code,
                    WARNING,
                    row=row,
                    column=column,
                    value=text,
                    cells=cells,
                    names=names,
                    sum=_plain(value),
                )
            self.collector.tally(code, WARNING, followed.wrong - len(followed.broken), column)


def _in_order(parts: Sequence[Any]) -> list[Any]:
    return sorted(parts, key=lambda part: part.number)


def _follow(followed: _Followed, batch: Batch) -> None:
    relation = followed.relation
    parts = [batch.numbers(part.number) for part in relation.parts]
    total = batch.numbers(relation.total.number) if relation.total else None
    made = parts[0]
    for part in parts[1:]:
        made = made + part
    apart = (made - (HUNDRED if total is None else total)).abs()
    # Rows of nothing but zeros say nothing about the sum.
    telling = (made != 0) & apart.is_not_null()
    slack = _SHARE_SLACK if total is None else _slack([*parts, total], len(parts))
    wrong = telling & (apart > slack)
    followed.rows += telling.sum()
    followed.agreeing += telling.sum() - wrong.sum()
    for index in wrong.arg_true().head(max(0, _KEPT - len(followed.broken))).to_list():
        column = relation.total or relation.parts[-1]
        text = batch.column(column.number)[index].strip()
        rounded = total is not None and "." in text
        if rounded and apart[index] <= len(parts) * tolerance(made[index], text):
            followed.agreeing += 1
            continue
        followed.broken.append((batch.rows[index], made[index], text, batch.cells(index)))


def _slack(figures: list[pl.Series], number: int) -> float:
    """Half a unit for counts; a little more for figures rounded to decimals."""
    whole = all((series.head(200) % 1 == 0).all() for series in figures)
    return 0.5 if whole else 0.006 * (number + 1)


def _plain(value: float) -> str:
    return text_of(round(value, 6))


class TotalRow(Rule):
    """The one row of totals of a table against the sums of its columns."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._figures = [c for c in measures(self.columns) if c.type in ("integer", "number")]
        self._sums: dict[int, Sum] = {}
        self._rows: list[tuple[int, list[Any]]] = []
        self._seen = 0

    def see(self, batch: Batch) -> None:
        self._seen += len(batch)
        for column in self._figures:
            numbers = batch.numbers(column.number)
            before = self._sums.get(column.number, Sum())
            least, most = numbers.min(), numbers.max()
            if not isinstance(least, float) or not isinstance(most, float):
                least, most = before.least, before.most
            self._sums[column.number] = Sum(
                before.value + float(numbers.sum() or 0),
                min(before.least, least),
                max(before.most, most),
                before.whole and not _unread(numbers, batch.column(column.number)),
            )

    def aside(self, row: int, cells: Sequence[Any], kind: str) -> None:
        if kind == "total" and len(self._rows) < 2:
            self._rows.append((row, list(cells)))

    def finish(self) -> None:
        if len(self._rows) != 1 or self._seen < 2:
            return  # subtotals: which rows they are of is not said
        row, cells = self._rows[0]
        texts = [text_of(cell) for cell in cells]
        for number, expected in wrong_totals(self.columns, texts, self._sums).items():
            self.collector.add(
                "total-row-differs",
                WARNING,
                row=row,
                column=self.columns[number - 1],
                value=texts[number - 1],
                cells=cells,
                sum=_plain(expected),
            )


def _unread(numbers: pl.Series, texts: pl.Series) -> bool:
    """Whether a filled cell is no plain number, so that the sum is not known."""
    if not numbers.null_count():
        return False
    return bool((texts.filter(numbers.is_null()).str.strip_chars() != "").any())
