"""Twins: an invented table as an office might send it (messy) and as it should be (clean).

The numbers are invented; the fourteen kecamatan are those of Trenggalek. Every twin says by hand
what must be found in its messy file, and what a person has to choose before the messy file can
be tidied into the clean one. Checking the clean file finds nothing.

    for twin in twins():
        messy, clean = twin.write(folder)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .twin_files import Grid, Sheet, as_csv

KECAMATAN = (
    "Panggul",
    "Munjungan",
    "Pule",
    "Dongko",
    "Tugu",
    "Karangan",
    "Kampak",
    "Watulimo",
    "Bendungan",
    "Gandusari",
    "Trenggalek",
    "Pogalan",
    "Durenan",
    "Suruh",
)
HEAD = ["tahun", "kode_wilayah", "kecamatan", "luas_panen_ha", "produksi_ton", "petani"]
AREA = (812.5, 640.25, 455.5, 390.75, 712.5, 533.25, 498.5, 275.5, 188.75, 901.25, 660.5, 745.75)
AREA += (980.5, 324.25)
YIELD = (4875.5, 3713.25, 2687.75, 2227.5, 4203.5, 3093.25, 2841.5, 1570.75, 1113.5, 5407.5)
YIELD += (3963.25, 4399.5, 5883.75, 1848.25)
FARMERS = (2140, 1894, 1432, 1217, 1985, 1511, 1368, 876, 640, 2455, 1820, 2093, 2688, 934)
ROWS: list[list[Any]] = [
    [2024, f"35.03.{n:02}", name, AREA[n - 1], YIELD[n - 1], FARMERS[n - 1]]
    for n, name in enumerate(KECAMATAN, start=1)
]
GRID: Grid = [HEAD, *ROWS]
LAST = len(ROWS) + 1  # row of the last kecamatan when the header stands in row 1

Finding = Mapping[str, Any]


@dataclass(frozen=True)
class Twin:
    """One quirk in one format.

    name: of quirk and format, unique. file: name as uploaded. content: writes the messy file.
    clean: the tidied table, header first. findings: as `written.differences` takes them, complete.
    schema: Table Schema to check and tidy by, None: inferred. choices: what a person must choose,
    (column, value as found) -> what to write instead; ("", kind) for a choice about the table.
    mendable: False where the messy file has lost what the clean one holds.
    rows, header, labels, sheet: what must be read from the messy file.
    """

    name: str
    file: str
    content: Callable[[Path], None]
    findings: Sequence[Finding] = ()
    clean: Grid = field(default_factory=lambda: GRID)
    schema: Mapping[str, Any] | None = None
    choices: Mapping[tuple[str, str], str] = field(default_factory=dict)
    mendable: bool = True
    rows: int = len(ROWS)
    header: int = 1
    labels: Sequence[str] = tuple(HEAD)
    sheet: str = ""

    def write(self, folder: Path) -> tuple[Path, Path]:
        """The messy file under its own name, and the clean one as CSV (UTF-8, commas)."""
        messy, clean = folder / self.file, folder / "rapi.csv"
        self.content(messy)
        clean.write_bytes(as_csv(self.clean).encode())
        return messy, clean


def schema_of(*fields: tuple[str, str]) -> dict[str, Any]:
    """A Table Schema from (name, type) pairs."""
    return {"fields": [{"name": name, "type": kind} for name, kind in fields]}


SCHEMA = schema_of(
    ("tahun", "year"),
    ("kode_wilayah", "string"),
    ("kecamatan", "string"),
    ("luas_panen_ha", "number"),
    ("produksi_ton", "number"),
    ("petani", "integer"),
)


def text_file(text: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    """Content that is this text."""
    return lambda path: path.write_bytes(text.encode(encoding)) and None


def column(number: int, change: Callable[[Any], Any], grid: Grid = GRID) -> list[list[Any]]:
    """The grid with every data cell of a column (from 1) changed."""
    head, *rows = grid
    changed = [
        [change(cell) if i == number else cell for i, cell in enumerate(row, start=1)]
        for row in rows
    ]
    return [list(head), *changed]


def data(grid: Grid = GRID, **more: Any) -> Sheet:
    """A sheet named Data."""
    return Sheet("Data", grid, **more)


def twins() -> list[Twin]:
    """Every twin there is."""
    from . import twin_cells, twin_layouts, twin_texts

    return [*twin_texts.twins(), *twin_layouts.twins(), *twin_cells.twins()]
