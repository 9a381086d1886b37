"""Cells and areas as a workbook names them: `B12`, `A1:C9`, whole columns, whole rows.

openpyxl has the same, but loading it costs every check of a CSV ten MiB.
"""

from __future__ import annotations

import re
from functools import lru_cache

LAST_COLUMN = 18_278  # ZZZ
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]+)")
_END = r"\$?([A-Za-z]{1,3})?\$?([0-9]+)?"
_AREA = re.compile(rf"{_END}(:{_END})?")

Bounds = tuple[int | None, int | None, int | None, int | None]


@lru_cache(maxsize=LAST_COLUMN)
def column_letter(number: int) -> str:
    """The letters of a column, 1 is A. Raises ValueError beyond ZZZ."""
    if not 1 <= number <= LAST_COLUMN:
        raise ValueError(f"no column {number}")
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """The number of a column of one to three letters (a to z), A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_place(text: str) -> tuple[int, int]:
    """(row, column) of a cell. Raises ValueError for what names none."""
    match = _CELL.fullmatch(text)
    if match is None or not (row := int(match[2])):
        raise ValueError(f"no cell {text}")
    return row, column_number(match[1])


def area_bounds(text: str) -> Bounds:
    """(left, top, right, bottom) of an area or a cell, None where whole columns or rows are meant.

    Raises ValueError for what names none.
    """
    match = _AREA.fullmatch(text)
    if match is None:
        raise ValueError(f"no area {text}")
    left, top, second, right, bottom = match.groups()
    whole = {left is None, right is None}, {top is None, bottom is None}
    if second and (len(whole[0]) > 1 or len(whole[1]) > 1 or whole == ({True}, {True})):
        raise ValueError(f"no area {text}")
    columns = [column_number(letters) if letters else None for letters in (left, right)]
    rows = [int(digits) if digits else None for digits in (top, bottom)]
    return columns[0], rows[0], columns[1] or columns[0], rows[1] if bottom else rows[0]
