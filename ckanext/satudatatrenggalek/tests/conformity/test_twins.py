"""Generated twins: what each quirk must give, and that the clean file gives nothing."""

from __future__ import annotations

import pytest

from ckanext.satudatatrenggalek.conformity import Expectation, check_file

from .twins import twins
from .written import differences

TWINS = {twin.name: twin for twin in twins()}


def expected(twin, name):
    return Expectation(name=name, table_schema=twin.schema)


@pytest.mark.parametrize("name", TWINS)
def test_a_messy_twin(tmp_path, name):
    twin = TWINS[name]
    messy, _ = twin.write(tmp_path)
    report = check_file(messy, expected(twin, twin.file))
    assert differences(report, twin.findings) == []
    assert list(report.labels) == list(twin.labels)
    assert (report.stats.rows, report.stats.header_row) == (twin.rows, twin.header)
    assert report.stats.sheet == twin.sheet


@pytest.mark.parametrize("name", TWINS)
def test_a_clean_twin(tmp_path, name):
    twin = TWINS[name]
    _, clean = twin.write(tmp_path)
    report = check_file(clean, expected(twin, "rapi.csv"))
    assert [(f.code, f.row, f.message) for f in report.findings] == []
    assert report.stats.rows == len(twin.clean) - 1
