"""Numbers that name one row each, and stand in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..batch import Batch
from ..layout import normal
from ..regions import is_code_column
from ..report import WARNING
from ..schema import Column
from ..seen import Seen, marks_of
from .base import MOST, Rule, RuleContext

_NAME = re.compile(
    r"(?:id|no_id|nomor_id|uuid|kode_unik|nomor_induk|nis|nisn|npsn|nib|nop)(?:_.*)?"
)
_SHARE = 0.05  # more repeats than this: then it names no rows


class RepeatedIdentifiers(Rule):
    """`id` 18 in two rows, where nearly every other id stands once.

    Silent for columns whose uniqueness the schema asks for itself.
    """

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._again = context.again
        named = [] if context.keyed else [c for c in self.columns if _names_rows(c)]
        self._seen = [(column, Seen()) for column in named]

    def see(self, batch: Batch) -> None:
        for column, seen in list(self._seen):
            texts = batch.column(column.number)
            filled = texts.str.strip_chars() != ""
            if not len(seen) and texts.filter(filled).n_unique() < (1 - _SHARE) * int(filled.sum()):
                self._seen.remove((column, seen))
                continue
            marks = marks_of(texts.str.strip_chars().to_frame())
            seen.add(marks.filter(filled), batch.rows.filter(filled))

    def finish(self) -> None:
        for column, seen in self._seen:
            with seen:
                repeats, total = seen.repeats(MOST), len(seen)
            if 0 < repeats.count <= max(1, _SHARE * total):
                self._say(column, dict(repeats.frame.select("row", "first").iter_rows()))
                more = repeats.count - len(repeats.frame)
                self.collector.tally("id-repeated", WARNING, more, column)

    def _say(self, column: Column, first: dict[int, int]) -> None:
        def look(row: int, cells: Sequence[Any]) -> None:
            value = cells[column.number - 1] if column.number <= len(cells) else ""
            more = {"value": value, "cells": cells, "other": first[row]}
            self.collector.add("id-repeated", WARNING, row=row, column=column, **more)

        self._again.ask(first, look)


def _names_rows(column: Column) -> bool:
    own = (column.field.get("constraints") or {}).get("unique")
    named = bool(_NAME.fullmatch(normal(column.label or column.name)))
    return named and not own and not is_code_column(column.name)
