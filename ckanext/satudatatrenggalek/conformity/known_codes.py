"""The codes in force of a list of regions as marks, for columns with very many of them.

Marks are those of `seen`: looking up a column of marks costs a tenth of looking up its texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from .layout import normal
from .region_codes import WIDER
from .regions import BPS, HOME, KEMENDAGRI, RegionList, level_of
from .seen import marks_of

OUTSIDE = "outside"
_BPS_SHAPE = "^(?:[0-9]{4}|[0-9]{7})$"


@dataclass(frozen=True)
class KnownCodes:
    """Marks (UInt64) of codes in force. What is not among them may be anything.

    whats: by what `region_codes.judge` says of them: the standard of a code of Trenggalek, else
    "outside". levels: by the level of the region. pairs: of a code and its region's name, by level.
    """

    whats: Mapping[str, pl.Series]
    levels: Mapping[str, pl.Series]
    pairs: Mapping[str, pl.Series]


def known_codes(listed: RegionList, label: str) -> KnownCodes:
    """The codes of a list that may stand in a column of this label."""
    words = normal(label)
    standard = BPS if "bps" in words else KEMENDAGRI if "kemendagri" in words else ""
    return _known(listed, standard)


@lru_cache(maxsize=6)
def _known(listed: RegionList, standard: str) -> KnownCodes:
    table = _table(listed, standard)
    marks = table.with_columns(
        mark=marks_of(table.select("code")), pair=marks_of(table.select("code", "name"))
    )
    by_level = marks.partition_by("level", as_dict=True)
    return KnownCodes(
        {
            str(what): part["mark"]
            for (what,), part in marks.partition_by("what", as_dict=True).items()
        },
        {str(level): part["mark"] for (level,), part in by_level.items()},
        {str(level): part["pair"] for (level,), part in by_level.items()},
    )


def _table(listed: RegionList, standard: str) -> pl.DataFrame:
    """code, what, name and level of every code in force."""
    regions = tuple(listed)
    columns = {
        KEMENDAGRI: [region.code for region in regions],
        BPS: [region.bps for region in regions],
        "name": [region.name for region in regions],
        "level": [region.level for region in regions],
        "until": [region.until for region in regions],
    }
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    levels = {level: level_of(level) for level in frame["level"].unique()}
    frame = frame.filter(pl.col("until") == "").with_columns(pl.col("level").replace(levels))
    home = pl.col(KEMENDAGRI).str.starts_with(HOME) | pl.col(KEMENDAGRI).is_in(list(WIDER))
    parts = []
    for each in (KEMENDAGRI, BPS):
        code = pl.col(each)
        held = code != ""
        if not standard:  # then the shape of a code says whose it is
            shaped = code.str.contains(_BPS_SHAPE)
            held &= shaped if each == BPS else ~shaped
        if standard in ("", each):
            what = pl.when(home).then(pl.lit(each)).otherwise(pl.lit(OUTSIDE))
            parts.append(frame.filter(held).select("name", "level", code=code, what=what))
    return pl.concat(parts).unique("code", keep="last")
