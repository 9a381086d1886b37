"""Two editions of a table, row by row: what came, what went, what changed.

Rows are told apart by a key, so that one row put on top is one added row. Only where no columns
name a row they are compared by their place, after the equal rows at both ends are set aside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import polars as pl

from .expectation import Expectation
from .table import rows

MAX_ROWS = 1_000_000
MAX_CELLS = 12_000_000  # all of them are held as text
_MEASURES = frozenset({"integer", "number"})
_PLACE = "\0place"
_WIDEST_KEY = 3
_MOST_TRIED = 12  # columns put together to name a row: 298 ways, each a look at every row


class TooManyRows(ValueError):
    """A table is too long to be compared."""


@dataclass(frozen=True)
class RowChange:
    """One row of both editions that differs: its key and the cells, (column, before, after)."""

    key: tuple[str, ...]
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Difference:
    """What differs between two tables.

    key: columns that name a row; empty: compared by place. columns: those of both, in the order
    of the newer. added, removed: rows only one of them has, with all their columns.
    """

    key: tuple[str, ...]
    columns: tuple[str, ...]
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    added: pl.DataFrame
    removed: pl.DataFrame
    changed: tuple[RowChange, ...]
    unchanged: int


def read_rows(path: Path, expectation: Expectation) -> pl.DataFrame | None:
    """All rows of a file's table as text; None when it holds no table.

    :raises TooManyRows: more than a million, or fewer of very many columns.
    """
    first = rows(path, expectation, 0, 0)
    if first is None:
        return None
    page = rows(path, expectation, 0, min(MAX_ROWS, MAX_CELLS // max(1, len(first.header))))
    if page is None:
        return None
    if page.more:
        raise TooManyRows
    names = _distinct(page.header)
    width = len(names)
    columns = zip(*(_of_width(row.cells, width) for row in page.rows), strict=True)
    data = dict(zip(names, columns, strict=True)) if page.rows else dict.fromkeys(names, ())
    return pl.DataFrame(data, schema=dict.fromkeys(names, pl.String))


def _of_width(cells: Sequence[str], width: int) -> Sequence[str]:
    if len(cells) == width:
        return cells
    return (*cells[:width], *[""] * (width - len(cells)))


def _distinct(header: Sequence[str]) -> list[str]:
    names: list[str] = []
    for number, label in enumerate(header, 1):
        name = " ".join(label.split()) or f"kolom {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names


def compare(old: pl.DataFrame, new: pl.DataFrame, schema: Mapping[str, Any] | None) -> Difference:
    """How ``new`` differs from ``old``; both as ``read_rows`` gives them.

    :param schema: the newer Table Schema: its primary key names rows, its types tell measures.
    """
    shared = [name for name in new.columns if name in old.columns]
    old, new = _trimmed(old), _trimmed(new)
    key = _key(old, new, shared, schema or {})
    if not shared:
        return _difference(old, new, [], [], new, old, new.clear(), [])
    if not key:
        return _by_place(old, new, shared)
    gone = old.join(new.select(key), on=key, how="anti", maintain_order="left")
    come = new.join(old.select(key), on=key, how="anti", maintain_order="left")
    rest = [name for name in shared if name not in key]
    both = new.select(key + rest).join(
        old.select(key + rest), on=key, how="inner", suffix="\0old", maintain_order="left"
    )
    return _difference(old, new, key, shared, come, gone, both, rest)


def _trimmed(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(pl.all().str.strip_chars())


def _by_place(old: pl.DataFrame, new: pl.DataFrame, shared: list[str]) -> Difference:
    most = min(old.height, new.height)
    same = _equal_at(old, new, shared)
    head = _leading(same)
    tail = _leading(_equal_at(old.reverse(), new.reverse(), shared)[: most - head])
    left, right = _between(old, head, tail), _between(new, head, tail)
    length = min(left.height, right.height)
    numbers = pl.Series(_PLACE, [str(head + n + 1) for n in range(length)], dtype=pl.String)
    both = right.head(length).select(shared).with_columns(numbers)
    both = both.hstack(left.head(length).select(shared).rename({n: f"{n}\0old" for n in shared}))
    come, gone = right.slice(length), left.slice(length)
    found = _difference(old, new, [], shared, come, gone, both, shared)
    return Difference(
        found.key,
        found.columns,
        found.columns_added,
        found.columns_removed,
        come,
        gone,
        found.changed,
        found.unchanged + head + tail,
    )


def _between(table: pl.DataFrame, head: int, tail: int) -> pl.DataFrame:
    return table.slice(head, table.height - head - tail)


def _equal_at(old: pl.DataFrame, new: pl.DataFrame, shared: list[str]) -> pl.Series:
    most = min(old.height, new.height)
    if not shared or not most:
        return pl.Series([], dtype=pl.Boolean)
    pairs = [old[name].head(most) == new[name].head(most) for name in shared]
    return pl.DataFrame(pairs).select(pl.all_horizontal(pl.all())).to_series()


def _leading(same: pl.Series) -> int:
    """How many from the start are true."""
    first = same.not_().arg_max() if same.len() else None
    if first is None or same[first]:
        return same.len()
    return first


def _difference(
    old: pl.DataFrame,
    new: pl.DataFrame,
    key: list[str],
    shared: list[str],
    come: pl.DataFrame,
    gone: pl.DataFrame,
    both: pl.DataFrame,
    rest: list[str],
) -> Difference:
    unlike = [pl.col(name) != pl.col(f"{name}\0old") for name in rest]
    differing = both.filter(pl.any_horizontal(unlike)) if unlike else both.clear()
    names = key or [_PLACE]
    changed = tuple(
        RowChange(
            tuple(str(row[name]) for name in names),
            tuple(
                (name, str(row[f"{name}\0old"]), str(row[name]))
                for name in rest
                if row[name] != row[f"{name}\0old"]
            ),
        )
        for row in differing.iter_rows(named=True)
    )
    return Difference(
        tuple(key),
        tuple(shared),
        tuple(name for name in new.columns if name not in old.columns),
        tuple(name for name in old.columns if name not in new.columns),
        come,
        gone,
        changed,
        both.height - differing.height,
    )


def _key(
    old: pl.DataFrame, new: pl.DataFrame, shared: list[str], schema: Mapping[str, Any]
) -> list[str]:
    """The columns that name a row in both tables; none when nothing does."""
    declared = schema.get("primaryKey") or schema.get("primary_key") or []
    named = [declared] if isinstance(declared, str) else list(declared)
    if named and set(named) <= set(shared) and _names(old, new, named):
        return named
    types = {str(f.get("name")): f.get("type") for f in schema.get("fields", ())}
    candidates = [n for n in shared if types.get(n) not in _MEASURES and not _measured(new[n])]
    for width in range(1, min(_WIDEST_KEY, len(candidates)) + 1):
        tried = candidates if width == 1 else candidates[:_MOST_TRIED]
        fitting = [list(c) for c in combinations(tried, width) if _names(old, new, list(c))]
        if fitting:
            return max(fitting, key=lambda names: _met(old, new, names))
    return candidates if len(candidates) > _WIDEST_KEY and _names(old, new, candidates) else []


def _measured(values: pl.Series) -> bool:
    """Figures with decimals, which name nothing whatever the schema says."""
    return bool(values.len()) and bool(values.str.contains(r"^-?[\d.]+,\d+$|^-?\d+\.\d+$").all())


def _names(old: pl.DataFrame, new: pl.DataFrame, key: list[str]) -> bool:
    return all(
        table.select(key).is_unique().all() and not (table.select(key) == "").to_series(0).all()
        if table.height
        else True
        for table in (old, new)
    )


def _met(old: pl.DataFrame, new: pl.DataFrame, key: list[str]) -> int:
    """How many rows of the newer table a key finds in the older one."""
    return new.select(key).join(old.select(key), on=key, how="semi").height
