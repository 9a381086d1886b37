"""Walks every submission some people can reach, and names each move that breaks a promise.

The walk plays what the portal does around the judge: edits add a contributor and change the
content, *sesuai* adds a checker, approval binds to the content, time passes. Whether a move
may be made is asked of ``workflow`` alone. Persons are numbers; the portal itself is None.
"""

from dataclasses import dataclass, replace

from ckanext.satudatatrenggalek.domain import workflow
from ckanext.satudatatrenggalek.domain.sop import State
from ckanext.satudatatrenggalek.domain.workflow import (
    SYSTEM,
    Actor,
    StepRefused,
    judge,
    may_edit,
    take,
)

from .people import COMMAND, HASH, NOW, OLD_HASH, RULES, person, submission

NOBODY = frozenset()
STALE = replace(COMMAND, content_hash=OLD_HASH)
WALKERS = ("producer", "supporting_checker", "checker", "approver", "supervisor")


@dataclass(frozen=True)
class Spot:
    """Where a submission stands on the walk: all that decides what may happen next."""

    state: State = State.DRAFT
    contributors: frozenset = NOBODY
    checkers: frozenset = NOBODY
    approver: str | None = None
    as_approved: bool = False
    retracted_by: str | None = None
    late: bool = False


def crew(*role_sets):
    """Up to three people, each with a set of roles, and the portal itself."""
    people = [person(*roles, name=f"p{i}") for i, roles in enumerate(role_sets)]
    return [*people, SYSTEM]


ALL_ROUNDERS = crew(WALKERS, WALKERS, WALKERS)


def seen(spot, priority):
    """The submission the judge is asked about."""
    return submission(
        spot.state,
        priority=priority,
        contributors=spot.contributors,
        checkers=spot.checkers,
        retracted_by=spot.retracted_by,
        approved_hash=HASH if spot.as_approved else OLD_HASH,
        due=NOW if spot.late else None,
    )


def moves(spot, people, rules, priority, commands=(("", COMMAND), ("stale ", STALE))):
    """Every ``(what, who, spot after, role)`` that is let through from here."""
    yield from _by_nobody(spot)
    current = seen(spot, priority)
    for who in people:
        if may_edit(current, who) is None:
            changed = spot.contributors | {who.user_id}
            yield "edit", who, replace(spot, contributors=changed, as_approved=False), None
        for step in workflow.STEP_BY_NAME.values():
            # transfer stays where it is (test_judge); here it would only be walked in circles
            if step.name != "transfer" and judge(current, step, who, rules) is None:
                yield from _steps(spot, current, step.name, who, rules, commands)


def _by_nobody(spot):
    if spot.state is State.AWAITING_SUPERVISOR and not spot.late:
        yield "time passes", Actor(None), replace(spot, late=True), None
    if spot.state is State.AWAITING_RELEASE and spot.as_approved:
        yield "content changes", Actor(None), replace(spot, as_approved=False), None


def _steps(spot, current, name, who, rules, commands):
    for prefix, command in commands:
        try:
            move = take(current, name, who, NOW, command, rules)
        except StepRefused:
            continue
        yield prefix + name, who, _after(spot, move, who.user_id), move.role


def _after(spot, move, who):
    name, moved = move.step.name, replace(spot, state=move.target, late=False)
    if name == "revise":
        return Spot()
    if name == "submit":
        return replace(moved, contributors=spot.contributors | {who})
    if name == "conform":
        return replace(moved, checkers=spot.checkers | {who})
    if name == "approve":
        return replace(moved, approver=who, as_approved=True)
    if name == "hold":
        return replace(moved, approver=None)
    return replace(moved, retracted_by=who if name == "retract" else spot.retracted_by)


def walk(people=ALL_ROUNDERS, rules=RULES, priority=False, depth=10):
    """``(spots, breaches)`` within ``depth`` moves: where one can get, and what went wrong."""
    spots, edge, breaches = {Spot()}, {Spot()}, set()
    for _ in range(depth):
        reached = set()
        for spot in edge:
            for what, who, after, role in moves(spot, people, rules, priority):
                breaches.update(broken(spot, what, who, after, role, rules, priority))
                reached.add(after)
        edge = reached - spots
        spots |= edge
    return spots, breaches


def can_publish(people, rules=RULES, priority=False, depth=10):
    """Whether these people can get an edition published within ``depth`` moves."""
    spots, edge = {Spot()}, {Spot()}
    for _ in range(depth):
        reached = {
            after
            for spot in edge
            for _, _, after, _ in moves(spot, people, rules, priority, [("", COMMAND)])
            if after.state is not State.DISCARDED
        }
        if any(spot.state is State.PUBLISHED for spot in reached):
            return True
        edge = reached - spots
        spots |= edge
    return False


def broken(spot, what, who, after, role, rules, priority):
    """The promises of the procedure this move breaks."""
    me, step = who.user_id, what.removeprefix("stale ")
    touched = spot.state is not after.state or step == "edit"
    checkers = NOBODY if rules.one_person_walidata else spot.checkers
    promises = {
        "nothing is published that was not approved as it is": not (
            step == "release" and not (spot.approver and spot.as_approved)
        ),
        "who approved had no hand in the content": not (
            step == "release" and spot.approver in spot.contributors
        ),
        "who approved did not check": not (step == "release" and spot.approver in checkers),
        "contributors do not judge": not (
            step in ("conform", "return", "endorse", "skip_supervisor", "send_back", "approve")
            and me in spot.contributors
        ),
        "judging binds to the content seen": what
        not in ("stale conform", "stale endorse", "stale approve"),
        "only release and reinstate publish": after.state is not State.PUBLISHED
        or step in ("release", "reinstate"),
        "another approver reinstates": not (step == "reinstate" and me == spot.retracted_by),
        "discarded and superseded are final": not (
            touched and spot.state in (State.DISCARDED, State.SUPERSEDED)
        ),
        "published is left by revise and retract only": not (
            touched and spot.state is State.PUBLISHED and step not in ("revise", "retract")
        ),
        "retracted is left by revise and reinstate only": not (
            touched and spot.state is State.RETRACTED and step not in ("revise", "reinstate")
        ),
        "content changes in draft and correction only": step != "edit"
        or spot.state in (State.DRAFT, State.NEEDS_CORRECTION),
        "the supervisor sees Data Prioritas, where switched on, and nothing else": not (
            spot.state is State.AWAITING_CHECK
            and after.state in (State.AWAITING_APPROVAL, State.AWAITING_SUPERVISOR)
            and (after.state is State.AWAITING_SUPERVISOR)
            is not (priority and rules.supervisor_check)
        ),
        "approval is reached from check, supervisor or hold only": not (
            touched
            and after.state is State.AWAITING_APPROVAL
            and step not in ("conform", "endorse", "skip_supervisor", "hold")
        ),
        "the supervisor is skipped after the clock only": not (
            step == "skip_supervisor" and not spot.late
        ),
        "the portal itself only releases": who is not SYSTEM or step == "release",
        "nobody acts in a role they do not hold": role is None
        or any(grant.role is role for grant in who.grants),
    }
    return {promise for promise, kept in promises.items() if not kept}
