"""Every submission up to three people can reach within ten moves keeps every promise.

Three people who hold every role can make any move that fewer or less appointed people can
(``test_judge`` shows that roles only add up), so their walk contains everybody's. Who can
publish at all is then walked for every way of giving out the roles.
"""

from dataclasses import replace
from itertools import chain, combinations, combinations_with_replacement, permutations

import pytest

from ckanext.satudatatrenggalek.domain import workflow
from ckanext.satudatatrenggalek.domain.sop import STEP_BY_NAME, Arrow, Role, State, Step
from ckanext.satudatatrenggalek.domain.workflow import Rules

from .walk import ALL_ROUNDERS, WALKERS, can_publish, crew, walk

ONE_PERSON = Rules(one_person_walidata=True)
NO_SUPERVISOR = Rules(supervisor_check=False)


@pytest.mark.parametrize("priority", [False, True])
@pytest.mark.parametrize("rules", [Rules(), ONE_PERSON, NO_SUPERVISOR], ids=str)
def test_no_walk_breaks_a_promise(rules, priority):
    spots, breaches = walk(ALL_ROUNDERS, rules, priority)
    assert breaches == set()
    supervised = priority and rules.supervisor_check
    everywhere = set(State) - {State.SUPERSEDED}
    assert {spot.state for spot in spots} == (
        everywhere if supervised else everywhere - {State.AWAITING_SUPERVISOR}
    )


def test_two_people_and_one_keep_the_promises_too():
    for count in (1, 2):
        _, breaches = walk(crew(*[WALKERS] * count), priority=True)
        assert breaches == set()


def _teams():
    roles = ("producer", "checker", "approver")
    sets = chain.from_iterable(combinations(roles, size) for size in range(4))
    return list(combinations_with_replacement(list(sets), 3))


def _has_three(team):
    return any(
        "producer" in first and "checker" in second and "approver" in third
        for first, second, third in permutations(team)
    )


def _has_two(team):
    return any(
        "producer" in first
        and "checker" in second
        and ("approver" in second or "approver" in third)
        for first, second, third in permutations(team)
    )


def test_publishing_takes_three_different_people_whoever_holds_which_roles():
    teams = _teams()
    assert len(teams) == 120
    for team in teams:
        assert can_publish(crew(*team)) == _has_three(team), team


def test_data_prioritas_is_published_with_or_without_a_supervisor_at_hand():
    for third in (("approver",), ("approver", "supervisor")):
        assert can_publish(crew(("producer",), ("checker",), third), priority=True)
    assert not can_publish(crew(("producer",), ("checker",), ("supervisor",)), priority=True)


def test_a_walidata_of_one_needs_two_people():
    for team in _teams():
        assert can_publish(crew(*team), ONE_PERSON) == _has_two(team), team


def test_the_supporting_checker_counts_as_a_checker():
    assert can_publish(crew(("producer",), ("supporting_checker",), ("approver",)))


# --- a walk that cannot fail would prove nothing: break the table, and it must ---------------


def _arrow(source, role, target):
    return Arrow(State(source), (Role(role),), State(target))


def _more(name, arrow):
    step = STEP_BY_NAME[name]
    return replace(step, arrows=(*step.arrows, arrow))


SABOTAGE = [
    (replace(STEP_BY_NAME["approve"], not_by=("checkers",)), "contributors do not judge"),
    (replace(STEP_BY_NAME["approve"], not_by=("contributors",)), "who approved did not check"),
    (replace(STEP_BY_NAME["approve"], needs_hash=False), "judging binds to the content seen"),
    (replace(STEP_BY_NAME["conform"], not_by=()), "contributors do not judge"),
    (replace(STEP_BY_NAME["conform"], needs_hash=False), "judging binds to the content seen"),
    (replace(STEP_BY_NAME["endorse"], not_by=()), "contributors do not judge"),
    (replace(STEP_BY_NAME["return"], not_by=()), "contributors do not judge"),
    (
        replace(STEP_BY_NAME["release"], needs_approved_hash=False),
        "nothing is published that was not approved as it is",
    ),
    (
        _more("release", _arrow("awaiting_approval", "approver", "published")),
        "nothing is published that was not approved as it is",
    ),
    (
        Step("publish", "Terbitkan", (_arrow("draft", "producer", "published"),)),
        "only release and reinstate publish",
    ),
    (
        _more("submit", _arrow("discarded", "producer", "awaiting_check")),
        "discarded and superseded are final",
    ),
    (
        _more("withdraw", _arrow("published", "producer", "draft")),
        "published is left by revise and retract only",
    ),
    (
        _more("withdraw", _arrow("retracted", "producer", "draft")),
        "retracted is left by revise and reinstate only",
    ),
    (replace(STEP_BY_NAME["reinstate"], not_by=()), "another approver reinstates"),
    (
        replace(STEP_BY_NAME["skip_supervisor"], needs_clock_ended=False),
        "the supervisor is skipped after the clock only",
    ),
    (
        replace(
            STEP_BY_NAME["conform"],
            arrows=(_arrow("awaiting_check", "checker", "awaiting_approval"),),
        ),
        "the supervisor sees Data Prioritas, where switched on, and nothing else",
    ),
    (
        _more("submit", _arrow("awaiting_check", "producer", "awaiting_approval")),
        "approval is reached from check, supervisor or hold only",
    ),
    (
        _more("withdraw", _arrow("awaiting_approval", "system", "draft")),
        "the portal itself only releases",
    ),
]


@pytest.mark.parametrize(("step", "promise"), SABOTAGE, ids=lambda part: str(part)[:40])
def test_a_sabotaged_table_breaks_its_promise(monkeypatch, step, promise):
    monkeypatch.setitem(workflow.STEP_BY_NAME, step.name, step)
    _, breaches = walk(crew(WALKERS, WALKERS), priority=True, depth=6)
    if promise not in breaches:
        _, breaches = walk(ALL_ROUNDERS, depth=7)
    assert promise in breaches


def test_editing_while_locked_breaks_its_promise(monkeypatch):
    monkeypatch.setattr(workflow, "EDITABLE_STATES", frozenset(State))
    _, breaches = walk(crew(WALKERS, WALKERS), depth=4)
    assert "content changes in draft and correction only" in breaches


def test_a_content_hand_that_approves_breaks_its_promise(monkeypatch):
    approve = replace(STEP_BY_NAME["approve"], not_by=())
    monkeypatch.setitem(workflow.STEP_BY_NAME, "approve", approve)
    _, breaches = walk(crew(WALKERS, WALKERS), depth=6)
    assert {"who approved had no hand in the content", "who approved did not check"} <= breaches


def test_a_role_recorded_that_nobody_holds_breaks_its_promise(monkeypatch):
    monkeypatch.setattr(workflow, "role_for", lambda arrow, submission, actor: Role.FORUM)
    _, breaches = walk(crew(("producer",)), depth=2)
    assert "nobody acts in a role they do not hold" in breaches
