"""A substitute (Plh.) has the role of whom they replace, and the eyes of both."""

from typing import Any

import pytest

from ckanext.satudatatrenggalek.domain.case import Actor, Grant
from ckanext.satudatatrenggalek.domain.duties import DECIDERS, DECIDING, owed_by
from ckanext.satudatatrenggalek.domain.sop import STEP_BY_NAME, Role, State
from ckanext.satudatatrenggalek.domain.workflow import judge, take

from .people import COMMAND, NOW, OFFICE, OTHER_OFFICE, RULES, person, submission
from .test_judge import BARRED_CONTRIBUTOR


def plh(role: str, *replaced: str, name: str = "ani", also: tuple[Grant, ...] = ()) -> Actor:
    """Somebody who stands in for others in one role, for one office."""
    held = tuple(Grant(Role(role), OFFICE, None, who) for who in replaced)
    return Actor(name, (*also, *held))


def verdict(actor: Actor, state: str, step: str, **changes: Any) -> tuple[str, ...] | None:
    refusal = judge(submission(State(state), **changes), STEP_BY_NAME[step], actor, RULES)
    return (refusal.reason, *refusal.details[:1]) if refusal else None


@pytest.mark.parametrize(("step", "state", "role"), BARRED_CONTRIBUTOR)
def test_a_substitute_is_barred_by_what_either_has_contributed(step, state, role):
    actor = plh(role, "budi")
    assert verdict(actor, state, step) is None
    mine, theirs = frozenset({"ani"}), frozenset({"budi"})
    assert verdict(actor, state, step, contributors=mine) == ("same_person", "contributor")
    assert verdict(actor, state, step, contributors=theirs) == ("same_person", "replaced")


def test_a_substitute_does_not_approve_what_either_has_checked():
    actor = plh("approver", "budi")
    where = ("awaiting_approval", "approve")
    assert verdict(actor, *where, checkers=frozenset({"ani"})) == ("same_person", "checker")
    assert verdict(actor, *where, checkers=frozenset({"budi"})) == ("same_person", "replaced")
    assert verdict(actor, *where, checkers=frozenset({"cici"})) is None


def test_a_substitute_does_not_reinstate_what_either_has_retracted():
    actor = plh("approver", "budi")
    for who in ({"retracted_by": "budi"}, {"retracted_for": "budi"}):
        assert verdict(actor, "retracted", "reinstate", **who) == ("same_person", "replaced")
    # What was done in somebody's name is that person's deed as well.
    back = person("approver", name="budi")
    done: dict[str, Any] = {"retracted_by": "ani", "retracted_for": "budi"}
    assert verdict(back, "retracted", "reinstate", **done) == ("same_person", "retractor")


def test_an_own_appointment_comes_before_anothers_name():
    own = plh("approver", "budi", also=(Grant(Role.APPROVER),))
    barred = {"checkers": frozenset({"budi"})}
    assert verdict(own, "awaiting_approval", "approve", **barred) is None
    move = take(submission(State.AWAITING_APPROVAL), "approve", own, NOW, COMMAND, RULES)
    assert move.in_name_of is None


def test_of_two_names_the_one_that_is_free_is_taken():
    both = plh("approver", "budi", "cici")
    there = submission(State.AWAITING_APPROVAL, checkers=frozenset({"budi"}))
    assert take(there, "approve", both, NOW, COMMAND, RULES).in_name_of == "cici"
    neither = frozenset({"budi", "cici"})
    found = verdict(both, "awaiting_approval", "approve", checkers=neither)
    assert found == ("same_person", "replaced")


def test_a_substitute_holds_no_more_than_whom_they_replace():
    actor = plh("producer", "budi")
    assert actor.has(Role.PRODUCER, OFFICE, "statistik")
    assert not actor.has(Role.PRODUCER, OTHER_OFFICE, "statistik")
    assert actor.replaced == {"budi"}
    assert actor.own_grants == ()
    assert actor.names(Role.CHECKER, OFFICE, "statistik") == ()


def test_who_owes_what_is_read_off_the_table():
    assert owed_by(Role.PRODUCER) == {State.DRAFT, State.NEEDS_CORRECTION}
    assert owed_by(Role.CHECKER) == owed_by(Role.SUPPORTING_CHECKER) == {State.AWAITING_CHECK}
    assert owed_by(Role.SUPERVISOR) == {State.AWAITING_SUPERVISOR}
    assert owed_by(Role.APPROVER) == {State.AWAITING_APPROVAL}
    assert owed_by(Role.FORUM) == frozenset()
    deciders = {"supporting_checker", "checker", "approver", "supervisor"}
    assert {role.value for role in DECIDERS} == deciders
    assert {"conform", "return", "endorse", "approve", "send_back"} <= set(DECIDING)
    assert "submit" not in DECIDING
