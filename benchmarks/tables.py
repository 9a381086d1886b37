"""Tables to measure with: as offices should send them, one cell in a thousand wrong."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import xlsxwriter
from schema import SCHEMA

from ckanext.satudatatrenggalek.conformity.regions import Region, RegionList, regions

BLOCK = 500_000
BAD_EVERY = 1_000  # cells
# What stands in a wrong cell of each column.
_WRONG = {
    "tahun": "20x5",
    "kode_wilayah": "35.3.1",
    "kecamatan": "",
    "desa": "",
    "tanggal": "31/12/2024",
    "komoditas": "kacang",
    "petani": "banyak",
    "kelompok": "-5",
    "luas_ha": "1.234,5",
    "produksi_ton": "-",
    "rasio": "2.5",
    "uraian": "",
}
# Kecamatan in the order of their codes 35.03.01 to 35.03.14.
PLACES = (
    *("Panggul", "Munjungan", "Pule", "Dongko", "Tugu", "Karangan", "Kampak", "Watulimo"),
    *("Bendungan", "Gandusari", "Trenggalek", "Pogalan", "Durenan", "Suruh"),
)


def block(first: int, rows: int) -> pl.DataFrame:
    """Rows `first` and following as text."""
    n = pl.int_range(first, first + rows, eager=True).alias("n").to_frame()
    text = pl.String
    column = pl.col("n")
    place = (column % 14).replace_strict(dict(enumerate(PLACES)), return_dtype=text)
    frame = n.select(
        "n",
        tahun=(2015 + column % 10).cast(text),
        kode_wilayah=pl.format("35.03.{}", (column % 14 + 1).cast(text).str.zfill(2)),
        kecamatan=place,
        desa=pl.format("Desa {}", column % 157),
        tanggal=pl.format(
            "2024-{}-{}",
            (column % 12 + 1).cast(text).str.zfill(2),
            (column % 28 + 1).cast(text).str.zfill(2),
        ),
        komoditas=(column % 3).replace_strict(
            {0: "padi", 1: "jagung", 2: "kedelai"}, return_dtype=text
        ),
        petani=(column * 7919 % 9973).cast(text),
        kelompok=(column * 31 % 997).cast(text),
        luas_ha=(column * 104_729 % 99_991 / 100).cast(text),
        produksi_ton=(column * 7907 % 1_000_003 / 10).cast(text),
        rasio=(column % 1000 / 1000).cast(text),
        uraian=pl.format("catatan nomor {}", column),
    )
    for place_of, (name, wrong) in enumerate(_WRONG.items()):
        bad = (column + place_of * 83) % BAD_EVERY == 0
        frame = frame.with_columns(pl.when(bad).then(pl.lit(wrong)).otherwise(name).alias(name))
    return frame.drop("n")


def write_csv(path: Path, rows: int, villages: int = 0, wrong_names: bool = False) -> Path:
    """A CSV of so many rows; with the codes and names of so many villages where there are any.

    wrong_names: one name in a thousand is another village's.
    """
    with path.open("wb") as stream:
        for first in range(0, rows, BLOCK):
            part = block(first, min(BLOCK, rows - first))
            if villages:
                columns = _village_columns(first, len(part), villages, wrong_names)
                part = part.with_columns(columns)
            part.write_csv(stream, include_header=first == 0)
    return path


def _village(number: int) -> tuple[str, str]:
    """Code and name of a village; every regency has 200 of them in 20 kecamatan."""
    regency, inside = divmod(number, 200)
    province, regency = divmod(regency, 50)
    return (
        f"{31 + province}.{regency + 1:02}.{inside // 10 + 1:02}.{2001 + inside % 10}",
        f"Desa {number}",
    )


def _village_columns(first: int, rows: int, villages: int, wrong: bool) -> list[pl.Series]:
    met = [_village(n * 7919 % villages) for n in range(first, first + rows)]
    codes = [code for code, _ in met]
    names = [
        "Desa Lain" if wrong and n % BAD_EVERY == 0 else name
        for n, (_, name) in enumerate(met, start=first)
    ]
    return [pl.Series("kode_wilayah", codes), pl.Series("desa", names)]


def region_list(villages: int) -> RegionList:
    """A list of so many villages, and the kecamatan of Trenggalek that come along."""
    found = (_village(number) for number in range(villages))
    return RegionList([*regions(), *(Region(code, "", name, "desa") for code, name in found)])


def write_xlsx(path: Path, rows: int) -> Path:
    """The same as a workbook, its figures as numbers."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet("Data")
    frame = block(0, rows)
    sheet.write_row(0, 0, frame.columns)
    kinds = [field["type"] for field in SCHEMA["fields"]]
    for number, row in enumerate(frame.iter_rows(), start=1):
        for index, (text, kind) in enumerate(zip(row, kinds, strict=True)):
            figure = _figure(text) if kind in ("integer", "number", "year") else None
            if figure is None:
                sheet.write_string(number, index, text) if text else None
            else:
                sheet.write_number(number, index, figure)
    book.close()
    return path


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
