"""The submission a caller means, its rows locked, and the caller's grants as they are then."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from .. import config
from ..domain import workflow
from ..domain.sop import Deed, State, Step
from ..domain.workflow import Actor, Refusal
from ..model import copies, passage, submissions
from ..model.tables import SubmissionRecord
from . import facts, lookup, people
from .messages import conflict, refused, sentence


def require_session(person: people.Person) -> None:
    """Refuse a token where the regency wants people to sign in for steps.

    :raises ValidationError: 409 token_refused.
    """
    if person.auth_method == "token" and not config.token_steps():
        raise conflict("token_refused", sentence(Refusal("token_refused")))


def locked(
    context: Any, session: Session, key: str, verb: Step | Deed | None, name: str
) -> tuple[SubmissionRecord, Actor]:
    """The submission with its row locked, if the caller may know of it; and the caller's grants.

    While we wait for the lock somebody may edit the dataset, or an appointment may end: what was
    read before the lock is read again.

    :param verb: what is to be done with it; None: nothing the tables know. :param name: its name.
    :raises ObjectNotFound: nothing the caller may know of.
    :raises NotAuthorized: the public knows of it, and it is not the caller's task.
    """
    record, dataset = lookup.submission(session, key)
    before = people.actor(context)
    if not passage.is_system() and not _may_know(context, session, record, before, verb):
        if not lookup.is_known_to_all(session, key, record, dataset):
            raise tk.ObjectNotFound
        raise refused(Refusal("wrong_role", (name,)))
    record = _meant(context, session, record, before, verb)
    copies.lock_packages(session, record)
    if isinstance(verb, Step) and verb.needs_decree:
        _lock_the_other(session, record)
    held = submissions.by_id(session, record.id, lock=True)
    assert held is not None  # found above; submissions are never deleted
    session.flush()
    session.expire_all()
    return held, people.actor(context)


def _lock_the_other(session: Session, record: SubmissionRecord) -> None:
    """A dataset moves with the copy its next edition is written on."""
    opened = submissions.open_of(session, record.dataset_id)
    if opened is not None and opened.id != record.id:
        copies.lock_packages(session, opened)


def _may_know(
    context: Any,
    session: Session,
    record: SubmissionRecord,
    actor: Actor,
    verb: Step | Deed | None,
) -> bool:
    """Readers know of it; and whoever acts by a decree or a letter that names it (ADR 12)."""
    if lookup.may_read(context, record, actor, session):
        return True
    if isinstance(verb, Step) and verb.needs_decree:
        return workflow.judge(facts.brief(session, record), verb, actor, config.rules()) is None
    if isinstance(verb, Deed) and verb.needs_letter:
        return workflow.judge_deed(facts.brief(session, record), verb, actor) is None
    return False


def _fits(verb: Step | Deed, state: State) -> bool:
    return verb.arrow_from(state) is not None if isinstance(verb, Step) else state in verb.states


def _meant(
    context: Any,
    session: Session,
    record: SubmissionRecord,
    actor: Actor,
    verb: Step | Deed | None,
) -> SubmissionRecord:
    """A dataset's name stands for its released edition and for its next one: the verb tells."""
    opened = submissions.open_of(session, record.dataset_id)
    if verb is None or opened is None or _fits(verb, State(record.state)):
        return record
    if State(record.state) not in (State.PUBLISHED, State.RETRACTED):
        return record
    return opened if _may_know(context, session, opened, actor, verb) else record
