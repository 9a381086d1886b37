"""Every state x step x role, judged against the product's table; then who may not anyway."""

from enum import Enum
from itertools import combinations
from itertools import product as pairs
from typing import Any

import pytest

from ckanext.satudatatrenggalek.domain.sop import STEP_BY_NAME, STEPS, Role, State
from ckanext.satudatatrenggalek.domain.workflow import (
    SYSTEM,
    Actor,
    Move,
    Refusal,
    Rules,
    StepRefused,
    available,
    judge,
    take,
)

from . import product
from .people import COMMAND, NOW, OTHER_OFFICE, RULES, person, submission

STEP_NAMES = product.steps()
TRIPLES = list(pairs(product.STATES, STEP_NAMES, product.ROLES))


def expected(state, step, role):
    """What the product's table says of this triple: a reason, or None for open."""
    arrows = product.arrows_of(step)
    if not any(role in roles for roles in arrows.values()):
        return "wrong_role"
    if state not in arrows:
        return "wrong_state"
    return None if role in arrows[state] else "wrong_role"


def reason(state, step, actor, rules=RULES, **changes: Any) -> str | None:
    refusal = judge(submission(State(state), **changes), STEP_BY_NAME[step], actor, rules)
    return refusal.reason if refusal else None


def taken(name, actor, command=COMMAND, rules=RULES, at=NOW, **changes) -> Move:
    """The move of a step that must go through."""
    return take(submission(**changes), name, actor, at, command, rules)


def test_every_triple_is_judged_as_the_table_says():
    wrong = {
        (state, step, role): found
        for state, step, role in TRIPLES
        if (found := reason(state, step, person(role))) != expected(state, step, role)
    }
    assert wrong == {}


def test_the_table_opens_as_many_triples_as_it_has_roles_and_arrows():
    is_open = [(s, step, r) for s, step, r in TRIPLES if reason(s, step, person(r)) is None]
    assert len(is_open) == sum(len(row[2].split()) for row in product.rows()) == 38


@pytest.mark.parametrize("grant", [{"office": OTHER_OFFICE}, {"kind": "geospasial"}])
def test_an_appointment_for_another_office_or_kind_opens_nothing(grant):
    found = {reason(state, step, person(role, **grant)) for state, step, role in TRIPLES}
    assert found == {"wrong_role"}


@pytest.mark.parametrize("grant", [{"office": None}, {"kind": "statistik"}])
def test_an_appointment_for_all_offices_or_this_kind_opens_the_same(grant):
    for state, step, role in TRIPLES:
        assert reason(state, step, person(role, **grant)) == expected(state, step, role)


def test_without_an_appointment_everything_is_the_wrong_role():
    for nobody in (Actor("warga"), Actor(None)):
        found = {reason(state, step, nobody) for state, step, _ in TRIPLES}
        assert found == {"wrong_role"}
        assert available(submission(), nobody, RULES) == []


def test_the_portal_itself_only_releases():
    for state in State:
        names = [step.name for step in available(submission(state), SYSTEM, RULES)]
        assert names == (["release"] if state is State.AWAITING_RELEASE else [])


def test_several_roles_open_what_each_of_them_opens_and_no_more():
    is_open = {key for key in TRIPLES if expected(*key) is None}
    for held in combinations(product.ROLES, 2):
        both = person(*held)
        for state, step in pairs(product.STATES, STEP_NAMES):
            alone = any((state, step, role) in is_open for role in held)
            assert (reason(state, step, both) is None) == alone, (held, state, step)


def test_buttons_are_exactly_what_the_judge_lets_through():
    for state, role in pairs(State, product.ROLES):
        names = [step.name for step in available(submission(state), person(role), RULES)]
        assert names == [s for s in STEP_NAMES if expected(state.value, s, role) is None]


def test_only_what_is_decided_on_a_hash_is_done_to_many_at_once():
    assert {step.name for step in STEPS if step.for_many} == {"conform", "approve"}


def test_the_wrong_role_is_told_before_the_state():
    assert reason("discarded", "approve", person("producer")) == "wrong_role"
    assert reason("discarded", "approve", person("approver")) == "wrong_state"


def test_only_the_wrong_role_is_forbidden_the_rest_is_a_conflict():
    assert Refusal("wrong_role").is_wrong_role
    assert not Refusal("wrong_state").is_wrong_role
    assert not Refusal("same_person").is_wrong_role


def test_a_state_nobody_knows_refuses_every_step():
    strange = Enum("strange", {"LOST": "lost"}, type=str)
    for step, role in pairs(STEPS, product.ROLES):
        lost = submission(strange.LOST)
        assert judge(lost, step, person(role), RULES) is not None
        assert available(lost, person(role), RULES) == []


def test_a_step_nobody_knows_is_refused_by_name():
    with pytest.raises(StepRefused) as refused:
        take(submission(), "publish", person(*product.ROLES), NOW, COMMAND, RULES)
    assert refused.value.refusal == Refusal("unknown_step", ("publish",))


# --- the same person ----------------------------------------------------------------------

BARRED_CONTRIBUTOR = [
    ("conform", "awaiting_check", "checker"),
    ("conform", "awaiting_check", "supporting_checker"),
    ("return", "awaiting_check", "checker"),
    ("return", "awaiting_supervisor", "supervisor"),
    ("return", "awaiting_approval", "approver"),
    ("endorse", "awaiting_supervisor", "supervisor"),
    ("skip_supervisor", "awaiting_supervisor", "approver"),
    ("send_back", "awaiting_approval", "approver"),
    ("approve", "awaiting_approval", "approver"),
]


@pytest.mark.parametrize(("step", "state", "role"), BARRED_CONTRIBUTOR)
@pytest.mark.parametrize("one_person", [False, True])
def test_a_contributor_neither_checks_endorses_nor_approves(step, state, role, one_person):
    rules = Rules(one_person_walidata=one_person)
    mine = frozenset({"ani", "budi"})
    assert reason(state, step, person(role), rules, contributors=mine) == "same_person"
    assert reason(state, step, person(role), rules, contributors=mine - {"ani"}) is None


def test_the_checker_does_not_approve_except_in_a_walidata_of_one():
    checked: dict[str, Any] = {"checkers": frozenset({"ani"})}
    one = Rules(one_person_walidata=True)
    assert reason("awaiting_approval", "approve", person("approver"), **checked) == "same_person"
    assert reason("awaiting_approval", "approve", person("approver"), one, **checked) is None
    assert reason("awaiting_approval", "return", person("approver"), **checked) is None


def test_who_retracted_does_not_reinstate():
    found = reason("retracted", "reinstate", person("approver"), retracted_by="ani")
    assert found == "same_person"
    assert reason("retracted", "reinstate", person("approver"), retracted_by="budi") is None


def test_a_dataset_has_one_open_submission():
    for state in ("published", "retracted"):
        found = reason(state, "revise", person("producer"), has_open_submission=True)
        assert found == "open_submission"
        assert reason(state, "revise", person("producer")) is None


# --- where a step leads -------------------------------------------------------------------


def test_every_arrow_leads_where_the_table_says():
    for name, _, by, source, target, _, _ in product.rows():
        plain = target.split()[0].replace("same", source)
        for role in by.split():
            move = taken(name, person(role, office=None), state=State(source))
            assert (move.source.value, move.target.value) == (source, plain)
            assert (move.step.name, move.role.value, move.at) == (name, role, NOW)


@pytest.mark.parametrize(
    ("priority", "switched_on", "target"),
    [
        (True, True, State.AWAITING_SUPERVISOR),
        (True, False, State.AWAITING_APPROVAL),
        (False, True, State.AWAITING_APPROVAL),
    ],
)
def test_data_prioritas_goes_to_the_supervisor_where_switched_on(priority, switched_on, target):
    rules = Rules(supervisor_check=switched_on)
    move = taken(
        "conform",
        person("checker"),
        rules=rules,
        state=State.AWAITING_CHECK,
        priority=priority,
    )
    assert move.target is target


def test_who_is_both_checks_as_walidata():
    both = person("supporting_checker", "checker")
    assert taken("conform", both, state=State.AWAITING_CHECK).role is Role.CHECKER
