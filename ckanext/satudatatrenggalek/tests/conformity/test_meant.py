"""What a column of many faults is meant to be, and what is told of it, in files of any length."""

from __future__ import annotations

import random

import pytest

from .conftest import find, only

DAYS = ["2025-01-02", "02/01/2025", "2 Januari 2025", "31/02/2025", "2025-13-01"]
FIGURES = ["12", " 7 ", "1,5", "1.200", "1.000.000", "dua puluh", "#REF!", "n/a", "-", ""]


def file_of(rows, seed=1):
    """An office's file of that length: every fifth cell of every kind, ids that repeat at times."""
    draw = random.Random(seed)
    lines = ["id,kode_kecamatan,nama_kecamatan,tanggal,jumlah"]
    for number in range(1, rows + 1):
        shown = number - 1 if number % 100 == 0 else number
        name = ("Panggul", "PANGGUL ")[number % 2]
        lines.append(f'{shown},35.03.01,{name},{draw.choice(DAYS)},"{draw.choice(FIGURES)}"')
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("rows", [200, 20_000])
def test_the_type_is_that_of_most_cells_whatever_the_length(check, rows):
    report = check(file_of(rows))
    types = {f["name"]: f["type"] for f in report.table_schema["fields"]}
    assert (types["tanggal"], types["jumlah"]) == ("date", "number")
    told = {(f.column, f.habit) for f in find(report, "type-error")}
    assert {("tanggal", "no-such-day"), ("tanggal", "date"), ("jumlah", "missing")} <= told
    assert {("jumlah", ""), ("jumlah", "separators"), ("jumlah", "excel-error")} <= told
    assert only(report, "meant-type").column == "tanggal"
    assert "tampaknya dimaksudkan berisi tanggal" in only(report, "meant-type").message
    names = only(report, "date-mixed").message
    assert all(f"`{day}`" in names for day in DAYS[1:3])
    assert [f.column for f in find(report, "untidy-text")] == ["nama_kecamatan", "jumlah"]
    assert find(report, "id-repeated")[0].row == 101
    assert report.stats.counts["id-repeated"] == rows // 100


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["31/02/2025", "45/13/2025", "2025-13-01"], "string"),  # numbers of letters, not days
        (["2025-01-02", "2025-01-03", "31/02/2025"], "date"),
        (["1", "2", "3", "tiga", "empat"], "integer"),
        (["1", "2", "tiga", "empat", "lima"], "string"),
        (["#REF!", "1", "#N/A"], "integer"),
        (["#REF!", "#N/A"], "string"),
    ],
)
def test_most_cells_decide(check, values, kind):
    report = check("w,n\n" + "".join(f"a,{value}\n" for value in values))
    assert report.table_schema["fields"][1]["type"] == kind


def test_one_way_of_writing_dates_is_no_mixture(check):
    text = "w,tanggal\na,2025-01-02\nb,2025-02-03\n"
    assert not find(check(text), "date-mixed")
    assert not find(check(text.replace("2025-0", "0").replace("-0", "/0")), "date-mixed")


def test_ways_of_writing_dates_are_told_once(check):
    schema = {"fields": [{"name": "w"}, {"name": "tanggal", "type": "date"}]}
    text = "w,tanggal\n" + "".join(f"a,{day}\n" for day in DAYS * 2)
    finding = only(check(text, schema=schema), "date-mixed")
    assert "dengan 3 cara" in finding.message


@pytest.mark.parametrize("label", ["nama", "id_desa", "no", "jumlah"])
def test_what_names_no_row_may_repeat(check, label):
    text = f"{label},n\n" + "".join(f"{n % 39},{n}\n" for n in range(40))
    assert not find(check(text), "id-repeated")


def test_an_id_that_names_groups_may_repeat(check):
    text = "id,n\n" + "".join(f"{n % 20},{n}\n" for n in range(40))
    assert not find(check(text), "id-repeated")


def test_the_schema_asks_for_uniqueness_itself(check):
    field = {"name": "id", "type": "string", "constraints": {"unique": True}}
    schema = {"fields": [field, {"name": "n", "type": "number"}]}
    text = "id,n\n" + "".join(f"{n % 39},{n}\n" for n in range(40))
    report = check(text, schema=schema)
    assert (len(find(report, "unique-error")), find(report, "id-repeated")) == (1, [])
