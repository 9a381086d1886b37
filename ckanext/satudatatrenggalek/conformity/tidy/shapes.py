"""What a tidied copy answers: what was changed, and what only a person can decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KEPT_CHANGES = 100
SAMPLE = 20


@dataclass(frozen=True)
class Option:
    """One possible answer. key: stable, for forms. label: Indonesian. result: the example's value
    after this answer, "" for an empty cell."""

    key: str
    label: str
    result: str


@dataclass(frozen=True)
class Sketch:
    """A few rows of a table, shortened, personal data masked."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Example:
    """The same few rows before and after an answer."""

    before: Sketch
    after: Sketch


@dataclass(frozen=True)
class Question:
    """What is ambiguous in one column, asked once.

    kind: missing-marker, thousands-or-decimal, comma-or-thousands, date-order, short-year,
    unit-in-number, mistyped, lost-thousands, region-code or wide-years. column: its name in the
    tidied copy. column_number counts from 1 in the file. value: an example, personal data masked.
    count: cells concerned. rows: the first of them, as the spreadsheet shows them. text: the
    question as an Indonesian sentence.
    answer: key of the option chosen, "" while open. example: of what changes the whole table.
    """

    key: str
    column: str
    column_number: int
    kind: str
    value: str
    count: int
    rows: tuple[int, ...]
    text: str
    options: tuple[Option, ...]
    answer: str = ""
    example: Example | None = None


@dataclass(frozen=True)
class Change:
    """One line of the change log.

    row: in the original as the spreadsheet shows it, None for a column or the file. before, after:
    shortened, personal data masked. message: why, an Indonesian sentence.
    """

    code: str
    row: int | None
    column: str
    before: str
    after: str
    message: str


@dataclass(frozen=True)
class Tidied:
    """A tidied copy, proposed or written.

    counts: changes by code, all of them. changes: the first hundred. rows: data rows of the copy.
    columns: its header. table_schema: of the copy's columns, types as expected or as inferred.
    sample: its first rows, personal data included, for those who may read the file. origins: the
    row of the original each of them comes from, as the spreadsheet shows it.
    name: a file name for the copy.
    """

    questions: tuple[Question, ...]
    counts: Mapping[str, int]
    changes: tuple[Change, ...]
    rows: int
    columns: tuple[str, ...]
    table_schema: Mapping[str, Any]
    sample: tuple[tuple[str, ...], ...] = ()
    origins: tuple[int, ...] = ()
    name: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many changes there are, also those not kept in `changes`."""
        return sum(self.counts.values())

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Questions without an answer; their cells are left as they are."""
        return tuple(q for q in self.questions if not q.answer)
