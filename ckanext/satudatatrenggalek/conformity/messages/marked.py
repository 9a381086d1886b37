"""Words of the marked workbook: its comments and its list of findings."""

from __future__ import annotations

AUTHOR = "Satu Data Trenggalek"
TITLE = "Temuan portal Satu Data Trenggalek"
HOW = (
    "Sel berwarna merah muda harus diperbaiki, sel berwarna kuning perlu dilihat. "
    "Perbaiki langsung di berkas ini, simpan, lalu unggah lagi. "
    "Lembar ini dan warnanya tidak ikut dibaca portal."
)
COLUMNS = ("No", "Tingkat", "Tempat", "Isi sekarang", "Temuan", "Cara memperbaiki")
NOTHING = "Tidak ada temuan."
WHOLE = "seluruh berkas"
WORDS = {"error": "Kesalahan", "warning": "Perlu dilihat"}


def summary(errors: int, warnings: int) -> str:
    """How many findings there are, in one sentence."""
    return f"{errors} kesalahan, {warnings} perlu dilihat."


def first_note(errors: int, warnings: int, sheet: str) -> str:
    """The comment at the top of the checked sheet."""
    return f"{summary(errors, warnings)} Daftarnya ada di lembar `{sheet}`."


def comment(severity: str, message: str, remedy: str) -> str:
    """The comment of one finding."""
    return f"{WORDS[severity]}: {message}\nCara memperbaiki: {remedy}"


def not_marked(count: int) -> str:
    """The line below the list when not every finding has a cell of its own."""
    return f"{count} temuan lain tidak diwarnai di lembarnya; perbaiki yang ini dahulu."
