"""Whatever the bytes, the engine answers with a report and the gate with a sentence or nothing."""

from __future__ import annotations

import json
import zipfile

import frictionless
import pytest
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
from .twins import twins

FEW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
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
    shape = json.loads(json.dumps(report.to_frictionless()))
    frictionless.Report.from_descriptor(shape)
    assert json.loads("".join(report.frictionless_json())) == shape
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


SAMPLES_OF = {
    "a.csv": ("title-rows-csv", "notes-and-signature-csv", "bom", "utf-16-le", "embedded-newline"),
    "a.xlsx": ("bilingual-units-and-column-numbers-xlsx", "formulas-never-computed"),
    "a.xls": ("stacked-header-xls", "html-as-xls-nested", "stacked-header-html"),
    "a.ods": ("merged-data-xls", "stacked-header-ods", "hidden-sheet-first-ods"),
    "a.json": ("json-data", "geojson"),
}
CONTENTS: dict[str, bytes] = {}


def content_of(folder, name):
    """The bytes of a twin's messy file, made once."""
    if name not in CONTENTS:
        twin = next(twin for twin in twins() if twin.name == name)
        CONTENTS[name] = twin.write(folder)[0].read_bytes()
    return CONTENTS[name]


@FEW
@given(st.data())
@pytest.mark.parametrize(
    ("name", "twin"), [(name, twin) for name, names in SAMPLES_OF.items() for twin in names]
)
def test_damaged_files_of_every_format(tmp_path, name, twin, data):
    content = bytearray(content_of(tmp_path, twin))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content)))
        junk = data.draw(st.binary(max_size=20))
        cut = data.draw(st.sampled_from([len(junk), 0, 1, 50, len(content)]))
        content[at : at + cut] = junk
    path = tmp_path / "x"
    path.write_bytes(bytes(content))
    answer(path, name)


@FEW
@given(st.data())
@pytest.mark.parametrize(
    ("name", "twin"),
    [("a.xlsx", "stacked-header-xlsx"), ("a.xlsx", "formulas"), ("a.ods", "stacked-header-ods")],
)
def test_damaged_parts_of_packages(tmp_path, name, twin, data):
    """The package is whole, one of its parts is not."""
    whole = tmp_path / "whole"
    whole.write_bytes(content_of(tmp_path, twin))
    with zipfile.ZipFile(whole) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    part = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[part])
    at = data.draw(st.integers(0, len(content)))
    junk = data.draw(
        st.binary(max_size=20) | st.sampled_from([b"<", b'"', b"<c ", b"</row>", b"9" * 20])
    )
    content[at : at + data.draw(st.sampled_from([len(junk), 0, 5, 200]))] = junk
    path = tmp_path / "x"
    with zipfile.ZipFile(path, "w") as archive:
        for key, value in {**parts, part: bytes(content)}.items():
            archive.writestr(key, value)
    answer(path, name)


@FEW
@given(
    st.recursive(
        st.text(alphabet="ab1 <&;\u00a0", max_size=6),
        lambda inner: st.builds(
            lambda tag, attrs, inside: f"<{tag} {attrs}>{''.join(inside)}",
            st.sampled_from(["table", "tr", "td", "th", "/table", "/td", "script", "br", "!--"]),
            st.sampled_from(["", "colspan=2", "rowspan='3'", "x:num=1.5", 'rowspan="0"']),
            st.lists(inner, max_size=3),
        ),
        max_leaves=20,
    )
)
def test_random_pages(tmp_path, page):
    path = tmp_path / "x"
    path.write_text(f"<table>{page}", encoding="utf-8")
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
