"""Work on somebody's desk: who may have it there, in whose name, and when it falls free."""

from ckan.types import AlchemySession as Session

from .. import config
from ..domain import workflow
from ..domain.sop import Role, State, Step
from ..domain.workflow import Actor
from ..model import submissions
from ..model.tables import SubmissionRecord
from . import facts, people


def holds(submission: workflow.Submission, actor: Actor, claimed_by: str | None) -> bool:
    """Whether work is on the actor's desk: their own, or of somebody they stand in for (Plh.)."""
    if claimed_by is None or actor.user_id is None:
        return False
    if claimed_by == actor.user_id:
        return True
    return claimed_by in actor.replaced and may_decide(submission, actor)


def name_of(submission: workflow.Submission, actor: Actor) -> str | None:
    """In whose name a substitute (Plh.) decides here; None: in their own."""
    step = next(iter(_deciding(submission, actor)), None)
    names = workflow.names_for(submission, step, actor, config.rules()) if step else []
    return names[0] if names else None


def waits_for(submission: workflow.Submission, actor: Actor) -> bool:
    """Whether what was returned may wait for this person, a checker who prepared none of it."""
    checks = any(
        actor.has(role, submission.office_id, submission.kind)
        for role in (Role.CHECKER, Role.SUPPORTING_CHECKER)
    )
    return checks and actor.user_id not in submission.contributors


def may_decide(submission: workflow.Submission, actor: Actor) -> bool:
    """Whether the actor could take a deciding step here, so may have the work on their desk."""
    return bool(_deciding(submission, actor))


def _deciding(submission: workflow.Submission, actor: Actor) -> list[Step]:
    steps = workflow.available(submission, actor, config.rules())
    return [step for step in steps if step.needs_hash or step.needs_finding]


def is_held(session: Session, record: SubmissionRecord) -> bool:
    """Whether the work is on the desk of somebody who may still decide on it."""
    if not record.claimed_by:
        return False
    holder = people.actor_by_id(session, record.claimed_by)
    submission = facts.brief(session, record)
    # Sent back, it waits for its earlier checker as long as they are appointed.
    if submission.state is State.NEEDS_CORRECTION:
        return waits_for(submission, holder)
    return may_decide(submission, holder)


def free_claims(session: Session, user_id: str) -> None:
    """Let go of the work a person may no longer decide on; the caller commits."""
    for record in submissions.claimed_by(session, user_id):
        if not is_held(session, record):
            record.claimed_by = record.claimed_at = None
