"""What is made from a file, in a process of its own: written whole, or refused with a reason."""

import json

import pytest

from ckanext.satudatatrenggalek.conformity import BadSchema, Expectation, check_file
from ckanext.satudatatrenggalek.conformity.apart import Bounds, Stopped, Writing, write_apart
from ckanext.satudatatrenggalek.conformity.prepare import LOG, MARKED, TIDIED, TOLD

MESSY = "POSYANDU 2025;;\ntahun;kecamatan;jumlah\n2025;Panggul;1.250\n2025;Pule;-\nJUMLAH;;1.250\n"
SCHEMA = {
    "fields": [
        {"name": "tahun", "type": "year"},
        {"name": "kecamatan", "type": "string"},
        {"name": "jumlah", "type": "integer"},
    ]
}


@pytest.fixture
def messy(tmp_path):
    path = tmp_path / "posyandu.csv"
    path.write_text(MESSY, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "made"
    made.mkdir()
    return made


def told(folder):
    return json.loads((folder / TOLD).read_text(encoding="utf-8"))


def test_a_tidied_copy_is_written_with_its_log_and_what_there_is_to_say(messy, folder):
    expectation = Expectation(name=messy.name, table_schema=SCHEMA, period="2025")
    write_apart(messy, expectation, Writing(folder), Bounds())
    said = told(folder)
    (question,) = said["questions"]
    assert question["answer"] == ""
    assert said["before"]["header"] == ["tahun", "kecamatan", "jumlah"]
    assert said["before"]["rows"][0] == {"number": 3, "cells": ["2025", "Panggul", "1.250"]}
    assert said["after"]["errors"] == 1, "the marker nobody has answered for"
    assert (folder / LOG).read_text(encoding="utf-8").count("\n") == said["total"] + 1

    answered = folder.parent / "answered"
    answered.mkdir()
    write_apart(messy, expectation, Writing(answered, {question["key"]: "zero"}), Bounds())
    assert (answered / TIDIED).read_text(encoding="utf-8").splitlines() == [
        "tahun,kecamatan,jumlah",
        "2025,Panggul,1250",
        "2025,Pule,0",
    ]
    assert told(answered)["after"]["errors"] == 0


def test_a_marked_workbook_is_written_from_the_report(messy, folder):
    expectation = Expectation(name=messy.name, table_schema=SCHEMA)
    report = check_file(messy, expectation)
    write_apart(messy, expectation, Writing(folder, report=report.to_dict()), Bounds())
    assert told(folder)["name"] == "posyandu_bertanda.xlsx"
    assert told(folder)["cells"] > 0
    assert (folder / MARKED).read_bytes()[:2] == b"PK"


def test_what_is_no_table_is_said(tmp_path, folder):
    path = tmp_path / "kosong.csv"
    path.write_bytes(b"")
    write_apart(path, Expectation(name=path.name), Writing(folder), Bounds())
    assert told(folder) == {"rows": None}


def test_a_bad_schema_and_a_limit_are_refusals(messy, folder):
    twice = {"fields": [{"name": "a"}, {"name": "a"}]}
    with pytest.raises(BadSchema):
        write_apart(messy, Expectation(table_schema=twice), Writing(folder), Bounds())
    with pytest.raises(Stopped) as stopped:
        write_apart(messy, Expectation(name=messy.name), Writing(folder), Bounds(disk=10))
    assert stopped.value.reason == "disk"
