"""Generated rows: plausible figures, the same at every run, never anybody's real data."""

import random
import re
from dataclasses import dataclass
from typing import Any

from ..conformity.regions import Region, regions
from ..domain.words import BULAN
from .catalogue import Spec

_RANGE = re.compile(r"(?P<name>\S+) (?P<low>[\d.]+?)\.\.(?P<high>[\d.]+)(?P<rising> naik)?")
_PEOPLE = 24
_SEMESTER = {"S1": "I", "S2": "II"}
# Figures of one place grow a little every year, and waver a little.
_GROWTH, _WAVER = 0.02, 0.03


@dataclass(frozen=True)
class Table:
    """A table as it will be written to a file; ``types`` are those of Table Schema."""

    labels: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def table_of(spec: Spec, faulty: bool = False) -> Table:
    """The table of a dataset, with the office's first mistakes in it if ``faulty``."""
    rng = random.Random(spec.slug)  # noqa: S311  # figures of a demo, not secrets
    rows = [_row(spec, place, year, rng) for year in _years(spec) for place in _places(spec)]
    table = Table(
        tuple(_label(column) for column in spec.columns),
        tuple(_type(column) for column in spec.columns),
        tuple(tuple(row[_label(column)] for column in spec.columns) for row in rows),
    )
    return _with_defects(table, spec) if faulty else table


def _years(spec: Spec) -> range:
    first, last = spec.years if spec.years[0] else (int(spec.period[:4]),) * 2
    return range(first, last + 1)


def _label(column: str) -> str:
    return column.split(" ")[0]


def _places(spec: Spec) -> list[dict[str, Any]]:
    """What each row of one year is about: a region, a month, a value of a list, a person."""
    if spec.rows == "bulan":
        return [{"bulan": month} for month in BULAN]
    if spec.rows == "orang":
        return [_person(number) for number in range(1, _PEOPLE + 1)]
    if spec.rows in ("kecamatan", "desa"):
        levels = ("kecamatan",) if spec.rows == "kecamatan" else ("desa", "kelurahan")
        return [_region(region) for region in regions() if region.level in levels]
    column = next(column for column in spec.columns if " | " in column)
    label, *values = column.split(" | ")
    return [{label: value} for value in values]


def _region(region: Region) -> dict[str, Any]:
    parent = next(r for r in regions() if r.code == region.code[:8])
    names = {"kode_wilayah": region.code, "kecamatan": parent.name, "desa": region.name}
    return {**names, "nama_kecamatan": parent.name, "nama_desa": region.name}


def _person(number: int) -> dict[str, Any]:
    """Nobody: a name that says so, and a made-up NIK with a serial number above 9000.

    It has the shape of one (kecamatan, a date, a serial), so that the check finds it.
    """
    kecamatan = [r for r in regions() if r.level == "kecamatan"]
    place = kecamatan[number % len(kecamatan)]
    digits = place.code.replace(".", "")
    return {
        "nik": f"{digits}{1 + number % 28:02d}{1 + number % 12:02d}99{9000 + number}",
        "nama": f"Nama Contoh {number:02d}",
        "no_induk": f"{430 + number}/CONTOH",
        "kecamatan": place.name,
    }


def _row(spec: Spec, place: dict[str, Any], year: int, rng: random.Random) -> dict[str, Any]:
    row: dict[str, Any] = {**place, "tahun": year, "semester": _SEMESTER.get(spec.period[5:], "")}
    for column in spec.columns:
        label = _label(column)
        if label not in row:
            row[label] = _value(spec, column, row, rng)
    return row


def _value(spec: Spec, column: str, row: dict[str, Any], rng: random.Random) -> Any:
    if " = " in column:
        return _computed(column.split(" = ")[1], row)
    if " ~ " in column:
        return rng.choice(column.split(" ~ ")[1].split(" | "))
    found = _RANGE.fullmatch(column)
    if found is None:
        raise ValueError(f"{spec.slug}: column {column!r} says nothing about its values")
    return _number(spec, found, row, rng)


def _number(
    spec: Spec, found: re.Match[str], row: dict[str, Any], rng: random.Random
) -> float | int:
    """Stays at its place's own level over the years, within the bounds."""
    decimals = len(found["high"].partition(".")[2])
    low, high = float(found["low"]), float(found["high"])
    place = tuple(value for value in row.values() if isinstance(value, str))
    level = random.Random(repr((spec.slug, found["name"], place))).random()  # noqa: S311
    if found["rising"]:
        level = (BULAN.index(row["bulan"]) + level) / len(BULAN)
    years = row["tahun"] - _years(spec)[0]
    drift = 1 + _GROWTH * years + rng.uniform(-_WAVER, _WAVER)
    figure = min(max((low + (high - low) * level) * drift, low), high)
    return round(figure, decimals) if decimals else int(round(figure))


def _computed(formula: str, row: dict[str, Any]) -> float | int:
    """``a + b / c * 100``, from left to right."""
    first, *rest = formula.split(" ")
    total = _operand(first, row)
    for sign, word in zip(rest[::2], rest[1::2], strict=True):
        other = _operand(word, row)
        total = {
            "+": total + other,
            "*": total * other,
            "/": total / other if other else 0,
        }[sign]
    whole = "/" not in formula and all(isinstance(row.get(w), int) for w in formula.split(" + "))
    return int(total) if whole else round(total, 4 if "indeks" in formula else 2)


def _operand(word: str, row: dict[str, Any]) -> float:
    return float(row[word]) if word in row else float(word)


def _type(column: str) -> str:
    if column == "tahun":
        return "year"
    if " = " in column:
        return "number" if "/" in column or re.search(r"_(ton|ha)\b", column) else "integer"
    found = _RANGE.fullmatch(column)
    if found:
        return "number" if "." in found["high"] else "integer"
    return "string"


def _with_defects(table: Table, spec: Spec) -> Table:
    rows = [list(row) for row in table.rows]
    for defect in spec.defects:
        rows[defect["row"] - 2][table.labels.index(defect["column"])] = defect["value"]
    return Table(table.labels, table.types, tuple(tuple(row) for row in rows))
