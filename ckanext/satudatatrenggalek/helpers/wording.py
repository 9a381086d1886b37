"""Dates, times and numbers in templates."""

from datetime import date, datetime
from typing import Any

from ..domain import words

__all__ = [
    "satudata_angka",
    "satudata_periode",
    "satudata_persen",
    "satudata_tanggal",
    "satudata_tanggal_biasa",
    "satudata_tanggal_isian",
    "satudata_tanggal_pendek",
    "satudata_ukuran",
    "satudata_waktu",
]


Moment = str | date | datetime | None


def satudata_tanggal(value: Moment) -> str:
    """``Senin, 23 November 2026`` of an ISO text, a day or a moment; nothing of nothing."""
    return words.tanggal(_moment(value)) if value else ""


def satudata_tanggal_biasa(value: Moment) -> str:
    """``23 November 2026``."""
    return words.tanggal_biasa(_moment(value)) if value else ""


def satudata_tanggal_pendek(value: Moment) -> str:
    """``Sen 23 Nov``."""
    return words.tanggal_pendek(_moment(value)) if value else ""


def satudata_waktu(value: Moment) -> str:
    """``Senin, 23 November 2026 13.30 WIB``; of a day without a time, the day alone."""
    if not value:
        return ""
    when = _moment(value)
    return words.waktu(when) if isinstance(when, datetime) else words.tanggal(when)


def satudata_tanggal_isian(value: Any) -> str:
    """What stands in a date field: ``26-02-2027``; what was mistyped stays as it was typed."""
    try:
        return words.baca_tanggal(str(value)[:10]).strftime("%d-%m-%Y") if value else ""
    except ValueError:
        return str(value)


def satudata_angka(value: Any, decimals: int | None = None) -> str:
    """``1.234,5``; what is not a number is given back as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return words.angka(value, decimals)


def satudata_persen(part: float, whole: float = 100, decimals: int = 0) -> str:
    """``82%``; ``-`` when there is nothing to take a share of."""
    return words.persen(part, whole, decimals)


def satudata_ukuran(size: Any) -> str:
    """``12 KB``; nothing when the size is not known."""
    return words.ukuran(int(size)) if str(size or "").isdigit() else ""


def satudata_periode(text: Any) -> str:
    """``Semester I 2025`` of ``2025-S1``."""
    return words.periode(str(text)) if text else ""


def _moment(value: str | date | datetime) -> date | datetime:
    return words.baca_saat(value) if isinstance(value, str) else value
