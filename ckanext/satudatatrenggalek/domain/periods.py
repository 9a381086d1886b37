"""The period of a report: whole days in WIB, and the moments at which they begin and end."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from .deadlines import WIB
from .words import BULAN, baca_tanggal, periode_terbaca, tanggal_biasa


class PeriodRefused(ValueError):
    """A period that cannot be read; the message says what is wrong and what to write."""


@dataclass(frozen=True)
class Period:
    """Whole days, both included, of Western Indonesian Time (WIB)."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodRefused(
                "Tanggal akhir periode lebih awal dari tanggal awalnya. Tukar kedua tanggal itu."
            )

    @property
    def start(self) -> datetime:
        """The first moment inside, aware UTC."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after it, aware UTC."""
        return _midnight(self.last + timedelta(days=1))

    @property
    def text(self) -> str:
        """``1 sampai 30 November 2026``."""
        return _span(self.first, self.last)

    def counted_until(self, now: datetime) -> datetime:
        """Up to when a running clock is judged: the end, or now while the period runs."""
        return min(self.end, now)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), WIB).astimezone(timezone.utc)


def read_period(first: str, last: str) -> Period:
    """The period between two typed days, ``26-02-2027`` or ``2027-02-26``.

    :raises PeriodRefused: when a day cannot be read or the end comes first.
    """
    try:
        return Period(baca_tanggal(first), baca_tanggal(last))
    except PeriodRefused:
        raise
    except ValueError as error:
        raise PeriodRefused(str(error)) from error


def _span(first: date, last: date) -> str:
    """Says only once what both days share."""
    if first == last:
        return tanggal_biasa(first)
    if first.year != last.year:
        return f"{tanggal_biasa(first)} sampai {tanggal_biasa(last)}"
    if first.month != last.month:
        return f"{first.day} {BULAN[first.month - 1]} sampai {tanggal_biasa(last)}"
    return f"{first.day} sampai {tanggal_biasa(last)}"


def month_of(day: date) -> Period:
    """The calendar month in which ``day`` lies."""
    return _months(day.year, day.month, day.month)


def quarter_of(day: date) -> Period:
    """The quarter (triwulan) in which ``day`` lies."""
    first = 3 * ((day.month - 1) // 3) + 1
    return _months(day.year, first, first + 2)


def edition_period(text: str) -> Period:
    """The days an edition's period covers: ``2025``, ``2025-S1``, ``2025-Q3`` or ``2025-10``.

    :raises PeriodRefused: when it is none of these.
    """
    if not periode_terbaca(text):
        raise PeriodRefused(
            f"Periode {text!r} tidak terbaca. Tulis misalnya 2025, 2025-S1, 2025-Q3, atau 2025-10."
        )
    year, _, part = text.partition("-")
    if not part:
        return _months(int(year), 1, 12)
    length = {"S": 6, "Q": 3}.get(part[0], 1)
    last = int(part.lstrip("SQ")) * length
    return _months(int(year), last - length + 1, last)


def _months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def quick_choices(today: date) -> list[tuple[str, Period]]:
    """The periods a page offers as links, with their words."""
    this_month = month_of(today)
    return [
        ("Bulan ini", this_month),
        ("Bulan lalu", month_of(this_month.first - timedelta(days=1))),
        ("Triwulan ini", quarter_of(today)),
        (f"Tahun {today.year}", _months(today.year, 1, 12)),
    ]
