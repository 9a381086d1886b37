"""Counts Indonesian working time: days, hours, what is left, what was used.

One working day is the length of a working day (07.30-16.00 WIB by default), so one day
from Friday 13.30 ends Monday 13.30. Pure: holidays and hours are arguments.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from .words import WIB


@dataclass(frozen=True)
class WorkCalendar:
    """Working hours of the regency and its days off.

    ``holidays``: national holidays, cuti bersama and local days; weekends are implied.
    ``known_years``: the years for which the holidays are complete.
    """

    holidays: frozenset[date] = frozenset()
    opens: time = time(7, 30)
    closes: time = time(16, 0)
    known_years: frozenset[int] = frozenset()

    @property
    def day_length(self) -> timedelta:
        """Length of one working day."""
        anchor = date(2000, 1, 3)
        return datetime.combine(anchor, self.closes) - datetime.combine(anchor, self.opens)

    def is_working_day(self, day: date) -> bool:
        """Whether the offices are open on ``day``."""
        return day.weekday() < 5 and day not in self.holidays

    def knows(self, moment: datetime) -> bool:
        """Whether the days off of that moment's year (WIB) are complete."""
        return moment.astimezone(WIB).year in self.known_years

    def hours_of(self, day: date) -> tuple[datetime, datetime]:
        """Opening and closing moment of ``day`` (aware, WIB)."""
        return (
            datetime.combine(day, self.opens, WIB),
            datetime.combine(day, self.closes, WIB),
        )

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The moment at which ``amount`` of working time has passed since ``start``.

        :param start: aware; outside working hours the count begins at the next opening.
        :returns: aware UTC.
        """
        moment, left = start.astimezone(WIB), amount
        while True:
            opens, closes = self.hours_of(moment.date())
            if self.is_working_day(moment.date()) and moment < closes:
                moment = max(moment, opens)
                if left <= closes - moment:
                    return (moment + left).astimezone(timezone.utc)
                left -= closes - moment
            moment = datetime.combine(moment.date() + timedelta(days=1), time(0, 0), WIB)

    def add_days(self, start: datetime, days: float) -> datetime:
        """``days`` working days after ``start``; aware UTC."""
        return self.add(start, self.day_length * days)

    def add_hours(self, start: datetime, hours: float) -> datetime:
        """``hours`` working hours after ``start``; aware UTC."""
        return self.add(start, timedelta(hours=hours))

    def next_at(self, moment: datetime, hour: time) -> datetime:
        """The next time it is ``hour`` (WIB) on a working day, after ``moment``; aware UTC."""
        day = moment.astimezone(WIB).date()
        while True:
            at = datetime.combine(day, hour, WIB)
            if at > moment and self.is_working_day(day):
                return at.astimezone(timezone.utc)
            day += timedelta(days=1)

    def moved(self, due: datetime, since: datetime, after: "WorkCalendar") -> datetime:
        """The end of a clock under another calendar: what is left of it stays left.

        :param since: now, or when the clock begins if that is later.
        """
        return after.add(since, self.between(since, due))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from ``start`` to ``end``; negative when ``end`` is earlier."""
        if end < start:
            return -self.between(end, start)
        begin, stop = start.astimezone(WIB), end.astimezone(WIB)
        total, day = timedelta(), begin.date()
        while day <= stop.date():
            if self.is_working_day(day):
                opens, closes = self.hours_of(day)
                total += max(min(closes, stop) - max(opens, begin), timedelta())
            day += timedelta(days=1)
        return total


@dataclass(frozen=True)
class Remaining:
    """What is left of a limit. ``kind``: plain, soon (<= 3 working hours) or late."""

    kind: str
    text: str
    seconds: int


def remaining(calendar: WorkCalendar, due: datetime, now: datetime) -> Remaining:
    """What a page says of a clock: ``Sisa 3 jam kerja``, ``Terlambat 1 hari kerja``.

    Rounded down to half an hour, to minutes under one hour.
    """
    left = calendar.between(now, due)
    seconds = int(left.total_seconds())
    words = _words(abs(seconds), calendar.day_length)
    if now > due:
        return Remaining("late", f"Terlambat {words}", seconds)
    kind = "soon" if left <= timedelta(hours=3) else "plain"
    return Remaining(kind, f"Sisa {words}", seconds)


def _words(seconds: int, day_length: timedelta) -> str:
    day = int(day_length.total_seconds())
    if seconds >= day:
        return f"{seconds // day} hari kerja"
    if seconds < 60:
        return "kurang dari 1 menit kerja"
    if seconds < 3600:
        return f"{seconds // 60} menit kerja"
    halves = seconds // 1800
    return f"{halves // 2}{',5' if halves % 2 else ''} jam kerja"
