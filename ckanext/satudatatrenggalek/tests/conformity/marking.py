"""Marked workbooks and their parts, for the tests that look into them."""

from __future__ import annotations

import zipfile

from ckanext.satudatatrenggalek.conformity import Expectation, check_file, write_marked

from .conftest import PADI

BRICK, EARTH = "FFFBEAE6", "FFFCF0DA"


def marked(path, tmp_path, name="padi.xlsx", **more):
    expectation = Expectation(name=name, table_schema=PADI, **more)
    report = check_file(path, expectation)
    target = tmp_path / f"marked-{path.stem}.xlsx"
    return report, write_marked(path, report, target), target


def cells_of(sheet):
    return {c.coordinate: c for row in sheet.iter_rows() for c in row}


def parts(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
