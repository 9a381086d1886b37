"""The days that the period of an edition covers."""

from __future__ import annotations

from datetime import date

import pytest

from ckanext.satudatatrenggalek.domain.periods import PeriodRefused, edition_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-S1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-S2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_covers_whole_months(text: str, first: date, last: date) -> None:
    period = edition_period(text)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("text", ["", "25", "2025-S3", "2025-Q0", "2025-13", "2025-Q", "tahun"])
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PeriodRefused, match="2025-Q3"):
        edition_period(text)
