"""Twins of what stands around a table: titles, stacked headers, totals, notes, blanks, sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .twin_files import WRITERS, Grid, Sheet
from .twins import GRID, HEAD, ROWS, Finding, Twin, data, schema_of

BOOKS = ("xlsx", "xls", "ods")
ALL = ("csv", *BOOKS, "html")
_TITLE = "PRODUKSI PADI MENURUT KECAMATAN, TAHUN 2024"
_AREA = sum(row[3] for row in ROWS)
_TOTALS = [None, None, "Jumlah", _AREA, sum(r[4] for r in ROWS), sum(r[5] for r in ROWS)]


def in_format(kind: str, sheets: Sequence[Sheet]) -> Callable[[Path], None]:
    """Content that is these sheets in a format."""
    return lambda path: WRITERS[kind](path, sheets)


def grid_twins(
    name: str,
    grid: Grid,
    findings: Sequence[Finding],
    kinds: Sequence[str] = ALL,
    merged: tuple[str, ...] = (),
    **more: Any,
) -> list[Twin]:
    """The same grid in several formats. A finding marked `only` counts in these formats."""
    twins = []
    for kind in kinds:
        disguised = [{"code": "html-as-xls"}] if kind == "html" else []
        twins.append(
            Twin(
                f"{name}-{kind}",
                "data.xls" if kind == "html" else f"data.{kind}",
                in_format(kind, [data(grid, merged=merged)]),
                [*disguised, *(f for f in findings if kind in f.get("only", ALL))],
                sheet="Data" if kind in BOOKS else "",
                **more,
            )
        )
    return twins


def twins() -> list[Twin]:
    """What offices put above, below, beside and between."""
    return [*_above(), *_blanks(), *_below(), *_stacked(), *_merged(), *_sheets(), *_hidden()]


def _row(*cells: Any) -> list[Any]:
    return [*cells, *[None] * (len(HEAD) - len(cells))]


def _above() -> list[Twin]:
    title = [_row(_TITLE), _row("Dinas Pertanian dan Pangan"), _row(), *GRID]
    blank = [_row(), _row(), *GRID]
    return [
        *grid_twins(
            "title-rows",
            title,
            [{"code": "title-rows", "row": 4, "value": _TITLE, "says": ["baris 4", "Hapus"]}],
            merged=("A1:F1", "A2:F2"),
            header=4,
        ),
        *grid_twins(
            "blank-rows-above",
            blank,
            [{"code": "blank-row", "row": 1, "says": ["Baris 1", "1 baris sesudahnya"]}],
            header=3,
        ),
    ]


def _blanks() -> list[Twin]:
    inside = [*GRID[:5], _row(), *GRID[5:9], _row(), *GRID[9:]]
    below = [*GRID, _row(), _row(), _row()]
    beside = [[*row, None, None] for row in GRID]
    after = ("csv", "html")
    return [
        *grid_twins(
            "blank-rows-inside",
            inside,
            [{"code": "blank-row", "rows": "6 11", "says": ["Baris 6", "Hapus"]}],
        ),
        *grid_twins(
            "trailing-blank-rows",
            below,
            [{"code": "blank-row", "row": 16, "says": ["2 baris sesudahnya"], "only": after}],
        ),
        *grid_twins("trailing-blank-columns", beside, [], (*BOOKS, "html")),
        *grid_twins(
            "trailing-blank-columns",
            beside,
            [
                {"code": "blank-label", "column": 7, "row": 1, "says": ["hapus kolom"]},
                {"code": "blank-label", "column": 8, "row": 1},
            ],
            ("csv",),
            labels=(*HEAD, "", ""),
        ),
        *grid_twins(
            "blank-first-column",
            [[None, *row] for row in GRID],
            [{"code": "blank-label", "column": 1, "row": 1, "says": ["hapus kolom"]}],
            labels=("", *HEAD),
        ),
    ]


def _below() -> list[Twin]:
    signature = [
        _row(),
        _row("*) angka sementara"),
        _row("Sumber: Dinas Pertanian dan Pangan"),
        _row(),
        _row(None, None, None, None, "Trenggalek, 2 Januari 2025"),
        _row(None, None, None, None, "Kepala Dinas"),
        _row(),
        _row(None, None, None, None, "Sutrisno Contoh"),
    ]
    text = {"code": "blank-row", "only": ("csv", "html")}
    notes = {
        "code": "note-row",
        "rows": "17 18 20 21 23",
        "value": "*) angka sementara",
        "says": ["Hapus baris 17", "metadata"],
    }
    half = [_row(None, None, "Sub Jumlah", 1.5, 2.5, 4)]
    region = [[2024, "3503", "Kabupaten Trenggalek", *_TOTALS[3:]]]
    total = {"code": "total-row", "says": ["Hapus baris", "jumlah"]}
    return [
        *grid_twins("total-below", [*GRID, _TOTALS], [{**total, "row": 16, "value": "Jumlah"}]),
        *grid_twins(
            "total-above", [HEAD, _TOTALS, *ROWS], [{**total, "row": 2, "value": "Jumlah"}]
        ),
        *grid_twins(
            "total-merged",
            [*GRID, _row("JUMLAH", None, None, *_TOTALS[3:])],
            [{**total, "row": 16, "value": "JUMLAH"}],
            merged=("A16:C16",),
        ),
        *grid_twins(
            "sub-totals",
            [HEAD, *ROWS[:7], *half, *ROWS[7:], *half, _TOTALS],
            [{**total, "rows": "9 17 18", "value": "Sub Jumlah"}],
        ),
        *grid_twins(
            "total-by-name",
            [*GRID, *region],
            [{**total, "row": 16, "value": "Kabupaten Trenggalek"}],
        ),
        *grid_twins(
            "notes-and-signature", [*GRID, *signature], [notes, {**text, "rows": "16 19 22"}]
        ),
    ]


def _stacked() -> list[Twin]:
    two = [
        ["tahun", "kode_wilayah", "kecamatan", "padi", None, "petani"],
        [None, None, None, "luas_panen_ha", "produksi_ton", None],
    ]
    three = [
        ["Tahun", "Kode Wilayah", "Kecamatan", "Padi / Paddy", None, "Petani"],
        ["Year", "Region Code", "District", "Luas Panen", "Produksi", "Farmers"],
        [None, None, None, "(ha)", "(ton)", "(orang)"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ]
    names_two = [
        "tahun",
        "kode_wilayah",
        "kecamatan",
        "padi_luas_panen_ha",
        "padi_produksi_ton",
        "petani",
    ]
    labels_three = [
        "Tahun Year",
        "Kode Wilayah Region Code",
        "Kecamatan District",
        "Padi / Paddy Luas Panen (ha)",
        "Padi / Paddy Produksi (ton)",
        "Petani Farmers (orang)",
    ]
    names_three = [
        "tahun_year",
        "kode_wilayah_region_code",
        "kecamatan_district",
        "padi_paddy_luas_panen_ha",
        "padi_paddy_produksi_ton",
        "petani_farmers_orang",
    ]
    kinds = ("year", "string", "string", "number", "number", "integer")
    renamed = {"code": "incorrect-label"}
    return [
        *grid_twins(
            "stacked-header",
            [*two, *ROWS],
            [
                {"code": "stacked-header", "row": 1, "says": ["baris 1 sampai 2"]},
                {
                    **renamed,
                    "column": 4,
                    "row": 2,
                    "value": "padi luas_panen_ha",
                    "says": ["`padi_luas_panen_ha`"],
                },
                {**renamed, "column": 5, "row": 2},
            ],
            merged=("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"),
            clean=[names_two, *ROWS],
            schema=schema_of(*zip(names_two, kinds, strict=True)),
            header=2,
            labels=(
                "tahun",
                "kode_wilayah",
                "kecamatan",
                "padi luas_panen_ha",
                "padi produksi_ton",
                "petani",
            ),
        ),
        *grid_twins(
            "bilingual-units-and-column-numbers",
            [*three, *ROWS],
            [
                {"code": "stacked-header", "row": 1, "says": ["baris 1 sampai 4"]},
                *({**renamed, "column": n, "row": 4} for n in range(1, 7)),
            ],
            merged=("D1:E1",),
            clean=[names_three, *ROWS],
            schema=schema_of(*zip(names_three, kinds, strict=True)),
            header=4,
            labels=labels_three,
        ),
    ]


def _merged() -> list[Twin]:
    names = ["tahun", "kecamatan", "musim", "produksi_ton"]
    full = [
        [2024, row[2], season, row[4] / share]
        for row in ROWS[:6]
        for season, share in (("hujan", 2), ("kemarau", 4))
    ]
    gaps = [[row[0], None if i % 2 else row[1], *row[2:]] for i, row in enumerate(full)]
    areas = tuple(f"B{first}:B{first + 1}" for first in range(2, 14, 2))
    merged = {"code": "merged-cells", "value": "B2:B3", "says": ["6 sel gabungan", "isi tiap sel"]}
    return grid_twins(
        "merged-data", [names, *gaps], [merged], (*BOOKS, "html"), areas,
        clean=[names, *full], rows=12, labels=names, choices={("", "merged"): "fill"},
    )  # fmt: skip


def _sheets() -> list[Twin]:
    metadata = Sheet(
        "Metadata",
        [["Judul", _TITLE], ["Produsen Data", "Dinas Pertanian dan Pangan"], ["Satuan", "ton"],
         ["Frekuensi", "tahunan"], ["Konsep", "Padi sawah"]],
    )  # fmt: skip
    cover = Sheet("Sampul", [[_TITLE], ["Dinas Pertanian dan Pangan"]])
    other = Sheet("Data 2023", [HEAD, *([2023, *row[1:]] for row in ROWS[:5])])
    twins = []
    for kind in BOOKS:
        for name, sheets, count in (
            ("metadata-sheet-first", [metadata, data()], 2),
            ("cover-sheet-first", [cover, data()], 2),
            ("several-data-sheets", [other, data()], 2),
            ("hidden-sheet-first", [Sheet("Lama", other.grid, hidden=True), data()], 0),
        ):
            found = {
                "code": "several-sheets",
                "value": "Data",
                "says": ["2 lembar", sheets[0].name],
            }
            twins.append(
                Twin(f"{name}-{kind}", f"data.{kind}", in_format(kind, sheets),
                     [found] if count else [], sheet="Data")
            )  # fmt: skip
    return twins


def _hidden() -> list[Twin]:
    sheet = data(hidden_rows=(4, 5), hidden_columns=(5,))
    found = {"code": "hidden-cells", "says": ["baris 4", "kolom E"]}
    twin = Twin("hidden-rows-and-columns-xlsx", "data.xlsx", in_format("xlsx", [sheet]), [found],
                sheet="Data")  # fmt: skip
    return [twin]
