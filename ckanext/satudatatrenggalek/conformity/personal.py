"""Personal data found by the name of a column and by the shape of its values (UU 27/2022)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .layout import normal
from .masking import text_of


@dataclass(frozen=True)
class Kind:
    """One kind of personal data. strict: always personal; otherwise it may be an office's own."""

    words: str
    strict: bool = True


NIK = Kind("NIK")
KINDS = {
    "nik": NIK,
    "kk": Kind("nomor KK"),
    "npwp": Kind("NPWP"),
    "account": Kind("nomor rekening"),
    "birth": Kind("tanggal lahir"),
    "person": Kind("nama orang"),
    "mother": Kind("nama ibu kandung"),
    "phone": Kind("nomor telepon", strict=False),
    "email": Kind("alamat surel", strict=False),
    "address": Kind("alamat", strict=False),
}
_BY_NAME = (
    ("nik", re.compile(r"(^|_)(nik|no_ktp|nomor_ktp|ktp|nomor_induk_kependudukan)(_|$)")),
    ("kk", re.compile(r"(^|_)(no_kk|nomor_kk|nokk|no_kartu_keluarga|nomor_kartu_keluarga|kk)$")),
    ("npwp", re.compile(r"(^|_)npwp(_|$)")),
    ("account", re.compile(r"(^|_)(rekening|no_rek|norek)(_|$)")),
    ("birth", re.compile(r"(^|_)(tanggal_lahir|tgl_lahir|tempat_tanggal_lahir|ttl)(_|$)")),
    ("mother", re.compile(r"(^|_)(ibu_kandung|nama_ibu)(_|$)")),
    (
        "person",
        re.compile(
            r"^nama_(penerima|pemilik|pasien|siswa|pegawai|kepala_keluarga|anak|orang|warga|pemohon"
            r"|lengkap|penduduk|korban|suami|istri|ayah|peserta)"
        ),
    ),
    ("phone", re.compile(r"(^|_)(hp|no_hp|telp|telepon|telpon|handphone|wa|whatsapp)(_|$)")),
    ("email", re.compile(r"(^|_)(email|e_mail|surel)(_|$)")),
    ("address", re.compile(r"^alamat(_(rumah|lengkap|penerima|pemilik|pasien|ktp|domisili))?$")),
)
# Counts and shares of people are statistics, not personal data.
_AGGREGATE = re.compile(
    r"(^|_)(jumlah|jml|banyaknya|total|persen|persentase|rasio|kepemilikan)(_|$)"
)
_NIK_SHAPE = re.compile(
    r"(?P<province>[1-9][0-9])[0-9]{4}(?P<day>[0-9]{2})(?P<month>[0-9]{2})[0-9]{6}"
)
_PHONE_SHAPE = re.compile(r"(?:\+?62|0)8[1-9][0-9]{7,10}")
_EMAIL_SHAPE = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NPWP_SHAPE = re.compile(r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}\.[0-9]-[0-9]{3}\.[0-9]{3}")


def kind_of_name(label: str) -> str:
    """Key of KINDS a column's label announces, "" for none."""
    name = normal(label)
    if _AGGREGATE.search(name):
        return ""
    return next((key for key, pattern in _BY_NAME if pattern.search(name)), "")


def kind_of_value(cell: Any) -> str:
    """Key of KINDS a value has the shape of, "" for none."""
    if isinstance(cell, str):
        if not 7 <= len(cell) <= 120:
            return ""
    elif not isinstance(cell, int) or cell < 10**9:
        return ""
    text = text_of(cell).strip()
    if "@" in text:
        return "email" if _EMAIL_SHAPE.search(text) else ""
    digits = re.sub(r"[ .\-]", "", text)
    if is_nik(digits) and not re.fullmatch(r"[0-9]+\.[0-9]+", text):
        return "nik"
    if _PHONE_SHAPE.fullmatch(digits) and not re.fullmatch(r"[0-9]+\.[0-9]+", text):
        return "phone"
    return "npwp" if _NPWP_SHAPE.fullmatch(text) else ""


def is_nik(digits: str) -> bool:
    """16 digits with a province (11-97) and a birth date: day 1-31, or 41-71 for women."""
    match = _NIK_SHAPE.fullmatch(digits)
    if not match or not "11" <= match["province"] <= "97":
        return False
    day = int(match["day"])
    return (1 <= day <= 31 or 41 <= day <= 71) and 1 <= int(match["month"]) <= 12
