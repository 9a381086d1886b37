"""Tidying a messy twin, with the answers a person gives, yields its clean twin cell for cell."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from ckanext.satudatatrenggalek.conformity import Expectation, propose, write_tidied
from ckanext.satudatatrenggalek.conformity.numbers import PLAIN

from .twins import twins

TWINS = {twin.name: twin for twin in twins()}
# A person's choices name what is written; our options name what is meant.
MEANT = {"0": "zero", "": "empty", "fill": "fill", "long": "long"}
KINDS = {"merged": "merged-cells", "wide-years": "wide-years"}


def answers(twin, questions):
    """The option of every question that the twin's choices speak of."""
    given = {}
    for question in questions:
        for (column, value), choice in twin.choices.items():
            about_table = not column and KINDS[value] == question.kind
            if about_table or (question.column == column and question.value == value):
                given[question.key] = MEANT[choice]
    return given


def cells(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def equal(one, two):
    """The same text, or the same number: 4875.50 keeps the digits the office wrote."""
    if one == two:
        return True
    both = PLAIN.fullmatch(one) and PLAIN.fullmatch(two)
    return bool(both) and Decimal(one) == Decimal(two)


def tidied(twin, path, folder, chosen):
    expectation = Expectation(name=path.name, table_schema=twin.schema)
    target, log = folder / "copy.csv", folder / "log.csv"
    return write_tidied(path, expectation, chosen, target, log), target, log


@pytest.mark.parametrize("name", [name for name, twin in TWINS.items() if twin.mendable])
def test_a_messy_twin_becomes_its_clean_twin(tmp_path, name):
    twin = TWINS[name]
    messy, clean = twin.write(tmp_path)
    expectation = Expectation(name=twin.file, table_schema=twin.schema)
    proposal = propose(messy, expectation)
    if twin.file.endswith(".geojson"):
        assert proposal is None  # no CSV holds its geometry
        return
    chosen = answers(twin, proposal.questions)
    assert len(chosen) == len(twin.choices)
    done, target, log = tidied(twin, messy, tmp_path, chosen)
    assert done.open_questions == ()
    wanted, found = cells(clean), cells(target)
    assert len(found) == len(wanted)
    for row, (one, two) in enumerate(zip(wanted, found, strict=True), start=1):
        assert len(one) == len(two), row
        different = [(a, b) for a, b in zip(one, two, strict=True) if not equal(a, b)]
        assert different == [], row
    assert len(cells(log)) == done.total + 1


@pytest.mark.parametrize("name", TWINS)
def test_a_clean_twin_stays_as_it_is(tmp_path, name):
    twin = TWINS[name]
    _, clean = twin.write(tmp_path)
    done, target, _ = tidied(twin, clean, tmp_path, {})
    assert done.counts == {}
    assert done.open_questions == ()
    assert cells(target) == cells(clean)
