"""Quotes, line ends, delimiters, encodings and blocks: read as Python's csv reads them."""

from __future__ import annotations

import pytest

from ckanext.satudatatrenggalek.conformity.readers.fast_csv import FastCsv

from .differential import VALUES, field, rows_of, schema_of, write
from .reference import assert_equal

STRUCTURES = {
    "plain": b"id,v\nr1,2\nr2,x\n",
    "carriage returns and line feeds": b"id,v\r\nr1,2\r\nr2,x\r\n",
    "mixed line ends": b"id,v\r\nr1,2\nr2,x\r\n",
    "no line end at the end": b"id,v\nr1,2\nr2,x",
    "everything quoted": b'"id","v"\n"r1","2"\n"r2","x"\n',
    "quoted line breaks": b'id,v\n"r\n1",2\n"r\r\n2",x\n"r\r3",4\nr4,y\n',
    "quoted delimiters": b'id,v\n"r,1",2\n"r2,",x\n',
    "doubled quotes": b'id,v\n"r""1",2\n"""r2""",x\n"""",y\n',
    "quoted and empty": b'id,v\n"",2\nr2,""\n',
    "a quote at the end": b'id,v\nr1,2\nr2,"x"',
    "blanks around": b"id,v\n r1 , 2 \nr2,\tx\n",
    "a mark in front": "\ufeffid,v\nr1,2\nr2,x\n".encode(),
    "other scripts": "id,v\nré,2\n東,x\n".encode(),
    "short rows": b"id,v\nr1,2\nr2\nr3,x\n",
    "long rows": b"id,v\nr1,2,3\nr2,x,,\nr3,4\n",
    "short and long": b"id,v\nr1,2\nr2\nr3,4,5\nr4,x\n",
    "a long first row": b"id,v\nr1,2,3,4\nr2,x\n",
    "a blank line": b"id,v\nr1,2\n\nr2,x\n",
    "blank lines": b"id,v\n\nr1,2\n\n\nr2,x\n",
    "a row of delimiters": b"id,v\nr1,2\n,\nr2,x\n",
    "only the header": b"id,v\n",
    "a missing column": b"id\nr1\nr2\n",
    "a column too many": b"id,v,w\nr1,2,3\nr2,x,\n",
    "a quote inside": b'id,v\nr1,2\nr"2,x\nr3,y\n',
    "text after a quote": b'id,v\nr1,2\n"r"2,x\nr3,y\n',
    "an escaped quote": b'id,v\nr1,2\n"r\\"2",x\nr3,y\n',
    "lone carriage returns": b"id,v\rr1,2\rr2,x\r",
    "a zero": b"id,v\nr1,2\nr\x002,x\n",
    "a vertical tab": b"id,v\nr1,2\nr\x0b2,x\nr\x1c3,y\n",
    "a line separator": "id,v\nr\u20281,2\nr2,x\n".encode(),
}
NEED_CARE = {
    *("short rows", "long rows", "short and long", "a long first row", "a blank line"),
    *("blank lines", "a quote inside", "text after a quote", "an escaped quote", "a zero"),
}


@pytest.mark.parametrize("name", STRUCTURES)
@pytest.mark.parametrize("required", [False, True])
def test_structures(tmp_path, name, required):
    path = tmp_path / "a.csv"
    path.write_bytes(STRUCTURES[name])
    report = assert_equal(path, schema_of(field("integer", {"required": required})))
    assert (report.engine == "satudata/careful") == (name in NEED_CARE)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters(tmp_path, delimiter, end):
    path = write(tmp_path / "a.csv", rows_of(VALUES), end=end, delimiter=delimiter)
    report = assert_equal(path, schema_of(field("number")), delimiter=delimiter)
    assert report.engine == "satudata/fast"


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_encodings_take_the_fast_road(tmp_path, encoding):
    text = "id,v\nré,2\nr2,x\n" + "r3,é\n" * 20
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    report = assert_equal(path, schema_of(field("integer")), encoding=encoding)
    assert report.engine == "satudata/fast"


def test_blocks_are_cut_outside_quotes(tmp_path, monkeypatch):
    monkeypatch.setattr("ckanext.satudatatrenggalek.conformity.readers.fast_csv.BLOCK", 64)
    rows = [
        (f"r{n}\nbaris, dua" if n % 3 else f"r{n}", "x" if n % 7 == 0 else n) for n in range(99)
    ]
    path = write(tmp_path / "a.csv", rows)
    item = {**field("integer"), "constraints": {"unique": True, "minimum": 5}}
    report = assert_equal(path, schema_of(item, primaryKey=["v"]))
    assert report.engine == "satudata/fast"


def test_only_blocks_with_rows_asked_for_are_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr("ckanext.satudatatrenggalek.conformity.readers.fast_csv.BLOCK", 64)
    read, real = [], FastCsv._content
    monkeypatch.setattr(FastCsv, "_content", lambda self, b: read.append(len(b)) or real(self, b))
    path = write(tmp_path / "a.csv", [(f"r{n:03}", n % 400 + 100) for n in range(500)])
    report = assert_equal(path, schema_of({**field("integer"), "constraints": {"unique": True}}))
    assert report.engine == "satudata/fast"
    assert len(report.findings) == 100
    size = path.stat().st_size
    assert size / 5 <= sum(read) - size < size / 4  # the last hundred rows, and what stands beside


def test_a_block_that_needs_care_leaves_the_others_fast(tmp_path, monkeypatch):
    monkeypatch.setattr("ckanext.satudatatrenggalek.conformity.readers.fast_csv.BLOCK", 64)
    text = "id,v\n" + "".join(f"r{n},{n}\n" for n in range(50)) + "r50\n" + "r51,x\n" * 50
    path = tmp_path / "a.csv"
    path.write_text(text)
    report = assert_equal(path, schema_of(field("integer")))
    assert report.engine == "satudata/careful"
