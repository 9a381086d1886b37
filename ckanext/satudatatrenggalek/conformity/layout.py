"""Where the table is in a sheet: title rows, header (stacked or missing), first data row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .aggregates import aggregates_of
from .masking import text_of
from .numbers import MISSING, looks_numeric
from .years import is_year

SAMPLE_ROWS = 60
_HEADER_ROWS = 30  # a header lower than this is not looked for
_STACK = 6
_MOSTLY = 0.8
_ENDS = ")]"
_COLUMN_NUMBER = re.compile(r"[(\[]?(?P<n>[0-9]{1,2})(?P<end>[)\]]?)(?:\s*=.*)?")


@dataclass(frozen=True)
class Layout:
    """first..last: header rows as the spreadsheet counts them; both 0 when there is no header.

    labels: one per column, as found; stacked headers joined with a blank.
    above: first words standing above the header, "" when nothing does.
    aggregates: names of regions that make a row a total here (`aggregates.aggregates_of`).
    """

    first: int
    last: int
    labels: tuple[str, ...]
    above: str = ""
    aggregates: frozenset[str] = frozenset()

    @property
    def headless(self) -> bool:
        return self.first == 0

    @property
    def stacked(self) -> bool:
        return self.last > self.first


def normal(label: str) -> str:
    """A label for comparing: lower case, letters and digits, the rest one underscore."""
    return re.sub(r"[^0-9a-z]+", "_", label.lower()).strip("_")


def find_layout(
    sample: Sequence[Sequence[Any]], wanted: frozenset[str], padded: bool
) -> Layout | None:
    """The layout of a sheet from its first rows; None when they hold no cell at all.

    wanted: normalised names of the columns expected. They decide when they are there;
    otherwise the first row that looks like a header does. padded: rows may carry blank cells
    at their end that mean nothing (a spreadsheet).
    """
    texts = [[text_of(cell).strip() for cell in row] for row in sample]
    filled = [index for index, row in enumerate(texts) if any(row)]
    if not filled:
        return None
    index = _by_names(texts, wanted)
    if index is None:
        index = _by_shape(texts)
    if index is None:
        width = max(len(row) for row in texts)
        return Layout(0, 0, tuple(f"kolom_{n}" for n in range(1, width + 1)))
    last = _stack_end(texts, index)
    labels = _labels(sample, texts, (index, last), padded)
    aggregates = aggregates_of(texts[last + 1 :], labels)
    return Layout(index + 1, last + 1, labels, _above(texts, index), aggregates)


def _by_names(texts: list[list[str]], wanted: frozenset[str]) -> int | None:
    best, score = None, 0
    for index, row in enumerate(texts[:_HEADER_ROWS]):
        hits = len(wanted & {normal(cell) for cell in row if cell})
        if hits > score:
            best, score = index, hits
    return best if score >= max(1, (len(wanted) + 2) // 3) else None


def _by_shape(texts: list[list[str]]) -> int | None:
    """The first row that looks like a header, narrow ones only when the next row completes them.

    None when a row of data comes first: then there is no header.
    """
    widths = sorted(sum(map(bool, row)) for row in texts if any(row))
    typical = widths[len(widths) // 2]
    for index, row in enumerate(texts[:_HEADER_ROWS]):
        count = sum(map(bool, row))
        if not count:
            continue
        wide = count >= min(2, typical) and count >= typical * 0.5
        if _is_header(row) and (wide or _stack_end(texts, index) > index):
            return index
        if wide and count >= typical and not _is_header(row):
            return None
    return None


def _is_header(row: list[str]) -> bool:
    cells = [cell for cell in row if cell]
    numeric = sum(looks_numeric(cell) and not is_year(cell) for cell in cells)
    years = sum(is_year(cell) for cell in cells)
    return numeric == 0 and years < len(cells)


def _stack_end(texts: list[list[str]], first: int) -> int:
    """Last row of the header that begins at `first`.

    A row below belongs to it when it fills columns the header leaves blank while leaving blank
    some the header fills (cells merged down and across), when it has words where the columns
    below have figures (a second language, units), or when it numbers the columns (1)(2)(3).
    """
    last = first
    covered = [bool(cell) for cell in texts[first]]
    figures = _figure_columns(texts[first + 1 :])
    # Bare 1 2 3 is data where every column holds figures.
    plain = any(done and i not in figures for i, done in enumerate(covered))
    for index in range(first + 1, min(first + _STACK, len(texts))):
        row = texts[index]
        cells = [cell for cell in row if cell]
        numbers = _numbers_columns(cells) and (cells[0][-1] in _ENDS or plain)
        if numbers or _continues(row, covered, figures):
            last = index
        elif not cells or row[0] or not covered[0] or not _is_part(row):
            break  # one word under a merged heading may still be followed by a row that belongs
        covered = [
            (i < len(covered) and covered[i]) or (i < len(row) and bool(row[i]))
            for i in range(max(len(covered), len(row)))
        ]
    return last


def _continues(row: list[str], covered: list[bool], figures: frozenset[int]) -> bool:
    """Whether a row goes on with the header that so far fills the columns `covered`."""
    cells = [cell for cell in row if cell]
    if not cells or not _is_part(row):
        return False
    fills = any(c and not (i < len(covered) and covered[i]) for i, c in enumerate(row))
    leaves = any(done and not (i < len(row) and row[i]) for i, done in enumerate(covered))
    # Units or a second language under the labels, the first column merged down beside them.
    under = len(cells) >= 2 and not row[0] and covered[0]
    # Words over figures, under a header about as wide; under a title they are the header itself.
    wide = sum(covered) * 2 >= len(cells)
    words = len(_words_over(row, figures)) > (0 if fills else 1)
    return (fills and leaves) or under or (wide and words)


def _figure_columns(texts: list[list[str]]) -> frozenset[int]:
    """Columns whose filled cells are numbers, four in five."""
    filled: Counter[int] = Counter()
    numeric: Counter[int] = Counter()
    for row in texts:
        for index, cell in enumerate(row):
            if cell and cell.lower() not in MISSING:
                filled[index] += 1
                numeric[index] += looks_numeric(cell)
    return frozenset(i for i, count in filled.items() if numeric[i] >= count * _MOSTLY)


def _words_over(row: list[str], figures: frozenset[int]) -> list[str]:
    """Cells of words in columns of figures; a marker for nothing is no word."""
    return [
        cell
        for index, cell in enumerate(row)
        if index in figures and cell and cell.lower() not in MISSING and not looks_numeric(cell)
    ]


def _is_part(row: list[str]) -> bool:
    return not any(looks_numeric(cell) and not is_year(cell) for cell in row if cell)


def _numbers_columns(cells: list[str]) -> bool:
    """(1)(2)(3) and so on; without brackets only from four columns up, where data hardly is."""
    found = [_COLUMN_NUMBER.fullmatch(cell) for cell in cells]
    matches = [match for match in found if match]
    if len(matches) < len(cells) or len(cells) < (3 if all(m["end"] for m in matches) else 4):
        return False
    numbers = [int(match["n"]) for match in matches]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1


def _labels(
    sample: Sequence[Sequence[Any]], texts: list[list[str]], span: tuple[int, int], padded: bool
) -> tuple[str, ...]:
    first, last = span
    if last == first:
        raw = [text_of(cell) for cell in sample[first]]
    else:
        raw = _joined(texts[first : last + 1])
    while padded and raw and not raw[-1].strip() and not _used(texts, len(raw) - 1, last):
        raw.pop()
    return tuple(raw)


def _joined(rows: list[list[str]]) -> list[str]:
    """One label per column from header rows; a merged heading stands for its whole width."""
    width = max(len(row) for row in rows)
    parts: list[list[str]] = [[] for _ in range(width)]
    starts: frozenset[int] = frozenset()
    for number, row in enumerate(rows, start=1):
        row = [" ".join(cell.split()) for cell in row] + [""] * (width - len(row))
        if _numbers_columns([cell for cell in row if cell]):
            continue
        for column, text in enumerate(_spread(row, starts) if number < len(rows) else row):
            if text and text not in parts[column]:
                parts[column].append(text)
        starts |= {column for column, text in enumerate(row) if text}
    return [" ".join(words) for words in parts]


def _used(texts: list[list[str]], column: int, first: int) -> bool:
    return any(len(row) > column and row[column] for row in texts[first + 1 :])


def _spread(row: list[str], starts: frozenset[int]) -> list[str]:
    """A merged heading stands for the blank cells to its right, up to where a row above it
    begins another heading (`starts`)."""
    spread, current = [], ""
    for column, cell in enumerate(row):
        current = cell or ("" if column in starts else current)
        spread.append(current)
    return spread


def _above(texts: list[list[str]], index: int) -> str:
    return next((cell for row in texts[:index] for cell in row if cell), "")
