"""What is told once: the same kind of mistake in the same column, with its true number."""

from __future__ import annotations

from dataclasses import asdict

import openpyxl
import pytest

from ckanext.satudatatrenggalek.conformity import FINDINGS_SHEET, Report
from ckanext.satudatatrenggalek.conformity.grouping import alike, with_unkept
from ckanext.satudatatrenggalek.conformity.marked import write_marked
from ckanext.satudatatrenggalek.conformity.terminal import show_report

SCHEMA = {
    "fields": [
        {"name": "id", "type": "string"},
        {"name": "n", "type": "number"},
        {"name": "hari", "type": "date"},
    ]
}


def groups_of(report):
    return alike(with_unkept([asdict(f) for f in report.findings], report.stats.unkept))


def rows_of(*cells):
    return "id,n,hari\n" + "".join(f'a{i},"{n}",{day}\n' for i, (n, day) in enumerate(cells))


def test_different_mistakes_of_one_column_are_told_apart(check):
    good = "2025-01-01"
    text = rows_of(
        ("-", good), ("4o", good), ("n/a", good), ("66,1", good), ("120%", good), ("7,5", good)
    )
    groups = groups_of(check(text, schema=SCHEMA))
    told = [(g["value"], [m["row"] for m in g["members"]]) for g in groups]
    assert told == [("-", [2, 4]), ("4o", [3]), ("66,1", [5, 7]), ("120%", [6])]


def test_a_day_that_is_none_is_no_matter_of_writing(check):
    text = rows_of(("1", "12/03/2025"), ("1", "31/02/2025"), ("1", "2025-13-01"), ("1", "x"))
    groups = [g for g in groups_of(check(text, schema=SCHEMA)) if g["code"] == "type-error"]
    assert [g["row"] for g in groups] == [2, 3, 5]
    assert [m["row"] for m in groups[1]["members"]] == [3, 4]
    assert "tidak ada di kalender: Februari 2025 hanya 28 hari" in groups[1]["message"]
    assert "2025-03-12" not in groups[1]["remedy"]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("31/02/2025", "Februari 2025 hanya 28 hari"),
        ("30-2-24", "Februari 2024 hanya 29 hari"),
        ("31 April 2025", "April 2025 hanya 30 hari"),
        ("2025-13-01", "bulan ke-13 tidak ada"),
        ("2025-00-10", "bulan ke-0 tidak ada"),
        ("0/5/2025", "tanggal 0 tidak ada"),
        ("02/31/2025", "Februari 2025 hanya 28 hari"),
    ],
)
def test_why_a_day_is_none(check, day, why):
    report = check(rows_of(("1", day)), schema=SCHEMA)
    [finding] = report.findings
    assert why in finding.message


def test_codes_of_different_regions_are_told_apart(check):
    text = "kode_kecamatan,n\n35.03.1,1\n35.03.2,2\n35.03.1,3\n"
    groups = [g for g in groups_of(check(text)) if g["code"] == "region-code"]
    assert [(g["row"], g["rows"]) for g in groups] == [(2, [4]), (3, [])]


@pytest.fixture
def long(check):
    """A column of 30.000 dashes with one mistyped figure at its end, and 240 of another kind."""
    cells = [("-", "2025-01-01")] * 30_000 + [("1,5", "2025-01-01")] * 240 + [("4o", "2025-01-01")]
    return check(rows_of(*cells), schema=SCHEMA)


def test_the_number_told_is_the_true_one(long):
    assert len(long.findings) < long.stats.errors == 30_241
    groups = {g["value"]: g for g in groups_of(long)}
    assert {value: g["count"] for value, g in groups.items()} == {"-": 30_000, "1,5": 240, "4o": 1}
    assert groups["-"]["others"] == "dan 29.999 baris lain; 200 pertama ditunjukkan"
    assert groups["1,5"]["others"] == "dan 239 baris lain; 20 pertama ditunjukkan"
    assert groups["4o"]["others"] == ""


def test_the_true_number_survives_being_stored(long):
    assert groups_of(Report.from_dict(long.to_dict())) == groups_of(long)
    assert Report.from_dict(long.to_dict()) == long


def test_the_command_tells_the_true_number(long, capfdbinary):
    show_report(long)
    said = capfdbinary.readouterr().out.decode()
    assert "baris 2 dan 29.999 baris lain; 200 pertama ditunjukkan" in said
    assert said.count("Cara memperbaiki") == 3


def test_a_marked_workbook_tells_the_true_number(long, tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(rows_of(("-", "2025-01-01")))
    done = write_marked(path, long, tmp_path / "tanda.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "tanda.xlsx")[FINDINGS_SHEET]
    told = [str(row[0]) if row[0] else "" for row in sheet.iter_rows(max_col=1, values_only=True)]
    assert done.hidden == 30_241 - 221
    assert "30.241 kesalahan" in told[1]
    assert "Yang ditandai 221" in told[1]
    first = next(sheet.iter_rows(min_row=6, max_row=6, values_only=True))
    assert "Masih ada 29.800 lagi di kolom ini" in first[4]
