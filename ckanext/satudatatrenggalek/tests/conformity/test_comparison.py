"""Two editions of a table: rows by key, by place only where nothing names a row."""

from __future__ import annotations

import time
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.satudatatrenggalek.conformity import Expectation, comparison
from ckanext.satudatatrenggalek.conformity.comparison import (
    Difference,
    TooManyRows,
    compare,
    read_rows,
)

HEAD = ["kode", "kecamatan", "jumlah"]
ROWS = [["35.03.01", "Panggul", "78"], ["35.03.02", "Munjungan", "64"], ["35.03.03", "Pule", "64"]]
SCHEMA = {
    "fields": [{"name": "kode"}, {"name": "kecamatan"}, {"name": "jumlah", "type": "integer"}]
}


def table(rows: list[list[str]], head: list[str] | None = None) -> pl.DataFrame:
    names = head or HEAD
    columns = [[row[n] for row in rows] for n in range(len(names))]
    schema = dict.fromkeys(names, pl.String)
    return pl.DataFrame(dict(zip(names, columns, strict=True)), schema=schema)


def counts(found: Difference) -> tuple[int, int, int, int]:
    return found.added.height, found.removed.height, len(found.changed), found.unchanged


def test_a_row_put_on_top_is_one_added_row() -> None:
    found = compare(table(ROWS), table([["35.03.04", "Dongko", "41"], *ROWS]), SCHEMA)
    assert found.key == ("kode",)
    assert counts(found) == (1, 0, 0, 3)


def test_a_figure_mended_is_one_changed_row() -> None:
    mended = [["35.03.01", "Panggul", "80"], *ROWS[1:]]
    (change,) = compare(table(ROWS), table(mended), SCHEMA).changed
    assert (change.key, change.cells) == (("35.03.01",), (("jumlah", "78", "80"),))


def test_other_order_is_no_difference_and_blanks_around_a_cell_are_none_either() -> None:
    shuffled = [[f" {cell} " for cell in row] for row in reversed(ROWS)]
    assert counts(compare(table(ROWS), table(shuffled), SCHEMA)) == (0, 0, 0, 3)


def test_the_declared_key_is_taken_before_a_guessed_one() -> None:
    found = compare(table(ROWS), table(ROWS), {**SCHEMA, "primaryKey": ["kecamatan"]})
    assert found.key == ("kecamatan",)


def test_a_declared_key_that_names_two_rows_is_not_taken() -> None:
    found = compare(table(ROWS), table(ROWS), {**SCHEMA, "primaryKey": "jumlah"})
    assert found.key == ("kode",)


def test_several_columns_name_a_row_together() -> None:
    head = ["tahun", "kecamatan", "jumlah"]
    old = [["2024", "Pule", "1"], ["2025", "Pule", "1"], ["2024", "Dongko", "1"]]
    new = [*old, ["2025", "Dongko", "9"]]
    schema = {"fields": [{"name": "jumlah", "type": "integer"}]}
    found = compare(table(old, head), table(new, head), schema)
    assert found.key == ("tahun", "kecamatan")
    assert counts(found) == (1, 0, 0, 3)


def test_where_nothing_names_a_row_the_place_does() -> None:
    head = ["jumlah"]
    schema = {"fields": [{"name": "jumlah", "type": "integer"}]}
    old = table([["1"], ["1"], ["2"], ["3"]], head)
    on_top = compare(old, table([["9"], ["1"], ["1"], ["2"], ["3"]], head), schema)
    assert (on_top.key, counts(on_top)) == ((), (1, 0, 0, 4))
    inside = compare(old, table([["1"], ["1"], ["5"], ["3"]], head), schema)
    assert [(c.key, c.cells) for c in inside.changed] == [(("3",), (("jumlah", "2", "5"),))]


def test_columns_that_came_and_went() -> None:
    new = table([[*row, "unit"] for row in ROWS], ["kode", "kecamatan", "banyak", "satuan"])
    found = compare(table(ROWS), new, SCHEMA)
    assert found.columns_added == ("banyak", "satuan")
    assert found.columns_removed == ("jumlah",)
    assert counts(found) == (0, 0, 0, 3)


def test_tables_with_nothing_in_common() -> None:
    found = compare(table(ROWS), table([["x"]], ["lain"]), None)
    assert counts(found) == (1, 3, 0, 0)


CELL = st.sampled_from(["", "a", "b", "1", "2"])
SOME = st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6)


UNHURRIED = settings(deadline=None)  # the machine may be busy with something else


@UNHURRIED
@given(SOME, SOME)
def test_every_row_is_counted_once(old: list[list[str]], new: list[list[str]]) -> None:
    found = compare(table(old), table(new), None)
    added, removed, changed, unchanged = counts(found)
    assert removed + changed + unchanged == len(old)
    assert added + changed + unchanged == len(new)


@UNHURRIED
@given(SOME)
def test_a_table_does_not_differ_from_itself(rows: list[list[str]]) -> None:
    assert counts(compare(table(rows), table(rows), None)) == (0, 0, 0, len(rows))


def test_a_file_is_read_whole_and_a_hundred_thousand_rows_are_compared_in_seconds(
    tmp_path: Path,
) -> None:
    lines = [f"k{n},Desa {n},{n}" for n in range(100_000)]
    mended = [f"k{n},Desa {n},{n + (n % 1000 == 0)}" for n in range(100_000)]
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("\n".join(["kode,nama,jumlah", *lines]))
    new.write_text("\n".join(["kode,nama,jumlah", "baru,Desa baru,1", *mended]))
    started = time.process_time()
    tables = [read_rows(path, Expectation(name=path.name)) for path in (old, new)]
    assert tables[0] is not None
    assert tables[1] is not None
    found = compare(tables[0], tables[1], None)
    assert counts(found) == (1, 0, 100, 99_900)
    assert time.process_time() - started < 20


def test_a_file_without_a_table_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF")
    assert read_rows(path, Expectation(name=path.name)) is None


def test_a_wide_table_is_not_tried_in_every_way() -> None:
    head = [f"kolom{n}" for n in range(400)]
    rows = [["x"] * 400] * 50
    began = time.process_time()
    assert compare(table(rows, head), table(rows, head), None).key == ()
    assert time.process_time() - began < 20


def test_a_table_of_very_many_cells_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "MAX_CELLS", 8)
    path = tmp_path / "tabel.csv"
    path.write_text("a,b\n" + "1,2\n" * 5, encoding="utf-8")
    with pytest.raises(TooManyRows):
        read_rows(path, Expectation(name="tabel.csv"))
