"""The figures of a hand-made month, compared with the answers worked out on paper."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek.domain.figures import (
    COUNT_LABELS,
    Counts,
    FigureKey,
    Figures,
    Rounds,
)
from ckanext.satudatatrenggalek.domain.periods import Period
from ckanext.satudatatrenggalek.domain.sop import State
from ckanext.satudatatrenggalek.model import figures as counting
from ckanext.satudatatrenggalek.model.figure_lists import Scope, rows_behind

from .month import HOUR, LIMIT, REQUIRED, Month, wib, write

NOVEMBER = Period(date(2033, 11, 1), date(2033, 11, 30))
DECEMBER_FIRST = wib(1, 9, month=12)
LIMITS = {State.AWAITING_CHECK: LIMIT}


@pytest.fixture
def month(loaded: Any, non_clean_db: Any, migrate_db_for: Callable[..., Any]) -> Iterator[Month]:
    """Rows in an open transaction, taken back afterwards: the record cannot be emptied."""
    migrate_db_for("satudatatrenggalek")
    yield write(model.Session())
    model.Session.rollback()
    model.Session.remove()


def scope(
    month: Month, period: Period = NOVEMBER, now: datetime = DECEMBER_FIRST, *offices: str
) -> Scope:
    wanted = offices or (month.kes.id, month.tan.id, month.wan.id)
    return Scope(period, now, wanted, REQUIRED)


def count(month: Month, *args: object) -> Figures:
    return counting.count(month.session, scope(month, *args), LIMITS, "Dinas Kominfo")  # type: ignore[arg-type]


def counts_of(figures: Figures, office_id: str) -> Counts:
    return next(row.counts for row in figures.offices if row.office.id == office_id)


def test_counts_of_an_office(month: Month) -> None:
    assert counts_of(count(month), month.kes.id) == Counts(
        submitted=3,
        returned=1,
        returns=1,
        approved=2,
        published=2,
        first_time_right=1,
        published_returns=1,
        stays_ended=8,
        late_ended=1,
        late_open=0,
        metadata_datasets=3,
        metadata_complete=0,
        metadata_fields=15,
        metadata_filled=11,
    )


def test_counts_of_an_office_with_one_late_dataset(month: Month) -> None:
    assert counts_of(count(month), month.tan.id) == Counts(
        submitted=1,
        late_open=1,
        metadata_datasets=1,
        metadata_fields=5,
        metadata_filled=2,
    )


def test_an_office_without_data_is_shown_with_zeros(month: Month) -> None:
    assert counts_of(count(month), month.wan.id) == Counts()


def test_the_total_is_the_sum_of_the_offices(month: Month) -> None:
    total = count(month).total
    assert (total.submitted, total.published, total.late, total.metadata_filled) == (4, 2, 2, 13)


def test_working_time_of_the_check(month: Month) -> None:
    """9, 3,5 and 2 hours: median 3,5, mean 4,83, nine of ten 7,9 (linear)."""
    steps = {step.state: step for step in count(month).steps}
    check = steps["awaiting_check"]
    assert (check.ended, check.late_ended, check.late_open) == (3, 1, 1)
    assert check.median_seconds == 3.5 * HOUR
    assert check.mean_seconds == 17400
    assert check.p90_seconds == 28440
    assert check.limit_seconds == LIMIT
    assert check.within == 2


def test_a_step_nobody_took_has_no_times(month: Month) -> None:
    steps = {step.state: step for step in count(month).steps}
    supervisor = steps["awaiting_supervisor"]
    assert (supervisor.ended, supervisor.median_seconds, supervisor.mean_seconds) == (0, None, None)


def test_reasons_count_returns_and_findings(month: Month) -> None:
    reasons = {reason.item: reason for reason in count(month).reasons}
    codes = reasons["reference_codes"]
    assert (codes.returns, codes.findings) == (1, 2)
    assert [text.text for text in codes.texts] == [
        "Kode wilayah 35.03.3 tidak ada",
        "Kode wilayah kosong",
    ]
    assert (reasons["metadata"].returns, reasons["standard"].returns) == (1, 0)


def test_rounds_of_what_was_published(month: Month) -> None:
    assert count(month).rounds == (Rounds(0, 1), Rounds(1, 1))


def test_appointments_at_the_end_of_the_period(month: Month) -> None:
    people = {row.role: (row.people, row.offices) for row in count(month).appointed}
    assert people["producer"] == (2, 2)
    assert people["checker"] == (1, 0)


@pytest.mark.parametrize(
    ("first", "last", "submitted"),
    [
        (date(2033, 10, 31), date(2033, 10, 31), 1),
        (date(2033, 11, 1), date(2033, 11, 1), 1),
        (date(2033, 11, 30), date(2033, 11, 30), 1),
        (date(2033, 12, 1), date(2033, 12, 1), 1),
        (date(2033, 11, 12), date(2033, 11, 13), 0),
    ],
)
def test_a_day_begins_and_ends_at_midnight_wib(
    month: Month, first: date, last: date, submitted: int
) -> None:
    assert count(month, Period(first, last)).total.submitted == submitted


def test_an_empty_period_has_zeros_and_no_times(month: Month) -> None:
    figures = count(month, Period(date(2032, 1, 1), date(2032, 1, 31)))
    assert figures.total == Counts()
    assert all(step.median_seconds is None for step in figures.steps)
    assert figures.rounds == ()


def test_a_running_period_is_judged_by_now(month: Month) -> None:
    before_due = wib(10, 7)
    assert count(month, NOVEMBER, before_due).total.late_open == 0
    assert count(month, NOVEMBER, wib(10, 9)).total.late_open == 1


def test_a_period_that_has_not_begun_has_nothing_late(month: Month) -> None:
    december = Period(date(2033, 12, 1), date(2033, 12, 31))
    assert count(month, december, wib(29, 9)).total.late == 0
    assert count(month, december, wib(2, 9, month=12)).total.late_open == 2


def test_one_office_sees_its_own_only(month: Month) -> None:
    figures = count(month, NOVEMBER, DECEMBER_FIRST, month.tan.id)
    assert [row.office.id for row in figures.offices] == [month.tan.id]
    assert figures.total.submitted == 1
    assert figures.reasons[0].returns == 0


def every_key(figures: Figures) -> dict[str, int]:
    keys = {name: getattr(figures.total, name) for name in COUNT_LABELS}
    keys |= {f"late.{step.state}": step.late for step in figures.steps}
    keys |= {f"ended.{step.state}": step.ended for step in figures.steps}
    keys |= {f"reason.{reason.item}": reason.returns for reason in figures.reasons}
    return keys | {f"rounds.{row.rounds}": row.published for row in figures.rounds}


def test_every_figure_is_the_length_of_its_list(month: Month) -> None:
    figures = count(month)
    found = {
        key: len(rows_behind(month.session, FigureKey.read(key), scope(month), limit=100))
        for key in every_key(figures)
    }
    assert found == every_key(figures)
    assert sum(found.values()) > 20


def test_a_list_says_which_dataset_of_whom_when_and_by_whom(month: Month) -> None:
    (row,) = rows_behind(month.session, FigureKey.read("returned"), scope(month), limit=10)
    assert row["title"] == "Dataset A"
    assert row["office_title"] == "Bulan: Dinas Kesehatan"
    assert row["at"] == wib(2, 8)
    assert row["who"] == "Budi Pemeriksa"
    assert row["detail"] == "Perbaiki kode wilayah."
    assert row["total"] == 1


def test_the_list_of_metadata_names_what_is_missing(month: Month) -> None:
    rows = rows_behind(month.session, FigureKey.read("metadata_datasets"), scope(month), limit=10)
    missing = {row["title"]: row["detail"] for row in rows}
    assert missing["Dataset B"] == "satuan, tag_string"
    assert missing["Dataset D"] == "konsep, satuan, tag_string"


def test_a_list_can_be_read_in_pages(month: Month) -> None:
    key = FigureKey.read("submitted")
    first = rows_behind(month.session, key, scope(month), limit=3)
    rest = rows_behind(month.session, key, scope(month), limit=3, offset=3)
    assert [row["title"][-1] for row in first + rest] == ["A", "B", "D", "C"]
    assert first[0]["total"] == 4


def test_the_listing_agrees_with_the_counts(month: Month) -> None:
    listing = counting.listing(month.session, scope(month))
    total = count(month).total
    assert sum(bool(row.submitted_at) for row in listing) == total.submitted
    assert sum(row.returns for row in listing) == total.returns
    assert sum(bool(row.approved_at) for row in listing) == total.approved
    assert sum(bool(row.published_at) for row in listing) == total.published
    assert sum(row.late for row in listing) == total.late
