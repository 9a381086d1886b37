"""Rows that are there twice are found in memory and in files alike."""

from __future__ import annotations

import tempfile

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.satudatatrenggalek.conformity.seen import Seen, marks_of


def marks(values):
    return pl.Series(values, dtype=pl.UInt64)


def fill(held, *batches):
    seen = Seen(held)
    row = 2
    for values in batches:
        seen.add(marks(values), pl.Series(range(row, row + len(values)), dtype=pl.Int64))
        row += len(values)
    return seen


@pytest.mark.parametrize("held", [1, 2, 3, 100])
@given(batches=st.lists(st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=6), max_size=5))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_repeats_are_those_of_a_dictionary(held, batches):
    first, last, wanted = {}, {}, []
    values = [value for batch in batches for value in batch]
    for row, value in enumerate(values, start=2):
        if value is not None and value in last:
            wanted.append((row, first[value], last[value]))
        first.setdefault(value, row)
        last[value] = row
    with fill(held, *batches) as seen:
        repeats = seen.repeats()
        assert repeats.frame.rows() == wanted
        assert repeats.count == len(wanted)
        few = seen.repeats(most=2)
        assert (few.count, few.frame.rows()) == (len(wanted), wanted[:2])


@pytest.mark.parametrize("held", [1, 3, 100])
@given(values=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=20))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_rows_alike_in_their_mark_are_told_from_those_alike_in_all(held, values):
    rows = pl.Series(range(2, 2 + len(values)), dtype=pl.Int64)
    whole = marks([mark * 10 + more for mark, more in values])
    with Seen(held) as seen:
        seen.add(marks([mark for mark, _ in values]), rows, whole)
        by_mark, by_whole = seen.both()
    for found, compared in ((by_mark, [mark for mark, _ in values]), (by_whole, values)):
        with fill(held, [compared.index(value) for value in compared]) as alone:
            wanted = alone.repeats()
        assert (found.count, found.frame.rows()) == (wanted.count, wanted.frame.rows())


def test_parts_too_long_to_be_looked_at_together_are_taken_in_shares(monkeypatch):
    monkeypatch.setattr("ckanext.satudatatrenggalek.conformity.seen._TOGETHER", 2)
    values = [*range(100), 7, 99, *range(200, 300), 7]
    with fill(10, values[:60], values[60:]) as seen, fill(10, range(90)) as known:
        assert seen.repeats().frame.rows() == [(102, 9, 9), (103, 101, 101), (204, 9, 102)]
        count, rows = seen.strangers(known, most=3)
        assert (count, rows.to_list()) == (111, [92, 93, 94])


@pytest.mark.parametrize("held", [2, 100])
def test_strangers_are_rows_whose_mark_another_never_saw(held):
    with fill(held, [1, 2, 3], [4, None, 2]) as own, fill(held, [2, 4, 5, 6]) as known:
        count, rows = own.strangers(known)
        assert (count, rows.to_list()) == (2, [2, 4])


def test_the_file_has_no_name_to_be_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    opened = []
    real = tempfile.TemporaryFile
    monkeypatch.setattr(
        "tempfile.TemporaryFile", lambda **k: opened.append(real(**k)) or opened[-1]
    )
    with fill(2, [1, 2, 3, 4], [5, 6, 7]) as seen:
        assert opened[0].tell() > 0
        assert list(tmp_path.iterdir()) == []
        assert seen.repeats().count == 0
    assert opened[0].closed


def test_a_mark_depends_on_the_place_of_a_text():
    frame = pl.DataFrame({"1": ["a", "b", "", "x", "a"], "2": ["b", "a", "x", "", "b"]})
    found = marks_of(frame).to_list()
    assert found[0] == found[4]
    assert len(set(found)) == 4
