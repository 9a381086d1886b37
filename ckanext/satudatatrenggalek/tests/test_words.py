from datetime import date, datetime, timezone
from decimal import Decimal

import pytest

from ckanext.satudatatrenggalek.domain import words

MONDAY = date(2026, 11, 23)
# 17:30 UTC on Sunday is already Monday in Trenggalek.
NIGHT = datetime(2026, 11, 22, 17, 30, tzinfo=timezone.utc)


def test_a_day_is_written_with_its_name():
    assert words.tanggal(MONDAY) == "Senin, 23 November 2026"
    assert words.tanggal_biasa(MONDAY) == "23 November 2026"
    assert words.tanggal_pendek(MONDAY) == "Sen 23 Nov"


def test_a_moment_is_read_in_wib():
    assert words.tanggal(NIGHT) == "Senin, 23 November 2026"
    assert words.jam(NIGHT) == "00.30 WIB"
    assert words.waktu(NIGHT) == "Senin, 23 November 2026 00.30 WIB"
    assert words.waktu_pendek(NIGHT) == "Sen 23 Nov 2026, 00.30"


def test_every_day_and_month_has_a_name():
    days = {words.tanggal(date(2026, 1, number)).split(",")[0] for number in range(1, 8)}
    months = [words.tanggal_biasa(date(2026, number, 1)).split()[1] for number in range(1, 13)]
    assert days == set(words.HARI)
    assert months == list(words.BULAN)


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (0, None, "0"),
        (753810, None, "753.810"),
        (1234.5, None, "1.234,5"),
        (Decimal("13828.80"), None, "13.828,80"),
        (1249.367, 1, "1.249,4"),
        (57.9, 2, "57,90"),
        (-1234567, None, "-1.234.567"),
        (2.5, 0, "3"),
        (1e6, 0, "1.000.000"),
    ],
)
def test_numbers(number, decimals, text):
    assert words.angka(number, decimals) == text


def test_shares():
    assert words.persen(319, 388) == "82%"
    assert words.persen(82) == "82%"
    assert words.persen(1, 3, decimals=1) == "33,3%"


def test_a_share_of_nothing_is_a_dash_and_not_zero():
    assert words.persen(0, 0) == "-"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (12, "12 B"),
        (717, "0,7 KB"),
        (12 * 1024, "12 KB"),
        (3_565_158, "3,4 MB"),
        (104_857_600, "100 MB"),
    ],
)
def test_sizes(size, text):
    assert words.ukuran(size) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2025", "2025"),
        ("2025-S1", "Semester I 2025"),
        ("2025-Q3", "Triwulan III 2025"),
        ("2025-10", "Oktober 2025"),
        ("2025-13", "2025-13"),
        ("2024/2025", "2024/2025"),
    ],
)
def test_periods(period, text):
    assert words.periode(period) == text


@pytest.mark.parametrize("period", ["2025", "2025-S2", "2025-Q4", "2025-12"])
def test_periods_that_can_be_ordered(period):
    assert words.periode_terbaca(period)


@pytest.mark.parametrize("period", ["", "25", "2025-S3", "2025-Q5", "2025-13", "2025-00", "2025 "])
def test_periods_that_cannot(period):
    assert not words.periode_terbaca(period)


@pytest.mark.parametrize("text", ["26-02-2027", " 26/02/2027 ", "2027-02-26"])
def test_a_day_is_read_as_it_is_written_here(text):
    assert words.baca_tanggal(text) == date(2027, 2, 26)


@pytest.mark.parametrize("text", ["30-02-2027", "besok", "", "02-26-2027"])
def test_a_day_that_does_not_exist_is_refused_with_what_to_write(text):
    with pytest.raises(ValueError, match="misalnya 26-02-2027"):
        words.baca_tanggal(text)


def test_iso_texts():
    assert words.baca_saat("2026-11-23") == MONDAY
    assert words.baca_saat("2026-11-22T17:30:00") == NIGHT
    assert words.baca_saat("2026-11-22T17:30:00Z") == NIGHT
    assert words.baca_saat("2026-11-23T00:30:00+07:00") == NIGHT
