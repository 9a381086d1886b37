"""One name written in several ways in one column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..batch import Batch
from ..report import WARNING
from ..schema import Column
from .base import Rule, RuleContext

_PREFIX = re.compile(r"^(?:desa|ds|kelurahan|kel|kecamatan|kec)\b\.?\s*")
_MOST = 1_000  # different texts; a column with more holds no categories
_NAMED = 3
_UNKNOWN = -1


class _Names:
    """The texts of one column by what is left of them without case, blanks and prefix."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self._met: dict[str, dict[str, int]] = {}
        self._seen: set[str] = set()

    def see(self, batch: Batch, texts: Iterable[str]) -> bool:
        """False once there are too many."""
        for text in sorted(texts):
            if text in self._seen:
                continue
            self._seen.add(text)
            name = " ".join(text.split())
            if plain := plainly(name):
                ways = self._met.setdefault(plain, {})
                if name not in ways:
                    ways[name] = _UNKNOWN
                if len(ways) > 1:
                    self._place(batch, ways)
        return len(self._seen) <= _MOST

    def _place(self, batch: Batch, ways: dict[str, int]) -> None:
        """Note where ways of a name stand first; 0: in rows before this stretch."""
        texts = batch.column(self.column.number)
        for name, row in ways.items():
            if row == _UNKNOWN:
                bare = texts.str.strip_chars().str.replace_all(r"\s+", " ")
                found = batch.rows.filter(bare == name)
                ways[name] = int(found[0]) if len(found) else 0

    def several(self) -> list[dict[str, int]]:
        """Of each name written in several ways: the ways with their first rows, in that order."""
        found = [ways for ways in self._met.values() if len(ways) > 1]
        return [dict(sorted(ways.items(), key=lambda way: way[1])) for ways in found]


class NameVariants(Rule):
    """`Contohrejo`, `CONTOHREJO` and `Desa Contohrejo` in one column of few values: once."""

    def __init__(self, context: RuleContext) -> None:
        super().__init__(context)
        self._names = [_Names(c) for c in self.columns if c.type in ("string", "any")]

    def see(self, batch: Batch) -> None:
        for names in list(self._names):
            texts = batch.listed(names.column.number)
            if texts is None or not names.see(batch, texts):
                self._names.remove(names)  # free text

    def finish(self) -> None:
        for names in self._names:
            if several := names.several():
                several.sort(key=lambda ways: list(ways.values())[1])
                shown = (self.collector.shown(names.column, way) for way in several[0])
                more = f", dan {len(several) - 1} nama lain" if len(several) > 1 else ""
                self.collector.add(
                    "name-variants",
                    WARNING,
                    row=list(several[0].values())[1],
                    column=names.column,
                    names=", ".join(f"`{way}`" for way in list(shown)[:_NAMED]),
                    more=more,
                )


def plainly(name: str) -> str:
    """A name without case and the word for what it names; "" for what has no letters."""
    lower = name.casefold()
    bare = _PREFIX.sub("", lower) or lower
    return bare if any(c.isalpha() for c in bare) else ""
