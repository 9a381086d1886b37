"""Who may read and who may edit: every state x role x own or other office."""

from enum import Enum
from itertools import product as pairs
from typing import Any

from ckanext.satudatatrenggalek.domain.sop import VISIBLE_TO, Access, PublicState, Role, State
from ckanext.satudatatrenggalek.domain.visibility import lies_in_edition, public_reading
from ckanext.satudatatrenggalek.domain.workflow import (
    SYSTEM,
    Actor,
    Refusal,
    may_edit,
    may_read,
    roles_that_read,
)

from . import product
from .people import OTHER_OFFICE, person, submission

EVERY = list(pairs(State, product.ROLES))


def test_every_state_is_read_by_the_roles_of_the_table_and_no_other():
    for state, role in EVERY:
        reads = role in product.READERS[state.value].split()
        assert may_read(submission(state), person(role)) == reads, (state, role)
        assert may_read(submission(state), person(role, office=None)) == reads, (state, role)


def test_nobody_reads_what_another_office_or_kind_of_data_has():
    for state, role in EVERY:
        assert not may_read(submission(state), person(role, office=OTHER_OFFICE)), (state, role)
        assert not may_read(submission(state), person(role, kind="geospasial")), (state, role)


def test_a_draft_is_its_offices_alone():
    readers = [role.value for role in roles_that_read(State.DRAFT)]
    assert readers == ["producer", "office_head"]


def test_the_readers_of_a_state_are_named_in_the_order_of_the_roles():
    for state in State:
        readers = [role.value for role in roles_that_read(state)]
        assert readers == [r for r in product.ROLES if r in product.READERS[state.value].split()]


def test_no_appointment_no_reading():
    for state in State:
        for nobody in (Actor("warga"), Actor(None), SYSTEM):
            assert not may_read(submission(state), nobody)


def test_an_unknown_state_is_visible_to_nobody():
    strange = Enum("strange", {"LOST": "lost", "NONE": ""}, type=str)
    everybody = person(*product.ROLES, office=None)
    unknown: list[Any] = list(strange)
    for state in unknown:
        assert not may_read(submission(state), everybody)
        assert may_edit(submission(state), everybody) == Refusal("locked", (state.value,))
        assert list(roles_that_read(state)) == []


def test_every_state_has_its_row_of_readers():
    assert set(VISIBLE_TO) == set(State)
    assert all(Role.SYSTEM not in readers for readers in VISIBLE_TO.values())


def test_only_the_offices_producer_edits_and_only_draft_and_correction():
    for state, role in EVERY:
        found = may_edit(submission(state), person(role))
        if state.value not in ("draft", "needs_correction"):
            assert found == Refusal("locked", (state.value,)), (state, role)
        elif role == "producer":
            assert found is None
        else:
            assert found == Refusal("wrong_role", ("edit",)), (state, role)


def test_a_producer_of_another_office_or_kind_edits_nothing():
    for state in State:
        assert may_edit(submission(state), person("producer", office=OTHER_OFFICE)) is not None
        assert may_edit(submission(state), person("producer", kind="geospasial")) is not None


def test_the_public_reads_of_each_level_what_the_table_says_and_of_no_other_anything():
    assert {level.value for level in Access} == set(product.PUBLIC_READS)
    for level, read in product.PUBLIC_READS.items():
        assert public_reading("published", level).value == read
        assert lies_in_edition(level) == (read == "metadata")
        for state in ("none", "retracted", "lost"):
            assert public_reading(state, level).value == "nothing"
    assert public_reading("published", "lain").value == "nothing"
    assert public_reading("published").value == "nothing"


def test_an_edition_is_read_by_the_least_of_its_levels():
    order = ["nothing", "metadata", "files"]
    for one, other in pairs(product.PUBLIC_READS, repeat=2):
        least = min(product.PUBLIC_READS[one], product.PUBLIC_READS[other], key=order.index)
        assert public_reading("published", one, other).value == least


def test_the_public_knows_three_states():
    assert [state.value for state in PublicState] == ["none", "published", "retracted"]
