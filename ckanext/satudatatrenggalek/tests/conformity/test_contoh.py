"""Real files of offices, where a folder of them lies beside the project, against `contoh.yaml`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from ckanext.satudatatrenggalek.conformity import Expectation, Limits, check_file

from .written import differences

FOLDER = Path(
    os.environ.get("SATUDATA_CONTOH") or Path(__file__).parents[5] / "shared" / "data" / "contoh"
)
EXPECTED = yaml.safe_load(Path(__file__).with_name("contoh.yaml").read_text("utf-8"))

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no folder of real files")


def test_every_file_has_an_expectation():
    there = {path.name for path in FOLDER.iterdir()} - {"MANIFEST.tsv"}
    assert there <= set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_real_file(name):
    expected = EXPECTED[name]
    if not (FOLDER / name).is_file():
        pytest.skip("not among these files")
    report = check_file(FOLDER / name, Expectation(name=name, limits=Limits(max_findings=None)))
    stats = report.stats
    assert differences(report, expected["findings"]) == []
    assert list(report.labels) == expected["labels"]
    assert stats.rows == expected["rows"]
    assert stats.sheet == expected.get("sheet", "")
    assert stats.encoding == expected.get("encoding", "")
    assert stats.delimiter == expected.get("delimiter", "")
    assert stats.header_row == expected["header"][1]
    assert report.valid == expected["valid"]
