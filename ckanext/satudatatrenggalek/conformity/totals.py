"""Which columns are sums of others, told by their names, and what a row of totals should hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .layout import normal
from .numbers import diagnose
from .roles import measures
from .schema import Column
from .years import years_in

_BOTH = re.compile(
    r"(?:^|_)(?:laki(?:_laki)?_(?:dan_)?perempuan|l_p|lp|l_dan_p|pria_(?:dan_)?wanita)(?=_|$)"
)
_SIDES = (
    (r"laki_laki|laki|lk|pria|l", r"perempuan|wanita|pr|p"),
    (r"jantan", r"betina"),
    (r"negeri", r"swasta"),
)
_TOTAL = re.compile(r"(?:^|_)(?:jumlah|total|jml|jlh)(?=_|$)")
_SHARE = re.compile(r"(?:^|_)(?:persen|persentase|prosentase|prosen|pct|distribusi)(?=_|$)|%")
# Figures of which a sum says nothing.
_INTENSIVE = re.compile(
    r"(?:^|_)(?:persen|persentase|prosentase|rasio|rata|rerata|indeks|index|nilai_indeks|kepadatan"
    r"|produktivitas|laju|tingkat|harga|kode|tahun|umur|usia|skor|capaian|prevalensi|angka|suhu|lat"
    r"|latitude|long|longitude|lintang|bujur)(?=_|$)|%|(?:_|^)per_"
)
_AVERAGE = re.compile(r"rata|rerata|mean|average", re.IGNORECASE)
HUNDRED = 100.0


@dataclass(frozen=True)
class Relation:
    """`parts` make `total`, or 100 when total is None. sure: the names alone say so."""

    parts: tuple[Column, ...]
    total: Column | None
    sure: bool = False


@dataclass(frozen=True)
class Sum:
    """What a column held: sum, smallest, largest, and whether every filled cell was a number."""

    value: float = 0.0
    least: float = float("inf")
    most: float = float("-inf")
    whole: bool = True


def relations(columns: Sequence[Column]) -> list[Relation]:
    """Sums the names of the columns announce; the figures must confirm those that are not sure."""
    figures = [c for c in measures(columns) if not years_in(c.name)]
    found = [r for sides in _SIDES for r in _pairs(figures, sides)]
    taken = {r.total.number for r in found if r.total}
    for column in figures:
        if column.number not in taken and _is_total(column):
            found += _runs(figures, column)
    return found + _shares(figures)


def _pairs(figures: Sequence[Column], sides: tuple[str, str]) -> list[Relation]:
    """laki_laki + perempuan = jumlah, with the same words around them."""
    first, second = (re.compile(rf"(?:^|_)(?:{words})(?=_|$)") for words in sides)
    stems: dict[str, tuple[list[Column], list[Column], list[Column]]] = {}
    for column in figures:
        name = normal(column.name)
        both = bool(_BOTH.search(name))
        name = _BOTH.sub("", name)
        side = 2 if both else 0 if first.search(name) else 1 if second.search(name) else 2
        bare = _TOTAL.sub("", second.sub("", first.sub("", name)) if side < 2 else name)
        stems.setdefault(bare.strip("_"), ([], [], []))[side].append(column)
    return [
        Relation((one[0], two[0]), sums[0], sure=True)
        for one, two, sums in stems.values()
        if len(one) == len(two) == len(sums) == 1
    ]


def _runs(figures: Sequence[Column], total: Column) -> list[Relation]:
    """The figures standing directly before a total, or directly behind it."""
    numbers = {c.number: c for c in figures if not _INTENSIVE.search(normal(c.name))}
    found = []
    for step in (-1, 1):
        run, number = [], total.number + step
        while number in numbers and not _ends(numbers[number]):
            run.append(numbers[number])
            number += step
        if len(run) > 1:
            found.append(Relation(tuple(run), total))
    return found


def _ends(column: Column) -> bool:
    return not _TOTAL.sub("", normal(column.name)).strip("_")


def _is_total(column: Column) -> bool:
    """`jumlah` or `total` alone or `total_...`; `jumlah_desa` counts one thing."""
    return _ends(column) or normal(column.name).startswith("total_")


def _shares(figures: Sequence[Column]) -> list[Relation]:
    """Columns of percentages side by side."""
    found, run = [], []
    for column in [*figures, None]:
        share = column is not None and bool(_SHARE.search(normal(column.name)))
        if column and share and (not run or column.number == run[-1].number + 1):
            run.append(column)
            continue
        if len(run) > 1:
            found.append(Relation(tuple(run), None))
        run = [column] if column and share else []
    return found


def wrong_totals(
    columns: Sequence[Column], texts: Sequence[str], sums: dict[int, Sum]
) -> dict[int, float]:
    """Cells of a total row that are not the sum of their column: expected sum by column number.

    texts: the row's cells. sums: of the data rows, by column number. Columns of which a sum says
    nothing are left out, and so are cells that lie within the column's figures (an average).
    """
    words = next((text for text in texts if text.lower() != text.upper()), "")
    if _AVERAGE.search(words):
        return {}
    wrong = {}
    for column in measures(columns):
        known = sums.get(column.number)
        text = texts[column.number - 1].strip() if column.number <= len(texts) else ""
        plain = text and diagnose(text).plain
        if not known or not known.whole or not plain or _INTENSIVE.search(normal(column.name)):
            continue
        written = float(plain)
        average = known.least <= written <= known.most and written != 0
        if not average and abs(written - known.value) > tolerance(written, plain):
            wrong[column.number] = known.value
    return wrong


def tolerance(value: float, plain: str) -> float:
    """How far a sum may be off by rounding; plain: the figure as written, 1234.5."""
    decimals = len(plain.partition(".")[2])
    return max(0.5 if not decimals else 5 * 10**-decimals, abs(value) * 1e-9)
