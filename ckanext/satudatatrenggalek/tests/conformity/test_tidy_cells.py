"""Units, codes and formulas in the cells of a tidied copy; what is tidy stays tidy."""

from __future__ import annotations

import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.satudatatrenggalek.conformity import Expectation, propose, write_tidied

from .conftest import table


def values(rows):
    return [row[1] for row in rows[1:]]


@pytest.mark.parametrize(
    ("label", "unit", "text"),
    [("produksi_ton", "", "5 ton"), ("nilai", "ton", "5 ton"), ("persentase", "", "5%"),
     ("harga (Rp)", "", "Rp5"), ("kolom %", "", "5 %")],
)  # fmt: skip
def test_the_columns_own_unit_is_taken_off(tidy, label, unit, text):
    schema = {"fields": [{"name": "w"}, {"name": label, "type": "number"}]}
    done, rows, _ = tidy(f"w,{label}\na,{text}\n", table_schema=schema, unit=unit)
    assert done.questions == ()
    assert values(rows) == ["5"]


@pytest.mark.parametrize("unit", [{"satuan": "ton"}, {"satuan": "Ton GKG"}, {"unit": "ton"}])
def test_the_unit_of_the_table_schema_is_the_columns_own(tidy, unit):
    schema = {"fields": [{"name": "w"}, {"name": "panen", "type": "number", **unit}]}
    done, rows, _ = tidy("w,panen\na,5 ton\n", table_schema=schema)
    assert done.questions == ()
    assert values(rows) == ["5"]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [("350301", "35.03.01"), ("350301.0", "35.03.01"), ("35. 03. 01", "35.03.01"),
     ("35.03.1", "35.03.01"), ("35.03.99", "35.03.99"), ("Panggul", "Panggul"),
     ("35.03.01", "35.03.01"), ("3", "3")],
)  # fmt: skip
def test_region_codes_where_one_alone_can_be_meant(tidy, found, wanted):
    _, rows, _ = tidy(f"nama,kode_wilayah\nx,{found}\n")
    assert values(rows) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("- tidak ada", "'- tidak ada"),
        ("-5", "-5"),
        ("-", "-"),
        ("+62 899-0000-7374", "+62 899-0000-7374"),
        ("'=1+1", "'=1+1"),
    ],
)
def test_text_never_becomes_a_formula(tidy, text, wanted):
    done, rows, log = tidy(f'a,b\nx,"{text}"\n')
    assert values(rows) == [wanted]
    assert done.counts.get("formula", 0) == (text != wanted)
    assert not any(cell[:1] in ("=", "@") for row in log for cell in row)


_CELLS = st.one_of(
    st.sampled_from(["", "-", "...", " ", "1.474", "1,474", "12,5", "12.5", "1.234.567", "2 244",
                     "Rp 5", "5 kg", "31/12/2023", "03/04/2025", "14-Oct-23", "=1+1", "-x", "ya",
                     "350301.0", "35.03.3", "2024", "Jumlah", "Sumber: x", "<b>y</b>", "'=1"]),
    st.integers().map(str),
    st.floats(allow_nan=False).map(str),
    st.text(st.characters(codec="utf-8", exclude_characters="\0,;|\t"), max_size=8),
)  # fmt: skip
_LABELS = st.sampled_from(
    ["tahun", "kode_wilayah", "nilai", "tanggal", "2022", "2023", "2024", "Column2", " n ", "nik"]
)
_PLAIN = [["Panggul", *"12345"], ["Munjungan", *"67890"], ["Pule", *"24680"]]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    labels=st.lists(_LABELS, min_size=1, max_size=5, unique=True),
    rows=st.lists(st.lists(_CELLS, min_size=1, max_size=6), max_size=6),
    delimiter=st.sampled_from(",;"),
    choice=st.integers(0, 2),
)
def test_tidying_is_done_once(tmp_path_factory, labels, rows, delimiter, choice):
    """A tidied copy is tidy: the second time nothing changes, whatever was answered."""
    folder = tmp_path_factory.mktemp("tidy")
    path, first, second = (folder / name for name in ("x.csv", "first.csv", "second.csv"))
    # Three plain rows, so that there is no doubt where the table and its header are.
    plain = [row[: len(labels) + 1] for row in _PLAIN]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerows([["kecamatan", *labels], *plain, *(["Dongko", *row] for row in rows)])
    expectation = Expectation(name="x.csv")
    proposal = propose(path, expectation)
    answers = {q.key: q.options[choice % len(q.options)].key for q in proposal.questions}
    done = write_tidied(path, expectation, answers, first, folder / "log.csv")
    assert len(table(folder / "log.csv")) == done.total + 1
    # Types are those of the first look: another sample of cells might suggest others.
    same = Expectation(name="x.csv", table_schema=done.table_schema)
    again = write_tidied(first, same, {}, second, folder / "log.csv")
    assert table(second) == table(first), again.changes
