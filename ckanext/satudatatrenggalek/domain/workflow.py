"""Judges steps: one pure function answers buttons, API, jobs and tests alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from .sop import (
    EDITABLE_STATES,
    STEP_BY_NAME,
    STEPS,
    VISIBLE_TO,
    Access,
    Arrow,
    Item,
    Role,
    State,
    Step,
    Verdict,
)


@dataclass(frozen=True)
class Grant:
    """A valid appointment: role, office (None: every office), kind of data (None: all)."""

    role: Role
    office_id: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: user id (None: the portal itself) and the grants valid right now."""

    user_id: str | None
    grants: tuple[Grant, ...] = ()
    auth_method: str = "session"

    def has(self, role: Role, office_id: str, kind: str) -> bool:
        """Whether a grant covers this role for this office and kind of data."""
        return any(
            grant.role is role
            and grant.office_id in (None, office_id)
            and grant.kind in (None, kind)
            for grant in self.grants
        )


SYSTEM = Actor(user_id=None, grants=(Grant(Role.SYSTEM),), auth_method="system")


@dataclass(frozen=True)
class Rules:
    """The switches a regency may set (``config_declaration.yaml``)."""

    supervisor_check: bool = True
    one_person_walidata: bool = False
    office_head_signoff: bool = False


@dataclass(frozen=True)
class Submission:
    """What the procedure needs to know of a submission; nothing else decides a step."""

    id: str
    dataset_id: str
    office_id: str
    state: State
    kind: str = "statistik"
    priority: bool = False
    access: Access = Access.OPEN
    contributors: frozenset[str] = frozenset()
    checkers: frozenset[str] = frozenset()
    retracted_by: str | None = None
    content_hash: str = ""
    approved_hash: str = ""
    due: datetime | None = None
    release_at: datetime | None = None
    has_open_submission: bool = False
    signed_off: bool = False
    missing_fields: tuple[str, ...] = ()
    files: int = 0
    checks_pending: int = 0
    machine_errors: frozenset[Item] = frozenset()


@dataclass(frozen=True)
class Answer:
    """A checker's verdict on one item; ``note`` says why when it is overridden."""

    verdict: Verdict
    note: str = ""


@dataclass(frozen=True)
class Command:
    """What the caller sent with a step."""

    comment: str = ""
    content_hash: str = ""
    checklist: dict[Item, Answer] = field(default_factory=dict)
    findings: int = 0
    release_at: datetime | None = None
    target_office: str = ""
    decree: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why a step is refused. ``reason`` is a stable code, ``details`` what to name in words."""

    reason: str
    details: tuple[str, ...] = ()

    @property
    def is_wrong_role(self) -> bool:
        """True when the caller may not do this at all (HTTP 403), else 409."""
        return self.reason == "wrong_role"


class StepRefused(Exception):
    """Raised by ``take``; carries the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


@dataclass(frozen=True)
class Move:
    """A step that may be recorded: from, to, in which role, when."""

    step: Step
    source: State
    target: State
    role: Role
    at: datetime


def role_for(arrow: Arrow, submission: Submission, actor: Actor) -> Role | None:
    """The first of the arrow's roles the actor holds for this submission."""
    return next(
        (role for role in arrow.roles if actor.has(role, submission.office_id, submission.kind)),
        None,
    )


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
    if role_for(arrow, submission, actor) is None:
        return Refusal("wrong_role", (step.name,))
    if step.opens_submission and submission.has_open_submission:
        return Refusal("open_submission")
    return _same_person(submission, step, actor, rules)


def _same_person(submission: Submission, step: Step, actor: Actor, rules: Rules) -> Refusal | None:
    if actor.user_id is None:
        return None
    if "contributors" in step.not_by and actor.user_id in submission.contributors:
        return Refusal("same_person", ("contributor", step.name))
    checker_barred = "checkers" in step.not_by and not rules.one_person_walidata
    if checker_barred and actor.user_id in submission.checkers:
        return Refusal("same_person", ("checker", step.name))
    if "retractor" in step.not_by and actor.user_id == submission.retracted_by:
        return Refusal("same_person", ("retractor", step.name))
    return None


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
        or _inputs(submission, step, command, at)
        or _content(submission, step, command, rules)
    )
    if refusal:
        raise StepRefused(refusal)
    arrow = step.arrow_from(submission.state)
    assert arrow is not None  # judge() has refused otherwise
    role = role_for(arrow, submission, actor)
    assert role is not None
    if step.name == "conform":
        _require_walidata_for_personal_data(submission, role)
    target = target_of(arrow, submission, rules)
    return Move(step, submission.state, target, role, at)


def _inputs(submission: Submission, step: Step, command: Command, at: datetime) -> Refusal | None:
    if step.needs_comment and not command.comment.strip():
        return Refusal("missing_comment", (step.name,))
    if step.needs_hash and not command.content_hash:
        return Refusal("missing_hash", (step.name,))
    if step.needs_hash and command.content_hash != submission.content_hash:
        return Refusal("stale_hash")
    if step.needs_approved_hash and not _is_as_approved(submission):
        return Refusal("stale_hash", ("approved",))
    if step.needs_finding and not command.findings:
        return Refusal("missing_finding", (step.name,))
    if step.needs_decree and not (command.decree.strip() and command.target_office):
        return Refusal("missing_decree")
    if step.needs_clock_ended and (submission.due is None or at < submission.due):
        return Refusal("clock_running")
    if step.needs_time_reached and submission.release_at and at < submission.release_at:
        return Refusal("too_early", (submission.release_at.isoformat(),))
    return None


def _is_as_approved(submission: Submission) -> bool:
    return submission.content_hash == submission.approved_hash != ""


def _content(submission: Submission, step: Step, command: Command, rules: Rules) -> Refusal | None:
    if step.needs_ready_content:
        return _not_ready(submission, rules)
    if step.needs_checklist:
        return _checklist(submission, command.checklist)
    return None


def _not_ready(submission: Submission, rules: Rules) -> Refusal | None:
    if submission.missing_fields:
        return Refusal("missing_metadata", submission.missing_fields)
    if submission.files == 0:
        return Refusal("missing_file")
    if submission.checks_pending:
        return Refusal("check_unfinished", (str(submission.checks_pending),))
    if rules.office_head_signoff and not submission.signed_off:
        return Refusal("missing_signoff")
    return None


def _checklist(submission: Submission, answers: dict[Item, Answer]) -> Refusal | None:
    missing = tuple(item.value for item in Item if item not in answers)
    if missing:
        return Refusal("missing_checklist", missing)
    denied = _items(answers, Verdict.NOT_CONFORM)
    if denied:
        return Refusal("not_conform", denied)
    bare = tuple(
        item.value
        for item, answer in answers.items()
        if answer.verdict is Verdict.OVERRIDDEN and not answer.note.strip()
    )
    if bare:
        return Refusal("missing_note", bare)
    accepted = {item.value for item in submission.machine_errors}
    unexplained = tuple(i for i in _items(answers, Verdict.CONFORM) if i in accepted)
    return Refusal("override_needed", unexplained) if unexplained else None


def _items(answers: dict[Item, Answer], verdict: Verdict) -> tuple[str, ...]:
    return tuple(i.value for i, answer in answers.items() if answer.verdict is verdict)


def _require_walidata_for_personal_data(submission: Submission, role: Role) -> None:
    """Personal data in an open file passes only when the walidata itself says why."""
    if Item.PERSONAL_DATA not in submission.machine_errors:
        return
    if submission.access is Access.OPEN and role is Role.SUPPORTING_CHECKER:
        raise StepRefused(Refusal("personal_data"))


def may_read(submission: Submission, actor: Actor) -> bool:
    """Whether the actor may read this submission while it is not public."""
    roles = VISIBLE_TO.get(submission.state, frozenset())
    return any(actor.has(role, submission.office_id, submission.kind) for role in roles)


def may_edit(submission: Submission, actor: Actor) -> Refusal | None:
    """Whether content (metadata, files) may be changed by this actor now."""
    if submission.state not in EDITABLE_STATES:
        return Refusal("locked", (submission.state.value,))
    if not actor.has(Role.PRODUCER, submission.office_id, submission.kind):
        return Refusal("wrong_role", ("edit",))
    return None


def roles_that_read(state: State) -> Iterable[Role]:
    """Roles that read a submission in ``state``, in the order of the enum."""
    readers = VISIBLE_TO.get(state, frozenset())
    return [role for role in Role if role in readers]
