"""Units as offices write them, and what figures in them may be."""

from __future__ import annotations

import re
from functools import lru_cache

from .layout import normal
from .schema import Column

_NAMES = {
    "ton": "ton|tons",
    "kuintal": "kuintal|kwintal|kw|ku|kwt",
    "kg": "kg|kilogram|kilo",
    "gram": "gram|gr",
    "hektar": "ha|hektar|hektare",
    "m2": "m2|m²|meter_persegi|meter2",
    "km2": "km2|km²|kilometer_persegi",
    "m3": "m3|m³|meter_kubik",
    "km": "km|kilometer",
    "m": "meter|m",
    "liter": "liter|ltr",
    "orang": "orang|jiwa|org|pax",
    "ribu orang": "ribu_orang|ribu_jiwa|ribuan_jiwa|ribuan_orang",
    "KK": "kk|kepala_keluarga|keluarga",
    "rumah tangga": "rumah_tangga|ruta|krt|rt",
    "unit": "unit",
    "buah": "buah|bh",
    "ekor": "ekor",
    "batang": "batang|pohon|btg",
    "butir": "butir",
    "persen": "persen|persentase|prosentase|prosen|pct",
    "rupiah": "rupiah|rp|idr",
    "ribu rupiah": "ribu_rupiah|ribu_rp|rp_ribu|000_rp|rp_000",
    "juta rupiah": "juta_rupiah|juta_rp|rp_juta",
    "miliar rupiah": "miliar_rupiah|milyar_rupiah|miliar_rp|milyar_rp",
    "kuintal/hektar": "ku_ha|kw_ha|kuintal_ha|kuintal_hektar|kuintal_per_hektar|ku_per_ha",
    "ton/hektar": "ton_ha|ton_hektar|ton_per_ha|ton_per_hektar",
    "desa": "desa|desa_kelurahan",
    "kasus": "kasus",
    "lembaga": "lembaga",
    "hari": "hari",
    "jam": "jam",
    "tahun": "tahun",
}
_UNITS = {word: unit for unit, words in _NAMES.items() for word in words.split("|")}
# Words that end a label without being its unit: `jumlah_rt`, `masa_tahun`, `gedung_m`.
_NOT_IN_LABELS = frozenset({"rt", "m", "keluarga", "pohon", "desa", "tahun", "hari", "jam", "gr"})
_NOT_IN_LABELS |= {"kasus", "lembaga", "unit", "buah", "kilo", "desa_kelurahan", "meter"}
# Units that are a column's subject as well.
_SUBJECTS = frozenset({"desa", "desa_kelurahan", "keluarga", "kepala_keluarga", "rumah_tangga"})
_SUBJECTS |= {"kk", "rt", "krt", "ruta", "tahun", "hari", "jam", "lembaga", "kasus", "persentase"}
COUNTS = frozenset(
    {"orang", "KK", "rumah tangga", "unit", "buah", "ekor", "batang", "butir", "desa"}
)
_PERCENT = re.compile(r"(?:^|_)(?:persen|persentase|prosentase|prosen|pct)(?:_|$)")
_DERIVED = re.compile(
    r"(?:^|_)(?:rata|rerata|rasio|ribu|juta|per|indeks|kepadatan|persen|persentase|prosentase|angka"
    r"|laju|tingkat|proporsi|produktivitas|estimasi|proyeksi)(?:_|$)"
)
_SIGNED = re.compile(
    r"(?:^|_)(?:pertumbuhan|tumbuh|laju|inflasi|deflasi|kenaikan|perubahan|penurunan|deviasi|selisih"
    r"|gap|saldo|defisit|surplus|laba|rugi|neraca|migrasi|koreksi|pengurangan|mutasi)(?:_|$)"
)
_BEYOND_HUNDRED = re.compile(
    r"(?:^|_)(?:capaian|realisasi|rasio|apk|partisipasi_kasar|kinerja|cakupan|target|indeks|kenaikan)"
    r"(?:_|$)"
)
_COUNTED = re.compile(r"^(?:jumlah|jml|banyaknya|total)(?:_|$)")
_AGE = re.compile(r"(?:umur|usia)(?:_tahun)?")
_PH = re.compile(r"(?:^|_)ph(?:_air|_tanah)?$")


@lru_cache(maxsize=1024)
def canonical(text: str) -> str:
    """One name for a unit however it is written (`Ha`, `hektare`); "" for an unknown one."""
    if text.strip() == "%":
        return "persen"
    name = re.sub(r"[^0-9a-z²³]+", "_", text.lower()).strip("_")
    return _UNITS.get(name, "")


def is_known(text: str) -> bool:
    """Whether what stands beside a number is a unit: `kg`, `ton gabah kering`."""
    return bool(canonical(text) or canonical(text.split(" ")[0]))


def unit_in_label(label: str) -> str:
    """The unit a column's label ends with, as `canonical` names it: `Luas (Ha)`, `produksi_ton`."""
    if bracket := re.search(r"[(\[]([^()\[\]]{1,25})[)\]]\s*$", label):
        return canonical(bracket[1])
    words = re.sub(r"[^0-9a-z²³%]+", "_", label.lower()).strip("_").split("_")
    for size in (3, 2, 1):
        tail = "_".join(words[-size:])
        if size < len(words) and tail in _UNITS and tail not in _NOT_IN_LABELS:
            return "" if words[-size - 1] in ("per", "tiap", "ha") else _UNITS[tail]
    return ""


def of(column: Column, standard: str) -> str:
    """The unit of a column: of its field, of the dataset, or named by its label."""
    return canonical(standard_of(column) or standard) or unit_in_label(column.label)


def is_unit(label: str) -> bool:
    """Whether a label is nothing but a unit."""
    name = normal(label)
    return name in _UNITS and name not in _SUBJECTS


def standard_of(column: Column) -> str:
    """The unit the Table Schema gives a column, as written there; "" for none."""
    return str(column.field.get("satuan") or column.field.get("unit") or "").strip()


def agrees(written: str, standard: str) -> bool:
    """Whether a unit found is the standard's; `ton gabah kering giling` is a ton."""
    one, other = canonical(written), canonical(standard)
    if one and other:
        return one == other
    found, wanted = normal(written), normal(standard)
    if found == wanted or found.startswith(wanted + "_") or wanted.startswith(found + "_"):
        return True
    first = canonical(found.split("_")[0])
    return bool(first) and first == other and not found.startswith("rp_")


def bounds_of(column: Column, unit: str) -> tuple[float | None, float | None, str]:
    """(smallest, largest, why) of the figures of a column; None where there is no bound."""
    name = normal(column.name)
    if unit == "persen" or _PERCENT.search(name) or "%" in column.label:
        signed = _SIGNED.search(name)
        least = None if signed else 0.0
        most = None if signed or _BEYOND_HUNDRED.search(name) else 100.0
        return least, most, "persen"
    if _PH.search(name):
        return 0.0, 14.0, "pH"
    if _AGE.fullmatch(name):
        return 0.0, 120.0, "umur"
    return None, None, ""


def counts(column: Column, unit: str) -> bool:
    """Whether a column counts people or things, which come whole."""
    return unit in COUNTS and not _DERIVED.search(normal(column.name))


def never_negative(column: Column, unit: str) -> bool:
    """Whether the figures of a column cannot be less than nothing."""
    name = normal(column.name)
    return bool(_COUNTED.search(name) or unit in COUNTS) and not _SIGNED.search(name)
