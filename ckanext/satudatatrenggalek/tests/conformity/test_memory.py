"""What is remembered of texts is what looking again would show; nothing is loaded for naught."""

from __future__ import annotations

import subprocess
import sys

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.satudatatrenggalek.conformity import memory
from ckanext.satudatatrenggalek.conformity.batch import Batch, among
from ckanext.satudatatrenggalek.conformity.memory import Memory

TESTS = {
    "blank": lambda texts: texts.filter(texts.str.strip_chars() == ""),
    "figure": lambda texts: texts.filter(texts.str.contains("^[0-9]+$")),
    "all": lambda texts: texts,
    "none": lambda texts: texts.clear(),
}
_TEXT = st.text("ab1 ", max_size=2)


def batch(texts, held):
    rows = pl.Series(range(len(texts)), dtype=pl.Int64)
    return Batch(rows, pl.DataFrame({"1": texts}, schema={"1": pl.String}), memory=held)


@pytest.mark.parametrize("remembered", [0, 3, 1_000])
@given(stretches=st.lists(st.lists(_TEXT, min_size=1, max_size=8), max_size=6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_test_holds_for_the_same_texts_in_every_stretch(remembered, stretches):
    held = Memory()
    before = memory._REMEMBERED
    memory._REMEMBERED = remembered
    try:
        batches = [batch(texts, held) for texts in stretches]
        # Two stretches are under way at a time, and not every test is asked of each.
        for now, (ahead, texts) in enumerate(zip(batches, stretches, strict=True)):
            for name, pick in TESTS.items():
                if (now + len(name)) % 3:
                    wanted = set(pick(pl.Series(texts, dtype=pl.String)))
                    assert set(ahead.met(1, name, pick)) == wanted
                if now:
                    wanted = set(pick(pl.Series(stretches[now - 1], dtype=pl.String)))
                    assert set(batches[now - 1].met(1, name, pick)) == wanted
    finally:
        memory._REMEMBERED = before


def test_a_text_is_looked_at_once():
    looked = []

    def pick(texts):
        looked.extend(texts)
        return texts.filter(texts == "a")

    held = Memory()
    for texts in (["a", "b", "a"], ["b", "c"], ["a"]):
        batch(texts, held).met(1, "a", pick)
    assert sorted(looked) == ["a", "b", "c"]


def test_columns_whose_cells_differ_are_not_remembered():
    held = Memory()
    texts = [f"x{n}" for n in range(5_000)]
    assert batch(texts, held).distinct(1) is None
    assert held.differing == {1}
    assert set(batch(texts, held).met(1, "some", lambda t: t.filter(t.str.ends_with("99")))) == {
        text for text in texts if text.endswith("99")
    }


@given(texts=st.lists(_TEXT, max_size=9), wanted=st.sets(_TEXT, max_size=7))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_among(texts, wanted):
    found = among(pl.Series(texts, dtype=pl.String), wanted)
    assert found.to_list() == [text in wanted for text in texts]


def test_a_check_of_a_csv_loads_nothing_that_reads_or_writes_workbooks(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("kode_wilayah,nilai\n35.03.01,1.5\n35.03.02,x\n", encoding="utf-8")
    program = (
        "import sys; from pathlib import Path\n"
        "from ckanext.satudatatrenggalek.conformity import Expectation, check_file\n"
        "assert check_file(Path(sys.argv[1]), Expectation(name='x.csv')).stats.rows == 2\n"
        "print({'openpyxl', 'lxml', 'xlsxwriter', 'python_calamine', 'xlrd'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "set()"


HANDED_BACK = """
import re
from pathlib import Path
import polars as pl
from ckanext.satudatatrenggalek.conformity import handed_back

def mapped():
    return int(re.search("RssFile:\\\\s+([0-9]+)", Path("/proc/self/status").read_text())[1])

def written():
    parts = re.split("(?m)^([0-9a-f]+)-[0-9a-f]+ .*$", Path("/proc/self/smaps").read_text())
    told = dict(zip(parts[1::2], parts[2::2]))
    return {int(a, 16): int(re.search("Anonymous:\\\\s+([0-9]+)", t)[1]) for a, t in told.items()}

assert pl.read_csv(b"a,b\\n1,2\\n").row(0) == (1, 2)
places = handed_back._mapped()
assert sum(length for _, length in places) > 100 * 2**20
dirty = written()
assert [dirty[begin] for begin, _ in places] == [0] * len(places)
before = mapped()
handed_back.hand_back()
after = mapped()
assert pl.read_csv(b"a,b\\n1,2\\n").row(0) == (1, 2)
print(before - after)
"""


def test_code_that_was_needed_once_is_handed_back_and_nothing_that_was_written():
    done = subprocess.run(
        [sys.executable, "-c", HANDED_BACK], check=True, capture_output=True, text=True
    )
    assert int(done.stdout) > 10 * 1024  # KiB
