"""Names of cells and areas are read as openpyxl reads them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import (
    column_index_from_string,
    coordinate_from_string,
    get_column_letter,
    range_boundaries,
)
from openpyxl.utils.exceptions import CellCoordinatesException

from ckanext.satudatatrenggalek.conformity.coordinates import (
    LAST_COLUMN,
    area_bounds,
    cell_place,
    column_letter,
    column_number,
)

names = st.text("AbZ019$:!", max_size=9)


def test_letters_of_every_column():
    for number in range(1, LAST_COLUMN + 1):
        letters = column_letter(number)
        assert letters == get_column_letter(number)
        assert column_number(letters) == number


@pytest.mark.parametrize("number", [-1, 0, LAST_COLUMN + 1])
def test_no_column_beyond(number):
    with pytest.raises(ValueError, match="no column"):
        column_letter(number)


@given(names)
@example("A1")
@example("$AB$12")
@example("A0")
@example("ABCD1")
@settings(max_examples=500, deadline=None, derandomize=True)
def test_cells(text):
    try:
        letters, row = coordinate_from_string(text)
    except CellCoordinatesException:
        with pytest.raises(ValueError, match="no cell"):
            cell_place(text)
    else:
        assert cell_place(text) == (row, column_index_from_string(letters))


@given(names)
@example("A1:C9")
@example("$A$1:$C$9")
@example("A:C")
@example("1:9")
@example("B2")
@example("A1:C")
@example("A1:")
@example(":")
@example("A:9")
@settings(max_examples=2_000, deadline=None, derandomize=True)
def test_areas(text):
    try:
        bounds = range_boundaries(text)
    except ValueError:
        with pytest.raises(ValueError, match="no area"):
            area_bounds(text)
    else:
        assert area_bounds(text) == bounds
