"""Appointments: who may act in which role, by which decree."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from ... import clock
from ...domain.deadlines import WIB
from ...domain.sop import APPOINTABLE, OFFICE_ROLES, Role
from ...model import audit
from ...model.tables import AppointmentRecord
from .. import facts, parameters, people, showing, steps
from ..messages import ROLE_LABELS, conflict

__all__ = [
    "satudata_appointment_grant",
    "satudata_appointment_list",
    "satudata_appointment_revoke",
]


@tk.side_effect_free
def satudata_appointment_list(context: Any, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Appointments, newest first.

    :param role, office, user: narrow the list. :param include_past: also those that ended.
    """
    tk.check_access("satudata_appointment_list", context, data_dict)
    query = select(AppointmentRecord).order_by(AppointmentRecord.created_at.desc())
    if role := parameters.text(data_dict, "role"):
        query = query.where(AppointmentRecord.role == role)
    if office := parameters.text(data_dict, "office"):
        query = query.where(AppointmentRecord.office_id == _office(office))
    if user := parameters.text(data_dict, "user"):
        query = query.where(AppointmentRecord.user_id == _user(user).id)
    session: Session = context["session"]
    rows = [_row(row) for row in session.execute(query).scalars()]
    past = parameters.switch(data_dict, "include_past", False)
    return [row for row in rows if past or row["valid"]]


def _row(row: AppointmentRecord) -> dict[str, Any]:
    today = clock.now().astimezone(WIB).date()
    ended = row.valid_until is not None and row.valid_until < today
    return {
        "id": row.id,
        "user": people.display(row.user_id),
        "role": row.role,
        "role_label": ROLE_LABELS.get(row.role, row.role),
        "office": showing.office_of(row.office_id) if row.office_id else None,
        "kind": row.kind,
        "valid_from": row.valid_from.isoformat(),
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        "decree": row.decree,
        "valid": row.revoked_at is None and not ended and row.valid_from <= today,
        "revoked": showing.stamp(row.revoked_at),
    }


def _user(name: str) -> model.User:
    user = model.User.get(name)
    if user is None or user.state != "active":
        raise conflict("unknown_user", f"Akun '{name}' tidak ada. Periksa nama akunnya.")
    return user


def _office(name: str) -> str:
    group = model.Group.get(name)
    if group is None or not group.is_organization:
        raise conflict("unknown_office", f"Perangkat daerah '{name}' tidak ada di portal.")
    return group.id


def _role(name: str) -> Role:
    known = [role.value for role in APPOINTABLE]
    if name not in known:
        raise conflict("unknown_role", f"Peran '{name}' tidak dikenal. Pakai: {', '.join(known)}.")
    return Role(name)


def satudata_appointment_grant(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Appoint somebody.

    :param user: account name or id. :param role: see docs/glossary.md. :param office: name or
        id, needed for producer, office_head and supporting_checker; empty means every office.
    :param kind: only this kind of data. :param valid_from, valid_until: days, ISO 8601.
    :param decree: number of the decree.
    """
    tk.check_access("satudata_appointment_grant", context, data_dict)
    session: Session = context["session"]
    row = _new(data_dict, people.caller(context).id)
    session.add(row)
    session.flush()
    if row.role == Role.PRODUCER.value and row.office_id:
        _make_editor(row.office_id, row.user_id)
    _note(context, session, "appoint", row)
    session.commit()
    return _row(row)


def _kinds() -> list[str]:
    """Kinds of data a dataset can be of: an appointment for another would cover nothing."""
    field = next(row for row in facts.dataset_fields() if row["field_name"] == "jenis")
    return [choice["value"] for choice in field["choices"]]


def _new(data: dict[str, Any], by: str | None) -> AppointmentRecord:
    role, user = _role(parameters.text(data, "role")), _user(parameters.text(data, "user"))
    office = parameters.text(data, "office")
    office_id = _office(office) if office else None
    if role in OFFICE_ROLES and office_id is None:
        raise conflict(
            "bad_input",
            f"{ROLE_LABELS[role.value]} ditunjuk untuk satu perangkat daerah. "
            "Pilih perangkat daerahnya.",
        )
    decree = parameters.text(data, "decree")
    if not decree:
        raise conflict("bad_input", "Tulis nomor keputusan penunjukannya.")
    start = parameters.day(data, "valid_from", "Tanggal mulai")
    end = parameters.day(data, "valid_until", "Tanggal akhir")
    start = start or clock.now().astimezone(WIB).date()
    if end is not None and end < start:
        raise conflict("bad_input", "Tanggal akhir mendahului tanggal mulai. Periksa keduanya.")
    return AppointmentRecord(
        user_id=user.id,
        role=role.value,
        office_id=office_id,
        kind=parameters.one_of(data, "kind", _kinds()) or None,
        valid_from=start,
        valid_until=end,
        decree=decree,
        created_by=by,
        created_at=clock.now(),
    )


def _make_editor(office_id: str, user_id: str) -> None:
    """CKAN's own pages ask for membership; the appointment is what decides.

    Whoever may already do more in the office keeps it.
    """
    members = tk.get_action("member_list")(
        {"ignore_auth": True}, {"id": office_id, "object_type": "user", "capacity": "admin"}
    )
    if user_id in {member[0] for member in members}:
        return
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "defer_commit": True, "user": tk.config["ckan.site_id"]},
        {"id": office_id, "username": user_id, "role": "editor"},
    )


def satudata_appointment_revoke(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """End an appointment now. Its claims fall free.

    :param id: the appointment's id. :param reason: kept on the record.
    """
    tk.check_access("satudata_appointment_revoke", context, data_dict)
    session: Session = context["session"]
    key = parameters.needed(data_dict, "id")
    row = session.get(AppointmentRecord, key, with_for_update=True)
    if row is None:
        raise tk.ObjectNotFound
    if row.revoked_at is not None:
        raise conflict("wrong_state", "Penunjukan ini sudah diakhiri.")
    row.revoked_at, row.revoked_by = clock.now(), people.caller(context).id
    session.flush()
    steps.free_claims(session, row.user_id)
    _note(context, session, "dismiss", row, parameters.text(data_dict, "reason"))
    session.commit()
    return _row(row)


def _note(
    context: Any, session: Session, step: str, row: AppointmentRecord, note: str = ""
) -> None:
    person = people.caller(context)
    audit.append(
        session,
        audit.Entry(
            step=step,
            at=clock.now(),
            actor_id=person.id,
            actor_name=person.name,
            auth_method=person.auth_method,
            office_id=row.office_id,
            note=note or row.decree,
            details={"user_id": row.user_id, "role": row.role, "appointment_id": row.id},
        ),
    )
