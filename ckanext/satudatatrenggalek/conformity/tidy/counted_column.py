"""The tidier of columns that count people or things, whose thousands may have become decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from ..counted import SHIFTED, SHORTENED, Shifted, meant_by
from .answers import Tally
from .columns import Place, Seen
from .number_column import NumberTidier
from .shapes import Question

_LOST = re.compile(rf"{SHIFTED}|{SHORTENED}")
_ASKED = "lost-thousands"


class CountTidier(NumberTidier):
    """Where the check finds counts that became fractions, it is asked once what they were.

    Numbers of a spreadsheet too: they became fractions as they were typed or opened.
    """

    texts_only = False

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._shifted = Shifted()
        self._lost: Tally | None = None

    def suspects(self, texts: pl.Series) -> pl.Series:
        return super().suspects(texts) | texts.str.contains(_LOST.pattern)

    def learn_all(self, texts: pl.Series) -> None:
        super().learn_all(texts)
        self._shifted.see(texts)

    def learn_value(self, text: str, seen: Seen) -> None:
        if _LOST.fullmatch(text):
            self._lost = self._lost or Tally(text)
            self._lost.add(*seen)
        super().learn_value(text, seen)

    def questions(self) -> Iterator[Question]:
        if self._lost and self._destroyed():
            example = self._lost.example
            results = {"thousands": meant_by(example), "keep": example}
            yield self.asker.ask(_ASKED, self._lost, results)
        yield from super().questions()

    def write(self, text: str) -> tuple[str, str]:
        if _LOST.fullmatch(text) and self._destroyed():
            lost = self.asker.answer(_ASKED) == "thousands"
            return (meant_by(text), "lost-thousands") if lost else (text, "")
        return super().write(text)

    def _destroyed(self) -> bool:
        return self._shifted.destroyed(False)
