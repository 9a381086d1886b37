"""The walidata works on behalf of an office that cannot, by its letter; and papers kept."""

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ... import clock, config
from ...domain import workflow
from ...domain.deadlines import WIB
from ...domain.sop import DEED_BY_NAME, PAPER_READERS
from ...domain.workflow import Actor, Refusal
from ...model import audit, blobs, copies, on_behalf, papers
from ...model.on_behalf import OnBehalfRecord
from ...model.papers import PaperRecord
from .. import appointing, beside, facts, locking, lookup, memberships, parameters, people, showing
from .. import papers as keeping
from ..messages import conflict, refused

__all__ = [
    "satudata_on_behalf_close",
    "satudata_on_behalf_list",
    "satudata_on_behalf_open",
    "satudata_paper_show",
]

_DEED = DEED_BY_NAME["on_behalf"]


def satudata_on_behalf_open(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let the caller, a walidata, work for an office that cannot; whatever they touch they may
    not check.

    :param dataset: the one to work on; or :param office: to begin new datasets of it.
    :param sender, letter: who sent the letter and its number, both mandatory.
    :param letter_date: ISO 8601. :param letter_file: its scan (PDF, JPG, PNG).
    :returns: ``{id, office, dataset_id, opened, until, sender, letter, letter_date, ...}``.
    :raises ValidationError: 409 missing_letter, wrong_state, unknown_office, bad_scan.
    """
    tk.check_access("satudata_on_behalf_open", context, data_dict)
    session: Session = context["session"]
    person = people.caller(context)
    locking.require_session(person)
    paper = keeping.letter(data_dict, "letter_file")
    office_id, dataset_id = _place(context, session, data_dict)
    try:
        row = _opened(session, person, paper, office_id, dataset_id)
    except tk.ValidationError:
        session.rollback()
        raise
    session.commit()
    return _row(session, row)


def _opened(
    session: Session,
    person: people.Person,
    paper: keeping.Paper,
    office_id: str,
    dataset_id: str | None,
) -> OnBehalfRecord:
    if not (paper.sender and paper.number):
        raise refused(Refusal("missing_letter"))
    at = clock.now()
    kept = keeping.keep(session, paper, papers.LETTER, (office_id, None), person, at)
    assert person.id is not None  # whoever holds a role is signed in
    row = OnBehalfRecord(
        paper_id=kept.id,
        user_id=person.id,
        office_id=office_id,
        dataset_id=dataset_id,
        opened_at=at,
        until=at + timedelta(days=config.on_behalf_days()),
    )
    session.add(row)
    session.flush()
    memberships.follow(session, office_id, person.id)
    # CKAN's membership goes on the day after the letter's time.
    appointing.settle_on(session, row.id, row.until.astimezone(WIB).date() + timedelta(days=1))
    _note(session, row, "on_behalf", person)
    return row


def _place(context: Any, session: Session, data: dict[str, Any]) -> tuple[str, str | None]:
    """The office, and the dataset if one is named; judged as the table says."""
    named = parameters.text(data, "dataset")
    if not named:
        office = lookup.office_in_force(parameters.needed(data, "office"))
        if not _may_for(people.actor(context), office.id):
            raise refused(Refusal("wrong_role", (_DEED.name,)))
        return office.id, None
    record, actor = locking.locked(context, session, named, _DEED, _DEED.name)
    refusal = workflow.judge_deed(facts.brief(session, record), _DEED, actor)
    if refusal:
        session.rollback()
        raise refused(refusal)
    return record.office_id, record.dataset_id


def _may_for(actor: Actor, office_id: str) -> bool:
    """A new dataset has no kind yet: only a grant for every kind opens it."""
    return any(
        grant.role in _DEED.roles and grant.office_id in (None, office_id) and grant.kind is None
        for grant in actor.grants
    )


def satudata_on_behalf_close(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The caller gives the leave back. What was done by it stays on the record.

    :param id: of ``satudata_on_behalf_open``.
    """
    tk.check_access("satudata_on_behalf_close", context, data_dict)
    session: Session = context["session"]
    row = session.get(OnBehalfRecord, parameters.needed(data_dict, "id"), with_for_update=True)
    person = people.caller(context)
    if row is None or row.user_id != person.id:
        raise tk.ObjectNotFound
    if row.ended_at is not None:
        session.rollback()
        raise conflict("wrong_state", "Izin bekerja atas nama ini sudah ditutup.")
    row.ended_at = clock.now()
    memberships.follow(session, row.office_id, row.user_id)
    _note(session, row, "on_behalf_end", person)
    session.commit()
    return _row(session, row)


@tk.side_effect_free
def satudata_on_behalf_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """What the caller may do, or might once, on behalf of offices; newest first."""
    tk.check_access("satudata_on_behalf_list", context, data_dict)
    session: Session = context["session"]
    person = people.caller(context)
    return [_row(session, row) for row in on_behalf.of_user(session, person.id or "")]


def _row(session: Session, row: OnBehalfRecord) -> dict[str, Any]:
    at = clock.now()
    return {
        "id": row.id,
        "office": showing.office_of(row.office_id),
        "dataset_id": row.dataset_id,
        "opened": showing.stamp(row.opened_at),
        "until": showing.stamp(row.until),
        "ended": showing.stamp(row.ended_at),
        "active": row.until > at and (row.ended_at is None or row.ended_at > at),
        **beside.paper_of(session, row.paper_id),
    }


def _submission_of(session: Session, row: OnBehalfRecord) -> str | None:
    """The submission a letter for one dataset belongs to: its history shows the letter."""
    record = copies.governing(session, row.dataset_id) if row.dataset_id else None
    return record.id if record else None


def _note(session: Session, row: OnBehalfRecord, step: str, person: people.Person) -> None:
    letter = beside.paper_of(session, row.paper_id)
    audit.append(
        session,
        audit.Entry(
            step=step,
            at=clock.now(),
            actor_id=person.id,
            actor_name=person.name,
            auth_method=person.auth_method,
            submission_id=_submission_of(session, row),
            dataset_id=row.dataset_id,
            office_id=row.office_id,
            note=f"{letter['sender']}, {letter['letter']}",
            details={"on_behalf_id": row.id, "until": row.until.isoformat(), **letter},
        ),
    )


@tk.side_effect_free
def satudata_paper_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A decree or letter, for the walidata and the people of the offices it concerns.

    :returns: ``{id, kind, number, sender, dated, filename, mimetype, sha256, size, url}``; for our
        own page also ``path``.
    :raises ObjectNotFound: none the caller may know of.
    """
    tk.check_access("satudata_paper_show", context, data_dict)
    session: Session = context["session"]
    row = session.get(PaperRecord, parameters.needed(data_dict, "id"))
    if row is None or not _may_read(context, people.actor(context), row):
        raise tk.ObjectNotFound
    names = ("id", "kind", "number", "sender", "filename", "mimetype", "sha256", "size")
    shown: dict[str, Any] = {name: getattr(row, name) for name in names}
    shown["dated"] = row.dated.isoformat() if row.dated else None
    if row.sha256 is None:
        return {**shown, "url": None}
    shown["url"] = tk.h.url_for("meja.paper", id=row.id, _external=True)
    # No request can set this key: the place on our disk is for our own page alone.
    ours = context.get("for_view") is True
    return {**shown, "path": str(blobs.path_of(row.sha256))} if ours else shown


def _may_read(context: Any, actor: Actor, row: PaperRecord) -> bool:
    if getattr(context.get("auth_user_obj"), "sysadmin", False):
        return True
    concerned = (None, row.office_id, row.other_office_id)
    return any(
        grant.role in PAPER_READERS and grant.office_id in concerned and not grant.dataset_id
        for grant in actor.grants
    )
