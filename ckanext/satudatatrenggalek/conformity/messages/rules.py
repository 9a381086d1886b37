"""Words of what Satu Data asks beyond types: codes, periods, numbers, personal data."""

from __future__ import annotations

from .base import AS_PLANNED, INTEROPERABILITY, PERSONAL_DATA, REFERENCE_CODES, STANDARD, Text

TEXTS: dict[str, Text] = {
    "number-not-plain": Text(
        STANDARD,
        "Penulisan tidak baku",
        "`{value}` di kolom `{column}` bukan penulisan {type} yang baku.",
        "{how}",
        kind="type-error",
    ),
    "ambiguous-thousands": Text(
        STANDARD,
        "Titik ribuan atau desimal?",
        "`{value}` di kolom `{column}` terbaca {read}, padahal mungkin maksudnya {meant}.",
        "Tulis `{meant}` bila titik itu pemisah ribuan, atau `{precise}` bila itu desimal.",
        kind="forbidden-value",
    ),
    "excel-error": Text(
        STANDARD,
        "Rumus gagal",
        "Sel ini berisi pesan kesalahan rumus, `{value}`.",
        "Perbaiki rumusnya di Excel, atau ganti dengan angkanya.",
        kind="forbidden-value",
    ),
    "blank-cell": Text(
        INTEROPERABILITY,
        "Sel kosong",
        "Sel kosong di kolom `{column}`, baris {row}.",
        "Isi angkanya. Bila memang tidak ada, isi 0 dan tulis sebabnya di catatan edisi.",
        kind="forbidden-value",
    ),
    "region-code": Text(
        REFERENCE_CODES,
        "Kode wilayah tidak dikenal",
        "Kode wilayah `{value}` tidak ada di daftar {list}.",
        "{how}",
        kind="forbidden-value",
    ),
    "region-outside": Text(
        REFERENCE_CODES,
        "Wilayah di luar Trenggalek",
        "Kode wilayah `{value}` bukan wilayah Kabupaten Trenggalek{more}.",
        "Periksa kodenya. Bila datanya memang tentang daerah lain, jelaskan di catatan edisi.",
        kind="forbidden-value",
    ),
    "region-name": Text(
        REFERENCE_CODES,
        "Nama wilayah tidak cocok",
        "Kode `{region}` adalah {name}, tetapi kolom `{column}` berisi `{value}`.",
        "Periksa mana yang benar, lalu samakan kode dan namanya.",
        kind="forbidden-value",
    ),
    "period-mismatch": Text(
        AS_PLANNED,
        "Tahun di luar edisi",
        "Kolom `{column}` berisi tahun {value}, sedangkan edisi ini untuk {period}{more}.",
        "Periksa tahunnya. Bila memang disertakan, jelaskan di catatan edisi.",
        kind="forbidden-value",
    ),
    "personal-data": Text(
        PERSONAL_DATA,
        "Data pribadi",
        "Kolom `{column}` memuat data pribadi ({what}), {count} sel, contoh `{value}`.",
        "Hapus kolomnya, atau ajukan sebagai data Terbatas.",
        kind="forbidden-value",
    ),
    "personal-contact": Text(
        PERSONAL_DATA,
        "Mungkin data pribadi",
        "Kolom `{column}` memuat {what}, {count} sel, contoh `{value}`.",
        "Bila milik perorangan, hapus kolomnya. Bila milik kantor, jelaskan di catatan edisi.",
        kind="forbidden-value",
    ),
    "geometry": Text(
        INTEROPERABILITY,
        "Geometri keliru",
        "Fitur ke-{feature}: {problem}.",
        "Perbaiki di aplikasi peta, simpan sebagai GeoJSON (WGS 84), lalu unggah lagi.",
        kind="row-constraint",
    ),
}
