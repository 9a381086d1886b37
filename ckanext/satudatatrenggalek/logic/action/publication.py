"""The procedure's own actions: show a submission, take a step, tick off a finding."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ... import clock, jobs
from ...domain import workflow
from ...domain.sop import STEP_BY_NAME
from ...domain.workflow import Actor, Command, Refusal, StepRefused
from ...model import contents, journal, known, submissions
from ...model.journal import Boundary
from ...model.tables import DatasetRecord, SubmissionRecord
from .. import (
    changes,
    commands,
    facts,
    locking,
    lookup,
    papers,
    parameters,
    people,
    places,
    showing,
    steps,
)
from ..messages import refused, sentence, stale

__all__ = [
    "satudata_finding_mend",
    "satudata_step_take",
    "satudata_submission_show",
]


@tk.side_effect_free
@known.once()
def satudata_submission_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A submission, by its id or by a dataset's or working copy's id or name.

    :returns: everything for whoever may read it (see docs/api.md); only the public state for
        everybody else where the dataset is or was public.
    :raises ObjectNotFound: nothing the caller may know of.
    """
    tk.check_access("satudata_submission_show", context, data_dict)
    session: Session = context["session"]
    key = parameters.needed(data_dict, "id")
    record, dataset = lookup.submission(session, key)
    actor = people.actor(context)
    if not lookup.may_read(context, record, actor, session):
        if not lookup.is_known_to_all(session, key, record, dataset):
            raise tk.ObjectNotFound
        return showing.public(dataset)
    gathered = facts.gather(session, record)
    shown = showing.full(session, gathered, dataset, actor)
    if any(verb["needs_hash"] for verb in (*shown["available_steps"], *shown["deeds"])):
        # What somebody decides on must be known when it has changed by then.
        contents.keep_at_once(session, changes.seen(gathered.content))
    return {**shown, "open_submission": _open_one(context, session, record, dataset, actor)}


def _open_one(
    context: Any, session: Session, record: SubmissionRecord, dataset: DatasetRecord, actor: Actor
) -> dict[str, Any] | None:
    opened = submissions.open_of(session, record.dataset_id)
    if opened is None or opened.id == record.id:
        return None
    if not lookup.may_read(context, opened, actor, session):
        return None
    return showing.full(session, facts.gather(session, opened), dataset, actor)


@known.once()
def satudata_step_take(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take one step of the procedure.

    :param id: a submission's id, or a dataset's or working copy's id or name.
    :param step: a name of the table (docs/sop.md).
    :param comment, checklist, findings, content_hash, release_at, office, decree, decree_file:
        see docs/api.md.
    :returns: the new submission, as ``satudata_submission_show``.
    :raises ValidationError: 409 with ``reason`` and ``message``; nothing has changed.
    :raises NotAuthorized: 403, not the caller's task.
    :raises ObjectNotFound: 404, the caller may not know of it.
    """
    tk.check_access("satudata_step_take", context, data_dict)
    session: Session = context["session"]
    key, name = parameters.needed(data_dict, "id"), parameters.text(data_dict, "step")
    record, actor = locking.locked(context, session, key, STEP_BY_NAME.get(name), name)
    person = people.caller(context)
    locking.require_session(person)
    command, findings = commands.read(data_dict)
    places.require_known(session, record, findings)
    scan = papers.scan_of(data_dict, "decree_file")
    name = parameters.needed(data_dict, "step")
    journal.reach(Boundary.LOCKED)
    try:
        after = steps.take(session, record, name, actor, person, command, findings, scan)
    except StepRefused as refusal:
        told = _told(session, record, command, refusal.refusal)
        session.rollback()
        raise told from refusal
    journal.reach(Boundary.RECORDED)
    session.commit()
    journal.reach(Boundary.COMMITTED)
    jobs.follow_up(after.dataset_id)
    if context.get("return_id_only"):  # CKAN's own word; the worker looks at no answer
        return {"id": after.id}
    return _shown(context, session, after, actor)


def _told(
    session: Session, record: SubmissionRecord, command: Command, refusal: Refusal
) -> Exception:
    """The refusal in words; content that changed is named by what changed."""
    if refusal.reason != "stale_hash":
        return refused(refusal, facts.field_labels())
    seen = record.approved_hash or "" if "approved" in refusal.details else command.content_hash
    changed = changes.since(session, seen, facts.gather(session, record).content)
    return stale(sentence(refusal), changes.sentence(changed), changed)


def _shown(
    context: Any, session: Session, record: SubmissionRecord, actor: Actor
) -> dict[str, Any]:
    dataset = submissions.dataset(session, record.dataset_id)
    assert dataset is not None
    if not lookup.may_read(context, record, actor, session):
        return showing.public(dataset)
    return showing.full(session, facts.gather(session, record), dataset, actor)


def satudata_finding_mend(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The producer ticks a finding off (or on again) while correcting.

    :param id: the finding's id. :param mended: true or false.
    """
    tk.check_access("satudata_finding_mend", context, data_dict)
    session: Session = context["session"]
    row = submissions.finding(session, parameters.needed(data_dict, "id"))
    record = submissions.by_id(session, row.submission_id, lock=True) if row else None
    actor = people.actor(context)
    if row is None or record is None or not lookup.may_read(context, record, actor, session):
        raise tk.ObjectNotFound
    refusal = workflow.may_edit(facts.brief(session, record), actor)
    if refusal:
        raise refused(refusal)
    mended = parameters.switch(data_dict, "mended", True)
    row.mended_at = clock.now() if mended else None
    row.mended_by = people.caller(context).id if mended else None
    session.commit()
    named = [who for who in (row.user_id, row.mended_by) if who]
    return showing.finding(row, people.displays(named))
