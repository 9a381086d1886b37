"""Tables nobody thought of, for a fixed time: findings equal frictionless', whatever the cells.

SATUDATA_FUZZ_SECONDS sets the time (10 by default; an hour is worth its while after a change).
"""

from __future__ import annotations

import csv
import io
import os
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .differential import FIELDS, V2, VALUES
from .reference import assert_equal, check

SECONDS = float(os.environ.get("SATUDATA_FUZZ_SECONDS", "10"))
ASIDE = {"total-row", "note-row"}  # rows that are no data to us alone: see `reference.DIFFERENCES`
NO_KEY = ("object", "array", "list", "geo", "number float")
WORDS = st.one_of(
    st.sampled_from(VALUES),
    # Python's writer leaves a lone CR outside quotes, where readers end the line.
    st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff\r"), max_size=8),
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
    st.dates().map(str),
    st.from_regex(r"[0-9+\-.,eE_ ]{1,7}", fullmatch=True),
)


@st.composite
def tables(draw):
    """(schema, text, delimiter, whether the careful reader must be met)."""
    names = draw(st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=4))
    fields = [{"name": "id", "type": "string"}]
    for number, name in enumerate(names):
        item = {**FIELDS[name], "name": f"k{number}"}
        if draw(st.booleans()) and not name.startswith(NO_KEY):
            item["constraints"] = {**item.get("constraints", {}), "unique": True}
        fields.append(item)
    schema = {"$schema": V2, "fields": fields}
    keys = [f["name"] for f, n in zip(fields[1:], names, strict=True) if not n.startswith(NO_KEY)]
    if keys and draw(st.booleans()):
        schema["primaryKey"] = draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
    if draw(st.booleans()):
        schema["missingValues"] = draw(st.lists(st.sampled_from(["", "-", "NA", "1", " "])))
    rows = draw(st.lists(st.lists(WORDS, min_size=len(names), max_size=len(names)), max_size=12))
    records = [[str(number), *row] for number, row in enumerate(rows)]
    ragged = draw(st.integers(0, 9)) == 0 and bool(records)
    if ragged:
        record = draw(st.sampled_from(records))
        record[:] = record[:-1] if draw(st.booleans()) else [*record, "lebih"]
    delimiter = draw(st.sampled_from(",;\t|"))
    stream = io.StringIO(newline="")
    csv.writer(
        stream,
        delimiter=delimiter,
        lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
    ).writerows([[field["name"] for field in fields], *records])
    return schema, stream.getvalue(), delimiter, ragged


def test_findings_equal_those_of_frictionless(tmp_path):
    """Every table is well formed, so at least 95 in a hundred must take the fast road."""
    path = tmp_path / "a.csv"
    roads = {"satudata/fast": 0, "satudata/careful": 0}
    aside = 0
    until = time.monotonic() + SECONDS
    failed = False  # and from then on no time limit: hypothesis makes the table small

    @settings(
        max_examples=int(SECONDS * 60),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(tables())
    def fuzz(table):
        nonlocal aside, failed
        schema, text, delimiter, ragged = table
        if time.monotonic() > until and not failed:
            return
        path.write_bytes(text.encode())
        if ASIDE & {finding.code for finding in check(path, schema).findings}:
            aside += 1
            return
        try:
            report = assert_equal(path, schema, delimiter=delimiter)
        except AssertionError:
            failed = True
            raise
        if not ragged:
            roads[report.engine] += 1

    fuzz()
    share = roads["satudata/fast"] / max(1, sum(roads.values()))
    print(f"{sum(roads.values())} well-formed tables, {share:.1%} without the careful reader")
    assert share >= 0.95
    assert aside <= 0.05 * sum(roads.values())
