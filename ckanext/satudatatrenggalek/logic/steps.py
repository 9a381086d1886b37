"""Takes a step: judged under a row lock, written with its record in one transaction.

The caller commits. What follows a commit is in the outbox by then.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ckan.types import AlchemySession as Session

from .. import clock, config
from ..domain import needs, workflow
from ..domain.workflow import Actor, Command, Refusal, Submission
from ..model import copies, days_off, journal, on_behalf, outbox, submissions
from ..model.journal import Boundary
from ..model.papers import DECREE
from ..model.tables import SubmissionRecord
from . import facts as facts_of
from . import (
    holding,
    memberships,
    papers,
    people,
    recorded,
    release,
    revision,
    telling,
    transfer,
)
from .due import due_of
from .taking import Taking


def take(
    session: Session,
    record: SubmissionRecord,
    name: str,
    actor: Actor,
    person: people.Person,
    command: Command,
    findings: list[dict[str, Any]],
    scan: Any = None,
) -> SubmissionRecord:
    """Take one step of a locked submission; writes state, stay, record and outbox.

    :param scan: the decree's scan, of a step that needs a decree.

    :returns: the submission that stands where the step leads: another one after *Perbarui*.
    :raises StepRefused: nothing was written.
    """
    # A clock set back closes no stay before it began.
    at = max(clock.now(), record.clock_started_at or record.created_at)
    known = facts_of.gather(session, record)
    move = workflow.take(known.submission, name, actor, at, command, config.rules())
    journal.reach(Boundary.JUDGED)
    dataset = submissions.dataset(session, record.dataset_id, lock=True)
    assert dataset is not None  # every submission has its dataset's row
    taking = Taking(session, known, dataset, move, command, findings, person, scan)
    if move.step.opens_submission:
        taking = _opened(taking)
    elif not taking.stays:
        calendar = days_off.calendar(session)
        submissions.leave(session, record, name, person.id, at, calendar, move.in_name_of)
    more = EFFECTS[name](taking)
    if not taking.stays:
        _enter(taking)
    recorded.record(taking, more or {})
    telling.of_step(taking)
    changed = copies.package_id_of(session, taking.record)
    outbox.add(session, record.dataset_id, "index", at, package_id=changed)
    return taking.record


def _opened(taking: Taking) -> Taking:
    """The released edition stays where it is; a submission of its own begins."""
    session = taking.session
    record = revision.begin(session, taking.dataset, taking.person, taking.move.at)
    return replace(taking, facts=facts_of.gather(session, record))


def offered(submission: Submission, actor: Actor) -> list[Any]:
    """The steps open to the actor."""
    return workflow.available(submission, actor, config.rules())


def blocked(submission: Submission, step: Any) -> tuple[Refusal, ...]:
    """All that keeps a step from being taken of the content as it stands."""
    return needs.not_ready(submission, config.rules()) if step.needs_ready_content else ()


def _enter(taking: Taking) -> None:
    move, record = taking.move, taking.record
    due, limit = due_of(taking.session, move.target, move.at, record, taking.facts.package)
    person = taking.person.id
    submissions.enter(
        taking.session, record, move.target, move.step.name, person, move.at, due, limit
    )


def _submit(taking: Taking) -> None:
    record = taking.record
    record.round += 1
    record.content_hash = taking.facts.content.hash
    assert taking.person.id is not None
    people.contribute(taking.session, record, taking.person.id, "submit", taking.move.at)
    _hand_on(taking)


def _hand_on(taking: Taking) -> None:
    """To whoever has it in hand or checked it before, while it may wait for them."""
    session, record = taking.session, taking.record
    checker = record.claimed_by or submissions.last_checker(session, record.id)
    _lay_down(taking)
    brief = facts_of.brief(session, record)
    if checker and holding.waits_for(brief, people.actor_by_id(session, checker)):
        record.claimed_by, record.claimed_at = checker, taking.move.at


def _lay_down(taking: Taking) -> None:
    """Whoever had it in hand is done with it; it lies on a common desk."""
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
    _lay_down(taking)


def _return(taking: Taking) -> None:
    """It stays with its checker, whoever returned it: the resubmission goes there."""
    _answers(taking)
    taking.session.flush()  # the stay that has just ended is the last one
    record = taking.record
    record.claimed_by = submissions.last_checker(taking.session, record.id)
    record.claimed_at = taking.move.at if record.claimed_by else None


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
    dataset.retracted_by, dataset.retracted_at = taking.person.id, taking.move.at
    dataset.retracted_for = taking.move.in_name_of
    dataset.retract_reason = taking.command.comment
    release.hide(taking.session, dataset, taking.facts.submission, taking.move.at)


def _reinstate(taking: Taking) -> None:
    dataset = taking.dataset
    dataset.retracted_by = dataset.retracted_for = None
    dataset.retracted_at = dataset.retract_reason = None
    release.show(taking.session, dataset, taking.facts.submission, taking.move.at)


def _transfer(taking: Taking) -> dict[str, Any]:
    session, at, command = taking.session, taking.move.at, taking.command
    former = taking.record.office_id
    paper = papers.keep(
        session,
        papers.Paper(command.decree, scan=taking.scan),
        DECREE,
        (command.office, former),
        taking.person,
        at,
    )
    for leave in on_behalf.of_dataset(session, taking.dataset.dataset_id):
        # A letter of the former office opens nothing of the new one's.
        leave.ended_at = min(leave.ended_at or at, leave.until, at)
        memberships.follow(session, former, leave.user_id)
    for record in transfer.carry(session, taking.dataset, command.office, at):
        if not holding.is_held(session, record):
            record.claimed_by = record.claimed_at = None
    return transfer.details(former, taking.dataset, command.decree, paper.id)


def _nothing_more(taking: Taking) -> None:
    """The move itself is all there is to it."""


# What a step does besides moving; what it gives back goes on the record.
EFFECTS: dict[str, Callable[[Taking], dict[str, Any] | None]] = {
    "submit": _submit,
    "withdraw": _lay_down,
    "conform": _conform,
    "return": _return,
    "endorse": _lay_down,
    "skip_supervisor": _lay_down,
    "send_back": _lay_down,
    "approve": _approve,
    "hold": _hold,
    "release": _release,
    "revise": _nothing_more,
    "discard": _discard,
    "retract": _retract,
    "reinstate": _reinstate,
    "transfer": _transfer,
}
