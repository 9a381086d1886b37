"""Columns of two editions side by side: which are the same, and which tell rows apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import polars as pl

from ..batch import Batch
from ..layout import normal
from ..roles import CATEGORY, PERIOD, REGION, role
from ..schema import Column, is_year_column

MOST_ROWS = 300_000  # longer editions are compared by their columns only
_ALIKE = 0.6


@dataclass(frozen=True)
class Before:
    """The edition before. batch: its data rows, None where there are too many to compare."""

    columns: tuple[Column, ...]
    batch: Batch | None


@dataclass(frozen=True)
class Match:
    """Columns of now and before: the same (now, before), under a new name, gone, and new."""

    same: tuple[tuple[Column, Column], ...]
    renamed: tuple[tuple[Column, Column], ...]
    lost: tuple[Column, ...]
    new: tuple[Column, ...]

    @property
    def pairs(self) -> tuple[tuple[Column, Column], ...]:
        """Every column of now that was there before, whatever its name."""
        return self.same + self.renamed


def match(now: Sequence[Column], before: Sequence[Column]) -> Match:
    """Line up the columns of two editions by name, then by likeness of name and use."""
    old = {normal(column.name): column for column in reversed(before)}
    same = [(c, old[normal(c.name)]) for c in now if normal(c.name) in old]
    taken = {column.number for _, column in same}
    fresh = [c for c in now if normal(c.name) not in old and c.label.strip()]
    gone = [c for c in before if c.number not in taken and c.label.strip()]
    renamed = []
    for column in list(fresh):
        likest = max(gone, key=lambda c: _likeness(column, c), default=None)
        if likest and _likeness(column, likest) >= _ALIKE:
            renamed.append((column, likest))
            fresh.remove(column)
            gone.remove(likest)
    return Match(tuple(same), tuple(renamed), tuple(gone), tuple(fresh))


def _likeness(one: Column, other: Column) -> float:
    if role(one) != role(other):
        return 0.0
    return SequenceMatcher(None, normal(one.name), normal(other.name)).ratio()


def keys(pairs: Sequence[tuple[Column, Column]], before: Batch) -> list[tuple[Column, Column]]:
    """The column pairs that tell rows apart over editions; [] where there are none.

    The year is one only in a table of several years, which the next edition continues.
    """
    found = []
    for now, old in pairs:
        use = role(now)
        if use == PERIOD and is_year_column(now.name):
            if before.column(old.number).n_unique() > 1:
                found.append((now, old))
        elif use in (REGION, CATEGORY, PERIOD):
            found.append((now, old))
    return found


def texts_of(batch: Batch, columns: Sequence[Column]) -> pl.DataFrame:
    """The cells of key columns, tidied so that case and blanks do not count."""
    return batch.texts.select(
        pl.col(str(c.number)).str.strip_chars().str.to_lowercase().alias(str(index))
        for index, c in enumerate(columns)
    )
