"""When things happen: working moments before the day the demo was filled."""

import random
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ..domain.deadlines import WIB, WorkCalendar

# How far back the demo's people have been working, in working days.
HISTORY = 215
_FIRST = time(8, 0)
_SLOT = timedelta(minutes=65)
_WITHIN = 60
# An approval in LAST_SLOT meets no other event that day, and EARLY comes before all others:
# what the system releases between the two is released late, and by nothing else.
LAST_SLOT, EARLY = 6, -1
_SPECIAL = {LAST_SLOT: (time(14, 50), 9), EARLY: (time(7, 45), 9)}


@dataclass(frozen=True)
class Schedule:
    """Working days before ``anchor`` (aware), and after it."""

    anchor: datetime
    calendar: WorkCalendar
    past: tuple[date, ...]
    coming: tuple[date, ...]

    def moment(self, start: int, day: int, slot: int, rng: random.Random) -> datetime:
        """A moment in a slot of a working day.

        :param start: working days before the anchor's day on which the story begins.
        :param day: working days after that. :param slot: 0-5 from 08.00 on, or a special one.
        :raises IndexError: the story would go on after the anchor.
        """
        on = self.past[len(self.past) - start + day]
        opens, within = _SPECIAL.get(slot, (_FIRST, _WITHIN))
        begin = datetime.combine(on, opens, WIB)
        if slot not in _SPECIAL:
            begin += _SLOT * slot
        return begin + timedelta(minutes=rng.randrange(within), seconds=rng.randrange(60))

    def day(self, start: int, day: int) -> date:
        """The working day ``day`` days into a story; one to come where the past ends."""
        index = len(self.past) - start + day
        return self.past[index] if index < len(self.past) else self.coming[index - len(self.past)]

    def ahead(self, days: int) -> datetime:
        """The opening half hour of a coming working day, the first being 1."""
        return datetime.combine(self.coming[days - 1], time(8, 0), WIB)

    @property
    def beginning(self) -> datetime:
        """Before everything else: when the accounts are appointed."""
        return datetime.combine(self.past[0], time(7, 35), WIB)


def schedule_of(anchor: datetime, calendar: WorkCalendar) -> Schedule:
    """The working days around ``anchor``; its own day is neither past nor to come."""
    today = anchor.astimezone(WIB).date()
    span = [today + timedelta(days=n) for n in range(-2 * HISTORY, 60)]
    working = [day for day in span if calendar.is_working_day(day)]
    split = bisect_left(working, today)
    after = tuple(day for day in working[split:] if day > today)
    return Schedule(anchor, calendar, tuple(working[max(0, split - HISTORY) : split]), after)
