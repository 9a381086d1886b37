"""Offices (perangkat daerah): from when to when, by which decree, after which ones."""

from datetime import date, timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from ... import clock
from ...model import appointments, audit, offices
from ...model.offices import OfficeRecord
from ...model.tables import AppointmentRecord
from .. import appointing, lookup, parameters, people
from ..messages import conflict

__all__ = [
    "satudata_office_list",
    "satudata_office_show",
    "satudata_office_update",
]


@tk.side_effect_free
def satudata_office_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Offices by title.

    :param include_past: also those that do not exist today (yes when not sent).
    :returns: ``[{id, name, title, valid_from, valid_until, decree, in_force, predecessors,
        successors}]``; offices of the last two as ``{id, name, title}``.
    """
    tk.check_access("satudata_office_list", context, data_dict)
    rows = _shown(context["session"])
    past = parameters.switch(data_dict, "include_past", True)
    return [row for row in rows if past or row["in_force"]]


@tk.side_effect_free
def satudata_office_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """One office, by name or id, as in the list.

    :raises ObjectNotFound: there is none.
    """
    tk.check_access("satudata_office_show", context, data_dict)
    key = parameters.needed(data_dict, "id")
    for row in _shown(context["session"]):
        if key in (row["id"], row["name"]):
            return row
    raise tk.ObjectNotFound


def _shown(session: Session) -> list[dict[str, Any]]:
    groups, written = offices.groups(session), offices.all_of(session)
    brief = {group.id: _brief(group) for group in groups}
    after: dict[str, list[dict[str, str]]] = {}
    for row in written.values():
        for before in row.predecessors:
            if row.office_id in brief:
                after.setdefault(before, []).append(brief[row.office_id])
    today = clock.today()
    return [
        {
            **brief[group.id],
            **_validity(written.get(group.id), today),
            "predecessors": _known(written.get(group.id), brief),
            "successors": after.get(group.id, []),
        }
        for group in groups
    ]


def _brief(group: model.Group) -> dict[str, str]:
    return {"id": group.id, "name": group.name, "title": group.title or group.name}


def _known(row: OfficeRecord | None, brief: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    return [brief[key] for key in (row.predecessors if row else ()) if key in brief]


def _validity(row: OfficeRecord | None, today: date) -> dict[str, Any]:
    return {
        "valid_from": row.valid_from.isoformat() if row and row.valid_from else None,
        "valid_until": row.valid_until.isoformat() if row and row.valid_until else None,
        "decree": row.decree if row else "",
        "in_force": offices.in_force(row, today),
    }


def satudata_office_update(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Write down that an office begins, ends or replaces others. Its people's access ends with it.

    :param id: name or id. :param valid_from, valid_until: days, ISO 8601, both included; empty
        means open. :param decree: number of the decree. :param predecessors: names or ids of the
        offices it replaces; what is not sent stays as it was.
    """
    tk.check_access("satudata_office_update", context, data_dict)
    session: Session = context["session"]
    group = lookup.office(parameters.needed(data_dict, "id"))
    row = offices.by_id(session, group.id, lock=True)
    if row is None:
        row = OfficeRecord(office_id=group.id, predecessors=[], decree="")
    before = _validity(row, clock.today())
    _write(session, row, data_dict)
    row.updated_by, row.updated_at = people.caller(context).id, clock.now()
    session.add(row)
    session.flush()
    if row.valid_from:
        appointing.settle_on(session, group.id, row.valid_from)
    if row.valid_until:
        appointing.settle_on(session, group.id, row.valid_until + timedelta(days=1))
    query = select(AppointmentRecord).where(AppointmentRecord.office_id == group.id)
    appointing.finish(session, list(session.execute(query).scalars()))
    _note(context, row, before)
    session.commit()
    return satudata_office_show(context, {"id": group.id})


def _write(session: Session, row: OfficeRecord, data: dict[str, Any]) -> None:
    """Everything is understood before anything is written."""
    decree, start, end = appointing.decree(data), row.valid_from, row.valid_until
    before = row.predecessors
    if "valid_from" in data:
        start = parameters.day(data, "valid_from", "Tanggal mulai berlaku")
    if "valid_until" in data:
        end = parameters.day(data, "valid_until", "Hari terakhir")
    if start and end and end < start:
        raise conflict("bad_input", "Hari terakhir mendahului tanggal mulai. Periksa keduanya.")
    if "predecessors" in data:
        before = _predecessors(session, row.office_id, data["predecessors"])
    row.decree, row.valid_from, row.valid_until, row.predecessors = decree, start, end, before


def _predecessors(session: Session, office_id: str, sent: Any) -> list[str]:
    named = [sent] if isinstance(sent, str) else sent or []
    if not isinstance(named, (list, tuple)):
        raise conflict("bad_input", "Pendahulu harus berupa daftar nama perangkat daerah.")
    words = [parameters.plain(name, "Pendahulu") for name in named]
    ids = list(dict.fromkeys(lookup.office(word).id for word in words if word))
    written = offices.all_of(session)
    if any(_comes_after(key, office_id, written) for key in ids):
        raise conflict(
            "bad_input", "Perangkat daerah tidak bisa menjadi pendahulu dirinya sendiri."
        )
    return ids


def _comes_after(key: str, office_id: str, written: dict[str, OfficeRecord]) -> bool:
    """Whether an office is this one, or was made out of it."""
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        one = waiting.pop()
        if one == office_id:
            return True
        if one not in seen:
            seen.add(one)
            waiting += written[one].predecessors if one in written else []
    return False


def _note(context: Any, row: OfficeRecord, before: dict[str, Any]) -> None:
    session: Session = context["session"]
    person = people.caller(context)
    ending = [
        held
        for held in appointments.valid_rows(session, clock.now())
        if held.office_id == row.office_id
    ]
    audit.append(
        session,
        audit.Entry(
            step="office_update",
            at=clock.now(),
            actor_id=person.id,
            actor_name=person.name,
            auth_method=person.auth_method,
            office_id=row.office_id,
            note=row.decree,
            details={
                "before": before,
                "after": _validity(row, clock.today()),
                "predecessors": row.predecessors,
                "appointments": len(ending),
            },
        ),
    )
