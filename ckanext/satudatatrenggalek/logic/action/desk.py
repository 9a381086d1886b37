"""The work desk, and who is asking."""

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import true

from ... import clock, config
from ...domain import words, workflow
from ...domain.sop import Access, Role, State
from ...domain.workflow import Actor, Submission
from ...model import audit, desk, submissions
from ...model.tables import SubmissionRecord
from .. import facts, parameters, people, showing, steps
from ..messages import ROLE_LABELS, STATE_LABELS, conflict

__all__ = [
    "satudata_desk_claim",
    "satudata_desk_list",
    "satudata_desk_unclaim",
    "satudata_me_show",
]

_MAX_PAGE = 100


def _seen(context: Any, actor: Actor) -> Any:
    if getattr(context.get("auth_user_obj"), "sysadmin", False):
        return true()
    return desk.readable(actor.grants)


@tk.side_effect_free
def satudata_desk_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What waits, most pressing first.

    :param state, office, q, machine, claimed: narrow the list; empty means all.
    :param after: the cursor ``next`` of the page before; limit: rows a page (20, at most 100).
    :returns: counts by state, results, next, offices (docs/api.md).
    """
    tk.check_access("satudata_desk_list", context, data_dict)
    session: Session = context["session"]
    actor = people.actor(context)
    seen = _seen(context, actor)
    limit = max(parameters.whole(data_dict, "limit", 20, _MAX_PAGE), 1)
    rows = desk.page(session, seen, _filters(data_dict, actor), limit + 1)
    titles = _titles({row.record.claimed_by for row in rows})
    return {
        "counts": _counts(session, seen),
        "results": [_row(row, actor, titles) for row in rows[:limit]],
        "next": _cursor(rows[limit - 1]) if len(rows) > limit else None,
        "offices": [{"id": key, "title": title} for key, title in desk.offices(session, seen)],
    }


def _filters(data: dict[str, Any], actor: Actor) -> desk.Filters:
    states = parameters.some_of(data, "state", STATE_LABELS)
    named = parameters.text(data, "office")
    office = model.Group.get(named) if named else None
    return desk.Filters(
        states=states or tuple(member.value for member in desk.DESK_STATES),
        office_id=office.id if office else named,
        text=parameters.text(data, "q"),
        machine=parameters.one_of(data, "machine", ("none", "warnings", "errors")),
        claimed=parameters.one_of(data, "claimed", ("me", "nobody", "anybody")),
        user_id=actor.user_id or "",
        after=_read_cursor(parameters.text(data, "after")),
    )


def _cursor(row: desk.Row) -> str:
    record = row.record
    due = record.due_at.isoformat() if record.due_at else ""
    return f"{0 if record.urgent else 1}~{due}~{record.id}"


def _read_cursor(text: str) -> desk.Place | None:
    if not text:
        return None
    try:
        rank, due, last = text.split("~")
        moment = datetime.fromisoformat(due) if due else None
        return desk.Place({"0": 0, "1": 1}[rank], moment, last)
    except (ValueError, KeyError) as error:
        raise conflict(
            "bad_input", "Penanda halaman tidak terbaca. Mulai lagi dari halaman pertama."
        ) from error


def _counts(session: Session, seen: Any) -> list[dict[str, Any]]:
    found = desk.counts(session, seen, clock.now())
    return [
        {
            "state": state.value,
            "label": STATE_LABELS[state.value],
            "count": found.get(state.value, (0, 0))[0],
            "late": found.get(state.value, (0, 0))[1],
        }
        for state in State
    ]


def _titles(user_ids: set[str | None]) -> dict[str, dict[str, str]]:
    wanted = [user_id for user_id in user_ids if user_id]
    users = model.Session.query(model.User).filter(model.User.id.in_(wanted))
    return {
        user.id: {"id": user.id, "name": user.name, "title": user.fullname or user.name}
        for user in users
    }


def _brief(row: desk.Row) -> Submission:
    record = row.record
    return Submission(
        id=record.id,
        dataset_id=record.dataset_id,
        office_id=record.office_id,
        state=State(record.state),
        kind=record.kind,
        priority=record.priority,
        access=Access(record.access),
        contributors=row.contributors,
        checkers=row.checkers,
        content_hash=record.content_hash,
        has_open_submission=row.has_open,
    )


def _row(row: desk.Row, actor: Actor, titles: dict[str, dict[str, str]]) -> dict[str, Any]:
    record, submission = row.record, _brief(row)
    return {
        "submission_id": record.id,
        "dataset_id": record.dataset_id,
        "name": row.name,
        "title": row.title,
        "office": {"id": record.office_id, "name": row.office_name, "title": row.office_title},
        "state": record.state,
        "state_label": STATE_LABELS[record.state],
        "period": record.period,
        "edition": record.edition,
        "priority": record.priority,
        "urgent": record.urgent,
        "round": record.round,
        "submitted": showing.stamp(row.submitted),
        "submitted_text": words.waktu_pendek(row.submitted) if row.submitted else "",
        "due": showing.stamp(record.due_at),
        "clock": showing.clock_of(record),
        "claimed_by": titles.get(record.claimed_by or ""),
        "may_claim": steps.may_decide(submission, actor),
        "content_hash": record.content_hash,
        "machine": {
            "errors": row.errors,
            "warnings": row.warnings,
            "pending": row.pending,
            "files": row.files,
        },
        "available_steps": [step.name for step in steps.offered(submission, actor)],
    }


def satudata_desk_claim(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take a submission to one's own desk.

    :raises ValidationError: 409, somebody else has it, or there is nothing for the caller to do.
    """
    tk.check_access("satudata_desk_claim", context, data_dict)
    session: Session = context["session"]
    record, actor = _open_row(context, data_dict)
    if record.claimed_by != actor.user_id and steps.is_held(session, record):
        holder = people.display(record.claimed_by)
        name = holder["title"] if holder else "petugas lain"
        raise conflict("claimed", f"Tugas ini sudah diambil {name}. Pilih tugas lain.")
    if not steps.may_decide(facts.brief(session, record), actor):
        raise conflict("wrong_state", "Tidak ada yang bisa Anda putuskan di sini sekarang.")
    _write_claim(context, record, actor.user_id)
    return {"id": record.id, "claimed_by": people.display(record.claimed_by)}


def satudata_desk_unclaim(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Give a submission back to everybody's desk; only the one who holds it."""
    tk.check_access("satudata_desk_unclaim", context, data_dict)
    record, actor = _open_row(context, data_dict)
    if record.claimed_by != actor.user_id:
        raise conflict("claimed", "Tugas ini tidak ada di tangan Anda.")
    _write_claim(context, record, None)
    return {"id": record.id, "claimed_by": None}


def _open_row(context: Any, data_dict: dict[str, Any]) -> tuple[SubmissionRecord, Actor]:
    session: Session = context["session"]
    actor = people.actor(context)
    record = submissions.by_id(session, parameters.needed(data_dict, "id"), lock=True)
    if record is None or not workflow.may_read(facts.brief(session, record), actor):
        session.rollback()
        raise tk.ObjectNotFound
    return record, actor


def _write_claim(context: Any, record: SubmissionRecord, user_id: str | None) -> None:
    session: Session = context["session"]
    person, at = people.caller(context), clock.now()
    record.claimed_by = user_id
    record.claimed_at = at if user_id else None
    audit.append(
        session,
        audit.Entry(
            step="claim" if user_id else "unclaim",
            at=at,
            actor_id=person.id,
            actor_name=person.name,
            auth_method=person.auth_method,
            submission_id=record.id,
            dataset_id=record.dataset_id,
            office_id=record.office_id,
            from_state=record.state,
            to_state=record.state,
        ),
    )
    session.commit()


@tk.side_effect_free
def satudata_me_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Who is asking: roles, offices, and how much waits for them (for the header)."""
    tk.check_access("satudata_me_show", context, data_dict)
    actor = people.actor(context)
    offices = sorted({grant.office_id for grant in actor.grants if grant.office_id})
    roles = [role.value for role in Role if any(g.role is role for g in actor.grants)]
    return {
        "user": context.get("user") or None,
        "roles": roles,
        "role_labels": [ROLE_LABELS[role] for role in roles],
        "offices": [showing.office_of(office) for office in offices],
        "is_staff": bool(actor.grants),
        "is_producer": Role.PRODUCER.value in roles,
        "is_checker": bool(
            {"checker", "supporting_checker", "approver", "supervisor"} & set(roles)
        ),
        "counts": _my_counts(context, actor) if actor.grants else {"desk": 0, "mine": 0},
        "regency": config.regency_name(),
    }


_MINE = {
    Role.PRODUCER: (State.DRAFT, State.NEEDS_CORRECTION),
    Role.SUPPORTING_CHECKER: (State.AWAITING_CHECK,),
    Role.CHECKER: (State.AWAITING_CHECK,),
    Role.SUPERVISOR: (State.AWAITING_SUPERVISOR,),
    Role.APPROVER: (State.AWAITING_APPROVAL,),
}


def _my_counts(context: Any, actor: Actor) -> dict[str, int]:
    found = desk.counts(context["session"], _seen(context, actor), clock.now())
    roles = {grant.role for grant in actor.grants}
    desk_states = {state for role in roles - {Role.PRODUCER} for state in _MINE.get(role, ())}
    mine = _MINE[Role.PRODUCER] if Role.PRODUCER in roles else ()
    return {
        "desk": sum(found.get(state.value, (0, 0))[0] for state in desk_states),
        "mine": sum(found.get(state.value, (0, 0))[0] for state in mine),
    }
