"""What changed since the edition before: columns, rows, and figures that jumped or stood still."""

from __future__ import annotations

import re
from math import log10

import polars as pl

from ..batch import Batch
from ..layout import normal
from ..masking import text_of
from ..periods import is_date_column
from ..personal import personal_columns
from ..report import WARNING
from ..roles import MEASURE, role
from ..schema import Column
from ..seen import marks_of
from .base import Rule, RuleContext
from .editions import MOST_ROWS, Match, keys, match, texts_of

_NAMED = 5
_ENOUGH, _SLIPPED, _COPIED = 5, 10, 10  # figures needed to speak of any, of a slip, of a copy
_UNIQUE = 0.98
_JUMP = 10.0
_SMALL = 50.0  # figures below this may well grow tenfold
_WILD = 0.3  # more jumps than this: the figures just are so
_MOST = 200
# Figures that do not change from edition to edition.
_STEADY = re.compile(
    r"(?:^|_)(?:luas|panjang|lebar|tinggi|jarak|kapasitas|daya_tampung|desa|kelurahan|kecamatan|dusun"
    r"|rt|rw|tahun|lintang|bujur|lat|latitude|lattitude|long|longitude|longtitude|pulau|target)(?:_|$)"
)


class PreviousEdition(Rule):
    """Columns by their names, rows by their key, figures row by row."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._before = context.before
        self._match = match(self.columns, self._before.columns) if self._before else None
        self._keys: list[tuple[Column, Column]] = []
        self._figures: list[tuple[Column, Column]] = []
        if self._before and self._before.batch and self._match:
            if not any(is_date_column(c.name) for c in self.columns):  # events do not come again
                self._keys = keys(self._match.pairs, self._before.batch)
            self._figures = [p for p in self._match.pairs if role(p[0]) == role(p[1]) == MEASURE]
        self._frames: list[pl.DataFrame] = []
        self._rows = 0

    def see(self, batch: Batch) -> None:
        self._rows += len(batch)
        if self._keys and self._rows <= MOST_ROWS:
            self._frames.append(
                _frame(batch, [k[0] for k in self._keys], [f[0] for f in self._figures])
            )

    def finish(self) -> None:
        if self._match and not self.expectation.table_schema:
            self._columns(self._match)
        if self._frames and self._rows <= MOST_ROWS and self._before and self._before.batch:
            batch = self._before.batch
            columns = [k[1] for k in self._keys]
            old = _frame(batch, columns, [f[1] for f in self._figures])
            old = old.with_columns(name=_names(batch, columns, self._hidden()))
            self._compare(pl.concat(self._frames), old)

    def _hidden(self) -> frozenset[int]:
        """Columns of the edition before whose values are shown to nobody."""
        named = personal_columns([old for _, old in self._keys])
        met = {old.number for now, old in self._keys if now.number in self.collector.personal}
        return named | met

    def _columns(self, found: Match) -> None:
        for now, old in found.renamed:
            self.collector.add(
                "previous-renamed", WARNING, column=now, value=now.label, old=old.label
            )
        for word, code, columns in (
            ("hilang", "previous-columns-lost", found.lost),
            ("baru", "previous-columns-new", found.new),
        ):
            if columns:
                names = ", ".join(f"`{c.label}`" for c in columns[:_NAMED])
                more = f" dan {len(columns) - _NAMED} lagi" if len(columns) > _NAMED else ""
                self.collector.add(code, WARNING, names=names + more, word=word)
        for now, old in found.pairs:
            if {now.type, old.type} & {"integer", "number"} and {now.type, old.type} & {
                "string",
                "date",
                "boolean",
            }:
                self.collector.add(
                    "previous-type", WARNING, column=now, old=_type(old), now=_type(now)
                )

    def _compare(self, now: pl.DataFrame, old: pl.DataFrame) -> None:
        if min(_distinctness(now), _distinctness(old)) < _UNIQUE:
            return  # the columns do not tell rows apart
        now, old = now.unique("mark", keep="first"), old.unique("mark", keep="first")
        lost = old.join(now, on="mark", how="anti").sort("row")
        new = now.join(old, on="mark", how="anti").sort("row")
        if len(lost):
            names = ", ".join(f"`{name}`" for name in lost["name"].head(_NAMED).to_list())
            more = f" dan {len(lost) - _NAMED} lagi" if len(lost) > _NAMED else ""
            added = f"; {len(new)} baris baru" if len(new) else ""
            self.collector.add(
                "previous-lost",
                WARNING,
                count=len(lost),
                total=len(old),
                names=names + more,
                added=added,
            )
        both = now.join(old, on="mark", how="inner", suffix="_old").sort("row")
        for index, (column, _) in enumerate(self._figures):
            self._figure(column, both.select("row", now=str(index), old=f"{index}_old"))

    def _figure(self, column: Column, both: pl.DataFrame) -> None:
        both = both.filter((pl.col("now") != 0) & (pl.col("old") != 0))
        if len(both) < _ENOUGH:
            return
        ratios = (both["now"] / both["old"]).abs()
        if self._slipped(column, ratios) or self._copied(column, both):
            return
        big = pl.max_horizontal(pl.col("now").abs(), pl.col("old").abs()) >= _SMALL
        jumped = both.filter(((ratios >= _JUMP) | (ratios <= 1 / _JUMP)), big)
        if len(jumped) > _WILD * len(both):
            return
        for row, now, old in jumped.head(_MOST).iter_rows():
            self.collector.add(
                "previous-jump",
                WARNING,
                row=row,
                column=column,
                value=text_of(now),
                old=text_of(old),
                times=_times(now / old),
            )
        if len(jumped) > _MOST:
            self.collector.tally("previous-jump", WARNING, len(jumped) - _MOST, column)

    def _slipped(self, column: Column, ratios: pl.Series) -> bool:
        """Nearly every figure ten, a hundred, a thousand times what it was."""
        middle = ratios.median()
        if not isinstance(middle, float) or len(ratios) < _SLIPPED or abs(log10(middle)) < 0.9:
            return False
        near = ratios.is_between(middle / 2, middle * 2).sum()
        if near < 0.8 * len(ratios):
            return False
        self.collector.add(
            "previous-slip", WARNING, column=column, times=_times(10 ** round(log10(middle)))
        )
        return True

    def _copied(self, column: Column, both: pl.DataFrame) -> bool:
        """Nearly every figure exactly what it was."""
        equal = (both["now"] == both["old"]).sum()
        steady = _STEADY.search(normal(column.name)) or both["now"].n_unique() < _COPIED / 2
        if len(both) < _COPIED or equal < 0.95 * len(both) or steady or self._continues():
            return False
        self.collector.add("previous-copied", WARNING, column=column, count=equal, total=len(both))
        return True

    def _continues(self) -> bool:
        """Whether the key holds the year: then old figures are there again rightly."""
        return any(role(now) == "period" for now, _ in self._keys)


def _frame(batch: Batch, key: list[Column], figures: list[Column]) -> pl.DataFrame:
    held = {str(index): batch.numbers(c.number) for index, c in enumerate(figures)}
    return pl.DataFrame({"mark": marks_of(texts_of(batch, key)), "row": batch.rows, **held})


def _names(batch: Batch, columns: list[Column], hidden: frozenset[int]) -> pl.Series:
    """The keys of rows as a person reads them, of personal data the beginning alone."""
    shown = [
        pl.col(str(c.number)).str.slice(0, 2) + "***"
        if c.number in hidden
        else pl.col(str(c.number))
        for c in columns
    ]
    return batch.texts.select(pl.concat_str(shown, separator=", ")).to_series()


def _distinctness(frame: pl.DataFrame) -> float:
    return frame["mark"].n_unique() / max(1, len(frame))


def _times(ratio: float) -> str:
    """`1.000 kali` or `seperseribu`-like: how many times, in words."""
    size = abs(ratio)
    if size >= 1:
        return f"{size:,.0f} kali".replace(",", ".")
    return f"seper-{1 / size:,.0f}".replace(",", ".") + " kali"


def _type(column: Column) -> str:
    return "angka" if column.type in ("integer", "number") else "teks"
