"""Words of the marked workbook: its comments and its list of findings."""

from __future__ import annotations

from ..grouping import figure

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


def summary(errors: int, warnings: int, hidden: int) -> str:
    """How many findings there are. hidden: of them, without a colour of their own."""
    said = f"{figure(errors)} kesalahan, {figure(warnings)} perlu dilihat."
    if not hidden:
        return said
    shown = figure(errors + warnings - hidden)
    return f"{said} Yang ditandai {shown}: dari tiap masalah di tiap kolom hanya yang pertama."


def first_note(errors: int, warnings: int, hidden: int, sheet: str) -> str:
    """The comment at the top of the checked sheet."""
    return f"{summary(errors, warnings, hidden)} Daftarnya ada di lembar `{sheet}`."


def comment(severity: str, message: str, remedy: str) -> str:
    """The comment of one finding."""
    return f"{WORDS[severity]}: {message}\nCara memperbaiki: {remedy}"


def and_more(count: int) -> str:
    """What follows the first of a kind of which so many more were only counted; "" for none."""
    return f" Masih ada {figure(count)} lagi di kolom ini yang tidak ditandai." if count else ""


def not_marked(count: int) -> str:
    """The line below the list when not every finding has a cell of its own."""
    return f"{figure(count)} temuan lain tidak diwarnai di lembarnya; perbaiki yang ini dahulu."
