"""Taking work to one's desk, giving it back, handing it over; how much each person has."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ... import clock
from ...domain import workflow
from ...domain.duties import DECIDERS
from ...domain.sop import State
from ...domain.workflow import Actor
from ...model import appointments, audit, desk, load, submissions
from ...model.tables import SubmissionRecord
from .. import facts, holding, lookup, parameters, people, showing
from ..messages import ROLE_LABELS, conflict

__all__ = [
    "satudata_desk_claim",
    "satudata_desk_hand_over",
    "satudata_desk_load",
    "satudata_desk_unclaim",
]


def satudata_desk_claim(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take a submission to one's own desk.

    :raises ValidationError: 409, somebody else has it, or there is nothing for the caller to do.
    """
    tk.check_access("satudata_desk_claim", context, data_dict)
    session: Session = context["session"]
    record, actor = _open_row(context, data_dict)
    submission = facts.brief(session, record)
    mine = holding.holds(submission, actor, record.claimed_by)
    if not mine and holding.is_held(session, record):
        holder = people.display(record.claimed_by)
        name = holder["title"] if holder else "petugas lain"
        raise conflict("claimed", f"Tugas ini sudah diambil {name}. Pilih tugas lain.")
    if not holding.may_decide(submission, actor):
        raise conflict("wrong_state", "Tidak ada yang bisa Anda putuskan di sini sekarang.")
    _write_claim(context, record, actor.user_id, holding.name_of(submission, actor))
    return {"id": record.id, "claimed_by": people.display(record.claimed_by)}


def satudata_desk_unclaim(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Give a submission back to everybody's desk; who holds it, or stands in for them (Plh.)."""
    tk.check_access("satudata_desk_unclaim", context, data_dict)
    record, actor = _open_row(context, data_dict)
    submission = facts.brief(context["session"], record)
    if not holding.holds(submission, actor, record.claimed_by):
        raise conflict("claimed", "Tugas ini tidak ada di tangan Anda.")
    _write_claim(context, record, None, holding.name_of(submission, actor))
    return {"id": record.id, "claimed_by": None}


def _open_row(context: Any, data_dict: dict[str, Any]) -> tuple[SubmissionRecord, Actor]:
    session: Session = context["session"]
    actor = people.actor(context)
    record = submissions.by_id(session, parameters.needed(data_dict, "id"), lock=True)
    if record is None or not workflow.may_read(facts.placed(record), actor):
        session.rollback()
        raise tk.ObjectNotFound
    return record, actor


def _write_claim(
    context: Any, record: SubmissionRecord, user_id: str | None, in_name_of: str | None
) -> None:
    record.claimed_by = user_id
    record.claimed_at = clock.now() if user_id else None
    details = {"in_name_of": people.display(in_name_of)} if in_name_of else {}
    _note(context, record, "claim" if user_id else "unclaim", "", details)
    context["session"].commit()


def _note(
    context: Any, record: SubmissionRecord, step: str, note: str, details: dict[str, Any]
) -> None:
    person = people.caller(context)
    audit.append(
        context["session"],
        audit.Entry(
            step=step,
            at=clock.now(),
            actor_id=person.id,
            actor_name=person.name,
            auth_method=person.auth_method,
            submission_id=record.id,
            dataset_id=record.dataset_id,
            office_id=record.office_id,
            from_state=record.state,
            to_state=record.state,
            note=note,
            details=details,
        ),
    )


def satudata_desk_hand_over(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Give all the open work in one person's hands to another, on the record.

    :param from_user, to_user: account names or ids. :param reason: kept on the record.
    :returns: ``{from_user, to_user, results [{id, title, ok, message}], handed, left}``; what the
        other may not decide on stays where it is, and says why.
    """
    tk.check_access("satudata_desk_hand_over", context, data_dict)
    session: Session = context["session"]
    giver = people.named(parameters.needed(data_dict, "from_user"))
    taker = people.named(parameters.needed(data_dict, "to_user"))
    reason = parameters.text(data_dict, "reason")
    if giver.id == taker.id:
        raise conflict("bad_input", "Pekerjaan diserahkan kepada orang lain. Pilih orangnya.")
    if not reason:
        raise conflict("missing_comment", "Tulis alasan serah terima. Alasan itu dicatat.")
    actor = people.actor_by_id(session, taker.id)
    results = [
        _hand_over(context, session, record, taker, actor, reason)
        for record in submissions.claimed_by(session, giver.id)
    ]
    session.commit()
    handed = sum(row["ok"] for row in results)
    return {
        "from_user": people.display(giver.id),
        "to_user": people.display(taker.id),
        "results": results,
        "handed": handed,
        "left": len(results) - handed,
    }


def _hand_over(
    context: Any,
    session: Session,
    record: SubmissionRecord,
    taker: model.User,
    actor: Actor,
    reason: str,
) -> dict[str, Any]:
    seen = lookup.may_read(context, record, people.actor(context), session)
    row = {"id": record.id, "title": showing.title_of(session, record) if seen else ""}
    submission = facts.brief(session, record)
    waits = submission.state is State.NEEDS_CORRECTION and holding.waits_for(submission, actor)
    if not (waits or holding.may_decide(submission, actor)):
        who = taker.fullname or taker.name
        message = f"{who} tidak bisa memutuskan di sini: bukan tugasnya, atau ia turut menyiapkan."
        return {**row, "ok": False, "message": message}
    before, at = people.display(record.claimed_by), clock.now()
    record.claimed_by, record.claimed_at = taker.id, at
    _note(context, record, "hand_over", reason, {"from": before, "to": people.display(taker.id)})
    return {**row, "ok": True, "message": "Diserahkan."}


@tk.side_effect_free
def satudata_desk_load(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Open work, late work and this month's decisions of everybody who decides.

    :returns: ``{since, people [{user, roles, open, late, done}], unclaimed}``, the most loaded
        first.
    """
    tk.check_access("satudata_desk_load", context, data_dict)
    session: Session = context["session"]
    at = clock.now()
    first = load.month_begins(at)
    roles: dict[str, set[str]] = {}
    for row in appointments.valid_rows(session, at):
        if row.role in {role.value for role in DECIDERS}:
            roles.setdefault(row.user_id, set()).add(row.role)
    loads = load.of_people(session, list(roles), first, at)
    shown = people.displays(roles)
    rows = [
        {
            "user": shown[user_id],
            "roles": [ROLE_LABELS[role] for role in ROLE_LABELS if role in roles[user_id]],
            **vars(loads[user_id]),
        }
        for user_id in roles
        if user_id in shown
    ]
    rows.sort(key=lambda row: (-row["late"], -row["open"], row["user"]["title"]))
    seen = desk.readable(people.actor(context).grants)
    return {
        "since": first.date().isoformat(),
        "people": rows,
        "unclaimed": load.unclaimed(session, seen),
    }
