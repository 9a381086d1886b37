"""Appointments: who may act in which role, by which decree, and who stands in for them."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session
from sqlalchemy import ColumnElement

from ... import clock
from ...domain.words import tanggal_biasa
from ...model import appointments, submissions
from ...model.appointments import Scope
from ...model.tables import AppointmentRecord
from .. import appointing, cursors, holding, lookup, memberships, parameters, people
from ..messages import conflict

__all__ = [
    "satudata_appointment_end",
    "satudata_appointment_grant",
    "satudata_appointment_list",
    "satudata_appointment_revoke",
    "satudata_appointment_settle",
    "satudata_appointment_substitute",
]


_MOST = 1000


@tk.side_effect_free
def satudata_appointment_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Appointments, newest first.

    :param id: one of them. :param role, office, user: narrow the list.
    :param include_past: also those not in force. :param ending: of those in force only the ones
        that end within the days in which people are told of it.
    :param limit: at most so many; all when left out. :param after: the id the page before ended
        with.
    :returns: ``[{id, user, role, role_label, office, kind, valid_from, valid_until, decree, valid,
        status, revoked, replaces}]``; ``replaces``: whom a substitute (Plh.) stands in for.
    """
    tk.check_access("satudata_appointment_list", context, data_dict)
    session: Session = context["session"]
    limit = parameters.whole(data_dict, "limit", 0, _MOST) or None
    scope = Scope.VALID
    if parameters.switch(data_dict, "include_past", False):
        scope = Scope.ALL
    elif parameters.switch(data_dict, "ending", False):
        scope = Scope.ENDING
    last = _last_seen(session, data_dict)
    rows = appointments.listed(session, clock.now(), _narrowed(data_dict), scope, last, limit)
    return appointing.shown(session, rows)


def _narrowed(data: dict[str, Any]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if key := parameters.text(data, "id"):
        found.append(AppointmentRecord.id == key)
    if role := parameters.text(data, "role"):
        found.append(AppointmentRecord.role == role)
    if office := parameters.text(data, "office"):
        found.append(AppointmentRecord.office_id == lookup.office(office).id)
    if user := parameters.text(data, "user"):
        found.append(AppointmentRecord.user_id == people.named(user, pending=True).id)
    return found


def _last_seen(session: Session, data: dict[str, Any]) -> AppointmentRecord | None:
    key = parameters.text(data, "after")
    row = session.get(AppointmentRecord, key) if key else None
    if key and row is None:
        raise cursors.unreadable()
    return row


def satudata_appointment_grant(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Appoint somebody.

    :param user: account name or id. :param role: see docs/glossary.md. :param office: name or
        id, needed for producer, office_head and supporting_checker; empty means every office.
    :param kind: only this kind of data. :param valid_from, valid_until: days, ISO 8601.
    :param decree: number of the decree.
    """
    tk.check_access("satudata_appointment_grant", context, data_dict)
    session: Session = context["session"]
    user = people.named(parameters.text(data_dict, "user"), pending=True)
    row = appointing.drafted(session, data_dict, people.caller(context).id)
    row.user_id = user.id
    appointing.begin(session, row)
    appointing.note(context, "appoint", row)
    session.commit()
    return appointing.shown(session, [row])[0]


def satudata_appointment_substitute(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Name a substitute (Plh.) for somebody's appointment, for a time.

    For that time they hold the same role, office and kind, see the work in the other's hands and
    may go on with it. It ends by itself. What they do is recorded with both names.

    :param id: the appointment. :param user: who stands in. :param valid_from, valid_until: days,
        ISO 8601; the end is needed. :param decree: number of the order (surat perintah).
    """
    tk.check_access("satudata_appointment_substitute", context, data_dict)
    session: Session = context["session"]
    held = _locked(session, data_dict)
    user = people.named(parameters.needed(data_dict, "user"))
    start, end = appointing.days(data_dict)
    if held.stands_for:
        raise conflict("bad_input", "Seorang Plh. tidak digantikan Plh. lain. Tunjuk yang baru.")
    if held.user_id == user.id:
        raise conflict("bad_input", "Plh. adalah orang lain daripada yang digantikan.")
    if end is None:
        raise conflict("bad_input", "Plh. ditunjuk untuk sementara. Tulis tanggal akhirnya.")
    if start < held.valid_from or (held.valid_until and end > held.valid_until):
        raise conflict("bad_input", f"Penunjukan yang digantikan berlaku {_span(held)}. Sesuaikan.")
    row = AppointmentRecord(
        user_id=user.id,
        role=held.role,
        office_id=held.office_id,
        kind=held.kind,
        valid_from=start,
        valid_until=end,
        decree=appointing.decree(data_dict),
        created_by=people.caller(context).id,
        created_at=clock.now(),
        stands_for=held.id,
    )
    appointing.begin(session, row)
    appointing.note(context, "substitute", row, in_name_of=people.display(held.user_id))
    session.commit()
    return appointing.shown(session, [row])[0]


def _span(row: AppointmentRecord) -> str:
    since = f"sejak {tanggal_biasa(row.valid_from)}"
    return f"{since} sampai {tanggal_biasa(row.valid_until)}" if row.valid_until else since


def _locked(session: Session, data: dict[str, Any]) -> AppointmentRecord:
    """An appointment that has not been revoked, its row locked."""
    key = parameters.needed(data, "id")
    row = session.get(AppointmentRecord, key, with_for_update=True)
    if row is None:
        raise tk.ObjectNotFound
    if row.revoked_at is not None:
        raise conflict("wrong_state", "Penunjukan ini sudah diakhiri.")
    return row


def satudata_appointment_end(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Say until when an appointment runs. Longer than before takes a new decree, so a new one.

    :param id: the appointment's id. :param valid_until: its last day, ISO 8601, today or later.
    :param reason: kept on the record.
    """
    tk.check_access("satudata_appointment_end", context, data_dict)
    session: Session = context["session"]
    row = _locked(session, data_dict)
    last = parameters.day(data_dict, "valid_until", "Tanggal akhir")
    if last is None or last < max(clock.today(), row.valid_from):
        raise conflict("bad_input", "Tulis hari terakhirnya: hari ini atau sesudahnya.")
    if row.valid_until is not None and last > row.valid_until:
        raise conflict("bad_input", "Perpanjangan memerlukan keputusan baru. Tunjuk sekali lagi.")
    row.valid_until = last
    appointing.begin(session, row)
    reason = parameters.text(data_dict, "reason")
    appointing.note(context, "appointment_end", row, reason, valid_until=last.isoformat())
    session.commit()
    return appointing.shown(session, [row])[0]


def satudata_appointment_revoke(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """End an appointment now, and with it those who stand in for it. Its claims fall free.

    :param id: the appointment's id. :param reason: kept on the record.
    """
    tk.check_access("satudata_appointment_revoke", context, data_dict)
    session: Session = context["session"]
    row = _locked(session, data_dict)
    row.revoked_at, row.revoked_by = clock.now(), people.caller(context).id
    appointing.finish(session, appointing.with_substitutes(session, row))
    appointing.note(context, "dismiss", row, parameters.text(data_dict, "reason"))
    session.commit()
    return appointing.shown(session, [row])[0]


def satudata_appointment_settle(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Put right what days that began or ended have left: claims and CKAN's memberships.

    Safe to run at any time; rights themselves never wait for it.

    :returns: ``{freed}``: how many claims fell free.
    """
    tk.check_access("satudata_appointment_settle", context, data_dict)
    session: Session = context["session"]
    held = submissions.claimants(session)
    before = len(held)
    for user_id in sorted(set(held)):
        holding.free_claims(session, user_id)
    for office_id, user_id in sorted(memberships.pairs(session)):
        memberships.follow(session, office_id, user_id)
    session.flush()
    freed = before - len(submissions.claimants(session))
    session.commit()
    return {"freed": freed}
