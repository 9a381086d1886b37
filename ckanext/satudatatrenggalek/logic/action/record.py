"""The record of what happened, for those who answer for the procedure."""

from datetime import date, datetime, time, timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import ColumnElement

from ... import clock
from ...domain.deadlines import WIB
from ...model import desk, nightly, outbox, record_pages
from .. import owed, parameters, people, showing

__all__ = ["satudata_audit_list", "satudata_reconcile_list", "satudata_waiting_list"]

_MOST = 1000
_MOST_NIGHTS = 100
_NOWHERE = "-"  # names nothing: a filter on what does not exist finds nothing


@tk.side_effect_free
def satudata_audit_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Rows of the append-only record, newest first.

    :param from, to: first and last day, ``2026-11-01`` (WIB, both included).
    :param step: a step, or ``create``, ``edit``, ``claim``, ``appoint`` ...
    :param actor, dataset, office: id or name.
    :param after: ``next`` of the page before. :param limit: rows a page (100, at most 1000).
    :returns: ``{results: [...], next}``; ``next`` empty on the last page. A row is as in
        ``history`` of a submission, with ``seq``, ``submission_id``, ``dataset``, ``office``,
        ``prev_hash`` and ``hash``. Rows of submissions the caller may not read are left out.
    """
    tk.check_access("satudata_audit_list", context, data_dict)
    session: Session = context["session"]
    limit = max(1, parameters.whole(data_dict, "limit", 100, _MOST))
    found = record_pages.page(session, _readable(context), _filters(data_dict), limit + 1)
    shown = found[:limit]
    more = len(found) > limit
    return {
        "results": [_row(row) for row in shown],
        "next": str(shown[-1].event.seq) if more else "",
    }


def _readable(context: Any) -> ColumnElement[bool] | None:
    user = context.get("auth_user_obj") or model.User.get(context.get("user") or "")
    if context.get("ignore_auth") or getattr(user, "sysadmin", False):
        return None
    return desk.readable(people.actor(context).grants)


def _filters(data: dict[str, Any]) -> record_pages.Filters:
    first = parameters.day(data, "from", "Tanggal awal")
    last = parameters.day(data, "to", "Tanggal akhir")
    after = parameters.text(data, "after")
    return record_pages.Filters(
        since=_midnight(first) if first else None,
        until=_midnight(last + timedelta(days=1)) if last and last < date.max else None,
        step=parameters.text(data, "step"),
        actor_id=_id_of(model.User, parameters.text(data, "actor")),
        dataset_id=_id_of(model.Package, parameters.text(data, "dataset")),
        office_id=_id_of(model.Group, parameters.text(data, "office")),
        before=parameters.whole(data, "after", 0, 10**18) if after else None,
    )


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(0), WIB)


def _id_of(kind: Any, named: str) -> str:
    found = kind.get(named) if named else None
    return found.id if found else _NOWHERE if named else ""


def _row(row: record_pages.Row) -> dict[str, Any]:
    event = row.event
    dataset = {"id": event.dataset_id, "name": row.name, "title": row.title or row.name}
    return {
        **showing.event(event),
        "seq": event.seq,
        "submission_id": event.submission_id,
        "dataset": dataset if event.dataset_id else None,
        "office": {"id": event.office_id, "title": row.office} if event.office_id else None,
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }


@tk.side_effect_free
def satudata_reconcile_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """What the comparisons of the portal's contents found, newest first; for sysadmins.

    :param limit: how many comparisons (14, at most 100).
    :returns: ``[{id, day, planned, finished, mended, differences: [{kind, compared, subject,
        text, mended}]}]``; ``day`` null where an operator asked, ``finished`` null while it runs.
    """
    tk.check_access("satudata_reconcile_list", context, data_dict)
    limit = parameters.whole(data_dict, "limit", 14, _MOST_NIGHTS)
    return [
        {
            "id": row.id,
            "day": row.day.isoformat() if row.day else None,
            "planned": showing.stamp(row.planned_at),
            "finished": showing.stamp(row.finished_at),
            "mended": row.mended,
            "differences": row.differences,
        }
        for row in nightly.newest(context["session"], limit)
    ]


@tk.side_effect_free
def satudata_waiting_list(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Work the portal owes and has not done in time, oldest first; for sysadmins.

    :param limit: how many (100, at most 1000).
    :returns: ``{count, results: [{id, dataset_id, kind, since, part, given_up, text, error}],
        refused: [{id, address, subject, noted, said}]}``; ``part`` names what was away when it was
        last tried, null where nothing was; ``refused``: letters of the portal whose address was
        refused for good, as long as they are kept.
    """
    tk.check_access("satudata_waiting_list", context, data_dict)
    limit = parameters.whole(data_dict, "limit", 100, _MOST)
    rows = outbox.late(context["session"], clock.now())
    return {
        "count": len(rows),
        "results": [
            {
                "id": row.id,
                "dataset_id": row.dataset_id,
                **owed.owed(row).as_dict(),
                "error": row.last_error,
            }
            for row in rows[:limit]
        ],
        "refused": [
            {
                "id": row.id,
                "address": row.payload["address"],
                "subject": row.payload["subject"],
                "noted": showing.stamp(row.created_at),
                "said": said,
            }
            for row, said in outbox.refused(context["session"])[:limit]
        ],
    }
