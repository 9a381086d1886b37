"""Every sentence a finding can say, in Indonesian, by code.

Codes of frictionless keep their name; ours are named beside the frictionless type they travel
under (`kind`), so that a report stays readable for any Frictionless program. The words in braces
are filled by `compose`. Tone: what is wrong, then what to do; no blame, no English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from frictionless import system

STANDARD = "standard"
METADATA = "metadata"
INTEROPERABILITY = "interoperability"
REFERENCE_CODES = "reference_codes"
AS_PLANNED = "as_planned"
PERSONAL_DATA = "personal_data"


@dataclass(frozen=True)
class Text:
    """What one code says. kind: the frictionless error type, "" when the code is one itself."""

    item: str
    title: str
    message: str
    remedy: str
    kind: str = ""


_ASK = "Buka berkas aslinya, perbaiki, lalu unggah lagi."
_NOT_ALLOWED = "Nilai `{value}` di kolom `{column}` tidak boleh dipakai."

_TABLE_TEXTS = {
    "extra-cell": Text(
        INTEROPERABILITY,
        "Sel berlebih",
        "Baris {row} punya lebih banyak sel daripada judul kolom: `{value}`.",
        "Hapus sel yang berlebih. Bila isinya memuat pemisah kolom, apit dengan tanda petik.",
    ),
    "missing-cell": Text(
        INTEROPERABILITY,
        "Sel kurang",
        "Baris {row} berhenti sebelum kolom `{column}`.",
        "Tambahkan selnya di baris itu. Biarkan kosong bila datanya memang tidak ada.",
    ),
    "type-error": Text(
        STANDARD,
        "Jenis isi keliru",
        "Kolom `{column}` harus berisi {type}, tetapi tertulis `{value}`.",
        "Ganti dengan {type}.",
    ),
    "constraint-error": Text(
        STANDARD, "Melanggar aturan kolom", "{problem}", "Perbaiki menurut aturan kolom `{column}`."
    ),
    "unique-error": Text(
        STANDARD,
        "Nilai ganda",
        "Nilai `{value}` di kolom `{column}` sudah dipakai di baris {other}.",
        "Tiap baris harus punya nilai sendiri di kolom ini. Hapus atau perbaiki salah satunya.",
    ),
    "primary-key": Text(
        STANDARD,
        "Kunci baris ganda",
        "Baris {row} punya kunci ({keys}) yang kosong atau sama dengan baris {other}.",
        "Perbaiki isi kolom kunci, atau hapus baris yang dobel.",
    ),
    "foreign-key": Text(
        REFERENCE_CODES,
        "Tidak ada di tabel acuan",
        "Isi baris {row} tidak ada di tabel acuannya.",
        "Pakai nilai yang tercatat di tabel acuan.",
    ),
    "blank-row": Text(
        INTEROPERABILITY, "Baris kosong", "Baris {row} kosong{more}.", "Hapus baris kosong itu."
    ),
    "duplicate-row": Text(
        STANDARD,
        "Baris dobel",
        "Isi baris {row} sama persis dengan baris {other}.",
        "Hapus salah satunya. Bila keduanya benar, jelaskan di catatan edisi.",
    ),
    "row-constraint": Text(
        STANDARD,
        "Melanggar aturan baris",
        "Baris {row} tidak memenuhi aturan: {note}.",
        "Periksa hubungan antarkolom di baris itu.",
    ),
    "blank-header": Text(
        INTEROPERABILITY,
        "Judul kolom kosong",
        "Baris judul kolom kosong.",
        "Isi judul kolom di baris pertama, satu nama untuk tiap kolom.",
    ),
    "unmatched-header": Text(
        INTEROPERABILITY,
        "Judul kolom tidak dikenal",
        "Tidak satu pun judul kolom cocok dengan yang direncanakan: {names}.",
        "Pakai judul kolom itu. Format Excel kosongnya bisa diunduh dari Daftar Data.",
    ),
    "extra-label": Text(
        INTEROPERABILITY,
        "Kolom tidak direncanakan",
        "Kolom `{value}` tidak ada di rencana dataset ini.",
        "Hapus kolom itu, atau minta walidata menambahkannya ke struktur dataset.",
    ),
    "missing-label": Text(
        INTEROPERABILITY,
        "Kolom tidak ada",
        "Kolom `{column}` tidak ada di berkas.",
        "Tambahkan kolom `{column}` beserta isinya.",
    ),
    "blank-label": Text(
        INTEROPERABILITY,
        "Judul kolom kosong",
        "Kolom ke-{column_number} tidak punya judul.",
        "Beri judul kolom, atau hapus kolom itu bila tidak berisi.",
    ),
    "duplicate-label": Text(
        INTEROPERABILITY,
        "Judul kolom dobel",
        "Judul kolom `{value}` dipakai lebih dari sekali.",
        "Beri nama yang berbeda untuk tiap kolom.",
    ),
    "incorrect-label": Text(
        INTEROPERABILITY,
        "Judul kolom berbeda",
        "Judul kolom tertulis `{value}`, seharusnya `{column}`.",
        "Ganti judulnya menjadi `{column}`.",
    ),
    "truncated-value": Text(
        STANDARD,
        "Isi terpotong",
        "Nilai `{value}` di kolom `{column}` mungkin terpotong.",
        "Periksa panjang isinya di berkas asal.",
    ),
    "forbidden-value": Text(STANDARD, "Nilai dilarang", _NOT_ALLOWED, "Ganti dengan nilai lain."),
    "sequential-value": Text(
        STANDARD,
        "Nomor tidak urut",
        "Nilai `{value}` di kolom `{column}` tidak urut.",
        "Urutkan lagi nomornya.",
    ),
    "ascii-value": Text(
        INTEROPERABILITY,
        "Huruf tidak baku",
        "Nilai `{value}` di kolom `{column}` memuat huruf di luar ASCII.",
        "Tulis dengan huruf Latin biasa.",
    ),
    "deviated-value": Text(
        STANDARD,
        "Nilai menyimpang",
        "Ada nilai di kolom `{column}` yang jauh dari lainnya.",
        "Periksa apakah koma desimalnya hilang.",
    ),
    "deviated-cell": Text(
        STANDARD,
        "Sel menyimpang",
        "Ada sel yang panjangnya jauh dari lainnya.",
        "Periksa isi selnya.",
    ),
    "required-value": Text(
        STANDARD, "Nilai wajib tidak ada", "Ada nilai wajib yang tidak ditemukan.", _ASK
    ),
    "field-count": Text(
        INTEROPERABILITY,
        "Jumlah kolom berbeda",
        "Jumlah kolom tidak sama dengan rencana.",
        "Samakan kolomnya dengan struktur dataset.",
    ),
    "row-count": Text(
        AS_PLANNED,
        "Jumlah baris berbeda",
        "Jumlah baris tidak sama dengan rencana.",
        "Periksa apakah ada baris yang tertinggal.",
    ),
    "table-dimensions": Text(
        INTEROPERABILITY,
        "Ukuran tabel berbeda",
        "Banyaknya baris atau kolom tidak sesuai rencana.",
        "Periksa apakah ada baris atau kolom yang tertinggal.",
    ),
    "hash-count": Text(
        INTEROPERABILITY, "Berkas berubah", "Isi berkas berbeda dari yang tercatat.", _ASK
    ),
    "byte-count": Text(
        INTEROPERABILITY, "Ukuran berubah", "Ukuran berkas berbeda dari yang tercatat.", _ASK
    ),
    "format-error": Text(
        INTEROPERABILITY,
        "Format tidak terbaca",
        "Berkas tidak bisa dibaca sebagai {format}.",
        "Simpan ulang dari Excel sebagai XLSX atau CSV, lalu unggah lagi.",
    ),
    "encoding-error": Text(
        INTEROPERABILITY,
        "Huruf tidak terbaca",
        "Huruf di dalam berkas tidak bisa dibaca.",
        'Simpan ulang sebagai "CSV UTF-8", lalu unggah lagi.',
    ),
    "compression-error": Text(
        INTEROPERABILITY, "Arsip rusak", "Arsip tidak bisa dibuka.", "Unggah berkasnya tanpa arsip."
    ),
    "source-error": Text(
        INTEROPERABILITY,
        "Berkas kosong",
        "Berkas tidak berisi tabel.",
        "Isi tabelnya, satu baris judul kolom lalu satu baris untuk tiap data.",
    ),
    "scheme-error": Text(
        INTEROPERABILITY,
        "Berkas tidak ditemukan",
        "Berkas tidak bisa diambil.",
        "Unggah lagi berkasnya.",
    ),
    "schema-error": Text(
        METADATA,
        "Struktur dataset keliru",
        "Struktur kolom dataset ini keliru: {note}.",
        "Minta walidata memperbaiki struktur kolomnya.",
    ),
    "field-error": Text(
        METADATA,
        "Struktur kolom keliru",
        "Aturan salah satu kolom keliru: {note}.",
        "Minta walidata memperbaiki struktur kolomnya.",
    ),
}

# Base classes and bookkeeping of frictionless: a check of one table does not raise them, but a
# report read from elsewhere may hold them, and none may show English.
_GENERAL = Text(INTEROPERABILITY, "Kesalahan berkas", "Berkas tidak lolos pemeriksaan.", _ASK)
_GENERAL_CODES = [
    "error",
    "cell-error",
    "row-error",
    "header-error",
    "label-error",
    "table-error",
    "data-error",
    "file-error",
    "metadata-error",
    "catalog-error",
    "dataset-error",
    "checklist-error",
    "check-error",
    "detector-error",
    "dialect-error",
    "control-error",
    "inquiry-error",
    "inquiry-task-error",
    "package-error",
    "pipeline-error",
    "step-error",
    "report-error",
    "report-task-error",
    "stats-error",
    "resource-error",
]

_OWN_TEXTS = {
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
    "total-row": Text(
        INTEROPERABILITY,
        "Baris jumlah",
        "Baris {row} adalah baris jumlah (`{value}`), bukan data.",
        "Hapus baris {row}. Portal menghitung jumlahnya sendiri.",
        kind="row-constraint",
    ),
    "note-row": Text(
        INTEROPERABILITY,
        "Baris keterangan",
        "Baris {row} berisi keterangan, bukan data: `{value}`.",
        "Hapus baris {row}, lalu tulis keterangannya di metadata.",
        kind="row-constraint",
    ),
    "title-rows": Text(
        INTEROPERABILITY,
        "Judul di atas tabel",
        "Judul kolom baru ada di baris {row}; di atasnya tertulis `{value}`.",
        "Hapus baris di atas judul kolom. Judul dan keterangan ditulis di metadata.",
        kind="table-error",
    ),
    "stacked-header": Text(
        INTEROPERABILITY,
        "Judul kolom bertumpuk",
        "Judul kolom bertumpuk di baris {row} sampai {last}.",
        "Jadikan satu baris judul, satu nama untuk tiap kolom, tanpa sel gabungan.",
        kind="header-error",
    ),
    "no-header": Text(
        INTEROPERABILITY,
        "Tanpa judul kolom",
        "Baris pertama langsung berisi data, tidak ada judul kolom.",
        "Sisipkan satu baris judul kolom di paling atas.",
        kind="header-error",
    ),
    "merged-cells": Text(
        INTEROPERABILITY,
        "Sel gabungan",
        "Ada {count} sel gabungan di tabel, pertama `{value}`.",
        "Pisahkan sel gabungan (Merge & Center), lalu isi tiap sel.",
        kind="table-error",
    ),
    "column-order": Text(
        INTEROPERABILITY,
        "Urutan kolom berbeda",
        "Urutan kolom berbeda dari rencana: {names}.",
        "Kembalikan urutannya agar edisi ini mudah dibandingkan dengan edisi sebelumnya.",
        kind="header-error",
    ),
    "untidy-label": Text(
        INTEROPERABILITY,
        "Judul kolom kurang rapi",
        "Judul kolom `{value}` memuat spasi berlebih atau ganti baris.",
        "Tulis ulang menjadi `{tidy}`.",
        kind="incorrect-label",
    ),
    "no-data-rows": Text(
        INTEROPERABILITY,
        "Belum ada isi",
        "Berkas hanya berisi judul kolom, belum ada datanya.",
        "Isi datanya, atau laporkan *nihil* di Daftar Data bila memang tidak ada.",
        kind="table-error",
    ),
    "several-sheets": Text(
        INTEROPERABILITY,
        "Beberapa lembar",
        "Berkas punya {count} lembar berisi ({names}); yang diperiksa hanya lembar `{value}`.",
        "Simpan satu tabel dalam satu berkas, atau pindahkan lembar lain ke berkas sendiri.",
        kind="table-error",
    ),
    "sheet-missing": Text(
        INTEROPERABILITY,
        "Lembar tidak ada",
        "Lembar `{value}` tidak ada di berkas; yang ada: {names}.",
        "Ganti nama lembarnya menjadi `{value}`.",
        kind="table-error",
    ),
    "not-utf8": Text(
        INTEROPERABILITY,
        "Bukan UTF-8",
        "Teks berkas memakai sandi {encoding}, bukan UTF-8.",
        'Simpan ulang dengan pilihan "CSV UTF-8" agar huruf khusus tidak rusak.',
        kind="encoding-error",
    ),
    "binary-content": Text(
        INTEROPERABILITY,
        "Bukan teks",
        "Berkas memuat karakter NUL, jadi bukan CSV yang utuh.",
        _ASK,
        kind="encoding-error",
    ),
    "unclosed-quote": Text(
        INTEROPERABILITY,
        "Tanda petik tidak ditutup",
        "Tanda petik di baris {row} tidak ditutup, sehingga baris sesudahnya ikut tertelan.",
        'Tambahkan tanda petik (") penutupnya, atau hapus tanda petik pembukanya.',
        kind="source-error",
    ),
    "cut-short": Text(
        INTEROPERABILITY,
        "Pembacaan berhenti",
        "Pembacaan berhenti sesudah baris {row}: bagian berikutnya rusak.",
        _ASK,
        kind="source-error",
    ),
    "too-many-rows": Text(
        INTEROPERABILITY,
        "Terlalu banyak baris",
        "Berkas lebih dari {count} baris; sisanya belum diperiksa.",
        "Pecah berkas menjadi beberapa bagian.",
        kind="table-error",
    ),
    "too-large": Text(
        INTEROPERABILITY,
        "Berkas terlalu besar",
        "Ukuran berkas {size}, lebih dari batas {limit}, jadi isinya tidak diperiksa.",
        "Pecah berkas menjadi beberapa bagian, misalnya per tahun.",
        kind="format-error",
    ),
    "too-many-columns": Text(
        INTEROPERABILITY,
        "Terlalu banyak kolom",
        "Tabel punya {count} kolom, lebih dari batas {limit}.",
        "Periksa pemisah kolomnya. Tabel dengan kolom sebanyak itu perlu dipecah.",
        kind="table-error",
    ),
    "wrong-kind": Text(
        INTEROPERABILITY,
        "Format tidak sesuai nama",
        "Berkas bernama {format}, tetapi isinya {kind}.",
        "Buka berkasnya, simpan ulang sebagai XLSX atau CSV, lalu unggah lagi.",
        kind="format-error",
    ),
    "password-locked": Text(
        INTEROPERABILITY,
        "Terkunci kata sandi",
        "Berkas tidak bisa dibaca: dikunci kata sandi.",
        "Simpan ulang tanpa kata sandi, lalu unggah lagi.",
        kind="format-error",
    ),
    "not-a-table": Text(
        INTEROPERABILITY,
        "Bukan tabel",
        "{format} tidak bisa dibaca mesin sebagai tabel, jadi isinya tidak diperiksa.",
        "Unggah juga tabelnya sebagai CSV atau XLSX.",
        kind="format-error",
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

TEXTS: dict[str, Text] = {
    **dict.fromkeys(_GENERAL_CODES, _GENERAL),
    **_TABLE_TEXTS,
    **_OWN_TEXTS,
}
FRICTIONLESS_TYPE = {code: text.kind for code, text in TEXTS.items() if text.kind}

TYPE_WORDS = {
    "integer": "bilangan bulat",
    "number": "angka",
    "date": "tanggal seperti 2026-01-31",
    "datetime": "tanggal dan jam seperti 2026-01-31T08:00:00Z",
    "time": "jam seperti 08:00:00",
    "year": "tahun empat angka",
    "yearmonth": "tahun dan bulan seperti 2026-01",
    "boolean": "true atau false",
    "string": "teks",
    "duration": "lama waktu seperti P1D",
    "geopoint": "koordinat seperti 111.7, -8.05",
    "geojson": "geometri GeoJSON",
    "object": "objek JSON",
    "array": "larik JSON",
    "list": "daftar yang dipisah koma",
}


def text_of(code: str) -> Text:
    """The text of a code; a code of some newer frictionless gets the general sentence."""
    return TEXTS.get(code, _GENERAL)


def compose(code: str, words: Mapping[str, Any]) -> tuple[str, str]:
    """Message and remedy of a code with its words filled in."""
    text = text_of(code)
    return text.message.format_map(words), text.remedy.format_map(words)


def title_of(kind: str) -> tuple[str, tuple[str, ...]]:
    """Indonesian title and frictionless tags of a frictionless error type."""
    return text_of(kind).title, tuple(system.select_error_class(kind).tags)
