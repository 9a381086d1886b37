"""What is done to a submission without moving it, against the product's words."""

from dataclasses import fields, replace
from itertools import product as pairs

import pytest

from ckanext.satudatatrenggalek.domain import sop
from ckanext.satudatatrenggalek.domain.sop import DEED_BY_NAME, DEEDS, Deed, State
from ckanext.satudatatrenggalek.domain.workflow import (
    Actor,
    Grant,
    Role,
    available_deeds,
    judge_deed,
)

from . import product
from .people import OTHER_OFFICE, person, submission

FLAGS = {"reason": "needs_comment", "hash": "needs_hash", "letter": "needs_letter"}


def written(deeds):
    """The deeds of ``sop.py`` in the words of the product."""
    return {
        deed.name: (
            {role.value for role in deed.roles},
            {state.value for state in deed.states},
            {word for word, flag in FLAGS.items() if getattr(deed, flag)},
        )
        for deed in deeds
    }


def test_the_table_is_the_products():
    assert written(DEEDS) == product.deeds()
    assert set(FLAGS.values()) == {f.name for f in fields(Deed) if f.name.startswith("needs_")}


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_changed_row_is_noticed(deed):
    others = [other for other in DEEDS if other is not deed]
    for wrong in (
        replace(deed, roles=(*deed.roles, Role.FORUM)),
        replace(deed, states=deed.states ^ {State.AWAITING_RELEASE}),
        replace(deed, needs_comment=not deed.needs_comment),
    ):
        assert written([*others, wrong]) != product.deeds()
    assert written(others) != product.deeds()


def expected(state, deed, role):
    roles, states, _ = product.deeds()[deed]
    if role not in roles:
        return "wrong_role"
    return None if state in states else "wrong_state"


def test_every_triple_is_judged_as_the_table_says():
    for state, deed, role in pairs(product.STATES, product.deeds(), product.ROLES):
        refusal = judge_deed(submission(State(state)), DEED_BY_NAME[deed], person(role))
        found = refusal.reason if refusal else None
        assert found == expected(state, deed, role), (state, deed, role)


def test_another_offices_people_do_nothing_here():
    for state, role in pairs(State, product.ROLES):
        stranger = person(role, office=OTHER_OFFICE)
        assert available_deeds(submission(state), stranger) == []


def test_on_behalf_stands_in_for_one_dataset_alone():
    grant = Grant(Role.PRODUCER, "dinkes", dataset_id="d", on_behalf="letter")
    actor = Actor("ani", (grant,))
    assert actor.on_behalf(Role.PRODUCER, "dinkes", "statistik", "d") == "letter"
    assert actor.has(Role.PRODUCER, "dinkes", "statistik", "d")
    assert not actor.has(Role.PRODUCER, "dinkes", "statistik", "another")
    assert not actor.has(Role.PRODUCER, "dinkes", "statistik")
    assert not actor.has(Role.PRODUCER, OTHER_OFFICE, "statistik", "d")


def test_an_appointment_comes_before_what_is_done_on_behalf():
    appointed = Grant(Role.PRODUCER, "dinkes")
    actor = Actor(
        "ani", (Grant(Role.PRODUCER, "dinkes", dataset_id="d", on_behalf="letter"), appointed)
    )
    assert actor.on_behalf(Role.PRODUCER, "dinkes", "statistik", "d") == ""
    assert Actor("ani").on_behalf(Role.PRODUCER, "dinkes", "statistik", "d") == ""


def test_only_the_producer_is_stood_in_for():
    assert sop.ON_BEHALF_ROLES == (Role.PRODUCER,)
