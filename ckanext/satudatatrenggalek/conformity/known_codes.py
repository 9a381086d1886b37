"""The codes in force of a list of regions, for columns with very many of them.

A code is found by a hash of its text in two tables of slots: a few looks into small columns for
every cell at once. Building a set for every stretch of a file would take longer than the looking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from .layout import normal
from .region_codes import BPS_SHAPE, WIDER
from .regions import (
    BPS,
    DISTRICT,
    HOME,
    KEMENDAGRI,
    PROVINCE,
    REGENCY,
    VILLAGE,
    RegionList,
    level_of,
)

OUTSIDE = "outside"
WHATS = (KEMENDAGRI, BPS, OUTSIDE)
LEVELS = ("", PROVINCE, REGENCY, DISTRICT, VILLAGE)
_SEED = 20261125
# Slots for each code in the two tables, at least: one code in a hundred finds none.
_ROOM = (2, 16)
_PARTS = (1, 2**32)  # of a mark, by which a table goes: its lower and its upper half


@dataclass(frozen=True)
class KnownCodes:
    """Codes in force. What is not found among them may be anything, also one of them.

    marks, names (UInt64): of each code and of its region's name. whats (UInt8): what
    `region_codes.judge` says of it, as a place in WHATS. levels (UInt8): a place in LEVELS.
    slots: two tables of places in these columns, by a part of the mark; as long as a power of 2.
    """

    marks: pl.Series
    names: pl.Series
    whats: pl.Series
    levels: pl.Series
    slots: tuple[pl.Series, pl.Series]

    def look_up(self, codes: pl.Series, names: Sequence[tuple[str, pl.Series]]) -> pl.DataFrame:
        """What of cells can be told at once. names: (level, cells) of the columns beside the codes.

        Columns: what (UInt8, a place in WHATS, null: not found), and "0", "1" ... whether the name
        is that of the code, or the code one of another level (Boolean; False: not found).
        """
        if not len(self.marks):
            nothing = codes.to_frame().with_columns(what=pl.lit(None, pl.UInt8))
            beside = dict.fromkeys(map(str, range(len(names))), pl.lit(False))
            return nothing.select("what", **beside)
        found = self._found(codes)
        asked = {
            str(number): (LEVELS.index(level), cells) for number, (level, cells) in enumerate(names)
        }
        told = {name: self._told(found, level, cells) for name, (level, cells) in asked.items()}
        return found.select("what", **told)

    def _found(self, codes: pl.Series) -> pl.DataFrame:
        """place (of each code in the columns of this list), found, what and level."""
        first, second = self.slots
        mark, marks = pl.col("mark"), pl.lit(self.marks)
        one, two = (marks.gather(name) == mark for name in ("one", "two"))
        place = pl.col("place")
        return (
            pl.LazyFrame({"mark": codes})
            .select(mark=mark.hash(_SEED))
            .with_columns(
                one=pl.lit(first).gather(mark & (len(first) - 1)),
                two=pl.lit(second).gather(mark // _PARTS[1] & (len(second) - 1)),
            )
            .select(place=pl.when(one).then("one").otherwise("two"), found=one | two)
            .with_columns(
                what=pl.when("found").then(pl.lit(self.whats).gather(place)),
                level=pl.when("found").then(pl.lit(self.levels).gather(place)),
            )
            .collect()
        )

    def _told(self, found: pl.DataFrame, level: int, cells: pl.Series) -> pl.Expr:
        """Whether a name is its code's; cells: names of regions of this level."""
        if not (found["level"] == level).any():
            return pl.col("found")
        right = pl.lit(self.names).gather("place") == pl.lit(cells).hash(_SEED)
        return pl.when(pl.col("level") == level).then(right).otherwise("found")


def known_codes(listed: RegionList, label: str) -> KnownCodes:
    """The codes of a list that may stand in a column of this label."""
    words = normal(label)
    standard = BPS if "bps" in words else KEMENDAGRI if "kemendagri" in words else ""
    return _known(listed, standard)


@lru_cache(maxsize=6)
def _known(listed: RegionList, standard: str) -> KnownCodes:
    table = _table(listed, standard)
    marks, names = table["code"].hash(_SEED), table["name"].hash(_SEED)
    one, lost = _slots(marks, pl.int_range(len(marks), dtype=pl.UInt32, eager=True), 0)
    two, _ = _slots(marks, lost, 1)
    return KnownCodes(marks, names, table["what"], table["level"], (one, two))


def _slots(marks: pl.Series, places: pl.Series, table: int) -> tuple[pl.Series, pl.Series]:
    """One of the two tables, of these places, and those whose slot another has taken."""
    size = 2 ** (_ROOM[table] * len(places)).bit_length()
    slots = marks.gather(places) // _PARTS[table] & (size - 1)
    filled = pl.repeat(0, size, dtype=pl.UInt32, eager=True).scatter(slots, places)
    return filled, places.filter(filled.gather(slots) != places)


def _table(listed: RegionList, standard: str) -> pl.DataFrame:
    """code, what, name and level of every code in force."""
    regions = listed.in_force
    levels = {level: LEVELS.index(level_of(level)) for level in set(regions.levels)}
    columns = {KEMENDAGRI: regions.codes, BPS: regions.bps, "name": regions.names}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(
        level=pl.Series(list(map(levels.__getitem__, regions.levels)), dtype=pl.UInt8)
    )
    home = pl.col(KEMENDAGRI).str.starts_with(HOME) | pl.col(KEMENDAGRI).is_in(list(WIDER))
    parts = []
    for place, each in enumerate(WHATS[:2]):
        if standard not in ("", each):
            continue
        code = pl.col(each)
        held = code != ""
        if not standard:  # then the shape of a code says whose it is
            shaped = code.str.contains(f"^(?:{BPS_SHAPE})$")
            held &= shaped if each == BPS else ~shaped
        what = pl.when(home).then(place).otherwise(2).cast(pl.UInt8)
        parts.append(frame.filter(held).select("name", "level", code=code, what=what))
    table = pl.concat(parts)
    twice = table["code"].n_unique() < len(table)
    return table.unique("code", keep="last") if twice else table
