"""Working time of the regency: limits, what is left of them, and in which words."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ckanext.satudatatrenggalek.domain.deadlines import WIB, WorkCalendar, remaining

NATIONAL = date(2026, 12, 25)  # Friday
JOINT_LEAVE = date(2026, 12, 24)  # Thursday, cuti bersama
CALENDAR = WorkCalendar(frozenset({NATIONAL, JOINT_LEAVE}), known_years=frozenset({2026}))


def wib(day, clock, month=11):
    """A moment of 2026 in WIB; 20 November is a Friday."""
    hours, minutes = clock.split(".")
    return datetime(2026, month, day, int(hours), int(minutes), tzinfo=WIB)


def test_a_working_day_is_the_time_from_opening_to_closing():
    assert CALENDAR.day_length == timedelta(hours=8, minutes=30)
    assert WorkCalendar(opens=time(8), closes=time(15)).day_length == timedelta(hours=7)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (wib(20, "13.30"), 1, wib(23, "13.30")),  # Friday to Monday
        (wib(16, "09.00"), 1, wib(17, "09.00")),
        (wib(16, "09.00"), 3, wib(19, "09.00")),
        (wib(16, "09.00"), 0.5, wib(16, "13.15")),
        (wib(16, "06.00"), 1, wib(16, "16.00")),  # before opening
        (wib(16, "07.30"), 1, wib(16, "16.00")),
        (wib(16, "18.00"), 1, wib(17, "16.00")),  # after closing
        (wib(16, "16.00"), 1, wib(17, "16.00")),  # at closing
        (wib(21, "10.00"), 1, wib(23, "16.00")),  # Saturday
        (wib(23, "10.00", 12), 1, wib(28, "10.00", 12)),  # cuti bersama, holiday, weekend
        (wib(25, "10.00", 12), 1, wib(28, "16.00", 12)),  # on a holiday
        (wib(20, "13.30"), 0, wib(20, "13.30")),
        (wib(16, "16.00"), 0, wib(17, "07.30")),  # nothing is due at closing time
        (wib(21, "10.00"), 0, wib(23, "07.30")),
    ],
)
def test_days_are_working_days(start, days, due):
    assert CALENDAR.add_days(start, days) == due


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (wib(16, "09.00"), 1, wib(16, "10.00")),
        (wib(16, "15.00"), 1, wib(16, "16.00")),
        (wib(16, "15.30"), 1, wib(17, "08.00")),
        (wib(20, "15.30"), 1, wib(23, "08.00")),
        (wib(16, "05.00"), 1.5, wib(16, "09.00")),
    ],
)
def test_hours_are_working_hours(start, hours, due):
    assert CALENDAR.add_hours(start, hours) == due


def test_moments_are_given_back_in_utc_whatever_zone_they_came_in():
    due = CALENDAR.add_days(datetime(2026, 11, 20, 6, 30, tzinfo=timezone.utc), 1)
    assert due == wib(23, "13.30")
    assert due.tzinfo is timezone.utc


def test_the_night_and_the_weekend_count_nothing():
    assert CALENDAR.between(wib(20, "15.00"), wib(23, "08.00")) == timedelta(hours=1.5)
    assert CALENDAR.between(wib(20, "16.00"), wib(23, "07.30")) == timedelta()
    assert CALENDAR.between(wib(21, "09.00"), wib(22, "17.00")) == timedelta()
    assert CALENDAR.between(wib(24, "09.00", 12), wib(25, "12.00", 12)) == timedelta()


def test_time_already_past_is_negative():
    assert CALENDAR.between(wib(17, "09.00"), wib(16, "09.00")) == -CALENDAR.day_length


def test_days_off():
    assert not CALENDAR.is_working_day(NATIONAL)
    assert not CALENDAR.is_working_day(JOINT_LEAVE)
    assert not CALENDAR.is_working_day(date(2026, 11, 21))
    assert not CALENDAR.is_working_day(date(2026, 11, 22))
    assert CALENDAR.is_working_day(date(2026, 11, 20))


MOMENTS = some.datetimes(
    datetime(2026, 10, 1),  # noqa: DTZ001 - the zone is given beside it
    datetime(2027, 1, 31),  # noqa: DTZ001
    timezones=some.sampled_from([timezone.utc, WIB]),
)
AMOUNTS = some.timedeltas(timedelta(0), timedelta(days=5))
FEW = settings(max_examples=60, deadline=None)


@FEW
@given(MOMENTS, AMOUNTS)
def test_between_gives_back_what_add_was_given(start, amount):
    assert CALENDAR.between(start, CALENDAR.add(start, amount)) == amount


@FEW
@given(MOMENTS, AMOUNTS)
def test_a_limit_ends_in_working_time_and_not_before_it_began(start, amount):
    due = CALENDAR.add(start, amount)
    opens, closes = CALENDAR.hours_of(due.astimezone(WIB).date())
    assert due >= start
    assert opens <= due <= closes
    assert CALENDAR.is_working_day(due.astimezone(WIB).date())


@FEW
@given(MOMENTS, AMOUNTS, AMOUNTS)
def test_two_limits_one_after_the_other_are_their_sum(start, first, second):
    both = CALENDAR.add(CALENDAR.add(start, first), second)
    assert CALENDAR.between(start, both) == first + second


@FEW
@given(MOMENTS, MOMENTS, MOMENTS)
def test_working_time_adds_up(a, b, c):
    assert CALENDAR.between(a, b) + CALENDAR.between(b, c) == CALENDAR.between(a, c)
    assert CALENDAR.between(a, b) == -CALENDAR.between(b, a)


# --- words --------------------------------------------------------------------------------

DUE = wib(23, "13.30")  # Monday


@pytest.mark.parametrize(
    ("now", "kind", "text"),
    [
        (wib(18, "13.30"), "plain", "Sisa 3 hari kerja"),
        (wib(18, "13.31"), "plain", "Sisa 2 hari kerja"),
        (wib(20, "13.30"), "plain", "Sisa 1 hari kerja"),
        (wib(20, "13.31"), "plain", "Sisa 8 jam kerja"),
        (wib(23, "10.29"), "plain", "Sisa 3 jam kerja"),
        (wib(23, "10.30"), "soon", "Sisa 3 jam kerja"),
        (wib(23, "10.31"), "soon", "Sisa 2,5 jam kerja"),
        (wib(23, "12.00"), "soon", "Sisa 1,5 jam kerja"),
        (wib(23, "12.30"), "soon", "Sisa 1 jam kerja"),
        (wib(23, "12.31"), "soon", "Sisa 59 menit kerja"),
        (wib(23, "12.40"), "soon", "Sisa 50 menit kerja"),
        (wib(23, "13.30"), "soon", "Sisa kurang dari 1 menit kerja"),
        (wib(23, "13.31"), "late", "Terlambat 1 menit kerja"),
        (wib(23, "14.45"), "late", "Terlambat 1 jam kerja"),
        (wib(24, "13.29"), "late", "Terlambat 8 jam kerja"),
        (wib(24, "13.30"), "late", "Terlambat 1 hari kerja"),
        (wib(26, "09.00"), "late", "Terlambat 2 hari kerja"),
    ],
)
def test_what_is_left_in_words_rounded_down(now, kind, text):
    left = remaining(CALENDAR, DUE, now)
    assert (left.kind, left.text) == (kind, text)
    assert left.seconds == CALENDAR.between(now, DUE).total_seconds()


def test_late_overnight_is_late_though_no_working_time_passed():
    left = remaining(CALENDAR, wib(20, "16.00"), wib(20, "20.00"))
    assert (left.kind, left.text) == ("late", "Terlambat kurang dari 1 menit kerja")


def test_three_working_hours_count_across_the_weekend():
    assert remaining(CALENDAR, wib(23, "09.00"), wib(20, "14.30")).kind == "soon"
    assert remaining(CALENDAR, wib(23, "09.00"), wib(20, "14.00")).kind == "plain"


def test_the_next_hour_of_a_working_day():
    assert CALENDAR.next_at(wib(20, "06.00"), time(7, 30)) == wib(20, "07.30")
    assert CALENDAR.next_at(wib(20, "07.30"), time(7, 30)) == wib(23, "07.30")  # over the weekend
    assert CALENDAR.next_at(wib(23, "12.00", 12), time(7, 30)) == wib(28, "07.30", 12)


def test_another_day_off_moves_an_end_by_what_was_left():
    more = WorkCalendar(CALENDAR.holidays | {date(2026, 11, 23)})
    due, now = wib(23, "13.30"), wib(20, "13.30")
    assert CALENDAR.moved(due, now, more) == wib(24, "13.30")
    assert more.moved(wib(24, "13.30"), now, CALENDAR) == due
    assert CALENDAR.moved(wib(20, "15.00"), now, more) == wib(20, "15.00")
