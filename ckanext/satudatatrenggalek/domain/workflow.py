"""Judges steps: one pure function answers buttons, API, jobs and tests alike.

The types it speaks in live in ``case``, what must come with a step in ``needs``; callers find
all of it here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from . import needs
from .case import SYSTEM, Actor, Answer, Command, Grant, Refusal, Rules, Submission
from .sop import (
    DEEDS,
    EDITABLE_STATES,
    STEP_BY_NAME,
    STEPS,
    VISIBLE_TO,
    Arrow,
    Deed,
    Role,
    State,
    Step,
)

__all__ = [
    "SYSTEM",
    "Actor",
    "Answer",
    "Command",
    "Grant",
    "Move",
    "Refusal",
    "Rules",
    "StepRefused",
    "Submission",
    "available",
    "available_deeds",
    "holds",
    "judge",
    "judge_deed",
    "may_edit",
    "may_read",
    "names_for",
    "role_for",
    "roles_that_read",
    "take",
    "target_of",
]


class StepRefused(Exception):
    """Raised by ``take``; carries the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


@dataclass(frozen=True)
class Move:
    """A step that may be recorded: from, to, in which role, when.

    ``in_name_of``: the user a substitute (Plh.) acts for; None: in one's own name.
    """

    step: Step
    source: State
    target: State
    role: Role
    at: datetime
    in_name_of: str | None = None


def role_for(arrow: Arrow, submission: Submission, actor: Actor) -> Role | None:
    """The first of the arrow's roles the actor holds for this submission."""
    return next(
        (role for role in arrow.roles if holds(submission, role, actor)),
        None,
    )


def holds(submission: Submission, role: Role, actor: Actor) -> bool:
    """Whether the actor holds this role for this submission."""
    return actor.has(role, submission.office_id, submission.kind, submission.dataset_id)


def target_of(arrow: Arrow, submission: Submission, rules: Rules) -> State:
    """Where the arrow leads for this submission: one step may lead to two states."""
    if arrow.priority_target and submission.priority and rules.supervisor_check:
        return arrow.priority_target
    return arrow.target or submission.state


def judge(submission: Submission, step: Step, actor: Actor, rules: Rules) -> Refusal | None:
    """State, role and same person; what a button asks. None: the step is open to the actor.

    Somebody who could never take this step here is told so (wrong_role) before anything
    about the state, so that states do not leak to outsiders.
    """
    holds_any = any(role_for(arrow, submission, actor) for arrow in step.arrows)
    if not holds_any:
        return Refusal("wrong_role", (step.name,))
    arrow = step.arrow_from(submission.state)
    if arrow is None:
        return Refusal("wrong_state", (step.name, submission.state.value))
    role = role_for(arrow, submission, actor)
    if role is None:
        return Refusal("wrong_role", (step.name,))
    if step.opens_submission and submission.has_open_submission:
        return Refusal("open_submission")
    return _same_person(submission, step, actor, role, rules)


def _same_person(
    submission: Submission, step: Step, actor: Actor, role: Role, rules: Rules
) -> Refusal | None:
    """Four eyes, by person: a substitute is barred by their own deeds and by those of whom
    they replace, since what is done in somebody's name is a deed of both."""
    if actor.user_id is None:
        return None
    part = _part_of(actor.user_id, submission, step, rules)
    if part:
        return Refusal("same_person", (part, step.name))
    if not _free_names(submission, step, actor, role, rules):
        return Refusal("same_person", ("replaced", step.name))
    return None


def _part_of(user_id: str, submission: Submission, step: Step, rules: Rules) -> str:
    """The part somebody had in this edition that bars them from the step; empty: none."""
    if "contributors" in step.not_by and user_id in submission.contributors:
        return "contributor"
    checker_barred = "checkers" in step.not_by and not rules.one_person_walidata
    if checker_barred and user_id in submission.checkers:
        return "checker"
    if "retractor" in step.not_by and user_id in (
        submission.retracted_by,
        submission.retracted_for,
    ):
        return "retractor"
    return ""


def names_for(submission: Submission, step: Step, actor: Actor, rules: Rules) -> list[str | None]:
    """In whose name the actor may take a step that is open to them; ``[None]``: their own."""
    arrow = step.arrow_from(submission.state)
    role = role_for(arrow, submission, actor) if arrow else None
    return _free_names(submission, step, actor, role, rules) if role else []


def _free_names(
    submission: Submission, step: Step, actor: Actor, role: Role, rules: Rules
) -> list[str | None]:
    """In whose name the actor may take the step: those who are not barred themselves."""
    return [
        name
        for name in actor.names(role, submission.office_id, submission.kind, submission.dataset_id)
        if name is None or not _part_of(name, submission, step, rules)
    ]


def available(submission: Submission, actor: Actor, rules: Rules) -> list[Step]:
    """The steps open to the actor now: what the page shows as buttons."""
    return [step for step in STEPS if judge(submission, step, actor, rules) is None]


def take(
    submission: Submission,
    name: str,
    actor: Actor,
    at: datetime,
    command: Command,
    rules: Rules,
) -> Move:
    """The move to record.

    :raises StepRefused: with the first reason found, in the order role, state, person,
        inputs, content.
    """
    step = STEP_BY_NAME.get(name)
    if step is None:
        raise StepRefused(Refusal("unknown_step", (name,)))
    refusal = (
        judge(submission, step, actor, rules)
        or needs.inputs(submission, step, command, at)
        or needs.content(submission, step, command, rules)
        or _other_office(submission, step, actor, command)
    )
    if refusal:
        raise StepRefused(refusal)
    arrow = step.arrow_from(submission.state)
    assert arrow is not None  # judge() has refused otherwise
    role = role_for(arrow, submission, actor)
    assert role is not None
    if step.needs_checklist and (refusal := needs.personal_data(submission, role)):
        raise StepRefused(refusal)
    in_name_of = next(iter(_free_names(submission, step, actor, role, rules)), None)
    return Move(step, submission.state, target_of(arrow, submission, rules), role, at, in_name_of)


def _other_office(
    submission: Submission, step: Step, actor: Actor, command: Command
) -> Refusal | None:
    """Whoever moves a dataset answers for both offices."""
    arrow = step.arrow_from(submission.state)
    if not step.needs_decree or arrow is None:
        return None
    if command.office == submission.office_id:
        return Refusal("same_office")
    there = replace(submission, office_id=command.office)
    return None if role_for(arrow, there, actor) else Refusal("wrong_role", (step.name,))


def judge_deed(submission: Submission, deed: Deed, actor: Actor) -> Refusal | None:
    """Role, then state, as ``judge`` for what leaves a submission where it stands."""
    if not any(holds(submission, role, actor) for role in deed.roles):
        return Refusal("wrong_role", (deed.name,))
    if submission.state not in deed.states:
        return Refusal("wrong_state", (deed.name, submission.state.value))
    return None


def available_deeds(submission: Submission, actor: Actor) -> list[Deed]:
    """What the actor may do here now besides moving the submission."""
    return [deed for deed in DEEDS if judge_deed(submission, deed, actor) is None]


def may_read(submission: Submission, actor: Actor) -> bool:
    """Whether the actor may read this submission while it is not public."""
    roles = VISIBLE_TO.get(submission.state, frozenset())
    return any(holds(submission, role, actor) for role in roles)


def may_edit(submission: Submission, actor: Actor) -> Refusal | None:
    """Whether content (metadata, files) may be changed by this actor now."""
    if submission.state not in EDITABLE_STATES:
        return Refusal("locked", (submission.state.value,))
    if not holds(submission, Role.PRODUCER, actor):
        return Refusal("wrong_role", ("edit",))
    return None


def roles_that_read(state: State) -> Iterable[Role]:
    """Roles that read a submission in ``state``, in the order of the enum."""
    readers = VISIBLE_TO.get(state, frozenset())
    return [role for role in Role if role in readers]
