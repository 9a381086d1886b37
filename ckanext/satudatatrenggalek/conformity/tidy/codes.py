"""The tidier of region codes: as the lists write them, where one code alone can be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from ..region_codes import DOTTED, code_of, completed, named_otherwise
from ..regions import Region, built_in, level_of
from ..schema import Column
from .answers import Tally, tallied
from .columns import Place, Seen, TextTidier
from .shapes import Question

_ASKED = "region-code"
_MOST_ASKED = 20  # codes of a column; beyond them the columns have slipped, and a person looks


class RegionTidier(TextTidier):
    """Region codes, mended only where exactly one code of the lists can be meant.

    Where the name beside a code is another region's, it is asked which of the two is right.
    names: the columns of names beside it, finest first.
    """

    texts_only = False

    def __init__(self, place: Place, names: Sequence[Column]) -> None:
        super().__init__(place)
        self.beside = tuple(column.number for column in names)
        self._levels = tuple(level_of(column.name) for column in names)
        self._tallies: dict[str, Tally] = {}
        self._named: dict[str, dict[str, list[Region]]] = {}  # by text, by contradicting name
        self._agreed: set[str] = set()

    def suspects(self, texts: pl.Series) -> pl.Series:
        # Only what is not written like a code of Kemendagri goes through the look-up.
        return super().suspects(texts) | ~texts.str.contains(f"^(?:{DOTTED})?$")

    def learn(self, text: str, seen: Seen) -> None:
        tallied(self._tallies, text, text, seen)

    def learn_beside(self, text: str, others: Sequence[str]) -> None:
        meant = self._completed(text)
        region = built_in().find(meant) if meant else None
        if region is None:
            return
        name, level = next(
            ((n.strip(), at) for n, at in zip(others, self._levels, strict=True) if n.strip()),
            ("", ""),
        )
        if named := named_otherwise(region, name, level, built_in()):
            self._named.setdefault(text, {})[name] = named
        else:
            self._agreed.add(text)

    def questions(self) -> Iterator[Question]:
        for text in self._named:
            if value := self._asked(text):
                meant = self._completed(text)
                results = {"code": meant, "name": self._by_name(text), "keep": text.strip()}
                found = {option: result for option, result in results.items() if result}
                yield self.asker.ask(_ASKED, self._tallies[text], found, value)

    def tidy(self, text: str) -> tuple[str, str]:
        stripped, code = super().tidy(text)
        meant = self._completed(text)
        if meant and text in self._named:
            value = self._asked(text)
            answer = self.asker.answer(_ASKED, value) if value else ""
            meant = {"code": meant, "name": self._by_name(text)}.get(answer, "")
        return (meant, "region-code") if meant else (stripped, code)

    def _completed(self, text: str) -> str:
        label = self.place.column.name or self.place.column.label
        return completed(super().tidy(text)[0], label, built_in())

    def _asked(self, text: str) -> str:
        """What the question is about; "" where the code stands beside several names."""
        names = self._named[text]
        one = len(names) == 1 and text not in self._agreed and len(self._named) <= _MOST_ASKED
        return f"{text.strip()} {next(iter(names))}" if one else ""

    def _by_name(self, text: str) -> str:
        """The code of the region named; "" where several have that name."""
        found = next(iter(self._named[text].values()))
        return code_of(found[0], self._completed(text)) if len(found) == 1 else ""
