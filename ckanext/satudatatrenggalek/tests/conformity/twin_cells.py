"""Twins of cells: separators, markers, dates, codes, formulas, errors, years as columns."""

from __future__ import annotations

import datetime
from typing import Any

from .twin_files import Formula, as_csv
from .twin_layouts import ALL, BOOKS, grid_twins, in_format
from .twins import GRID, HEAD, ROWS, Twin, column, data, text_file

_ALL_ROWS = "2-15"


def twins() -> list[Twin]:
    """What stands in cells that a machine reads as something else."""
    return [
        *_separators(),
        *_markers(),
        *_texts(),
        *_dates(),
        *_codes(),
        *_formulas(),
        *_errors(),
        *_years(),
    ]


def _comma(cell: float) -> str:
    return str(cell).replace(".", ",")


def _dots(cell: float) -> str:
    return f"{cell:,}".replace(",", ".")


def _spaces(cell: float) -> str:
    return f"{cell:,}".replace(",", " ")


def _both(cell: float) -> str:
    return f"{cell:,.2f}".translate(str.maketrans(",.", ".,"))


def _separators() -> list[Twin]:
    wrong = {"code": "type-error"}
    comma = column(5, _comma, column(4, _comma))
    return [
        Twin(
            "decimal-comma",
            "data.csv",
            text_file(as_csv(comma, ";")),
            [
                {**wrong, "column": 4, "rows": _ALL_ROWS, "value": "812,5", "says": ["`812.5`"]},
                {**wrong, "column": 5, "rows": _ALL_ROWS, "value": "4875,5", "says": ["`4875.5`"]},
            ],
        ),
        Twin(
            "thousands-dots",
            "data.csv",
            text_file(as_csv(column(6, _dots), ";")),
            [{**wrong, "column": 6, "rows": "2-8 11-14", "value": "2.140", "says": ["`2140`"]}],
        ),
        Twin(
            "thousands-spaces",
            "data.csv",
            text_file(as_csv(column(6, _spaces))),
            [{**wrong, "column": 6, "rows": "2-8 11-14", "value": "2 140", "says": ["`2140`"]}],
        ),
        Twin(
            "thousands-hard-spaces",
            "data.csv",
            text_file(as_csv(column(6, lambda n: _spaces(n).replace(" ", "\u00a0")))),
            [{**wrong, "column": 6, "rows": "2-8 11-14", "says": ["`2140`"]}],
        ),
        Twin(
            "thousands-dots-and-decimal-comma",
            "data.csv",
            text_file(as_csv(column(5, _both), ";")),
            [{**wrong, "column": 5, "rows": _ALL_ROWS, "value": "4.875,50", "says": ["4875.5"]}],
        ),
        Twin(
            "unit-in-cell",
            "data.csv",
            text_file(as_csv(column(5, lambda n: f"{n} ton"))),
            [{**wrong, "column": 5, "rows": _ALL_ROWS, "value": "4875.5 ton",
              "says": ["`4875.5`", "satuan"]}],
        ),
    ]  # fmt: skip


def _markers() -> list[Twin]:
    """Rows 3 and 6 have no harvest written; a dash can be nothing or not known."""
    twins = []
    for name, marker in (("dash", "-"), ("dots", "..."), ("not-available", "n/a")):
        messy = [list(row) for row in GRID]
        clean = [list(row) for row in GRID]
        for row in (3, 6):
            messy[row - 1][4], clean[row - 1][4] = marker, 0
        found = {"code": "type-error", "column": 5, "rows": "3 6", "value": marker,
                 "says": ["Tulis 0", "Kosongkan"]}  # fmt: skip
        twins += grid_twins(
            f"missing-{name}",
            messy,
            [found],
            ("csv", *BOOKS),
            clean=clean,
            choices={("produksi_ton", marker): "0"},
        )
    return twins


def _texts() -> list[Twin]:
    as_text = column(6, str, column(4, str))
    stored = {"code": "number-as-text", "says": ["14 sel", "angka"]}
    padded = column(3, lambda name: f" {name}\u00a0" if name in ("Pule", "Suruh") else name)
    named = [[*HEAD, "keterangan"], *([*row, f"musim {n % 3}"] for n, row in enumerate(ROWS))]
    tagged = column(7, lambda text: text.replace("2", "<sup>2</sup>"), named)
    return [
        *grid_twins(
            "numbers-as-text",
            as_text,
            [
                {**stored, "column": 4, "row": 2, "value": "812.5"},
                {**stored, "column": 6, "row": 2, "value": "2140"},
            ],
            BOOKS,
        ),
        *grid_twins(
            "blanks-around-text",
            padded,
            [{"code": "untidy-text", "column": 3, "row": 4, "says": ["2 sel", "`Pule`"]}],
            ("csv", *BOOKS),
        ),
        *grid_twins(
            "html-tags",
            tagged,
            [{"code": "html-tags", "column": 7, "row": 4, "value": "musim <sup>2</sup>",
              "says": ["4 sel", "`musim 2`"]}],
            ("csv", *BOOKS),
            clean=named,
            labels=tuple(named[0]),
        ),
    ]  # fmt: skip


_DAYS = [datetime.date(2024, 1 + n % 12, 14 + n) for n in range(14)]
_MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
           "Oktober", "November", "Desember"]  # fmt: skip


def _dated(*forms: Any) -> list[list[Any]]:
    head = [*HEAD, "tanggal_tanam"]
    rows = [
        [*row, forms[i % len(forms)](day)]
        for i, (row, day) in enumerate(zip(ROWS, _DAYS, strict=True))
    ]
    return [head, *rows]


def _dates() -> list[Twin]:
    clean = _dated(lambda day: day)
    labels = tuple(clean[0])
    long_form = "{0.day} {1} {0.year}"
    mixed = _dated(
        lambda day: day.strftime("%d/%m/%Y"),
        lambda day: long_form.format(day, _MONTHS[day.month - 1]),
        lambda day: day.strftime("%d-%m-%y"),
        lambda day: f"{day.day}-{_MONTHS[day.month - 1][:3]}-{day.year % 100}",
        lambda day: day.strftime("%d.%m.%Y"),
        lambda day: day.strftime("%Y/%m/%d"),
        lambda day: f"Senin, {long_form.format(day, _MONTHS[day.month - 1])}",
    )
    found = {"code": "type-error", "column": 7, "rows": _ALL_ROWS, "value": "14/01/2024",
             "says": ["`2024-01-14`"]}  # fmt: skip
    many = {"code": "date-mixed", "severity": "warning", "column": 7}
    return [
        *grid_twins("dates-of-many-kinds", mixed, [found, many], ("csv", *BOOKS), clean=clean,
                    labels=labels),
        *grid_twins("dates-typed", clean, [], BOOKS, clean=clean, labels=labels),
    ]  # fmt: skip


def _codes() -> list[Twin]:
    """Codes that a spreadsheet took for numbers."""
    head = [*HEAD, "nomor_nib"]
    whole = [head, *([*row, f"91203500{n:05}"] for n, row in enumerate(ROWS, start=1))]
    lost = [head, *([*row, "9,12035E+12"] for row in ROWS)]
    point = [head, *([*row, "9.12035E+12"] for row in ROWS)]
    labels = tuple(head)
    digits = {"code": "digits-lost", "column": 7, "rows": _ALL_ROWS}
    plain = column(2, lambda code: code.replace(".", ""))
    wrong = {"code": "region-code", "column": 2, "rows": _ALL_ROWS, "says": ["`35.03.01`"]}
    tail = [head, *([*row[:-1], f"{row[-1]}.0"] for row in whole[1:])]
    return [
        *grid_twins("codes-scientific-comma", lost,
                    [{**digits, "value": "9,12035E+12",
                      "says": ["`9,12035E+12`", "sumbernya", "ketik ulang"]}],
                    ("csv", *BOOKS), clean=whole, labels=labels, mendable=False),
        *grid_twins("codes-scientific-point", point,
                    [{**digits, "value": "9.12035E+12", "says": ["`9.12035E+12`"]}],
                    ("csv",), clean=whole, labels=labels, mendable=False),
        *grid_twins("codes-with-decimal", tail,
                    [{"code": "code-as-number", "column": 7, "rows": _ALL_ROWS,
                      "value": "9120350000001.0", "says": ["`9120350000001`"]}],
                    ("csv",), clean=whole, labels=labels),
        *grid_twins("region-codes-without-dots", plain,
                    [{**wrong, "value": "350301"}], ("csv", *BOOKS)),
        *grid_twins("region-codes-as-numbers", column(2, int, plain),
                    [{**wrong, "value": "350301"}], BOOKS),
        *grid_twins("region-codes-as-decimals", column(2, lambda code: f"{code}.0", plain),
                    [{**wrong, "value": "350301.0"}], ("csv",)),
    ]  # fmt: skip


def _formulas() -> list[Twin]:
    rows = [[*row[:4], Formula(f"=D{n}*6", row[4]), row[5]] for n, row in enumerate(ROWS, start=2)]
    never = [[*row[:4], Formula(row[4].text), row[5]] for row in rows]
    found = {"code": "formula-uncomputed", "column": 5, "rows": _ALL_ROWS, "value": "=D2*6",
             "says": ["`=D2*6`", "Excel"]}  # fmt: skip
    return [
        Twin("formulas", "data.xlsx", in_format("xlsx", [data([HEAD, *rows])]), sheet="Data"),
        Twin(
            "formulas-never-computed",
            "data.xlsx",
            in_format("xlsx", [data([HEAD, *never])]),
            [found],
            mendable=False,
            sheet="Data",
        ),
    ]


def _errors() -> list[Twin]:
    clean = [[*HEAD, "keterangan"], *([*row, f"musim {n % 3}"] for n, row in enumerate(ROWS))]
    messy = [list(row) for row in clean]
    messy[2][4], messy[6][6] = "#DIV/0!", "#REF!"
    return grid_twins(
        "formula-errors",
        messy,
        [
            {"code": "type-error", "column": 5, "row": 3, "value": "#DIV/0!", "says": ["rumus"]},
            {"code": "excel-error", "column": 7, "row": 7, "value": "#REF!", "says": ["rumus"]},
        ],
        ("csv", "xlsx", "ods"),
        clean=clean,
        labels=tuple(clean[0]),
        mendable=False,
    )


def _years() -> list[Twin]:
    years = [2022, 2023, 2024]
    wide = [["kode_wilayah", "kecamatan", *years]]
    wide += [[row[1], row[2], row[4] - 20.25, row[4] - 10.5, row[4]] for row in ROWS]
    long = [["kode_wilayah", "kecamatan", "tahun", "nilai"]]
    long += [
        [row[0], row[1], year, value]
        for row in wide[1:]
        for year, value in zip(years, row[2:], strict=True)
    ]
    labels = ("kode_wilayah", "kecamatan", "2022", "2023", "2024")
    return [
        *grid_twins(
            "years-as-columns",
            wide,
            [{"code": "wide-years", "row": 1, "says": ["2022", "2024"]}],
            ALL,
            clean=long,
            labels=labels,
            choices={("", "wide-years"): "long"},
        )
    ]
