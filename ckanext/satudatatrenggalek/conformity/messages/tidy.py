"""Words of the tidied copy: why a thing was changed, and what is asked."""

from __future__ import annotations

# code: (title of this kind of change, why; the braces are filled with the place and the value)
CHANGES: dict[str, tuple[str, str]] = {
    "format": ("Disimpan sebagai CSV", "Isi {before} ditulis sebagai CSV, format terbuka."),
    "sheet": ("Satu lembar", "Hanya lembar yang diperiksa yang ditulis; lembar lain tidak ikut."),
    "encoding": ("Sandi huruf", "Huruf ditulis sebagai UTF-8 agar terbaca di semua program."),
    "delimiter": ("Pemisah kolom", "Kolom dipisah dengan koma, seperti baku CSV."),
    "line-ends": ("Pemisah baris", "Baris dipisah dengan ganti baris yang baku."),
    "title-row": ("Judul di atas tabel", "Judul di atas tabel tidak ikut disalin."),
    "blank-row": ("Baris kosong", "Baris kosong dihapus."),
    "total-row": ("Baris jumlah", "Baris jumlah dihapus; portal menghitung jumlahnya sendiri."),
    "note-row": ("Baris keterangan", "Baris keterangan dihapus; tempatnya di metadata."),
    "stacked-header": ("Judul kolom bertumpuk", "Judul kolom dijadikan satu baris."),
    "header-added": ("Judul kolom", "Judul kolom ditambahkan; berkas asalnya tidak punya."),
    "label": ("Nama kolom", "Nama kolom dirapikan atau disamakan dengan struktur dataset."),
    "column-moved": ("Urutan kolom", "Urutan kolom disamakan dengan struktur dataset."),
    "junk-column": ("Kolom kosong", "Kolom tanpa isi dihapus."),
    "wide-years": ("Tahun menjadi baris", "Kolom tahun {before} dijadikan baris tahun {after}."),
    "short-row": ("Baris pendek", "Baris berhenti sebelum kolom terakhir; sisanya dikosongkan."),
    "extra-blank": ("Sel kosong berlebih", "Sel kosong sesudah kolom terakhir dihapus."),
    "space": ("Spasi berlebih", "Spasi berlebih dan ganti baris di dalam sel dirapikan."),
    "tag": ("Tanda halaman web", "Tanda halaman web dihapus dari teks."),
    "merged-cells": ("Sel gabungan", "Sel gabungan diisi di tiap barisnya, sesuai jawaban."),
    "decimal": ("Koma desimal", "Koma desimal ditulis sebagai titik."),
    "thousands": ("Pemisah ribuan", "Pemisah ribuan dihapus."),
    "whole": ("Bilangan bulat", "Desimal nol dihapus karena kolom berisi bilangan bulat."),
    "unit": ("Satuan di dalam angka", "Satuan dihapus dari angka; tempatnya di metadata."),
    "currency": ("Lambang mata uang", "Lambang mata uang dihapus dari angka."),
    "lost-thousands": ("Ribuan", "Ribuan yang terbaca pecahan ditulis utuh sesuai jawaban."),
    "mistyped": ("Salah ketik", "Angka yang salah ketik ditulis sesuai jawaban."),
    "missing": ("Penanda data kosong", "Penanda data kosong ditulis sebagai sel kosong."),
    "missing-zero": ("Penanda data kosong", "Penanda diganti 0 sesuai jawaban."),
    "date": ("Tanggal", "Tanggal ditulis tahun-bulan-tanggal."),
    "year": ("Tahun", "Tahun ditulis empat angka."),
    "month": ("Bulan", "Bulan ditulis tahun-bulan."),
    "boolean": ("Ya atau tidak", "Ya atau tidak ditulis true atau false."),
    "region-code": ("Kode wilayah", "Kode wilayah ditulis seperti di daftar kode wilayah."),
    "code": ("Kode", "Kode yang terbaca sebagai angka desimal dikembalikan."),
    "formula": (
        "Teks mirip rumus",
        "Tanda petik ditambahkan agar teks ini tidak dijalankan sebagai rumus.",
    ),
}

# kind: the question; {column}, {value}, {count} are filled
QUESTIONS: dict[str, str] = {
    "missing-marker": "Apa arti `{value}` di kolom `{column}` ({count} sel)?",
    "thousands-or-decimal": "Titik pada `{value}` di kolom `{column}` ({count} sel) itu apa?",
    "comma-or-thousands": "Koma pada `{value}` di kolom `{column}` ({count} sel) itu apa?",
    "date-order": "Mana tanggal dan mana bulan pada `{value}` di kolom `{column}` ({count} sel)?",
    "short-year": "Tahun berapa yang dimaksud `{value}` di kolom `{column}` ({count} sel)?",
    "unit-in-number": "Apakah `{value}` satuan semua angka di kolom `{column}` ({count} sel)?",
    "lost-thousands": "Kolom `{column}` berisi hitungan, tetapi `{value}` dan sejenisnya ({count} "
    "sel) pecahan. Apakah titiknya pemisah ribuan?",
    "mistyped": "Apa maksud `{value}` di kolom `{column}` ({count} sel)? Tampaknya salah ketik.",
    "region-code": "Kode dan nama `{value}` (kolom `{column}`, {count} sel) menunjuk daerah yang "
    "berbeda. Kode mana yang ditulis?",
    "merged-cells": "Ada {count} sel kosong karena sel digabung (mulai `{value}`). Diisi semua?",
    "wide-years": "Tabel ini punya {count} kolom tahun, mulai `{value}`. Dijadikan baris?",
}

# kind: {option: label}; the order is the order shown
OPTIONS: dict[str, dict[str, str]] = {
    "missing-marker": {
        "empty": "Datanya belum ada: kosongkan",
        "zero": "Memang tidak ada: tulis 0",
        "keep": "Biarkan seperti semula",
    },
    "thousands-or-decimal": {
        "thousands": "Pemisah ribuan",
        "decimal": "Tanda desimal",
    },
    "comma-or-thousands": {
        "decimal": "Tanda desimal",
        "thousands": "Pemisah ribuan",
    },
    "date-order": {
        "day-first": "Tanggal dulu, lalu bulan",
        "month-first": "Bulan dulu, lalu tanggal",
    },
    "short-year": {
        "2000": "Tahun 2000-an",
        "1900": "Tahun 1900-an",
    },
    "unit-in-number": {
        "strip": "Ya, tulis angkanya saja",
        "keep": "Bukan, biarkan seperti semula",
    },
    "lost-thousands": {
        "thousands": "Ya, tulis tanpa titik",
        "keep": "Bukan, memang pecahan: biarkan",
    },
    "mistyped": {
        "figure": "Angka ini",
        "empty": "Angkanya belum diketahui: kosongkan",
        "keep": "Biarkan seperti semula",
    },
    "region-code": {
        "name": "Kode daerah menurut namanya",
        "code": "Kode yang tertulis, dilengkapi",
        "keep": "Biarkan seperti semula",
    },
    "merged-cells": {
        "fill": "Ya, isi tiap baris dengan isi sel gabungannya",
        "keep": "Tidak, biarkan kosong",
    },
    "wide-years": {
        "long": "Ya, satu baris untuk tiap tahun",
        "keep": "Tidak, biarkan satu kolom untuk tiap tahun",
    },
}

LOG_HEADER = ("baris", "kolom", "sebelum", "sesudah", "sebab", "kode")
