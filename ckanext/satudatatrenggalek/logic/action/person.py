"""People and their accounts: invitation, one person's page, accounts nobody is appointed with."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ... import clock, config, invitation
from ...domain.sop import Role
from ...invitation import Invitation
from ...model import accounts, appointments, load
from ...model.tables import AppointmentRecord
from .. import appointing, memberships, parameters, people, showing
from ..messages import ROLE_LABELS, conflict

__all__ = [
    "satudata_person_invite",
    "satudata_person_list_unappointed",
    "satudata_person_show",
]

_MOST = 500


def satudata_person_invite(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Invite somebody by mail and appoint them: one form, one decree.

    :param email: where CKAN's invitation goes. :param fullname: the person's name.
    :param role, office, kind, valid_from, valid_until, decree: as ``satudata_appointment_grant``.
    :returns: the appointment. The account wakes when its owner sets a password.
    """
    tk.check_access("satudata_person_invite", context, data_dict)
    session: Session = context["session"]
    email = parameters.needed(data_dict, "email")
    fullname = parameters.needed(data_dict, "fullname")
    # Everything is understood before an account is made.
    row = appointing.drafted(session, data_dict, people.caller(context).id)
    if accounts.has_address(session, email):
        raise conflict(
            "bad_input", f"Alamat {email} sudah dipakai sebuah akun. Tunjuk saja akun itu."
        )
    if not tk.config.get("smtp.mail_from"):
        raise conflict(
            "mail_failed",
            "Portal ini belum bisa mengirim surat: alamat pengirim (smtp.mail_from) belum diatur. "
            "Minta pengelola mengaturnya, lalu undang lagi.",
        )
    office_id = row.office_id or _walidata_office()
    with invitation.saying(_said(row, fullname)):
        user_id = _invited(context, email, office_id, row.role == Role.PRODUCER.value)
    user = model.User.get(user_id)
    assert user is not None  # made a moment ago
    user.fullname = fullname
    row.user_id = user_id
    appointing.begin(session, row)
    memberships.follow(session, office_id, user_id)
    appointing.note(context, "invite", row)
    session.commit()
    return appointing.shown(session, [row])[0]


def _walidata_office() -> str:
    """CKAN invites into an organization: the walidata's, for who serves the whole regency."""
    group = model.Group.get(config.walidata_office())
    if group is None:
        raise conflict(
            "unknown_office",
            "Perangkat daerah Walidata belum ada di portal. Buat dulu, lalu undang lagi.",
        )
    return group.id


def _said(row: AppointmentRecord, fullname: str) -> Invitation:
    office = model.Group.get(row.office_id) if row.office_id else None
    return Invitation(
        fullname,
        ROLE_LABELS[row.role],
        office.title or office.name if office else "Semua perangkat daerah",
        row.decree,
        row.valid_from,
        row.valid_until,
    )


def _invited(context: Any, email: str, office_id: str, producer: bool) -> str:
    by = context.get("user") or ""
    try:
        made = tk.get_action("user_invite")(
            {"ignore_auth": True, "user": by},
            {"email": email, "group_id": office_id, "role": "editor" if producer else "member"},
        )
    except tk.ValidationError as error:
        model.Session.rollback()
        if "email" in error.error_dict:
            raise conflict("bad_input", f"Alamat surel {email} tidak bisa dipakai.") from error
        raise conflict(
            "mail_failed",
            "Surat undangan tidak terkirim, jadi akunnya tidak dibuat. Periksa alamatnya, atau "
            "coba lagi setelah pengelola memeriksa pengiriman surat.",
        ) from error
    return made["id"]


@tk.side_effect_free
def satudata_person_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """One person: their appointments past and present, their substitutes, how much they have.

    :param id: account name or id.
    :returns: ``{user, state, appointments, substitutes, load {open, late, done}}``; substitutes
        are the appointments of those who stand in for them.
    """
    tk.check_access("satudata_person_show", context, data_dict)
    session: Session = context["session"]
    user = model.User.get(parameters.needed(data_dict, "id"))
    if user is None:
        raise tk.ObjectNotFound
    own, standing_in = accounts.appointments_around(session, user.id)
    at = clock.now()
    since = load.month_begins(at)
    found = load.of_people(session, [user.id], since, at)[user.id]
    return {
        "user": people.display(user.id),
        "state": user.state,
        "appointments": appointing.shown(session, own),
        "substitutes": appointing.shown(session, standing_in),
        "load": vars(found),
    }


@tk.side_effect_free
def satudata_person_list_unappointed(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Accounts without an appointment in force, by name.

    :param members_only: only those CKAN still lets into an office. :param after: the ``next`` of
        the page before. :param limit: rows a page (100, at most 500).
    :returns: ``{results [{name, title, email, state, sysadmin, created, last_active, memberships
        [{office, capacity}], last_appointment}], next}``.
    """
    tk.check_access("satudata_person_list_unappointed", context, data_dict)
    session: Session = context["session"]
    limit = max(parameters.whole(data_dict, "limit", 100, _MOST), 1)
    appointed = {row.user_id for row in appointments.valid_rows(session, clock.now())}
    rows = accounts.without(
        session,
        appointed,
        members_only=parameters.switch(data_dict, "members_only", False),
        after=parameters.text(data_dict, "after"),
        limit=limit + 1,
    )
    results = [_account(row) for row in rows[:limit]]
    return {"results": results, "next": results[-1]["name"] if len(rows) > limit else None}


def _account(row: accounts.Account) -> dict[str, Any]:
    user = row.user
    return {
        "name": user.name,
        "title": user.fullname or user.name,
        "email": user.email,
        "state": user.state,
        "sysadmin": bool(user.sysadmin),
        "created": showing.stamp(accounts.aware(user.created)),
        "last_active": showing.stamp(accounts.aware(user.last_active)),
        "memberships": [
            {"office": {"name": name, "title": title}, "capacity": capacity}
            for name, title, capacity in row.memberships
        ],
        "last_appointment": row.last_day.isoformat() if row.last_day else None,
    }
