"""Region codes and names: of Kemendagri (35.03.01.2001) and of BPS (3503010).

The list that comes along is `reference/region_codes.csv`: Kabupaten Trenggalek, Kemendagri down to
the village, BPS down to the kecamatan. A longer one can be read from a file of the same columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from .layout import normal

KEMENDAGRI = "Kemendagri"
BPS = "BPS"
HOME = "35.03"
PROVINCE, REGENCY, DISTRICT, VILLAGE = "provinsi", "kabupaten", "kecamatan", "desa"
_WORDS = (
    (VILLAGE, r"desa(?:_kel(?:urahan)?)?|kel(?:urahan)?(?:_desa)?"),
    (DISTRICT, r"kec(?:amatan)?"),
    (REGENCY, r"kab(?:upaten)?(?:_kota)?|kota"),
    (PROVINCE, r"prov(?:insi)?"),
)
_LEVEL = "|".join(words for _, words in _WORDS)
_BODY = r"(?:(?:kemendagri|bps|bpskode)_)?"
_CODE = re.compile(
    rf"{_BODY}(?:kode|kd|id)(?:_(?:bps|kemendagri))?_(?:{_LEVEL}|wil(?:ayah)?|bps|kemendagri)"
    rf"(?:_(?:bps|kemendagri|wilayah|{_LEVEL}))?"
)
_NAME = re.compile(rf"{_BODY}(?:nama_)?(?:{_LEVEL}|wilayah)")
_TITLES = re.compile(
    r"\b(?:provinsi|prov|kecamatan|kec|kelurahan|kel|desa|ds|kabupaten|kab|kota adm|adm)\b\.?"
)
# Provinces by either list, those made in 2022 among them.
PROVINCES = frozenset(
    str(code)
    for codes in (
        (*range(11, 20), 21, *range(31, 37), 51, 52, 53, *range(61, 66)),
        (*range(71, 77), 81, 82, *range(91, 98)),
    )
    for code in codes
)


@dataclass(frozen=True)
class Region:
    """One region.

    code: of Kemendagri. bps: "" where not known. level: provinsi, kabupaten, kota, kecamatan,
    desa or kelurahan. since, until: ISO dates between which the code is in force, "" for open.
    successor: the code in use instead, "" for none.
    """

    code: str
    bps: str
    name: str
    level: str
    since: str = ""
    until: str = ""
    successor: str = ""


class InForce(NamedTuple):
    """The regions of a list whose codes are in force, column by column, in the list's order."""

    codes: tuple[str, ...]
    bps: tuple[str, ...]
    names: tuple[str, ...]
    levels: tuple[str, ...]


class RegionList:
    """Regions by their codes and names. Looking one up costs the same in any length of list."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = tuple(regions)
        in_force = [region for region in self._regions if not region.until]
        self.in_force = InForce(
            tuple(region.code for region in in_force),
            tuple(region.bps for region in in_force),
            tuple(region.name for region in in_force),
            tuple(region.level for region in in_force),
        )
        self._codes = {region.code: region for region in self._regions}
        self._bps = {region.bps: region for region in self._regions if region.bps}
        self._names: dict[str, list[Region]] | None = None
        # Only where it has the kecamatan of a regency can the list call a code there unknown.
        self._covered = frozenset(r.code[:5] for r in self._regions if r.level == DISTRICT)

    @classmethod
    def read(cls, path: Path) -> RegionList:
        """A list from a CSV in UTF-8: code, bps, name, level, since, until, successor.

        The last three may be absent. Raises OSError, and ValueError when a column is missing.
        """
        with path.open(encoding="utf-8-sig", newline="") as file:
            return cls(_parsed(file))

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions)

    def __len__(self) -> int:
        return len(self._regions)

    def kemendagri(self, code: str) -> Region | None:
        """The region with this code of Kemendagri."""
        return self._codes.get(code)

    def bps(self, code: str) -> Region | None:
        """The region with this code of BPS."""
        return self._bps.get(code)

    def find(self, code: str) -> Region | None:
        """The region with this code of either list."""
        return self._codes.get(code) or self._bps.get(code)

    def covers(self, province: str, regency: str) -> bool:
        """Whether the list is complete for a regency, given by its two pairs of digits."""
        return f"{province}.{regency}" in self._covered

    def codes(self) -> Iterator[str]:
        """All codes of both lists."""
        yield from self._codes
        yield from self._bps

    def named(self, name: str, level: str = "") -> list[Region]:
        """Regions of this name, spaces, case and "Kec." aside; level: of which level only."""
        if self._names is None:
            self._names = {}
            for region in self._regions:
                self._names.setdefault(plain_name(region.name), []).append(region)
        found = self._names.get(plain_name(name), [])
        return [r for r in found if not level or level_of(r.level) == level]

    def names(self, level: str) -> dict[str, str]:
        """Names of a level as written, by their plain form."""
        return {plain_name(r.name): r.name for r in self._regions if level_of(r.level) == level}

    def only(self, name: str) -> Region | None:
        """The one kecamatan of that name, or the one village; None when unknown or shared."""
        for level in (DISTRICT, VILLAGE):
            found = self.named(name, level) if plain_name(name) else []
            if len(found) == 1:
                return found[0]
        return None


def _parsed(lines: Iterable[str]) -> Iterator[Region]:
    for row in csv.DictReader(lines):
        try:
            main = (row["code"], row["bps"], row["name"], row["level"])
        except KeyError as error:
            raise ValueError(f"Daftar kode wilayah tidak punya kolom {error}.") from error
        yield Region(*main, *(row.get(key) or "" for key in ("since", "until", "successor")))


@lru_cache(maxsize=1)
def built_in() -> RegionList:
    """The list that comes along."""
    source = resources.files(__package__ or "").joinpath("reference").joinpath("region_codes.csv")
    return RegionList(_parsed(source.read_text(encoding="utf-8").splitlines()))


def regions() -> tuple[Region, ...]:
    """All regions of the list that comes along, in the order of their codes."""
    return tuple(built_in())


def is_code_column(label: str) -> bool:
    """Whether a column of this label holds region codes."""
    return bool(_CODE.fullmatch(normal(label)))


def is_name_column(label: str) -> bool:
    """Whether a column of this label holds names of regions."""
    return bool(_NAME.fullmatch(normal(label)))


@lru_cache(maxsize=1_000)
def level_of(label: str) -> str:
    """The level a column's label or a region's level names; "" when it names none."""
    name = normal(label)
    for level, words in _WORDS:
        if re.search(rf"(?:^|_)(?:{words})(?:_|$)", name):
            return level
    return ""


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """A name for comparing: `Kec. ASTANA ANYAR` and `Astanaanyar` are the same."""
    lower = name.lower()
    short = re.sub(r"[^a-z]", "", _TITLES.sub("", lower))
    return short or re.sub(r"[^a-z]", "", lower)


def same_name(region: Region, name: str) -> bool:
    """Whether a name in the file is this region's."""
    return plain_name(region.name) == plain_name(name)
