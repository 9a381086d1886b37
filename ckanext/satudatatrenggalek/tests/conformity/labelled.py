"""Tables of columns whose personal data is known: the labelled set of `test_personal.py`.

Names of columns are those offices use; every value is made up. A column is (label, maker of
values, what it holds): "" for nothing personal, "data" for personal data, "contact" for what may
be an office's own.
"""

from __future__ import annotations

import random
from collections.abc import Callable

Maker = Callable[[random.Random, int], str]
Labelled = tuple[str, Maker, str]

FIRST = ["Siti", "Budi", "Sri", "Agus", "Dewi", "Joko", "Wahyu", "Endang", "Slamet", "Yuni"]
LAST = ["Contoh", "Rekaan", "Sintetis", "Uji", "Fiktif", "Karangan", "Percobaan"]
PLACES = ["Panggul", "Munjungan", "Pule", "Dongko", "Tugu", "Karangan", "Kampak"]
WORDS = ["jalan", "rusak", "ringan", "perlu", "perbaikan", "segera", "selesai", "baik", "tanggul"]


def digits(r: random.Random, length: int) -> str:
    return str(r.randint(1, 9)) + "".join(str(r.randint(0, 9)) for _ in range(length - 1))


def nik(r: random.Random, _: int = 0) -> str:
    day = r.randint(1, 28) + r.choice((0, 40))
    date = f"{day:02}{r.randint(1, 12):02}{r.randint(0, 99):02}"
    return f"3503{r.randint(1, 14):02}{date}{r.randint(1, 9999):04}"


def phone(r: random.Random, _: int = 0) -> str:
    number = f"8{r.choice((12, 13, 21, 52, 57, 78, 95))}{digits(r, 8)}"
    spaced = f"{number[:3]}-{number[3:7]}-{number[7:]}"
    ways = (f"0{number}", f"+62{number}", f"62 {spaced}", f"+62 {spaced}", f"0{spaced}")
    return r.choice((*ways, f"(0{number[:3]}) {number[3:]}"))


def person(r: random.Random, _: int = 0) -> str:
    return f"{r.choice(FIRST)} {r.choice(LAST)}"


def email(r: random.Random, n: int = 0) -> str:
    return f"{r.choice(FIRST).lower()}.{r.choice(LAST).lower()}{n}@contoh.id"


def scientific(r: random.Random, n: int = 0) -> str:
    return f"3{r.choice('.,')}50{digits(r, 3)}E+15"


def npwp(r: random.Random, _: int = 0) -> str:
    a = digits(r, 15)
    return f"{a[:2]}.{a[2:5]}.{a[5:8]}.{a[8]}-{a[9:12]}.{a[12:]}"


def birth(r: random.Random, _: int = 0) -> str:
    return f"19{r.randint(50, 99)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"


def street(r: random.Random, _: int = 0) -> str:
    return f"Jl. Rekaan No. {r.randint(1, 99)} RT {r.randint(1, 9)} RW {r.randint(1, 5)}"


def place(r: random.Random, _: int = 0) -> str:
    return r.choice(PLACES)


def prose(r: random.Random, _: int = 0) -> str:
    return " ".join(r.choice(WORDS) for _ in range(6))


def note_with_phone(r: random.Random, n: int = 0) -> str:
    return f"{prose(r)}, hubungi {phone(r)}" if n % 4 == 0 else prose(r)


def note_with_nik(r: random.Random, n: int = 0) -> str:
    return f"a.n. pemohon (NIK {nik(r)}) {prose(r)}" if n % 5 == 0 else prose(r)


def office_phone(r: random.Random, _: int = 0) -> str:
    return f"0355-79{digits(r, 4)}"


def count(r: random.Random, _: int = 0) -> str:
    return str(r.randint(0, 900))


def money(r: random.Random, _: int = 0) -> str:
    return str(r.randint(1, 9_000) * 1_000_000)


def decimal(r: random.Random, _: int = 0) -> str:
    return f"{r.uniform(0, 1000):.12f}"


def latitude(r: random.Random, _: int = 0) -> str:
    return f"{-8 - r.random() / 4:.6f}"


def longitude(r: random.Random, _: int = 0) -> str:
    return f"{111.5 + r.random() / 4:.6f}"


def number(length: int) -> Maker:
    return lambda r, n: digits(r, length)


def letter(r: random.Random, n: int) -> str:
    return f"470/{digits(r, 4)}/35.03.01.2001/2025"


def one_of(*words: str) -> Maker:
    return lambda r, n: r.choice(words)


def numbered(word: str) -> Maker:
    return lambda r, n: f"{word} {n + 1}"


TABLES: dict[str, list[Labelled]] = {
    "penerima bantuan": [
        ("nik", nik, "data"),
        ("no_kk", nik, "data"),
        ("nama_penerima", person, "data"),
        ("alamat", street, "data"),
        ("no_hp", phone, "contact"),
        ("kecamatan", place, ""),
        ("nominal", money, ""),
        ("tahun", one_of("2024", "2025"), ""),
    ],
    "penerima lewat Excel": [
        ("NO. KTP", scientific, "data"),
        ("NO KK", scientific, "data"),
        ("NAMA PENERIMA", person, "data"),
        ("RT/RW", one_of("001/002", "003/001"), ""),
        ("No Rekening", number(15), "data"),
        ("Nama Ibu Kandung", person, "data"),
    ],
    "guru ngaji": [
        ("nama", person, "data"),
        ("tempat_lahir", place, "data"),
        ("tanggal_lahir", birth, "data"),
        ("alamat", street, "data"),
        ("no_telp_hp", phone, "contact"),
        ("nama_tempat_mengajar", numbered("TPQ"), ""),
        ("alamat_tempat_mengajar", street, ""),
    ],
    "rumah tidak layak": [
        ("nama", person, "data"),
        ("umur_tahun", count, ""),
        ("jenis_kelamin", one_of("L", "P"), ""),
        ("latitude", latitude, "data"),
        ("longitude", longitude, "data"),
        ("jenis_kerusakan", prose, ""),
    ],
    "pelanggan": [
        ("kode_peserta", nik, "data"),
        ("kontak", phone, "contact"),
        ("surat_elektronik", email, "contact"),
        ("pajak", npwp, "data"),
        ("golongan", one_of("A", "B"), ""),
    ],
    "aduan": [
        ("nama_pelapor", person, "data"),
        ("uraian_keterangan", note_with_phone, "contact"),
        ("tindak_lanjut", note_with_nik, "data"),
        ("jenis_aspirasi", one_of("jalan", "air"), ""),
        ("nomor_surat", letter, ""),
    ],
    "usaha": [
        ("nama_pemilik", person, "data"),
        ("nama_usaha", numbered("Toko"), ""),
        ("alamat", street, ""),
        ("latitude", latitude, ""),
        ("npwp_pemilik", npwp, "data"),
        ("email", email, "contact"),
        ("modal_usaha", money, ""),
        ("nib", number(13), ""),
        ("tenaga_kerja", count, ""),
    ],
    "puskesmas": [
        ("nama_puskesmas", numbered("Puskesmas"), ""),
        ("alamat", street, ""),
        ("no_telepon", office_phone, "contact"),
        ("kepala_puskesmas", person, "contact"),
        ("latitude", latitude, ""),
        ("longitude", longitude, ""),
        ("jumlah_tenaga_perawat", count, ""),
    ],
    "sekolah": [
        ("npsn", number(8), ""),
        ("nama_sekolah", numbered("SDN"), ""),
        ("alamat", street, ""),
        ("status_sekolah", one_of("Negeri", "Swasta"), ""),
        ("lintang", latitude, ""),
        ("bujur", longitude, ""),
        ("nama_kepala", person, "contact"),
    ],
    "masjid": [
        ("nomor_register", number(16), ""),
        ("nama_masjid", numbered("Masjid"), ""),
        ("alamat", street, ""),
        ("luas_tanah", count, ""),
        ("jumlah_imam", count, ""),
        ("tahun_berdiri", one_of("1980", "1999"), ""),
    ],
    "daftar tanpa keterangan orang": [
        ("nama", numbered("Kolam"), ""),
        ("jenis_ikan", one_of("Lele", "Nila"), ""),
        ("produksi_ton", decimal, ""),
    ],
    "kependudukan": [
        ("kecamatan", place, ""),
        ("jumlah_penduduk", count, ""),
        ("jumlah_kk", count, ""),
        ("kk", count, ""),
        ("ktp", count, ""),
        ("kartu_keluarga", count, ""),
        ("jumlah_wajib_ktp_sudah_perekaman", count, ""),
        ("laki_laki", count, ""),
        ("perempuan", count, ""),
        ("jumlah_kematian_ibu_hamil", count, ""),
    ],
    "pelayanan kecamatan": [
        ("perekaman_ktp-el", count, ""),
        ("pengantar_kk", count, ""),
        ("ahli_waris", count, ""),
        ("akte_kelahiran", count, ""),
        ("jumlah_penerima_pip_sd", count, ""),
        ("korban", count, ""),
        ("penerima", count, ""),
        ("jumlah_pns_struktural", count, ""),
    ],
    "keuangan": [
        ("kode_rekening", one_of("5.1.02.01", "5.2.01.02"), ""),
        ("nama_rekening", one_of("Belanja Modal", "Belanja Pegawai"), ""),
        ("pagu_anggaran", money, ""),
        ("realisasi_keuangan", money, ""),
        ("persentase", decimal, ""),
        ("opd", numbered("Dinas"), ""),
    ],
    "kerja sama dan perpustakaan": [
        ("isbn", number(13), ""),
        ("judul", prose, ""),
        ("penerbit", numbered("Penerbit"), ""),
        ("kode_buku", number(16), ""),
        ("tanggal", birth, ""),
        ("hari_tanggal", birth, ""),
    ],
    "kebakaran": [
        ("tanggal_kejadian", birth, ""),
        ("lokasi_kejadian", street, ""),
        ("penyebab_kebakaran", prose, ""),
        ("kerugian", money, ""),
        ("koordinat", one_of("-8.05, 111.7", "-8.1, 111.6"), ""),
    ],
    "pasien": [
        ("nama_pasien", person, "data"),
        ("domisili", street, "data"),
        ("nama_penyakit", one_of("Batuk", "Flu"), ""),
        ("whatsapp", phone, "contact"),
        ("no_rekam_medis", number(6), ""),
    ],
    "atlet": [
        ("nama_atlet", person, "data"),
        ("ttl", birth, "data"),
        ("juara", one_of("1", "2"), ""),
        ("nama_kejuaraan", numbered("Kejuaraan"), ""),
    ],
    "badan usaha daerah": [
        ("nama_bumd", numbered("Perumda"), ""),
        ("direktur_utama", person, "contact"),
        ("dewan_pengawas", person, "contact"),
        ("nilai_capaian_belanja", money, ""),
    ],
    "buku tamu": [
        ("nama_tamu", person, "data"),
        ("asal", place, ""),
        ("keperluan", prose, ""),
        ("hp", phone, "contact"),
    ],
    "organisasi": [
        ("nama_organisasi", numbered("Karang Taruna"), ""),
        ("alamat", street, ""),
        ("nama_ketua", person, "contact"),
        ("no_sk_bdn_hukum", letter, ""),
        ("jumlah_anggota_aktif", count, ""),
        ("contact_person", phone, "contact"),
    ],
}
