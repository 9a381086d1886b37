"""Periods, names of figures, frozen forms, and who may read: without CKAN."""

from datetime import date, datetime, timezone

import pytest

from ckanext.satudatatrenggalek.domain.figures import (
    COUNT_LABELS,
    Counts,
    FigureKey,
    StepTime,
    UnknownFigure,
    canonical,
    digest,
)
from ckanext.satudatatrenggalek.domain.periods import (
    Period,
    PeriodRefused,
    month_of,
    quarter_of,
    quick_choices,
    read_period,
)
from ckanext.satudatatrenggalek.domain.report_readers import may_issue, offices_readable
from ckanext.satudatatrenggalek.domain.sop import Item, Role, State
from ckanext.satudatatrenggalek.domain.workflow import Grant


def test_a_period_begins_and_ends_at_midnight_in_trenggalek() -> None:
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    assert november.start == datetime(2026, 10, 31, 17, tzinfo=timezone.utc)
    assert november.end == datetime(2026, 11, 30, 17, tzinfo=timezone.utc)


def test_a_running_period_is_counted_until_now() -> None:
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    now = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
    assert november.counted_until(now) == now
    assert november.counted_until(datetime(2027, 1, 1, tzinfo=timezone.utc)) == november.end


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("01-11-2026", "01-11-2026", "1 November 2026"),
        ("01-11-2026", "30-11-2026", "1 sampai 30 November 2026"),
        ("01-10-2026", "31-12-2026", "1 Oktober sampai 31 Desember 2026"),
        ("2026-12-01", "2027-01-31", "1 Desember 2026 sampai 31 Januari 2027"),
    ],
)
def test_a_period_in_words(first: str, last: str, words: str) -> None:
    assert read_period(first, last).text == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-31", "30-11-2026", "tidak terbaca"),
        ("", "30-11-2026", "tidak terbaca"),
        ("02-11-2026", "01-11-2026", "lebih awal"),
    ],
)
def test_a_period_that_is_none_is_refused(first: str, last: str, words: str) -> None:
    with pytest.raises(PeriodRefused, match=words):
        read_period(first, last)


def test_months_and_quarters() -> None:
    assert month_of(date(2028, 2, 10)).last == date(2028, 2, 29)
    assert quarter_of(date(2026, 12, 31)) == Period(date(2026, 10, 1), date(2026, 12, 31))
    choices = dict(quick_choices(date(2026, 1, 5)))
    assert choices["Bulan lalu"] == Period(date(2025, 12, 1), date(2025, 12, 31))
    assert choices["Triwulan ini"].last == date(2026, 3, 31)
    assert choices["Tahun 2026"] == Period(date(2026, 1, 1), date(2026, 12, 31))


def test_every_figure_has_words() -> None:
    keys = [*COUNT_LABELS, *(f"reason.{item.value}" for item in Item), "rounds.2"]
    keys += ["late.awaiting_check", "ended.draft"]
    labels = [FigureKey.read(key).label for key in keys]
    assert len(set(labels)) == len(keys)
    assert FigureKey.read("late.awaiting_check").label == "Melewati tenggat: 7. Pemeriksaan"


@pytest.mark.parametrize(
    "key", ["", "rahasia", "reason", "reason.x", "rounds", "rounds.-1", "late.published", "ended"]
)
def test_other_names_are_no_figures(key: str) -> None:
    with pytest.raises(UnknownFigure):
        FigureKey.read(key)


def test_the_same_figures_have_one_fingerprint() -> None:
    one, other = {"b": 1, "a": "é"}, {"a": "é", "b": 1}
    assert canonical(one) == canonical(other) == '{"a":"é","b":1}'.encode()
    assert digest(one) == digest(other) != digest({"a": "é", "b": 2})


def test_late_and_within() -> None:
    assert Counts(late_ended=2, late_open=1).late == 3
    step = StepTime(State.AWAITING_CHECK.value, ended=10, late_ended=2, late_open=5)
    assert (step.late, step.within, step.owner) == (7, 8, "Pemeriksa (Walidata)")


WHOLE = {Role.CHECKER, Role.APPROVER, Role.FORUM, Role.SECRETARIAT, Role.LEADERSHIP}
OWN = {Role.PRODUCER, Role.OFFICE_HEAD, Role.SUPPORTING_CHECKER}


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_which_offices(role: Role) -> None:
    assert offices_readable([]) == frozenset()
    everywhere = None if role in WHOLE else frozenset()
    assert offices_readable([Grant(role)]) == everywhere
    own = frozenset({"o"}) if role in WHOLE | OWN else frozenset()
    assert offices_readable([Grant(role, "o")]) == own
    assert offices_readable([Grant(role, "o", dataset_id="d", on_behalf="letter")]) == frozenset()


@pytest.mark.parametrize("role", list(Role))
def test_who_issues(role: Role) -> None:
    may = role in {Role.CHECKER, Role.APPROVER, Role.SECRETARIAT}
    assert may_issue([Grant(role)]) is may
    assert not may_issue([Grant(role, "o")])
