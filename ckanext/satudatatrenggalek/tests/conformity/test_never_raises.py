"""Whatever the bytes, the engine answers with a report and the gate with a sentence or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import frictionless
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.satudatatrenggalek.conformity import (
    Expectation,
    check_file,
    infer_schema,
    inspect_upload,
    rows,
)

from .conftest import PADI

FEW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SAMPLES = Path(__file__).parents[5] / "shared" / "data" / "contoh"
NAMES = st.sampled_from(["a.csv", "a.tsv", "a.xlsx", "a.xls", "a.ods", "a.json", "a.geojson", "a"])
CELLS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "",
            "1",
            "1.000",
            "14.081,4 ton",
            "35.03.3",
            "-",
            "NaN",
            "sNaN",
            "2025",
            "Jumlah",
            '"',
            "\r",
        ]
    ),
)


def answer(path, name, schema=None):
    expectation = Expectation(name=name, table_schema=schema, period="2025")
    report = check_file(path, expectation)
    assert report.valid == (report.stats.errors == 0)
    frictionless.Report.from_descriptor(json.loads(json.dumps(report.to_frictionless())))
    infer_schema(path, expectation)
    rows(path, expectation, limit=5)
    inspect_upload(path, name, 10**7)
    return report


@FEW
@given(st.binary(max_size=400), NAMES, st.sampled_from([None, PADI]))
def test_random_bytes(tmp_path, content, name, schema):
    path = tmp_path / "x"
    path.write_bytes(content)
    answer(path, name, schema)


@FEW
@given(
    st.lists(st.lists(CELLS, max_size=6), max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
    st.sampled_from([None, PADI, {**PADI, "primaryKey": ["tahun", "kecamatan"]}]),
)
def test_random_tables(tmp_path, table, delimiter, encoding, schema):
    head = delimiter.join(field["name"] for field in PADI["fields"])
    text = "\n".join([head, *(delimiter.join(row) for row in table)])
    path = tmp_path / "x"
    path.write_bytes(text.encode(encoding, "replace"))
    answer(path, "a.csv", schema)


@FEW
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=30))
def test_damaged_workbooks(workbook, tmp_path, at, junk):
    content = bytearray(workbook([["a", "b"], ["x", 1], ["y", 2.5]]).read_bytes())
    content[at : at + len(junk)] = junk
    path = tmp_path / "x"
    path.write_bytes(bytes(content))
    answer(path, "a.xlsx")


@FEW
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=30))
def test_damaged_old_workbooks(tmp_path, at, junk):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for column, cell in enumerate(("a", 1.5, True)):
        sheet.write(0, column, cell)
    path = tmp_path / "x"
    book.save(str(path))
    content = bytearray(path.read_bytes())
    content[at : at + len(junk)] = junk
    path.write_bytes(bytes(content))
    answer(path, "a.xls")


@FEW
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "features", "geometry", "properties", "coordinates", "tahun"]
                ),
                inner | st.sampled_from(["FeatureCollection", "Feature", "Point", "Polygon"]),
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_random_json(tmp_path, content):
    path = tmp_path / "x"
    path.write_text(json.dumps(content))
    answer(path, "a.geojson")
    answer(path, "a.json", PADI)


@pytest.mark.parametrize(
    "name", sorted(p.name for p in SAMPLES.iterdir()) if SAMPLES.is_dir() else [""]
)
def test_files_of_offices(name):
    """Runs over a folder of real files where one lies beside the repository."""
    if name and not name.endswith("MANIFEST.tsv"):
        report = answer(SAMPLES / name, name)
        assert report.stats.bytes > 0
