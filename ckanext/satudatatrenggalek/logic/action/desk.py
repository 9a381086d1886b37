"""The work desk, and who is asking."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import true

from ... import clock, config
from ...domain import words
from ...domain.deadlines import WorkCalendar
from ...domain.duties import DECIDERS
from ...domain.sop import ANSWERS_REQUESTS, DEED_BY_NAME, OPEN_STATES, Role, State
from ...domain.workflow import Actor, Submission
from ...model import cases, days_off, desk, kept_checklists, known, load, notices, requests
from ...model.desk_filters import Filters, Place
from ...model.tables import SubmissionRecord
from .. import cursors, facts, holding, parameters, people, showing, steps
from ..messages import ROLE_LABELS, STATE_LABELS

__all__ = [
    "satudata_desk_list",
    "satudata_me_show",
]

_MAX_PAGE = 100


def _seen(context: Any, actor: Actor) -> Any:
    if getattr(context.get("auth_user_obj"), "sysadmin", False):
        return true()
    return desk.readable(actor.grants)


@tk.side_effect_free
@known.once()
def satudata_desk_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What waits, most pressing first.

    :param state, office, kind, priority, urgent, late, q, machine, claimed, holder: narrow the
        list; empty means all.
    :param after: the cursor ``next`` of the page before. :param before: the cursor ``previous``
        of the page after. :param limit: rows a page (20, at most 100).
    :returns: counts by state, results, next, previous, offices (docs/api.md).
    """
    tk.check_access("satudata_desk_list", context, data_dict)
    session: Session = context["session"]
    actor = people.actor(context)
    seen = _seen(context, actor)
    limit = max(parameters.whole(data_dict, "limit", 20, _MAX_PAGE), 1)
    filters = _filters(data_dict, actor)
    page = _page(session, seen, filters, limit)
    titles = people.displays({row.record.claimed_by or "" for row in page.rows})
    ids = [row.record.id for row in page.rows]
    calendar = days_off.calendar(session)
    kept = kept_checklists.counts(session, ids, actor.user_id or "")
    return {
        "counts": _counts(session, seen, filters.states),
        "results": [
            _row(row, actor, titles, kept, calendar) | {"signed": _signed(session, row.record)}
            for row in page.rows
        ],
        "next": page.next,
        "previous": page.previous,
        "offices": [{"id": key, "title": title} for key, title in desk.offices(session, seen)],
    }


@dataclass(frozen=True)
class _Page:
    """Rows, and the cursors of the pages after and before them."""

    rows: list[desk.Row]
    next: str | None
    previous: str | None


def _page(session: Session, seen: Any, filters: Filters, limit: int) -> _Page:
    """One page, after or before a place; whatever became of the row that stood there."""
    rows = desk.page(session, seen, filters, limit + 1)
    more = len(rows) > limit
    if filters.before and not more:
        # Nothing lies further ahead: this is the first page, and a full one.
        return _page(session, seen, replace(filters, before=None, after=None), limit)
    if filters.before:
        shown = rows[-limit:]
        return _Page(shown, _cursor(_place(shown[-1])), _cursor(_place(shown[0])))
    shown = rows[:limit]
    ahead = None
    if filters.after:
        ahead = _cursor(_place(shown[0]) if shown else filters.after)
    return _Page(shown, _cursor(_place(shown[-1])) if more else None, ahead)


def _filters(data: dict[str, Any], actor: Actor) -> Filters:
    states = parameters.some_of(data, "state", STATE_LABELS)
    named = parameters.text(data, "office")
    office = model.Group.get(named) if named else None
    return Filters(
        states=states or tuple(member.value for member in desk.DESK_STATES),
        office_id=office.id if office else named,
        kind=parameters.one_of(data, "kind", facts.kinds()),
        priority=parameters.switch(data, "priority", False),
        urgent=parameters.switch(data, "urgent", False),
        late_at=clock.now() if parameters.switch(data, "late", False) else None,
        text=parameters.text(data, "q"),
        machine=parameters.one_of(data, "machine", ("none", "warnings", "errors")),
        claimed=parameters.one_of(data, "claimed", ("me", "nobody", "anybody")),
        holders=(actor.user_id or "", *actor.replaced),
        holder=_holder(parameters.text(data, "holder")),
        after=_read_cursor(parameters.text(data, "after")),
        before=_read_cursor(parameters.text(data, "before")),
    )


def _holder(name: str) -> str:
    user = model.User.get(name) if name else None
    return user.id if user else name


def _place(row: desk.Row) -> Place:
    record = row.record
    return Place(0 if record.urgent else 1, record.due_at, record.id)


def _cursor(place: Place) -> str:
    return cursors.written(place.rank, place.due, place.last)


def _read_cursor(text: str) -> Place | None:
    if not text:
        return None
    rank, due, last = cursors.parts(text, 3)
    if rank not in ("0", "1"):
        raise cursors.unreadable()
    return Place(int(rank), cursors.moment_of(due) if due else None, last)


def _counts(session: Session, seen: Any, asked: Collection[str]) -> list[dict[str, Any]]:
    """Of the open states and those asked for; the released ones only grow, and are no work."""
    states = {state.value for state in OPEN_STATES} | set(asked)
    found = desk.counts(session, seen, states, clock.now())
    return [
        {
            "state": state.value,
            "label": STATE_LABELS[state.value],
            "count": found.get(state.value, (0, 0))[0],
            "late": found.get(state.value, (0, 0))[1],
        }
        for state in State
        if state.value in states
    ]


def _brief(row: desk.Row) -> Submission:
    return cases.of(
        row.record,
        contributors=row.contributors,
        checkers=row.checkers,
        content_hash=row.record.content_hash,
        has_open_submission=row.has_open,
    )


def _signed(session: Session, record: SubmissionRecord) -> str | None:
    """As ``facts.signed``; None where the office's head has nothing to sign off (any more).

    Only what was signed once is read whole: few rows of a page.
    """
    if State(record.state) not in DEED_BY_NAME["sign_off"].states:
        return None
    return facts.signed(facts.gather(session, record)) if record.signed_hash else "none"


def _row(
    row: desk.Row,
    actor: Actor,
    titles: dict[str, dict[str, str]],
    kept: dict[str, int],
    calendar: WorkCalendar,
) -> dict[str, Any]:
    record, submission = row.record, _brief(row)
    return {
        "submission_id": record.id,
        "dataset_id": record.dataset_id,
        "name": row.name,
        "title": row.title,
        "office": {"id": record.office_id, "name": row.office_name, "title": row.office_title},
        "state": record.state,
        "state_label": STATE_LABELS[record.state],
        "kind": record.kind,
        "period": record.period,
        "edition": record.edition,
        "priority": record.priority,
        "urgent": record.urgent,
        "round": record.round,
        "submitted": showing.stamp(row.submitted),
        "submitted_text": words.waktu_pendek(row.submitted) if row.submitted else "",
        "due": showing.stamp(record.due_at),
        "clock": showing.clock_of(record, calendar),
        "claimed_by": titles.get(record.claimed_by or ""),
        "is_mine": holding.holds(submission, actor, record.claimed_by),
        "may_claim": holding.may_decide(submission, actor),
        "content_hash": record.content_hash,
        "kept_answers": kept.get(record.id, 0),
        "machine": {
            "errors": row.errors,
            "warnings": row.warnings,
            "pending": row.pending,
            "files": row.files,
        },
        "available_steps": [step.name for step in steps.offered(submission, actor)],
    }


@tk.side_effect_free
@known.once()
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
        "is_decider": any(grant.role in DECIDERS for grant in actor.grants),
        "replaced": [person for who in sorted(actor.replaced) if (person := people.display(who))],
        "counts": {
            **vars(load.waiting(context["session"], actor)),
            "requests": _requests(context["session"], actor),
        },
        "unread": notices.unread(context["session"], actor.user_id, actor.grants)
        if actor.user_id
        else 0,
        "regency": config.regency_name(),
    }


def _requests(session: Session, actor: Actor) -> int:
    if not any(grant.role in ANSWERS_REQUESTS for grant in actor.grants):
        return 0
    return requests.waiting(session, requests.readable(actor.grants, sysadmin=False))
