"""The regency's working time: holidays as a maintained library knows them, hours as it is set."""

from datetime import date, time
from functools import lru_cache

import holidays

from . import config
from .domain.deadlines import WorkCalendar

_YEARS = range(2020, 2041)  # asked of the holiday library; the rest is nobody's plan today


def calendar(decreed: frozenset[date]) -> WorkCalendar:
    """The working time; the same object as long as settings and days are the same.

    :param decreed: days off the walidata has entered; ``model.days_off.calendar`` brings them.
    """
    return _calendar(*config.work_hours(), config.local_holidays() | decreed)


@lru_cache(maxsize=8)
def _calendar(opens: time, closes: time, local: frozenset[date]) -> WorkCalendar:
    public, joint = national_days()
    # Cuti bersama is decreed year by year: a year without any is not yet known.
    years = frozenset(day.year for day in joint)
    return WorkCalendar(local.union(public, joint), opens, closes, years)


@lru_cache(maxsize=1)
def national_days() -> tuple[dict[date, str], dict[date, str]]:
    """National holidays, and *cuti bersama*, with their names."""
    asked = {"years": _YEARS, "language": "id"}
    public = holidays.country_holidays("ID", categories="public", **asked)
    return dict(public), dict(holidays.country_holidays("ID", categories="government", **asked))
