"""What must come with a step, and what must be true of the content, before it is taken."""

from datetime import datetime

from .case import Answer, Command, Refusal, Rules, Submission
from .sop import Access, Item, Role, Step, Verdict


def inputs(submission: Submission, step: Step, command: Command, at: datetime) -> Refusal | None:
    """Whether the caller sent what the step needs, on the content and at the time it is for."""
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
    if step.needs_decree and not (command.decree.strip() and command.office):
        return Refusal("missing_decree")
    if step.needs_clock_ended and (submission.due is None or at < submission.due):
        return Refusal("clock_running")
    if command.release_at and command.release_at < at:
        return Refusal("past_release")
    if step.needs_time_reached and submission.release_at and at < submission.release_at:
        return Refusal("too_early", (submission.release_at.isoformat(),))
    return None


def _is_as_approved(submission: Submission) -> bool:
    return submission.content_hash == submission.approved_hash != ""


def content(submission: Submission, step: Step, command: Command, rules: Rules) -> Refusal | None:
    """Whether the content is ready to submit, and the checklist complete and explained."""
    if step.needs_ready_content:
        return next(iter(not_ready(submission, rules)), None)
    if step.needs_checklist:
        return _checklist(submission, command.checklist)
    return None


def not_ready(submission: Submission, rules: Rules) -> tuple[Refusal, ...]:
    """Everything that keeps the content from being submitted, in the order it is told."""
    found = []
    if submission.missing_fields:
        found.append(Refusal("missing_metadata", submission.missing_fields))
    if submission.files == 0:
        found.append(Refusal("missing_file"))
    if submission.links:
        found.append(Refusal("missing_upload", (str(submission.links),)))
    if submission.stale_copies:
        found.append(Refusal("stale_copy", submission.stale_copies))
    if submission.checks_pending:
        found.append(Refusal("check_unfinished", (str(submission.checks_pending),)))
    if unsigned := _not_signed_off(submission, rules):
        found.append(unsigned)
    return tuple(found)


def needs_signoff(submission: Submission, rules: Rules) -> bool:
    """Whether the office's head signs off before its producer submits."""
    return rules.office_head_signoff if submission.signoff is None else submission.signoff


def _not_signed_off(submission: Submission, rules: Rules) -> Refusal | None:
    """Signed off is this content alone: what was edited since is signed off anew."""
    if not needs_signoff(submission, rules):
        return None
    if not submission.signed_hash:
        return Refusal("missing_signoff")
    stale = submission.signed_hash != submission.content_hash
    return Refusal("stale_signoff") if stale else None


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
    found = {item.value for item in submission.machine_errors}
    unexplained = tuple(i for i in _items(answers, Verdict.CONFORM) if i in found)
    return Refusal("override_needed", unexplained) if unexplained else None


def _items(answers: dict[Item, Answer], verdict: Verdict) -> tuple[str, ...]:
    return tuple(i.value for i, answer in answers.items() if answer.verdict is verdict)


def personal_data(submission: Submission, role: Role) -> Refusal | None:
    """Personal data in an open file passes only when the walidata itself says why."""
    if Item.PERSONAL_DATA not in submission.machine_errors:
        return None
    if submission.access is Access.OPEN and role is Role.SUPPORTING_CHECKER:
        return Refusal("personal_data")
    return None
