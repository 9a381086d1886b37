"""``domain/sop.py`` against the product's table: equal, closed, and a comparison that can fail."""

from dataclasses import fields, replace
from functools import cache

import pytest

from ckanext.satudatatrenggalek.domain import sop
from ckanext.satudatatrenggalek.domain.sop import Role, State, Step

from . import product


def written(step):
    """A step of ``sop.py`` in the words of the product's table, one row an arrow."""
    needs = " ".join(word for word, flag in product.FLAGS.items() if getattr(step, flag))
    for arrow in step.arrows:
        target = arrow.target.value if arrow.target else "same"
        if arrow.priority_target:
            target += f" *{arrow.priority_target.value}"
        yield (
            step.name,
            step.label.lower(),
            " ".join(sorted(role.value for role in arrow.roles)),
            arrow.source.value,
            target,
            needs,
            " ".join(sorted(step.not_by)),
        )


@cache
def _ordered(row):
    name, label, by, source, target, needs, not_by = row
    words = set(needs.split())
    in_order = " ".join(word for word in product.FLAGS if word in words)
    return (
        name,
        label,
        " ".join(sorted(by.split())),
        source,
        target,
        in_order,
        " ".join(sorted(not_by.split())),
    )


def differences(steps):
    """Rows that only one of the two tables has; empty when they agree."""
    ours = [row for step in steps for row in written(step)]
    theirs = [_ordered(row) for row in product.rows()]
    extra = [("sop.py", *row) for row in ours if ours.count(row) > theirs.count(row)]
    missing = [("product", *row) for row in theirs if theirs.count(row) > ours.count(row)]
    return extra + missing


def dead_ends(steps):
    """What is wrong with the table as a graph; empty when it is closed."""
    arrows = [(arrow.source, target) for step in steps for arrow, target in _targets(step)]
    moves = [(source, target) for source, target in arrows if source is not target]
    reached = {State.DRAFT}
    while grown := {t for s, t in moves if s in reached} - reached:
        reached |= grown
    left = {source for source, _ in moves}
    never = set(State) - reached - {State.SUPERSEDED}
    return (
        [f"no way out of {state.value}" for state in sop.OPEN_STATES - left]
        + [f"{state.value} is never reached" for state in never]
        + [f"{step.name} starts nowhere" for step in steps if not step.arrows]
        + [f"{state} is left" for state in product.FINAL & {state.value for state in left}]
    )


def _targets(step):
    for arrow in step.arrows:
        yield arrow, arrow.target or arrow.source
        if arrow.priority_target:
            yield arrow, arrow.priority_target


def mutants():
    """Every table that differs from ours in one arrow, role, flag, name, label or person."""
    for index, step in enumerate(sop.STEPS):
        for what, changed in _step_mutants(step):
            table = list(sop.STEPS)
            table[index : index + 1] = changed
            yield f"{step.name}: {what}", table


def _step_mutants(step):
    yield "gone", []
    yield "twice", [step, step]
    yield "renamed", [replace(step, name=step.name + "x")]
    yield "relabelled", [replace(step, label="Lain")]
    for flag in product.FLAGS.values():
        yield f"{flag} turned", [replace(step, **{flag: not getattr(step, flag)})]
    for person in ("contributors", "checkers", "retractor"):
        others = tuple(name for name in step.not_by if name != person)
        turned = others if person in step.not_by else (*others, person)
        yield f"not by {person} turned", [replace(step, not_by=turned)]
    for index, arrow in enumerate(step.arrows):
        for what, changed in _arrow_mutants(arrow):
            arrows = step.arrows[:index] + changed + step.arrows[index + 1 :]
            yield f"from {arrow.source.value} {what}", [replace(step, arrows=arrows)]


def _arrow_mutants(arrow):
    yield "gone", ()
    yield "twice", (arrow, arrow)
    for state in State:
        if state is not arrow.source:
            yield f"now from {state.value}", (replace(arrow, source=state),)
        if state is not arrow.target:
            yield f"to {state.value}", (replace(arrow, target=state),)
        if state is not arrow.priority_target:
            yield f"priority to {state.value}", (replace(arrow, priority_target=state),)
    if arrow.target:
        yield "to the same", (replace(arrow, target=None),)
    if arrow.priority_target:
        yield "no priority", (replace(arrow, priority_target=None),)
    for role in Role:
        others = tuple(held for held in arrow.roles if held is not role)
        turned = others if role in arrow.roles else (*others, role)
        yield f"{role.value} turned", (replace(arrow, roles=turned),)


def test_the_table_is_the_products():
    assert differences(sop.STEPS) == []


def test_every_single_change_of_the_table_is_noticed():
    tables = dict(mutants())
    assert len(tables) > 1000
    assert [what for what, table in tables.items() if not differences(table)] == []


def test_every_yes_or_no_of_a_step_is_compared():
    switches = {field.name for field in fields(Step) if field.type in (bool, "bool")}
    assert switches == set(product.FLAGS.values())
    others = {"name", "label", "arrows", "not_by"}
    assert {field.name for field in fields(Step)} == switches | others


def test_the_states_and_roles_are_the_products():
    assert [state.value for state in State] == product.STATES
    assert [role.value for role in Role] == product.ROLES
    assert Role.SYSTEM not in sop.APPOINTABLE
    assert set(sop.APPOINTABLE) == set(Role) - {Role.SYSTEM}


def test_the_table_is_closed():
    assert dead_ends(sop.STEPS) == []


@pytest.mark.parametrize(
    ("removed", "said"),
    [
        ({"approve", "return", "send_back"}, "no way out of awaiting_approval"),
        ({"release", "hold"}, "published is never reached"),
        ({"discard"}, "discarded is never reached"),
    ],
)
def test_an_open_table_is_noticed(removed, said):
    assert said in dead_ends([step for step in sop.STEPS if step.name not in removed])


def test_a_step_without_a_source_and_an_arrow_from_a_final_state_are_noticed():
    bare = replace(sop.STEP_BY_NAME["hold"], arrows=())
    undead = sop.Arrow(State.DISCARDED, (Role.PRODUCER,), State.DRAFT)
    said = dead_ends([*sop.STEPS, bare, Step("undo", "Urungkan", (undead,))])
    assert said == ["hold starts nowhere", "discarded is left"]


def test_every_step_has_at_most_one_arrow_from_a_state():
    for step in sop.STEPS:
        sources = [arrow.source for arrow in step.arrows]
        assert len(sources) == len(set(sources)), step.name


def test_names_are_unique():
    assert list(sop.STEP_BY_NAME) == product.steps() == [step.name for step in sop.STEPS]


def test_open_editable_and_public_states():
    assert {state.value for state in sop.OPEN_STATES} == set(product.CLOCKS)
    assert {state.value for state in sop.EDITABLE_STATES} == {"draft", "needs_correction"}
    assert {state.value for state in sop.PUBLIC_STATES} == {"published"}


def test_a_clock_runs_in_every_open_state_and_in_no_other():
    found = {
        state.value: (clock.owner.value, clock.unit, clock.setting, clock.sop_step)
        for state, clock in sop.CLOCKS.items()
    }
    assert found == product.CLOCKS
    assert all(state is clock.state for state, clock in sop.CLOCKS.items())


def test_every_state_stands_at_a_step_of_the_sop():
    assert set(sop.SOP_STEP_OF) == set(State)
    for state, clock in sop.CLOCKS.items():
        assert clock.sop_step in (None, sop.SOP_STEP_OF[state])
