"""Where the table is in a sheet: title rows, header (stacked or missing), first data row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .masking import text_of
from .numbers import looks_numeric

SAMPLE_ROWS = 60
_HEADER_ROWS = 30  # a header lower than this is not looked for
_STACK = 6
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\s*\*+\)?)?")
_COLUMN_NUMBER = re.compile(r"[(\[][0-9]{1,2}[)\]]")


@dataclass(frozen=True)
class Layout:
    """first..last: header rows as the spreadsheet counts them; both 0 when there is no header.

    labels: one per column, as found; stacked headers joined with a blank.
    above: first words standing above the header, "" when nothing does.
    """

    first: int
    last: int
    labels: tuple[str, ...]
    above: str = ""

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
    return Layout(
        index + 1, last + 1, _labels(sample, texts, (index, last), padded), _above(texts, index)
    )


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
    numeric = sum(looks_numeric(cell) and not _YEAR.fullmatch(cell) for cell in cells)
    years = sum(bool(_YEAR.fullmatch(cell)) for cell in cells)
    return numeric == 0 and years < len(cells)


def _stack_end(texts: list[list[str]], first: int) -> int:
    """Last row of the header that begins at `first`.

    A row below belongs to it when it fills columns the header leaves blank while leaving blank
    some the header fills (cells merged down and across), or when it numbers the columns (1)(2)(3).
    """
    last = first
    covered = [bool(cell) for cell in texts[first]]
    for index in range(first + 1, min(first + _STACK, len(texts))):
        row = texts[index]
        cells = [cell for cell in row if cell]
        fills = any(c and not (i < len(covered) and covered[i]) for i, c in enumerate(row))
        leaves = any(done and not (i < len(row) and row[i]) for i, done in enumerate(covered))
        # Units or a second language under the labels, the first column merged down beside them.
        under = len(cells) >= 2 and not row[0]
        part = _is_part(row) and bool(cells) and ((fills and leaves) or under)
        if not part and not _numbers_columns(cells):
            break
        last = index
        covered = [
            (i < len(covered) and covered[i]) or (i < len(row) and bool(row[i]))
            for i in range(max(len(covered), len(row)))
        ]
    return last


def _is_part(row: list[str]) -> bool:
    return not any(looks_numeric(cell) and not _YEAR.fullmatch(cell) for cell in row if cell)


def _numbers_columns(cells: list[str]) -> bool:
    if len(cells) < 3 or not all(_COLUMN_NUMBER.fullmatch(cell) for cell in cells):
        return False
    numbers = [int(re.sub(r"[^0-9]", "", cell)) for cell in cells]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1


def _labels(
    sample: Sequence[Sequence[Any]], texts: list[list[str]], span: tuple[int, int], padded: bool
) -> tuple[str, ...]:
    first, last = span
    if last == first:
        raw = [text_of(cell) for cell in sample[first]]
        while padded and raw and not raw[-1].strip() and not _used(texts, len(raw) - 1, first):
            raw.pop()
        return tuple(raw)
    width = max(len(row) for row in texts[first : last + 1])
    parts: list[list[str]] = [[] for _ in range(width)]
    for index in range(first, last + 1):
        row = texts[index] + [""] * (width - len(texts[index]))
        if _numbers_columns([cell for cell in row if cell]):
            continue
        for column, text in enumerate(_spread(row) if index < last else row):
            if text and text not in parts[column]:
                parts[column].append(text)
    return tuple(" ".join(words) for words in parts)


def _used(texts: list[list[str]], column: int, first: int) -> bool:
    return any(len(row) > column and row[column] for row in texts[first + 1 :])


def _spread(row: list[str]) -> list[str]:
    """A merged heading stands for the blank cells to its right."""
    spread, current = [], ""
    for cell in row:
        current = cell or current
        spread.append(current)
    return spread


def _above(texts: list[list[str]], index: int) -> str:
    return next((cell for row in texts[:index] for cell in row if cell), "")
