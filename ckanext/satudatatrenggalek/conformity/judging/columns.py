"""Columns of a batch through screen and verdicts: which cells are at fault."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import nan
from typing import Any

import polars as pl
from frictionless import Field

from ..batch import Batch, among, native
from ..schema import Column
from .screens import number_screen, screen, typed_screen
from .verdicts import Cells, Verdict

_FIGURES = frozenset({int, float})
_TEXTS = frozenset({str, type(None)})
# Texts that are their own key: written as `key_of` writes the value.
_CANONICAL = {
    "number": r"^-?(?:[1-9][0-9]{0,30}|(?:0|[1-9][0-9]{0,30})\.[0-9]{0,20}[1-9])$",
    "date": "^[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])$",
    "year": "^[1-9][0-9]{3}$",
}

Fault = tuple[int, "ColumnJudge", Verdict]  # place in the batch, column, what is wrong


class ColumnJudge:
    """One column: its screen, its verdicts, its keys."""

    def __init__(self, column: Column, field: Field) -> None:
        self.column = column
        self.name = str(column.number)
        self.cells = Cells(column, field)
        self.unique = bool(field.constraints.get("unique"))
        self.screen = _usable(self.name, screen(column, field, self.cells))
        self.number_screen = number_screen(column, field, self.cells)
        self._typed = typed_screen(column, field, self.cells)
        plain = column.field.get("format", "default") == "default"
        self._own_key = column.type in ("string", "any") and plain
        special = {"decimalChar", "groupChar", "floatNumber"} & set(column.field)
        self._canonical = None if special or not plain else _CANONICAL.get(column.type)

    def doubts(self, batch: Batch) -> Collection[str]:
        """The different texts of the column that the screen does not vouch for."""
        number = self.column.number
        if self.number_screen is not None and batch.distinct(number) is None:
            texts = batch.column(number)
            whole = self.column.type == "integer"
            read = batch.integers(number) if whole else batch.numbers(number)
            both = pl.DataFrame({"text": texts, "number": read})
            return frozenset(texts.filter(both.select(~self.number_screen).to_series()))
        return batch.met(number, "doubt", self._doubtful)

    def _doubtful(self, texts: pl.Series) -> pl.Series:
        if self.screen is None:
            return texts.unique()
        frame = texts.alias(self.name).to_frame()
        return texts.filter(frame.select(~self.screen).to_series())

    def refused(self, texts: pl.Series) -> frozenset[str]:
        """Which of some texts are at fault."""
        doubts = self._doubtful(texts.unique())
        return frozenset(text for text in doubts if self.cells.text(text).faults)

    def at_fault(self, batch: Batch, doubts: Collection[str]) -> Iterator[Fault]:
        """Cells of the batch with a fault. doubts: texts of the column that may have one."""
        natives = batch.natives[self.column.number - 1] if batch.natives is not None else None
        if natives is None or self._as_texts(batch):
            yield from self._texts(batch, doubts)
            return
        for index in self._typed_doubts(natives, batch.kinds(self.column.number)):
            verdict = self.cells.cell(native(natives[index]))
            if verdict.faults:
                yield index, self, verdict

    def _as_texts(self, batch: Batch) -> bool:
        """Whether typed cells are judged by their texts: an empty cell and "" are the same."""
        kinds = batch.kinds(self.column.number)
        if type(None) in kinds and "" not in self.cells.missing:
            return False
        return kinds <= _TEXTS or self.column.type == "string"

    def _texts(self, batch: Batch, doubts: Collection[str]) -> Iterator[Fault]:
        bad = {t: v for t in doubts if (v := self.cells.text(t)).faults}
        if not bad:
            return
        texts = batch.column(self.column.number)
        mask = among(texts, bad)
        places = batch.places.filter(mask).to_list()
        for index, text in zip(places, texts.filter(mask).to_list(), strict=True):
            yield index, self, bad[text]

    def _typed_doubts(self, natives: Sequence[Any], kinds: frozenset[type]) -> Sequence[int]:
        if self._typed is None:
            return range(len(natives))
        figures: Sequence[Any] = natives
        if not kinds <= _FIGURES | {type(None)}:
            figures = [c if c is None or type(c) in _FIGURES else nan for c in natives]
        try:
            values = pl.Series("cells", figures, dtype=pl.Float64, strict=False)
        except (OverflowError, TypeError):  # an integer beyond any float
            return range(len(natives))
        sure = pl.DataFrame([values]).select(self._typed).to_series()
        return (~sure).arg_true().to_list()

    # Keys

    def keys(self, batch: Batch) -> pl.Series:
        """What each cell counts as beside others; null for a missing or refused cell."""
        natives = batch.natives[self.column.number - 1] if batch.natives is not None else None
        if natives is not None and not self._as_texts(batch):
            keys = [self._typed_key(native(cell)) for cell in natives]
            return pl.Series(self.name, keys, dtype=pl.String)
        texts = batch.column(self.column.number)
        if self._own_key:
            return self._known(texts, texts)
        if self.column.type == "integer":
            return self._known(texts, texts.cast(pl.Int64, strict=False).cast(pl.String))
        if self._canonical:
            own = texts.str.contains(self._canonical)
            return self._known(texts, pl.select(pl.when(own).then(texts)).to_series())
        return self._known(texts, pl.Series([None] * len(texts), dtype=pl.String))

    def _known(self, texts: pl.Series, found: pl.Series) -> pl.Series:
        """Keys found by column, missing ones by verdict, none for what counts as missing."""
        rest = texts.filter(found.is_null()).unique().to_list()
        missing = [text for text in self.cells.missing if found.null_count() < len(found)]
        keys = {text: self.cells.text(text).key for text in (*rest, *missing)}
        if not keys:
            return found.rename(self.name)
        old = pl.Series(list(keys), dtype=pl.String)
        new = pl.Series(list(keys.values()), dtype=pl.String)
        other = texts.replace_strict(old, new, default=None, return_dtype=pl.String)
        among = texts.is_in(old.implode())
        chosen = pl.when(among).then(other).otherwise(found).alias(self.name)
        return pl.select(chosen).to_series()

    def _typed_key(self, cell: Any) -> str | None:
        key = self.cells.cell(cell).key
        if key is not None and self.column.type == "any" and not isinstance(cell, str):
            return f"\0{key}"  # the number 1 is not the text "1"
        return key


def judges_of(columns: Sequence[Column], fields: Sequence[Field]) -> list[ColumnJudge]:
    """One judge a column, in the file's order."""
    return [ColumnJudge(column, field) for column, field in zip(columns, fields, strict=True)]


def _usable(name: str, test: pl.Expr | None) -> pl.Expr | None:
    """The screen, unless polars cannot read what Python can (a pattern)."""
    if test is None:
        return None
    try:
        pl.DataFrame({name: ["a"]}).select(test)
    except pl.exceptions.PolarsError:
        return None
    return test
