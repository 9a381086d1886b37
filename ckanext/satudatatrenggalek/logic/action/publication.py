"""The procedure's own actions: show a submission, take a step, read editions."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ... import clock, config, jobs
from ...domain import workflow
from ...domain.workflow import Actor, Refusal, StepRefused
from ...model import editions, passage, submissions
from ...model.tables import DatasetRecord, EditionRecord, SubmissionRecord
from .. import commands, facts, parameters, people, showing, steps
from ..messages import ITEM_LABELS, conflict, refused, sentence

__all__ = [
    "satudata_edition_list",
    "satudata_edition_show",
    "satudata_finding_mend",
    "satudata_step_take",
    "satudata_submission_show",
]


_MAX_EDITION = 2**31 - 1


def _find(session: Session, key: str) -> tuple[SubmissionRecord, DatasetRecord]:
    """The submission a caller names by its id, or by a dataset's or working copy's id or name.

    :raises ObjectNotFound: none.
    """
    package = model.Package.get(key)
    record = submissions.find(session, package.id if package else key)
    dataset = submissions.dataset(session, record.dataset_id) if record else None
    if record is None or dataset is None:
        raise tk.ObjectNotFound
    return record, dataset


def _may_read(context: Any, record: SubmissionRecord, actor: Actor, session: Session) -> bool:
    user = context.get("auth_user_obj")
    if context.get("ignore_auth") or getattr(user, "sysadmin", False):
        return True
    return workflow.may_read(facts.brief(session, record), actor)


@tk.side_effect_free
def satudata_submission_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A submission, by its id or by a dataset's or working copy's id or name.

    :returns: everything for whoever may read it (see docs/api.md); only the public state for
        everybody else where the dataset is or was public.
    :raises ObjectNotFound: nothing the caller may know of.
    """
    tk.check_access("satudata_submission_show", context, data_dict)
    session: Session = context["session"]
    record, dataset = _find(session, parameters.needed(data_dict, "id"))
    actor = people.actor(context)
    if not _may_read(context, record, actor, session):
        return _public_or_missing(record, dataset)
    shown = showing.full(session, facts.gather(session, record), dataset, actor)
    return {**shown, "open_submission": _open_one(context, session, record, dataset, actor)}


def _public_or_missing(record: SubmissionRecord, dataset: DatasetRecord) -> dict[str, Any]:
    if dataset.public_state == "none":
        raise tk.ObjectNotFound
    return showing.public(dataset)


def _open_one(
    context: Any, session: Session, record: SubmissionRecord, dataset: DatasetRecord, actor: Actor
) -> dict[str, Any] | None:
    opened = submissions.open_of(session, record.dataset_id)
    if opened is None or opened.id == record.id:
        return None
    if not _may_read(context, opened, actor, session):
        return None
    return showing.full(session, facts.gather(session, opened), dataset, actor)


def satudata_step_take(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take one step of the procedure.

    :param id: a submission's id, or a dataset's or working copy's id or name.
    :param step: a name of the table (docs/sop.md).
    :param comment, checklist, findings, content_hash, release_at: see docs/api.md.
    :returns: the new submission, as ``satudata_submission_show``.
    :raises ValidationError: 409 with ``reason`` and ``message``; nothing has changed.
    :raises NotAuthorized: 403, not the caller's task.
    :raises ObjectNotFound: 404, the caller may not know of it.
    """
    tk.check_access("satudata_step_take", context, data_dict)
    session: Session = context["session"]
    record, actor = _locked(context, session, data_dict)
    person = people.caller(context)
    if person.auth_method == "token" and not config.token_steps():
        raise conflict("token_refused", sentence(Refusal("token_refused")))
    command, findings = commands.read(data_dict)
    name = parameters.needed(data_dict, "step")
    try:
        steps.take(session, record, name, actor, person, command, findings)
    except StepRefused as refusal:
        session.rollback()
        raise refused(refusal.refusal, facts.field_labels()) from refusal
    session.commit()
    jobs.follow_up(record.dataset_id)
    return _shown(context, session, record, actor)


def _locked(
    context: Any, session: Session, data_dict: dict[str, Any]
) -> tuple[SubmissionRecord, Actor]:
    """The submission with its row locked, if the caller may know of it; and the caller's grants.

    While we wait for the lock somebody may edit the dataset, or an appointment may end: what was
    read before the lock is read again.
    """
    key = parameters.needed(data_dict, "id")
    record, dataset = _find(session, key)
    before = people.actor(context)
    if not passage.is_system() and not _may_read(context, record, before, session):
        if record.id != dataset.published_submission_id or dataset.public_state == "none":
            raise tk.ObjectNotFound
        raise refused(Refusal("wrong_role", (str(data_dict.get("step")),)))
    submissions.lock_package(session, record.working_copy_id)
    locked = submissions.by_id(session, record.id, lock=True)
    assert locked is not None  # found above; submissions are never deleted
    session.flush()
    session.expire_all()
    return locked, people.actor(context)


def _shown(
    context: Any, session: Session, record: SubmissionRecord, actor: Actor
) -> dict[str, Any]:
    dataset = submissions.dataset(session, record.dataset_id)
    assert dataset is not None
    if not _may_read(context, record, actor, session):
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
    if row is None or record is None or not _may_read(context, record, actor, session):
        raise tk.ObjectNotFound
    refusal = workflow.may_edit(facts.brief(session, record), actor)
    if refusal:
        raise refused(refusal)
    mended = parameters.switch(data_dict, "mended", True)
    row.mended_at = clock.now() if mended else None
    row.mended_by = people.caller(context).id if mended else None
    session.commit()
    return showing.finding(row)


@tk.side_effect_free
def satudata_edition_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """The released editions of a dataset, newest first. The public gets those of a public one."""
    tk.check_access("satudata_edition_list", context, data_dict)
    session: Session = context["session"]
    record, dataset = _find(session, parameters.needed(data_dict, "id"))
    staff = _may_read(context, record, people.actor(context), session)
    if not staff and dataset.public_state != "published":
        return []
    found = editions.of_dataset(session, dataset.dataset_id)
    return [_edition(session, row, staff) for row in found]


def _edition(session: Session, row: EditionRecord, staff: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "number": row.number,
        "dataset_id": row.dataset_id,
        "period": row.metadata_.get("periode", ""),
        "content_hash": row.content_hash,
        "released": showing.stamp(row.released_at),
        "superseded": showing.stamp(row.superseded_at),
        "files": [
            {k: f[k] for k in ("resource_id", "name", "filename", "sha256", "size")}
            for f in row.files
        ],
        "checklist": _checklist(session, row.submission_id),
    }
    if staff:
        shown["approved_by"] = people.display(row.approved_by)
        shown["approved"] = showing.stamp(row.approved_at)
    return shown


def _checklist(session: Session, submission_id: str) -> list[dict[str, str]]:
    """How the checker answered each item in the round that passed; why stays with staff."""
    last = {row.item: row.verdict for row in submissions.verdicts(session, submission_id)}
    return [
        {"item": item, "label": label, "verdict": last[item]}
        for item, label in ITEM_LABELS.items()
        if item in last
    ]


@tk.side_effect_free
def satudata_edition_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """One edition as it was released: metadata, files, hash; the check report for staff.

    :param id: the dataset. :param number: the edition's number.
    """
    tk.check_access("satudata_edition_show", context, data_dict)
    session: Session = context["session"]
    record, dataset = _find(session, parameters.needed(data_dict, "id"))
    staff = _may_read(context, record, people.actor(context), session)
    if not staff and dataset.public_state != "published":
        raise tk.ObjectNotFound
    number = parameters.whole(data_dict, "number", 0, _MAX_EDITION)
    row = editions.numbered(session, dataset.dataset_id, number)
    if row is None:
        raise tk.ObjectNotFound
    shown = {**_edition(session, row, staff), "metadata": row.metadata_}
    return {**shown, "check_report": row.check_report} if staff else shown
