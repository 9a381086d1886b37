"""Dates, times and numbers as Indonesian pages write them.

Rules of the design: ``Senin, 23 November 2026``; in tables ``Sen 23 Nov``; times
``13.30 WIB``; numbers ``1.234,5``. Months and days stand here and not in a locale,
because the page must read the same on every server.
"""

import re
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

WIB = timezone(timedelta(hours=7), "WIB")

HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
YEARS = range(1900, 2101)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-(?:S(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>\d\d)))?"
)


def tanggal(day: date) -> str:
    """``Senin, 23 November 2026``; an aware moment is read in WIB."""
    day = _local(day)
    return f"{HARI[day.weekday()]}, {tanggal_biasa(day)}"


def tanggal_biasa(day: date) -> str:
    """``23 November 2026``."""
    day = _local(day)
    return f"{day.day} {BULAN[day.month - 1]} {day.year}"


def tanggal_pendek(day: date) -> str:
    """``Sen 23 Nov``, for columns of tables whose year is known."""
    day = _local(day)
    return f"{HARI[day.weekday()][:3]} {day.day} {BULAN[day.month - 1][:3]}"


def jam(moment: datetime) -> str:
    """``13.30 WIB``; ``moment`` is aware."""
    return f"{_clock(moment)} WIB"


def waktu(moment: datetime) -> str:
    """``Senin, 23 November 2026 13.30 WIB``; ``moment`` is aware."""
    return f"{tanggal(moment)} {jam(moment)}"


def waktu_pendek(moment: datetime) -> str:
    """``Sen 23 Nov 2026, 13.30``, for timelines; ``moment`` is aware."""
    return f"{tanggal_pendek(moment)} {_local(moment).year}, {_clock(moment)}"


def angka(number: int | float | Decimal, decimals: int | None = None) -> str:
    """``1.234,5``. With ``decimals``, exactly so many; without, as many as the number has."""
    value = Decimal(str(number))
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def persen(
    part: int | float | Decimal, whole: int | float | Decimal = 100, decimals: int = 0
) -> str:
    """``82%``; of nothing there is no share: ``-``."""
    if not whole:
        return "-"
    share = Decimal(str(part)) * 100 / Decimal(str(whole))
    return f"{angka(share, decimals)}%"


def ukuran(size: int) -> str:
    """A file's size: ``512 B``, ``0,7 KB`` (1 KB = 1024 B), ``12 KB``, ``3,4 MB``."""
    if size < 100:
        return f"{size} B"
    amount, unit = Decimal(size) / 1024, "KB"
    if amount >= 1000:
        amount, unit = amount / 1024, "MB"
    return f"{angka(amount, 1 if amount < 10 else 0)} {unit}"


def periode(text: str) -> str:
    """The period of an edition in words: ``2025-S1`` is ``Semester I 2025``.

    What follows no known pattern is given back as it was written.
    """
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        return text
    year, half, quarter, month = found.group("year", "half", "quarter", "month")
    if half:
        return f"Semester {_ROMAN[half]} {year}"
    if quarter:
        return f"Triwulan {_ROMAN[quarter]} {year}"
    if month and 1 <= int(month) <= 12:
        return f"{BULAN[int(month) - 1]} {year}"
    return text if month else year


def periode_terbaca(text: str) -> bool:
    """Whether ``text`` is a period the portal can order and count with."""
    found = _PERIOD.fullmatch(text)
    return bool(found) and 1 <= int(found.group("month") or 1) <= 12


def baca_tanggal(text: str) -> date:
    """The day written ``26-02-2027`` (as forms ask) or ``2027-02-26``.

    Raises ``ValueError`` with the sentence for the person; also for a year that can only be a
    slip, as clocks are counted day by day from it.
    """
    written = text.strip()
    for pattern in ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(written, pattern).replace(tzinfo=WIB).date()
        except ValueError:
            continue
        if day.year in YEARS:
            return day
        raise ValueError(
            f"Tahun {day.year} di luar {YEARS[0]} sampai {YEARS[-1]}. Periksa tanggalnya."
        )
    raise ValueError(
        f"Tanggal {text[:40]!r} tidak terbaca. Tulis hari-bulan-tahun, misalnya 26-02-2027."
    )


def baca_bilangan(text: str, most: int) -> int | None:
    """The whole number written in plain digits, at most ``most``; None when it is none.

    ``str.isdigit`` also takes ``²``, and ``int`` refuses thousands of digits: pages and actions
    are asked with both.
    """
    if not re.fullmatch("[0-9]+", text):
        return None
    return min(int(text), most) if len(text) < 16 else most


def baca_saat(text: str) -> date | datetime:
    """An ISO text as a day or an aware moment; a moment without zone is UTC, as CKAN stores it."""
    if len(text) == 10:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _local(day: date) -> date:
    return day.astimezone(WIB) if isinstance(day, datetime) else day


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(WIB):%H.%M}"
