"""A pytest plugin: runs the chosen tests once for each table that was sabotaged in one place.

``python -m pytest -p ckanext.satudatatrenggalek.tests.domain.sabotage TESTS``: collected once;
each sabotage is put in place in a fork of its own, where the tests run until the first one
fails. Printed is every sabotage that no test noticed, and how many there were.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from inspect import signature
from typing import Any

import pytest

from ckanext.satudatatrenggalek.domain import sop
from ckanext.satudatatrenggalek.domain.sop import Arrow, Clock, Deed, Reading, Role, State, Step

from . import product

_HOUSE = "ckanext.satudatatrenggalek"
_GREEN, _RED = 0, 1


def changes() -> Iterator[tuple[str, Callable[[], None]]]:
    """Every sabotage of the five tables: its name, and what puts it in place."""
    for index, step in enumerate(sop.STEPS):
        for what, changed in _weaker(step):
            table = (*sop.STEPS[:index], *changed, *sop.STEPS[index + 1 :])
            yield f"STEPS {step.name}: {what}", partial(_steps, table)
    for index, deed in enumerate(sop.DEEDS):
        for what, changed in _weaker_deeds(deed):
            table = (*sop.DEEDS[:index], *changed, *sop.DEEDS[index + 1 :])
            yield f"DEEDS {deed.name}: {what}", partial(_deeds, table)
    yield from _other_readers()
    for state, clock in sop.CLOCKS.items():
        yield f"CLOCKS {state.value}: gone", partial(sop.CLOCKS.pop, state)
        for what, other in _other_clocks(clock):
            yield f"CLOCKS {state.value}: {what}", partial(sop.CLOCKS.update, {state: other})


def _other_readers() -> Iterator[tuple[str, Callable[[], None]]]:
    """Staff, by the state; the public, by the level."""
    for state in State:
        yield f"VISIBLE_TO {state.value}: gone", partial(sop.VISIBLE_TO.pop, state)
        for role in Role:
            yield f"VISIBLE_TO {state.value}: {role.value} turned", partial(_turn, state, role)
    for level, given in sop.PUBLIC_READS.items():
        if given is not Reading.NOTHING:  # what has no row is not read either
            yield f"PUBLIC_READS {level.value}: gone", partial(sop.PUBLIC_READS.pop, level)
        for reading in set(Reading) - {given}:
            put = partial(sop.PUBLIC_READS.update, {level: reading})
            yield f"PUBLIC_READS {level.value}: {reading.value}", put


def _weaker(step: Step) -> Iterator[tuple[str, tuple[Step, ...]]]:
    yield "gone", ()
    for flag in product.FLAGS.values():
        if getattr(step, flag):
            yield f"without {flag}", (replace(step, **{flag: False}),)
    for person in step.not_by:
        others = tuple(name for name in step.not_by if name != person)
        yield f"also by {person}", (replace(step, not_by=others),)
    for index, arrow in enumerate(step.arrows):
        for what, changed in _other_arrows(arrow):
            arrows = step.arrows[:index] + changed + step.arrows[index + 1 :]
            yield f"from {arrow.source.value} {what}", (replace(step, arrows=arrows),)


def _weaker_deeds(deed: Deed) -> Iterator[tuple[str, tuple[Deed, ...]]]:
    yield "gone", ()
    for flag in ("needs_comment", "needs_hash", "needs_letter"):
        if getattr(deed, flag):
            yield f"without {flag}", (replace(deed, **{flag: False}),)
    for role in deed.roles:
        others = tuple(held for held in deed.roles if held is not role)
        yield f"not by {role.value}", (replace(deed, roles=others),)
    yield "by the leadership too", (replace(deed, roles=(*deed.roles, Role.LEADERSHIP)),)
    for state in State:
        changed = replace(deed, states=deed.states ^ {state})
        yield f"{state.value} turned", (changed,)


def _other_arrows(arrow: Arrow) -> Iterator[tuple[str, tuple[Arrow, ...]]]:
    yield "gone", ()
    for role in arrow.roles:
        others = tuple(held for held in arrow.roles if held is not role)
        yield f"not by {role.value}", (replace(arrow, roles=others),)
    yield "by the leadership too", (replace(arrow, roles=(*arrow.roles, Role.LEADERSHIP)),)
    for target in (State.PUBLISHED, State.DRAFT):
        if target is not (arrow.target or arrow.source):
            yield f"to {target.value}", (replace(arrow, target=target),)
    if arrow.priority_target:
        yield "past the supervisor", (replace(arrow, priority_target=None),)


def _other_clocks(clock: Clock) -> Iterator[tuple[str, Clock]]:
    yield "of another state", replace(clock, state=State.PUBLISHED)
    yield "owned by another", replace(clock, owner=Role.FORUM)
    yield "in another unit", replace(clock, unit="hour" if clock.unit == "day" else "day")
    yield "of another SOP step", replace(clock, sop_step=5)
    yield "of no SOP step", replace(clock, sop_step=None if clock.sop_step else 6)
    for name in sorted({other.setting for other in sop.CLOCKS.values()} - {clock.setting}):
        yield f"set by {name}", replace(clock, setting=name)


def _turn(state: State, role: Role) -> None:
    sop.VISIBLE_TO[state] = sop.VISIBLE_TO[state] ^ {role}


def _steps(table: tuple[Step, ...]) -> None:
    _put(sop.STEPS, table)
    sop.STEP_BY_NAME.clear()
    sop.STEP_BY_NAME.update({step.name: step for step in table})


def _deeds(table: tuple[Deed, ...]) -> None:
    _put(sop.DEEDS, table)
    sop.DEED_BY_NAME.clear()
    sop.DEED_BY_NAME.update({deed.name: deed for deed in table})


def _put(before: tuple[Any, ...], table: tuple[Any, ...]) -> None:
    """Wherever a module holds the table under a name of its own, it holds the changed one now."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_HOUSE):
            for key, value in list(vars(module).items()):
                if value is before:
                    setattr(module, key, table)


def _nothing() -> None:
    """The table as it is."""


def _is_noticed(tests: list[Callable[[], Any]], change: Callable[[], Any]) -> bool:
    """Whether a test goes red under the change; in a fork, so that nothing of it remains."""
    child = os.fork()
    if child == 0:
        code = _RED
        try:
            change()
            for test in tests:
                test()
            code = _GREEN
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != _GREEN


def _call_of(item: pytest.Item) -> Callable[[], Any] | None:
    """A collected test as a plain call with its parameters; None: it wants fixtures."""
    assert isinstance(item, pytest.Function)
    params = item.callspec.params if hasattr(item, "callspec") else {}
    if set(signature(item.obj).parameters) - set(params):
        return None
    return partial(item.obj, **params)


def pytest_runtestloop(session: pytest.Session) -> bool:
    """In the place of pytest's own loop."""
    tests = [call for item in session.items if (call := _call_of(item))]
    if not tests or _is_noticed(tests, _nothing):
        raise pytest.UsageError("no tests, or red without any sabotage")
    found = [(what, _is_noticed(tests, change)) for what, change in list(changes())]
    print(f"\ntried: {len(found)}")
    unnoticed = [what for what, noticed in found if not noticed]
    for what in unnoticed:
        print(f"unnoticed: {what}")
    session.testsfailed = len(unnoticed)
    return True
