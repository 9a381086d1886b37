"""Years as columns, and what they are called once they are rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..layout import normal
from ..schema import Alignment, Column, is_year_column
from ..years import of_label

_GENERIC = frozenset({"", "tahun", "thn", "year", "th"})
_LEAST = 3  # two years side by side are a comparison, not a table lying on its side
_NUMERIC = frozenset({"number", "integer"})


@dataclass(frozen=True)
class Wide:
    """Columns that are years. stems: what is counted, by stem: year to column number.

    year: name of the column the years will be in. names: of the value columns, by stem.
    """

    stems: Mapping[str, Mapping[str, int]]
    year: str
    names: Mapping[str, str]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the columns that are years."""
        return tuple(sorted(n for years in self.stems.values() for n in years.values()))

    @property
    def years(self) -> tuple[str, ...]:
        """The years, in the order of the file."""
        return tuple(dict.fromkeys(y for years in self.stems.values() for y in years))

    def group(self, number: int) -> tuple[int, ...]:
        """Numbers of the columns that hold the same thing for other years."""
        for years in self.stems.values():
            if number in years.values():
                return tuple(sorted(years.values()))
        return ()


def find_wide(alignment: Alignment, given: bool) -> Wide | None:
    """The year columns of a table; None when there are none, or when the schema plans them so."""
    free = [c for c in alignment.columns if not (given and c.planned)]
    stems: dict[str, dict[str, int]] = {}
    for column in free:
        stem, year = of_label(column.label)
        if year:
            if year in stems.setdefault(stem, {}):
                return None
            stems[stem][year] = column.number
    stems = {stem: years for stem, years in stems.items() if len(years) > 1}
    if sum(map(len, stems.values())) < _LEAST:
        return None
    lying = {number for years in stems.values() for number in years.values()}
    used = {c.name for c in alignment.columns if c.number not in lying}
    year = _year_name(alignment.missing, used)
    return Wide(stems, year, _names(stems, alignment.missing, used | {year}))


def _year_name(missing: Sequence[Mapping[str, Any]], used: set[str]) -> str:
    for item in missing:
        if item.get("type") == "year" or is_year_column(str(item["name"])):
            return str(item["name"])
    return _free("tahun", used)


def _free(name: str, used: set[str]) -> str:
    """A name that no column has yet."""
    others = (f"{name}_data{number}" for number in ("", *range(2, len(used) + 2)))
    return next(n for n in (name, *others) if n not in used)


def _names(
    stems: Mapping[str, Mapping[str, int]], missing: Sequence[Mapping[str, Any]], used: set[str]
) -> dict[str, str]:
    planned = [str(f["name"]) for f in missing if f.get("type") in _NUMERIC]
    if len(stems) == 1 and len(planned) == 1:
        return dict.fromkeys(stems, planned[0])
    by_name = {normal(name): name for name in planned}
    names: dict[str, str] = {}
    for stem in stems:
        own = by_name.get(normal(stem), "nilai" if normal(stem) in _GENERIC else stem)
        names[stem] = _free(own, used)
        used = used | {names[stem]}
    return names


def group_type(columns: Sequence[Column]) -> str:
    """The type of what several year columns hold."""
    types = {column.type for column in columns} & _NUMERIC
    if not types:  # a column without a figure is inferred as text; the others decide
        return "string"
    return "integer" if types == {"integer"} else "number"
