"""The sentences for files that could not be checked: why, and what to do."""

from .conformity.apart import Bounds

_MB = 1024 * 1024

GIVEN_UP = (
    "Portal berkali-kali gagal memeriksa berkas ini. Simpan ulang berkasnya, misalnya sebagai CSV, "
    "lalu unggah lagi."
)
SKIPPED = (
    "Berkas ini tidak diperiksa mesin, sesuai pengaturan portal. Bacalah sendiri isinya sebelum "
    "diajukan atau disetujui."
)
_SCHEMA = (
    "Table Schema berkas ini tidak terbaca: {0} Perbaiki skemanya, atau kosongkan agar portal "
    "menyusunnya dari berkas."
)
_SMALLER = (
    "Hapus baris, kolom, dan lembar yang tidak dipakai lalu simpan ulang, atau pecah menjadi "
    "beberapa berkas, misalnya per tahun. Kemudian unggah lagi."
)
_STOPPED = {
    "time": "sesudah {time} pemeriksaannya belum selesai. " + _SMALLER,
    "cpu": "sesudah {cpu} bekerja pemeriksaannya belum selesai. " + _SMALLER,
    "memory": "isinya lebih besar daripada memori yang tersedia ({memory} MB). " + _SMALLER,
    "disk": "saat dibuka isinya mengembang melebihi {disk} MB. " + _SMALLER,
    "report": "temuannya terlalu banyak untuk dicatat. Cocokkan dulu judul kolomnya dengan edisi "
    "sebelumnya, lalu unggah lagi.",
}
_CRASHED = (
    "Berkas ini tidak bisa diperiksa: pemeriksaannya berhenti di tengah jalan. Buka berkasnya, "
    "simpan ulang, misalnya sebagai CSV, lalu unggah lagi. Bila tetap begitu, beri tahu walidata."
)


def schema(why: str) -> str:
    """The Table Schema of a file is itself wrong. why: a sentence."""
    return _SCHEMA.format(why)


def stopped(reason: str, bounds: Bounds) -> str:
    """The check of a file was ended before its end. reason: as ``Stopped`` has it."""
    if reason not in _STOPPED:
        return _CRASHED
    words = _STOPPED[reason].format(
        time=_time(bounds.seconds),
        cpu=_time(bounds.cpu_seconds),
        memory=bounds.memory // _MB,
        disk=bounds.disk // _MB,
    )
    return f"Berkas ini terlalu berat diperiksa: {words}"


def _time(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 60} menit" if whole >= 60 and whole % 60 == 0 else f"{whole} detik"
