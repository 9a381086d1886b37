"""What is done to a submission without moving it: sign-off, urgency, talk."""

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ... import clock, config
from ...domain import workflow
from ...domain.sop import DEED_BY_NAME, SIGNOFF_SETTERS, Deed
from ...domain.workflow import Actor, Refusal
from ...model import audit, signoff, submissions, talk
from ...model.tables import SubmissionRecord
from .. import deeds, facts, locking, lookup, parameters, people, showing
from ..messages import ROLE_LABELS, conflict, refused

__all__ = [
    "satudata_office_signoff_set",
    "satudata_office_signoff_show",
    "satudata_submission_ask_urgent",
    "satudata_submission_sign_off",
    "satudata_submission_urge",
    "satudata_talk_add",
    "satudata_talk_list",
]


def _judged(
    context: Any, data_dict: dict[str, Any], name: str
) -> tuple[SubmissionRecord, Deed, Actor, people.Person]:
    """The submission, locked, on which the caller may do this."""
    session: Session = context["session"]
    deed, key = DEED_BY_NAME[name], parameters.needed(data_dict, "id")
    record, actor = locking.locked(context, session, key, deed, name)
    person = people.caller(context)
    locking.require_session(person)
    refusal = workflow.judge_deed(facts.brief(session, record), deed, actor)
    if refusal:
        session.rollback()
        raise refused(refusal)
    return record, deed, actor, person


def _done(context: Any, session: Session, record: SubmissionRecord) -> dict[str, Any]:
    session.commit()
    dataset = submissions.dataset(session, record.dataset_id)
    assert dataset is not None  # every submission has its dataset's row
    actor = people.actor(context)
    return showing.full(session, facts.gather(session, record), dataset, actor)


def satudata_submission_sign_off(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The head of the office signs off what they see; their producer may then submit it.

    :param id: the submission, dataset or working copy. :param content_hash: of what was seen.
    :returns: the submission, as ``satudata_submission_show``.
    :raises ValidationError: 409 missing_hash, stale_hash, signoff_check_unfinished, wrong_state.
    """
    tk.check_access("satudata_submission_sign_off", context, data_dict)
    session: Session = context["session"]
    record, deed, _, person = _judged(context, data_dict, "sign_off")
    try:
        deeds.sign_off(session, record, deed, person, parameters.text(data_dict, "content_hash"))
    except tk.ValidationError:
        session.rollback()
        raise
    return _done(context, session, record)


def satudata_submission_ask_urgent(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The producer asks the walidata to put a submission first.

    :param id: the submission. :param reason: why; mandatory.
    """
    tk.check_access("satudata_submission_ask_urgent", context, data_dict)
    return _with_reason(context, data_dict, "ask_urgent", deeds.ask_urgent)


def satudata_submission_urge(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The walidata puts a submission on top of every desk, or back among the others.

    :param id: the submission. :param urgent: true (the default) or false.
    :param reason: why; mandatory, kept on the record.
    """
    tk.check_access("satudata_submission_urge", context, data_dict)
    if parameters.switch(data_dict, "urgent", True):
        return _with_reason(context, data_dict, "urge", deeds.urge)
    return _with_reason(context, data_dict, "calm", deeds.calm)


def _with_reason(
    context: Any, data_dict: dict[str, Any], name: str, doing: Callable[..., None]
) -> dict[str, Any]:
    session: Session = context["session"]
    reason = parameters.text(data_dict, "reason")
    record, deed, _, person = _judged(context, data_dict, name)
    try:
        if not reason:
            raise refused(Refusal("missing_comment", (name,)))
        doing(session, record, deed, person, reason)
    except tk.ValidationError:
        session.rollback()
        raise
    return _done(context, session, record)


@tk.side_effect_free
def satudata_talk_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Questions and answers on a submission, oldest first, for whoever may read it.

    :param id: the submission, dataset or working copy.
    :returns: ``[{id, text, by, role, role_label, at}]``.
    :raises ObjectNotFound: nothing the caller may know of.
    """
    tk.check_access("satudata_talk_list", context, data_dict)
    session: Session = context["session"]
    record, _ = lookup.submission(session, parameters.needed(data_dict, "id"))
    if not lookup.may_read(context, record, people.actor(context), session):
        raise tk.ObjectNotFound
    return [_said(row) for row in talk.of_submission(session, record.id)]


def _said(row: talk.TalkRecord) -> dict[str, Any]:
    return {
        "id": row.id,
        "text": row.text,
        "by": people.display(row.user_id),
        "role": row.role,
        "role_label": ROLE_LABELS.get(row.role, row.role),
        "at": showing.stamp(row.at),
    }


def satudata_talk_add(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask or answer on a submission, before its check and during it. No finding, no step.

    :param id: the submission. :param text: what to say.
    """
    tk.check_access("satudata_talk_add", context, data_dict)
    session: Session = context["session"]
    said = parameters.text(data_dict, "text")
    record, deed, actor, person = _judged(context, data_dict, "talk")
    if not said:
        session.rollback()
        raise conflict("missing_comment", "Tulis pertanyaan atau jawaban Anda.")
    known = facts.brief(session, record)
    role = next(role for role in deed.roles if workflow.holds(known, role, actor))
    assert person.id is not None  # whoever holds a role is signed in
    row = talk.TalkRecord(
        submission_id=record.id, user_id=person.id, role=role.value, text=said, at=clock.now()
    )
    session.add(row)
    session.commit()
    return _said(row)


@tk.side_effect_free
def satudata_office_signoff_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Whether an office's head signs off, and whether the office chose so itself.

    :param office: name or id. :returns: ``{office, required, own}``; ``own`` null: as the regency.
    """
    tk.check_access("satudata_office_signoff_show", context, data_dict)
    office = lookup.office(parameters.needed(data_dict, "office"))
    own = signoff.of_office(context["session"], office.id)
    required = config.rules().office_head_signoff if own is None else own
    return {"office": showing.office_of(office.id), "required": required, "own": own}


def satudata_office_signoff_set(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Switch an office's sign-off on or off, by its head or the walidata's approver.

    :param office: name or id. :param required: true, false, or ``default`` (as the regency).
    """
    tk.check_access("satudata_office_signoff_set", context, data_dict)
    session: Session = context["session"]
    office = lookup.office(parameters.needed(data_dict, "office"))
    actor, person = people.actor(context), people.caller(context)
    locking.require_session(person)
    as_regency = data_dict.get("required") == "default"
    wanted = None if as_regency else parameters.switch(data_dict, "required", True)
    roles = [g.role for g in actor.grants if g.office_id in (None, office.id)]
    if SIGNOFF_SETTERS.isdisjoint(roles):
        raise tk.NotAuthorized("Hanya kepala perangkat daerah itu atau penyetuju yang mengaturnya.")
    signoff.choose(session, office.id, wanted, person.id, clock.now())
    audit.append(
        session,
        audit.Entry(
            step="signoff_rule",
            at=clock.now(),
            actor_id=person.id,
            actor_name=person.name,
            auth_method=person.auth_method,
            office_id=office.id,
            details={"required": wanted},
        ),
    )
    session.commit()
    return satudata_office_signoff_show(context, {"office": office.id})
