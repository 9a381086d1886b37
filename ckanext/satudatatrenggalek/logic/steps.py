"""Takes a step: judged under a row lock, written with its record in one transaction.

The caller commits. What follows a commit is in the outbox by then.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from ckan.types import AlchemySession as Session

from .. import clock, config
from ..domain import workflow
from ..domain.sop import PublicState, State
from ..domain.workflow import Actor, Command, Move, Refusal
from ..model import audit, copies, journal, outbox, submissions
from ..model.journal import Boundary
from ..model.tables import DatasetRecord, SubmissionRecord
from . import facts as facts_of
from . import holding, people, registration, release, revision


@dataclass(frozen=True)
class Taking:
    """One step being taken: everything its effects need."""

    session: Session
    facts: facts_of.Facts
    dataset: DatasetRecord
    move: Move
    command: Command
    findings: list[dict[str, Any]]
    person: people.Person

    @property
    def record(self) -> SubmissionRecord:
        """The submission's row, locked."""
        return self.facts.record


def take(
    session: Session,
    record: SubmissionRecord,
    name: str,
    actor: Actor,
    person: people.Person,
    command: Command,
    findings: list[dict[str, Any]],
) -> SubmissionRecord:
    """Take one step of a locked submission; writes state, stay, record and outbox.

    :returns: the submission that stands where the step leads: another one after *Perbarui*.
    :raises StepRefused: nothing was written.
    """
    at = clock.now()
    known = facts_of.gather(session, record)
    move = workflow.take(known.submission, name, actor, at, command, config.rules())
    journal.reach(Boundary.JUDGED)
    if name not in EFFECTS:
        raise workflow.StepRefused(Refusal("not_offered", (move.step.label,)))
    dataset = submissions.dataset(session, record.dataset_id, lock=True)
    assert dataset is not None  # every submission has its dataset's row
    taking = Taking(session, known, dataset, move, command, findings, person)
    if move.step.opens_submission:
        taking = _opened(taking)
    else:
        calendar = config.work_calendar()
        submissions.leave(session, record, name, person.id, at, calendar, move.in_name_of)
    EFFECTS[name](taking)
    _enter(taking)
    _record(taking)
    changed = copies.package_id_of(session, taking.record)
    outbox.add(session, record.dataset_id, "index", at, package_id=changed)
    return taking.record


def _opened(taking: Taking) -> Taking:
    """The released edition stays where it is; a submission of its own begins."""
    session = taking.session
    record = revision.begin(session, taking.dataset, taking.person, taking.move.at)
    return replace(taking, facts=facts_of.gather(session, record))


def offered(submission: workflow.Submission, actor: Actor) -> list[Any]:
    """The steps open to the actor that the portal carries out."""
    steps = workflow.available(submission, actor, config.rules())
    return [step for step in steps if step.name in EFFECTS]


def _due_of(
    state: State, at: datetime, record: SubmissionRecord, package: dict[str, Any]
) -> tuple[datetime | None, int | None]:
    """When the clock of a state entered at ``at`` ends, and its length in working seconds."""
    limit = config.clock_limit(state, record.urgent)
    if limit is None:
        return None, None
    if state is State.DRAFT:
        return registration.planned_due(record, package), None
    amount, unit = limit
    calendar = config.work_calendar()
    length = calendar.day_length * amount if unit == "day" else timedelta(hours=amount)
    start = at
    if state is State.AWAITING_RELEASE and record.release_at:
        start = max(at, record.release_at)
    return calendar.add(start, length), int(length.total_seconds())


def _enter(taking: Taking) -> None:
    move, record = taking.move, taking.record
    due, limit = _due_of(move.target, move.at, record, taking.facts.package)
    person = taking.person.id
    submissions.enter(
        taking.session, record, move.target, move.step.name, person, move.at, due, limit
    )


def _record(taking: Taking) -> None:
    move, record = taking.move, taking.record
    audit.append(
        taking.session,
        audit.Entry(
            step=move.step.name,
            at=move.at,
            actor_id=taking.person.id,
            actor_name=taking.person.name,
            auth_method=taking.person.auth_method,
            role=move.role.value,
            submission_id=record.id,
            dataset_id=record.dataset_id,
            office_id=record.office_id,
            from_state=move.source.value,
            to_state=move.target.value,
            content_hash=taking.facts.content.hash,
            note=taking.command.comment,
            details=_details(taking),
        ),
    )


def _details(taking: Taking) -> dict[str, Any]:
    """What else belongs on the record: round, counts, edition; never a finding's text."""
    details: dict[str, Any] = {"round": taking.record.round}
    if taking.findings:
        details["findings"] = len(taking.findings)
    if taking.record.edition:
        details["edition"] = taking.record.edition
    if taking.record.release_at:
        details["release_at"] = taking.record.release_at.isoformat()
    if taking.move.in_name_of:
        details["in_name_of"] = people.display(taking.move.in_name_of)
    if _single_person(taking):
        details["one_person_walidata"] = True
    return details


def _single_person(taking: Taking) -> bool:
    return taking.move.step.name == "approve" and (
        taking.person.id in taking.facts.submission.checkers
    )


def _submit(taking: Taking) -> None:
    record = taking.record
    record.round += 1
    record.content_hash = taking.facts.content.hash
    assert taking.person.id is not None
    people.contribute(taking.session, record, taking.person.id, "submit", taking.move.at)
    if record.claimed_by and not holding.may_check(
        people.actor_by_id(taking.session, record.claimed_by), record
    ):
        record.claimed_by = record.claimed_at = None


def _withdraw(taking: Taking) -> None:
    taking.record.claimed_by = taking.record.claimed_at = None


def _answers(taking: Taking) -> None:
    """Keep verdicts and findings of whoever checked."""
    answers = {
        item: (answer.verdict, answer.note) for item, answer in taking.command.checklist.items()
    }
    user_id = taking.person.id
    assert user_id is not None
    at = taking.move.at
    submissions.add_verdicts(taking.session, taking.record, answers, user_id, at)
    submissions.add_findings(taking.session, taking.record, taking.findings, user_id, at)


def _conform(taking: Taking) -> None:
    _answers(taking)
    taking.record.claimed_by = taking.record.claimed_at = None


def _return(taking: Taking) -> None:
    """The claim stays: a resubmission goes to its earlier checker."""
    _answers(taking)
    if taking.move.source is not State.AWAITING_CHECK:
        taking.record.claimed_by = taking.record.claimed_at = None


def _send_back(taking: Taking) -> None:
    taking.record.claimed_by = taking.record.claimed_at = None


def _approve(taking: Taking) -> None:
    record = taking.record
    record.approved_hash = taking.facts.content.hash
    record.approved_by = taking.person.id
    record.approved_at = taking.move.at
    record.release_at = taking.command.release_at
    record.claimed_by = record.claimed_at = None


def _hold(taking: Taking) -> None:
    record = taking.record
    record.approved_hash = record.approved_by = record.approved_at = record.release_at = None


def _release(taking: Taking) -> None:
    release.publish(
        release.Release(
            taking.session, taking.dataset, taking.facts, taking.person.id, taking.move.at
        )
    )


def _discard(taking: Taking) -> None:
    if copies.is_working_copy(taking.record):
        revision.put_away(taking.session, taking.record)


def _retract(taking: Taking) -> None:
    dataset = taking.dataset
    if dataset.public_state == PublicState.PUBLISHED.value:
        # What the public never knew of leaves no trace there either.
        dataset.public_state = PublicState.RETRACTED.value
    dataset.retracted_by, dataset.retracted_at = taking.person.id, taking.move.at
    dataset.retracted_for = taking.move.in_name_of
    dataset.retract_reason = taking.command.comment
    release.set_private(dataset.dataset_id, True, taking.move.at)


def _reinstate(taking: Taking) -> None:
    dataset = taking.dataset
    dataset.retracted_by = dataset.retracted_for = None
    dataset.retracted_at = dataset.retract_reason = None
    release.show(dataset, taking.facts.submission, taking.move.at)


def _nothing_more(taking: Taking) -> None:
    """The move itself is all there is to it."""


EFFECTS: dict[str, Callable[[Taking], None]] = {
    "submit": _submit,
    "withdraw": _withdraw,
    "conform": _conform,
    "return": _return,
    "endorse": _nothing_more,
    "skip_supervisor": _nothing_more,
    "send_back": _send_back,
    "approve": _approve,
    "hold": _hold,
    "release": _release,
    "revise": _nothing_more,
    "discard": _discard,
    "retract": _retract,
    "reinstate": _reinstate,
}
