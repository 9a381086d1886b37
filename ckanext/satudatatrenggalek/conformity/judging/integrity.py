"""What rows owe each other: unique values, primary keys, foreign keys.

Keys are compared as 64-bit marks and kept by `seen.Seen`; rows that are there twice are known at
the end of the file and looked at again for what their finding shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ..again import Again
from ..batch import Batch
from ..collect import Collector
from ..report import ERROR
from ..schema import listed
from ..seen import Repeats, Seen, marks_of
from .columns import ColumnJudge

_NUMBERS = frozenset({"integer", "number", "year", "boolean"})
_NOTHING = "\0"  # stands for a missing part of a key
_NUMBER = "\1"  # begins the key of a number


@dataclass
class _Reference:
    """One foreign key. known: marks of the rows referred to, None for the table itself."""

    own: list[ColumnJudge]
    other: list[ColumnJudge]
    name: str
    known: pl.Series | None = None
    marks: Seen = field(default_factory=Seen)
    targets: Seen = field(default_factory=Seen)


class Integrity:
    """Keys of one table. judges: of its columns, by the name of the field."""

    def __init__(
        self,
        schema: Mapping[str, Any],
        judges: Mapping[str, ColumnJudge],
        references: Mapping[str, Sequence[Mapping[str, str]]],
        collector: Collector,
    ) -> None:
        self._found = collector
        self._unique = [(judge, Seen()) for judge in judges.values() if judge.unique]
        names = listed(schema.get("primaryKey"))
        whole = bool(names) and set(names) <= set(judges)
        self.key = [judges[name] for name in names] if whole else []
        self._keys = Seen()
        self._references = list(_references(schema, judges, references))

    def see(self, batch: Batch, short: Mapping[int, int]) -> None:
        """Note the keys of a stretch of data rows. short: cells of rows that end early."""
        keys: dict[str, pl.Series] = {}
        for judge in self._judges():
            if judge.name not in keys:
                ended = [row for row, cells in short.items() if cells < judge.column.number]
                keys[judge.name] = _without(judge.keys(batch), batch.rows.is_in(ended))
        for judge, seen in self._unique:
            seen.add(_marks([keys[judge.name]]), batch.rows)
        if self.key:
            self._see_key([keys[judge.name] for judge in self.key], batch)
        for reference in self._references:
            self._see_reference(reference, keys, batch)

    def _judges(self) -> list[ColumnJudge]:
        referring = [j for r in self._references for j in (*r.own, *r.other)]
        return [*(judge for judge, _ in self._unique), *self.key, *referring]

    def _see_key(self, keys: list[pl.Series], batch: Batch) -> None:
        marks = _marks(keys)
        self._keys.add(marks, batch.rows)
        for index in marks.is_null().arg_true().to_list() if marks.null_count() else ():
            row = int(batch.rows[index])
            self._found.add(
                "primary-key", row=row, cells=batch.cells(index), keys=self._named(), other="lain"
            )

    def _see_reference(
        self, reference: _Reference, keys: Mapping[str, pl.Series], batch: Batch
    ) -> None:
        marks = _marks(_kinds(reference.own, [keys[j.name] for j in reference.own]))
        if reference.known is None:
            reference.marks.add(marks, batch.rows)
            targets = _marks(_kinds(reference.other, [keys[j.name] for j in reference.other]))
            reference.targets.add(targets, batch.rows)
            return
        strange = ~marks.is_in(reference.known.implode()) & marks.is_not_null()
        for index in strange.arg_true().to_list():
            self._stranger(reference, int(batch.rows[index]), batch.cells(index))

    def finish(self, again: Again) -> None:
        """Ask for a second look at the rows whose key another row has."""
        for judge, seen in self._unique:
            with seen:
                self._say_unique(judge, seen.repeats(self._found.most), again)
        with self._keys:
            self._say_key(self._keys.repeats(self._found.most), again)
        for reference in self._references:
            with reference.marks, reference.targets:
                count, rows = reference.marks.strangers(reference.targets, self._found.most)
            self._found.tally("foreign-key", ERROR, count - len(rows), None)
            again.ask(rows.to_list(), lambda row, cells, r=reference: self._stranger(r, row, cells))

    def _say_unique(self, judge: ColumnJudge, repeats: Repeats, again: Again) -> None:
        others = dict(repeats.frame.select("row", "before").iter_rows())
        index = judge.column.number - 1

        def look(row: int, cells: list[Any]) -> None:
            value = cells[index] if index < len(cells) else ""
            self._found.add(
                "unique-error",
                row=row,
                column=judge.column,
                value=value,
                cells=cells,
                other=others[row],
            )

        again.ask(others, look)
        self._found.tally("unique-error", ERROR, repeats.count - len(others), judge.column)

    def _say_key(self, repeats: Repeats, again: Again) -> None:
        others = dict(repeats.frame.select("row", "before").iter_rows())

        def look(row: int, cells: list[Any]) -> None:
            self._found.add(
                "primary-key", row=row, cells=cells, keys=self._named(), other=others[row]
            )

        again.ask(others, look)
        self._found.tally("primary-key", ERROR, repeats.count - len(others), None)

    def _named(self) -> str:
        return ", ".join(f"`{judge.column.name}`" for judge in self.key)

    def _stranger(self, reference: _Reference, row: int, cells: list[Any]) -> None:
        numbers = [judge.column.number for judge in reference.own]
        shown = [
            self._found.shown(judge.column, cells[n - 1] if n <= len(cells) else "")
            for judge, n in zip(reference.own, numbers, strict=True)
        ]
        self._found.add(
            "foreign-key",
            row=row,
            cells=cells,
            what=", ".join(f"`{text}`" for text in shown),
            keys=", ".join(f"`{judge.column.name}`" for judge in reference.own),
            where=f"tabel `{reference.name}`" if reference.name else "tabel ini",
        )


def _references(
    schema: Mapping[str, Any],
    judges: Mapping[str, ColumnJudge],
    tables: Mapping[str, Sequence[Mapping[str, str]]],
) -> list[_Reference]:
    """Foreign keys that can be checked: to the table itself and to tables handed in."""
    found = []
    for item in schema.get("foreignKeys") or ():
        target = item.get("reference") or {}
        name, names = target.get("resource") or "", listed(target.get("fields"))
        own = [judges[n] for n in listed(item.get("fields")) if n in judges]
        if len(own) != len(listed(item.get("fields"))) or len(own) != len(names):
            continue
        if name in tables:
            found.append(_Reference(own, [], name, _known(own, names, tables[name])))
        elif not name and set(names) <= set(judges):
            found.append(_Reference(own, [judges[n] for n in names], name))
    return found


def _known(
    own: list[ColumnJudge], names: list[str], rows: Sequence[Mapping[str, str]]
) -> pl.Series:
    """Marks of the rows of another table, its texts read as the field that refers to them."""
    keys = [
        pl.Series([judge.cells.text(row.get(name, "")).key for row in rows], dtype=pl.String)
        for judge, name in zip(own, names, strict=True)
    ]
    return _marks(_kinds(own, keys)).drop_nulls().unique()


def _kinds(judges: list[ColumnJudge], keys: list[pl.Series]) -> list[pl.Series]:
    """Keys told apart by kind: the text "1" is not the number 1."""
    return [
        pl.select(pl.lit(_NUMBER) + key).to_series() if judge.column.type in _NUMBERS else key
        for judge, key in zip(judges, keys, strict=True)
    ]


def _without(keys: pl.Series, absent: pl.Series) -> pl.Series:
    """No key where the cell is absent."""
    return keys.set(absent, None) if absent.any() else keys


def _marks(keys: list[pl.Series]) -> pl.Series:
    """One mark a row, null where every part of the key is missing."""
    frame = pl.DataFrame([key.alias(str(i)) for i, key in enumerate(keys)])
    marks = marks_of(frame.with_columns(pl.all().fill_null(_NOTHING)))
    empty = frame.select(pl.all_horizontal(pl.all().is_null())).to_series()
    return pl.select(pl.when(~empty).then(marks)).to_series()
