"""What a table of years looks like before and after they become rows, in its own words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..masking import mask_name, show
from .columns import TextTidier
from .shapes import Example, Sketch
from .wide import Wide

_FIXED = 2  # columns beside the years that are shown, and years of each thing counted


def of_years(
    wide: Wide,
    names: Mapping[int, str],
    tidiers: Mapping[int, TextTidier],
    rows: Sequence[Sequence[str]],
    personal: Collection[int],
) -> Example:
    """The first columns and years of some rows, as they stand and one row a year.

    names, tidiers: of the columns that are copied, by their number. rows: all cells, as found.
    """
    fixed = [number for number in names if number not in wide.numbers][:_FIXED]
    years = wide.years[:_FIXED]
    lying = [of[year] for of in wide.stems.values() for year in years if of.get(year) in names]
    before = Sketch(
        tuple(mask_name(names[number]) for number in (*fixed, *lying)),
        tuple(
            tuple(show(row[number - 1], number in personal) for number in (*fixed, *lying))
            for row in rows
        ),
    )

    def tidied(row: Sequence[str], number: int | None) -> str:
        if number is None or number not in names:
            return ""
        return show(tidiers[number].tidy(row[number - 1])[0], number in personal)

    header = (*(mask_name(names[number]) for number in fixed), wide.year, *wide.names.values())
    long = tuple(
        (
            *(tidied(row, number) for number in fixed),
            year,
            *(tidied(row, of.get(year)) for of in wide.stems.values()),
        )
        for row in rows
        for year in years
    )
    return Example(before, Sketch(tuple(map(mask_name, header)), long))
