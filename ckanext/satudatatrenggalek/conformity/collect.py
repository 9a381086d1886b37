"""Gathers findings: counts all of them, keeps as many as the limits allow, spread over columns."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Any

from .masking import LEAST_MASKED, mask, mask_name, show
from .messages import compose, text_of
from .report import ERROR, Finding
from .schema import Column

_SHOWN_CELLS = 50
_REMEMBERED = 8_192  # texts kept to be shared by the findings that follow
_LONGEST = 320  # of those texts
_KINDS = ("errors", "warnings")
_OF_A_HABIT = 20  # kept whatever else the column has

Kind = tuple[str, int, str]  # code, number of the column (0 for none), habit


class Collector:
    """One check's findings. personal: column numbers whose every value is masked."""

    def __init__(self, sheet: str, max_findings: int | None) -> None:
        self.sheet = sheet
        self.personal: frozenset[int] = frozenset()
        self.counts: Counter[str] = Counter()
        self.items: dict[str, dict[str, int]] = {}
        self.errors = 0
        self.warnings = 0
        self._max = max_findings
        # One bad column must not hide the findings of the others.
        self._most = None if max_findings is None else max(20, max_findings // 5)
        self._kept: Counter[tuple[str, int]] = Counter()
        self._of_habit: Counter[Kind] = Counter()
        self._unkept: Counter[Kind] = Counter()
        self._findings: list[Finding] = []
        self._shown = _Remembered(show)
        self._masked = _Remembered(mask)
        self._names: dict[int, str] = {}

    def add(
        self,
        code: str,
        severity: str = ERROR,
        *,
        row: int | None = None,
        column: Column | None = None,
        number: int | None = None,
        value: Any = "",
        cells: Sequence[Any] = (),
        says: tuple[str, str, str] | None = None,
        habit: str = "",
        **words: Any,
    ) -> None:
        """Count a finding, and keep it if there is room.

        number: of a column beyond the table's. value: as found; masked and shortened here.
        says: (message, remedy, item) in place of the code's own. habit: which of its kinds of
        mistake it is. words: fill the braces of the code's sentences.
        """
        self._count(code, severity, 1, says[2] if says else "")
        kind = (code, column.number if column else 0, habit)
        if not self.room(code, column, habit):
            self._unkept[kind] += 1
            return
        self._kept[kind[:2]] += 1
        self._of_habit[kind] += 1
        shown = self.shown(column, value)
        said = says or self._compose(code, row, column, shown, words)
        number = column.number if column else number
        self._findings.append(
            Finding(
                code=code,
                severity=severity,
                item=said[2],
                message=self._masked[said[0]],
                remedy=self._masked[said[1]],
                sheet=self.sheet,
                row=row,
                column=self._name(column),
                column_number=number,
                value=shown,
                cells=self._row(cells),
                habit=habit,
            )
        )

    def tally(
        self, code: str, severity: str, number: int, column: Column | None, habit: str = ""
    ) -> None:
        """Count findings of a column, None for those of whole rows or files, that are not kept."""
        if number > 0:
            self._count(code, severity, number, "")
            self._unkept[code, column.number if column else 0, habit] += number

    def _count(self, code: str, severity: str, number: int, item: str) -> None:
        """item: of the checklist, "" for the code's own."""
        self.counts[code] += number
        name = item or text_of(code).item
        counts = self.items.get(name) or self.items.setdefault(name, dict.fromkeys(_KINDS, 0))
        counts[_KINDS[severity != ERROR]] += number
        if severity == ERROR:
            self.errors += number
        else:
            self.warnings += number

    @property
    def most(self) -> int | None:
        """How many findings of one kind are kept at most; None when all are."""
        return self._most

    def room(self, code: str, column: Column | None, habit: str = "") -> bool:
        """Whether a further finding of this kind would be kept."""
        return self.left(code, column, habit) > 0

    def left(self, code: str, column: Column | None, habit: str = "") -> int:
        """How many further findings of this kind would be kept.

        A habit that comes late in its column is shown too, and each kind once at least.
        """
        if self._max is None or self._most is None:
            return sys.maxsize
        number = column.number if column else 0
        of_habit = self._of_habit[code, number, habit]
        left = self._most - self._kept[code, number]
        if left < _OF_A_HABIT:
            left = max(left, _OF_A_HABIT - of_habit)
        room = self._max - len(self._findings)
        if room < 1 and not of_habit:
            return int(room + self._max > 0)
        return max(0, min(left, room))

    def misfits(self, column: Column, habits: Collection[str]) -> int:
        """How many cells of a column were of another type, in ways of these habits."""
        kinds = [("type-error", column.number, habit) for habit in habits]
        return sum(self._of_habit[kind] + self._unkept[kind] for kind in kinds)

    def unkept(self) -> tuple[dict[str, Any], ...]:
        """What was counted only, for the figures of the report."""
        names = ("code", "column_number", "habit")
        return tuple(
            {**dict(zip(names, kind, strict=True)), "count": count}
            for kind, count in sorted(self._unkept.items())
        )

    def shown(self, column: Column | None, value: Any) -> str:
        """A value fit for a sentence."""
        if column and column.number in self.personal:
            return show(value, True)
        return self._shown[value] if type(value) is str else show(value)

    def result(self) -> tuple[Finding, ...]:
        """What was kept, in reading order: file, then row by row, column by column."""
        return tuple(sorted(self._findings, key=lambda f: (f.row or 0, f.column_number or 0)))

    @property
    def truncated(self) -> bool:
        return self.errors + self.warnings > len(self._findings)

    def _compose(
        self, code: str, row: int | None, column: Column | None, shown: str, words: dict[str, Any]
    ) -> tuple[str, str, str]:
        base = {
            "row": row,
            "value": shown,
            "column": show(self._name(column)),
            "column_number": column.number if column else "",
        }
        message, remedy = compose(code, {**base, **words})
        return message, remedy, text_of(code).item

    def _name(self, column: Column | None) -> str:
        """A heading can be a personal number itself."""
        if column is None:
            return ""
        if column.number not in self._names:
            self._names[column.number] = mask_name(column.name or column.label)
        return self._names[column.number]

    def _row(self, cells: Sequence[Any]) -> tuple[str, ...]:
        known = self._shown
        first = cells[:_SHOWN_CELLS]
        if not self.personal and _are_plain(first):
            # Only the long ones among them can hold what is masked or shortened.
            long = [cell for cell in first if len(cell) >= LEAST_MASKED]
            if [known[cell] for cell in long] == long:
                known.make_room()
                return tuple(map(known.setdefault, first, first))
        shown = [known[cell] if type(cell) is str else show(cell) for cell in first]
        for number in self.personal:
            if number <= len(first):
                shown[number - 1] = show(first[number - 1], True)
        return tuple(shown)


def _are_plain(cells: Sequence[Any]) -> bool:
    """Whether all are texts of one line without an address in them."""
    try:
        text = "".join(cells)
    except TypeError:
        return False
    return "@" not in text and text.isprintable()


class _Remembered(dict[str, str]):
    """What becomes of texts that come again and again, each held once by all findings."""

    def __init__(self, become: Callable[[str], str]) -> None:
        super().__init__()
        self._become = become

    def __missing__(self, text: str) -> str:
        self.make_room()
        found = self._become(text)
        if len(text) <= _LONGEST:
            self[text] = found
        return found

    def make_room(self) -> None:
        """Forget all when they have become many."""
        if len(self) >= _REMEMBERED:
            self.clear()
