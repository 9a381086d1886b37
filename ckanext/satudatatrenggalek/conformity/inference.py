"""A Table Schema inferred column by column: evidence for `schema`, from millions of rows.

Plain figures and words are counted by column; every other text is looked at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from .batch import Batch, native
from .collect import Collector
from .evidence import Evidence, schema_from
from .expectation import Expectation
from .explain import type_words
from .masking import masked_names
from .numbers import PLAIN_INTEGER, THOUSANDS
from .report import WARNING
from .schema import Column
from .stretches import Reading
from .table import Table, quiet, readable_table

_WHOLE = rf"^{PLAIN_INTEGER.pattern}$"
_DECIMAL = r"^[+-]?[0-9]+\.[0-9]+$"
_GROUPED = rf"^{THOUSANDS.pattern}$"
# Words that can be nothing but words: no marker, no currency, no name of a day.
_WORD = "^[A-Za-z]"
_NO_WORD = (
    r"(?i)^(?:(?:n/?a|nihil|kosong|x|true|false)\s*$|rp|idr|usd"
    r"|sen|sel|rab|kam|jum|sab|min|aha|mon|tue|wed|thu|fri|sat|sun)"
)
_REMEMBERED = 100_000
_SURE = 0.8  # of the cells; below, a person is asked what the column is meant to be
_MISFITS = ("", "beside", "no-such-day")  # ways of being of no type at all


class _Column:
    def __init__(self, label: str) -> None:
        self.evidence = Evidence(label)
        self._known: dict[Any, Evidence] = {}

    def see(self, batch: Batch, number: int) -> None:
        natives = batch.natives[number - 1] if batch.natives is not None else None
        if natives is not None and not batch.kinds(number) <= {str, type(None)}:
            self._cells(natives)
            return
        texts = batch.column(number)
        if batch.listed(number) is None:
            texts = self._plain(texts)
        for text, count in texts.value_counts().iter_rows():
            self._count(text, text, count)

    def _cells(self, cells: Sequence[Any]) -> None:
        for cell in map(native, cells):
            if isinstance(cell, (list, dict)):
                self.evidence.see(cell)
            else:
                self._count((type(cell), cell), cell, 1)

    def _count(self, known: Any, cell: Any, count: int) -> None:
        found = self._known.get(known)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[known] = Evidence(self.evidence.label)
            found.see(cell)
        self.evidence.add(found, count)

    def _plain(self, texts: pl.Series) -> pl.Series:
        """Count what is plain; gives the rest."""
        frame = texts.to_frame("t").select(
            "t",
            whole=pl.col("t").str.contains(_WHOLE),
            decimal=pl.col("t").str.contains(_DECIMAL) & ~pl.col("t").str.contains(_GROUPED),
            word=pl.col("t").str.contains(_WORD) & ~pl.col("t").str.contains(_NO_WORD),
        )
        whole = texts.filter(frame["whole"])
        length = whole.str.len_chars()
        kinds = {
            "integer": len(whole),
            "number": int(frame["decimal"].sum()),
            "text": int(frame["word"].sum()),
        }
        plain = Evidence(
            self.evidence.label,
            filled=sum(kinds.values()),
            kinds=Counter({kind: count for kind, count in kinds.items() if count}),
            dotted=kinds["number"],
            long=int((length >= 4).sum()),
            zeros=int((whole.str.starts_with("0") & (length > 1)).sum()),
        )
        self.evidence.add(plain, 1)
        return texts.filter(~(frame["whole"] | frame["decimal"] | frame["word"]))


def _infer(labels: Sequence[str], batches: Iterable[Batch]) -> dict[str, Any]:
    """A Table Schema for the labels and the rows of one table."""
    columns = [_Column(label) for label in labels]
    for batch in batches:
        for number, column in enumerate(columns, start=1):
            column.see(batch, number)
    return schema_from([column.evidence for column in columns])


def inferred_schema(table: Table, limit: int | None) -> dict[str, Any]:
    """A Table Schema for the table from all its rows; names of columns as a report shows them."""
    labels = masked_names([" ".join(label.split()) for label in table.layout.labels])
    trial = Table(quiet(table.source), table.sheet, table.layout)
    return _infer(labels, (stretch.batch for stretch in Reading(trial, limit)))


def report_meant(columns: Sequence[Column], rows: int, found: Collector) -> None:
    """Say of columns whose type was inferred from most cells only what they seem to be."""
    for column in columns:
        fits = rows - found.misfits(column, _MISFITS)
        if column.type not in ("string", "any") and fits < _SURE * rows:
            share = 100 * fits // rows
            words = {"type": type_words(column), "share": share}
            found.add("meant-type", WARNING, column=column, **words)


def infer_schema(path: Path, expectation: Expectation) -> dict[str, Any] | None:
    """A first Table Schema for a file, to be offered and corrected by a person.

    None when the file holds no readable table. Raises OSError when the file cannot be opened.
    """
    table = readable_table(path, expectation)
    if table is None:
        return None
    with table.source:
        return inferred_schema(table, expectation.limits.max_rows)
