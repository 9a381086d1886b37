"""Words of every error type of frictionless, under its own name."""

from __future__ import annotations

from .base import AS_PLANNED, ASK, INTEROPERABILITY, METADATA, REFERENCE_CODES, STANDARD, Text

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
        "Nilai {what} di kolom {keys} baris {row} tidak ada di {where}.",
        "Pakai nilai yang tercatat di {where}, atau lengkapi dulu tabel itu.",
    ),
    "blank-row": Text(
        INTEROPERABILITY, "Baris kosong", "Baris {row} kosong{more}.", "Hapus baris kosong itu."
    ),
    "duplicate-row": Text(
        STANDARD,
        "Baris dobel",
        "Isi baris {row} sama persis dengan baris {other}.",
        "Hapus salah satunya. Bila keduanya benar, jelaskan saat mengajukan.",
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
        STANDARD, "Nilai wajib tidak ada", "Ada nilai wajib yang tidak ditemukan.", ASK
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
        INTEROPERABILITY, "Berkas berubah", "Isi berkas berbeda dari yang tercatat.", ASK
    ),
    "byte-count": Text(
        INTEROPERABILITY, "Ukuran berubah", "Ukuran berkas berbeda dari yang tercatat.", ASK
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
GENERAL = Text(INTEROPERABILITY, "Kesalahan berkas", "Berkas tidak lolos pemeriksaan.", ASK)
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

TEXTS: dict[str, Text] = {**dict.fromkeys(_GENERAL_CODES, GENERAL), **_TABLE_TEXTS}
