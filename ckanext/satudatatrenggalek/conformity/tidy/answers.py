"""Ambiguous cells of a column, counted, and the questions they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..masking import show
from ..messages.tidy import OPTIONS, QUESTIONS
from .shapes import Example, Option, Question

_ROWS = 5


@dataclass
class Tally:
    """Cells that raise the same question: an example, how many, the first rows."""

    example: str
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, count: int, rows: Iterable[int]) -> None:
        """Count cells and remember the rows of the first."""
        self.count += count
        self.rows = sorted({*self.rows, *rows})[:_ROWS]


@dataclass(frozen=True)
class Asker:
    """Makes the questions of one column. personal: its values are masked."""

    name: str
    number: int
    answers: Mapping[str, str]
    personal: bool = False

    def key(self, kind: str, value: str = "") -> str:
        """The stable name of a question."""
        return f"{kind}:{self.number}:{value}" if value else f"{kind}:{self.number}"

    def answer(self, kind: str, value: str = "") -> str:
        """The option chosen, "" when none or one that does not exist."""
        chosen = self.answers.get(self.key(kind, value), "")
        return chosen if chosen in OPTIONS[kind] else ""

    def ask(
        self,
        kind: str,
        tally: Tally,
        results: Mapping[str, str],
        value: str = "",
        example: Example | None = None,
    ) -> Question:
        """The question. results: option to what the example becomes; options without are left out.

        value: what tells this question from others of its kind in the column.
        """
        shown = value or show(tally.example, self.personal)
        words = {"column": self.name, "value": shown, "count": tally.count}
        return Question(
            key=self.key(kind, value),
            column=self.name,
            column_number=self.number,
            kind=kind,
            value=shown,
            count=tally.count,
            rows=tuple(tally.rows),
            text=QUESTIONS[kind].format_map(words),
            options=tuple(
                Option(key, label, show(results[key], self.personal))
                for key, label in OPTIONS[kind].items()
                if key in results
            ),
            answer=self.answer(kind, value),
            example=example,
        )


def tallied(
    tallies: dict[str, Tally], key: str, example: str, seen: tuple[int, Sequence[int]]
) -> None:
    """Add (count, rows) of cells to the tally under `key`."""
    tallies.setdefault(key, Tally(example)).add(*seen)
