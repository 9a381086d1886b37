"""Personal data announced by the names of a table's columns (UU 27/2022)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .layout import normal
from .schema import Column


@dataclass(frozen=True)
class Kind:
    """One kind of personal data. strict: always personal; otherwise it may be an office's own."""

    words: str
    strict: bool = True


KINDS = {
    "nik": Kind("NIK"),
    "kk": Kind("nomor KK"),
    "npwp": Kind("NPWP"),
    "account": Kind("nomor rekening"),
    "birth": Kind("tempat atau tanggal lahir"),
    "person": Kind("nama orang"),
    "mother": Kind("nama ibu kandung"),
    "home": Kind("alamat rumah"),
    "house": Kind("koordinat rumah beserta nama penghuninya"),
    "mobile": Kind("nomor ponsel", strict=False),
    "phone": Kind("nomor telepon", strict=False),
    "email": Kind("alamat surel", strict=False),
    "official": Kind("nama pejabat atau pengurus", strict=False),
    "named": Kind("nama beserta alamat", strict=False),
}
_ROLES = (
    "penerima|pemilik|pasien|siswa|murid|mahasiswa|pegawai|kepala_keluarga|anak|balita|orang|warga"
    "|pemohon|lengkap|penduduk|korban|suami|istri|ayah|peserta|penghuni|krt|wali|santri|lansia"
    "|pelapor|pengadu|penyandang|atlet|tersangka|nasabah|debitur|pendaftar|responden|guru|pekerja"
    "|karyawan|ahli_waris|petani|nelayan|tamu|pengunjung|peternak|penyewa|pelanggan|tenaga_kerja|imam|anggota"
)
_BY_NAME = (
    ("nik", re.compile(r"(?:^|_)(?:nik|(?:no|nomor)_ktp|nomor_induk_kependudukan)(?:_|$)")),
    ("kk", re.compile(r"(?:^|_)(?:(?:no|nomor|nmr)_(?:kk|kartu_keluarga)|nokk|nkk)(?:_|$)|^kk$")),
    ("npwp", re.compile(r"(?:^|_)npwp(?:_|$)")),
    (
        "account",
        re.compile(
            r"(?:^|_)(?:(?:no|nomor)_rek(?:ening)?|norek|rekening_(?:bank|penerima))(?:_|$)|^rekening$"
        ),
    ),
    ("birth", re.compile(r"(?:^|_)(?:(?:tanggal|tgl|tempat|tmp|tmpt)_lahir|ttl)(?:_|$)")),
    ("mother", re.compile(r"(?:^|_)(?:ibu_kandung|nama_ibu)(?:_(?:kandung|hamil))?$")),
    ("person", re.compile(rf"^nama_(?:{_ROLES})(?:_|$)|^(?:penerima|pemilik|nama_orang)$")),
    (
        "official",
        re.compile(
            r"^nama_(?:kepala|pimpinan|ketua|direktur|dokter|bidan|penanggung_jawab|pengurus|pejabat"
            r"|operator|petugas)(?:_|$)"
            r"|^(?:kepala_(?:puskesmas|sekolah|desa|dinas)|contact_person|kontak_person)$"
            r"|^(?:direktur|komisaris|ketua|sekretaris|bendahara)(?:_(?:utama|umum|operasional))?$"
        ),
    ),
    (
        "phone",
        re.compile(
            r"(?:^|_)(?:hp|nohp|telp|telepon|telpon|tlp|handphone|ponsel|wa|whatsapp|no_kontak)(?:_|$)"
        ),
    ),
    ("email", re.compile(r"(?:^|_)(?:email|e_mail|surel)(?:_|$)")),
    (
        "home",
        re.compile(
            r"^alamat_(?:rumah|penerima|pemilik|pasien|ktp|domisili|siswa|warga|tinggal|asal)"
            r"|^(?:domisili|tempat_tinggal)$"
        ),
    ),
)
# Counts and shares of people, codes of budgets and ways of payment are no personal data.
_AGGREGATE = re.compile(
    r"(?:^|_)(?:jumlah|jml|jlh|banyaknya|banyak|total|persen|persentase|prosentase|rasio|kepemilikan"
    r"|rata|rerata|cakupan|perekaman|pengantar|rekom|kode_rekening|uraian|wajib|jenis|status|kategori"
    r"|ada|memiliki|usaha|badan_usaha)(?:_|$)|(?:^|_)(?:kode|nama)_rekening"
)
# Columns that tell that the `nama` beside them is a person's.
_OF_PERSONS = re.compile(
    r"(?:jenis_kelamin|jk|l_p|umur|usia|pekerjaan|agama|pendidikan|status_kawin|status_perkawinan"
    r"|rt_rw|hubungan_keluarga|desil|umur_tahun)"
)
_BARE_NAME = re.compile(r"nama|nama_l_p|nama_dan_gelar")
_BARE_ADDRESS = re.compile(r"alamat(?:_lengkap)?|alamat_jalan_rt_rw")
_PLACE = re.compile(
    r"(?:garis_)?(?:lintang|bujur)|l?[ao]t?titude|lattitude|latitude|longitude|longtitude|lat|lon|long"
    r"|lng|koordinat|titik_koordinat|lokasi_peta"
)
# What a table lists when it lists no people: nama_usaha, nama_sekolah, nama_puskesmas.
_THINGS = re.compile(
    r"nama_(?:usaha|toko|lembaga|sekolah|satuan_pendidikan|puskesmas|faskes|masjid|mushalla|koperasi"
    r"|organisasi|ormas|perusahaan|badan_usaha|radio|warnet|pasar|hotel|klinik|apotek|bumdes|umkm)"
)
_OF_ONE = frozenset({"nik", "kk", "birth", "mother", "home"})
_CLEARLY = frozenset({"nik", "kk", "birth", "mother", "person", "home"})
_COUNTED = ("integer", "number")


def kind_of_name(label: str) -> str:
    """Key of KINDS a column's label announces, "" for none."""
    name = normal(label)
    if _AGGREGATE.search(name):
        return ""
    return next((key for key, pattern in _BY_NAME if pattern.search(name)), "")


def kinds_of_columns(columns: Sequence[Column]) -> dict[int, str]:
    """Key of KINDS by column number: by each label alone, and by what stands beside it.

    `nama` is a person's beside a NIK or an age; beside an address alone it may be a person's;
    beside `nama_sekolah` and the like the address is the school's, its owner named or not.
    """
    kinds = {c.number: kind for c in columns if (kind := kind_of_name(c.name))}
    names = {c.number: normal(c.name) for c in columns}
    kinds = {number: k for number, k in kinds.items() if not _only_counts(columns[number - 1], k)}
    bare = [n for n, name in names.items() if _BARE_NAME.fullmatch(name)]
    addresses = [n for n, name in names.items() if _BARE_ADDRESS.fullmatch(name)]
    places = [n for n, name in names.items() if _PLACE.fullmatch(name)]
    persons = bool(_CLEARLY & set(kinds.values())) or bool(
        bare and any(_OF_PERSONS.fullmatch(name) for name in names.values())
    )
    things = any(_THINGS.match(name) for name in names.values())
    if things and not _OF_ONE & set(kinds.values()):
        return kinds  # the address is the shop's, though its owner is named
    if persons:
        kinds |= dict.fromkeys(bare, "person") | dict.fromkeys(addresses, "home")
        if "person" in kinds.values():
            kinds |= dict.fromkeys(places, "house")
    elif bare and addresses:
        kinds |= dict.fromkeys(bare, "named")
    return kinds


def personal_columns(columns: Sequence[Column]) -> frozenset[int]:
    """Numbers of the columns whose label announces personal data; their values are masked."""
    return frozenset(kinds_of_columns(columns))


def _only_counts(column: Column, kind: str) -> bool:
    """Figures of people: kinds that are words are never numbers."""
    return column.type in _COUNTED and kind in ("person", "official", "mother", "home", "email")
