"""Permissions around people: the desk, appointments, offices, accounts.

Who is appointed to what, and which offices there are, is decided by whom ``duties.appoints`` names.
Sysadmins pass, as CKAN lets them.
"""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ...domain import duties
from ...domain.duties import DECIDERS
from ...domain.sop import Role
from .. import parameters
from .calling import NOT_STAFF, OK, actor, holds, refused

__all__ = [
    "satudata_appointment_end",
    "satudata_appointment_grant",
    "satudata_appointment_list",
    "satudata_appointment_revoke",
    "satudata_appointment_settle",
    "satudata_appointment_substitute",
    "satudata_checklist_keep",
    "satudata_desk_claim",
    "satudata_desk_hand_over",
    "satudata_desk_list",
    "satudata_desk_load",
    "satudata_desk_unclaim",
    "satudata_me_show",
    "satudata_office_list",
    "satudata_office_show",
    "satudata_office_update",
    "satudata_person_invite",
    "satudata_person_list_unappointed",
    "satudata_person_show",
    "satudata_step_take_many",
]

_NOT_YOURS = (
    "Penunjukan dan perangkat daerah diatur Penyetuju Walidata yang ditunjuk sendiri untuk "
    "seluruh kabupaten dan semua jenis data, bukan sebagai Plh."
)


def _manages(context: Any) -> Any:
    caller = actor(context)
    if duties.appoints(caller):
        return OK
    stands_in = any(grant.role is Role.APPROVER for grant in caller.grants)
    return refused(_NOT_YOURS if stands_in else NOT_STAFF)


def satudata_desk_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Anybody with an appointment; rows are those they may read."""
    return holds(context, *Role)


def satudata_desk_claim(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever has a desk."""
    return holds(context, *Role)


def satudata_desk_unclaim(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever has a desk."""
    return holds(context, *Role)


def satudata_desk_load(context: Any, data_dict: dict[str, Any]) -> Any:
    """Walidata and Sekretariat see how the work is spread."""
    return holds(context, Role.CHECKER, Role.APPROVER, Role.SECRETARIAT)


def satudata_desk_hand_over(context: Any, data_dict: dict[str, Any]) -> Any:
    """Who appoints; and everybody who decides, of the work in their own hands."""
    caller = actor(context)
    giver = model.User.get(parameters.text(data_dict, "from_user"))
    decides = any(grant.role in DECIDERS for grant in caller.grants)
    if decides and giver is not None and giver.id == caller.user_id:
        return OK
    return _manages(context)


@tk.auth_sysadmins_check
def satudata_step_take_many(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever decides on anything; each row is judged by itself. Being sysadmin gives no step."""
    return holds(context, *DECIDERS)


@tk.auth_sysadmins_check
def satudata_checklist_keep(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever decides; for which submission is judged in the action."""
    return holds(context, *DECIDERS)


@tk.auth_allow_anonymous_access
def satudata_me_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Everybody may ask who they are."""
    return OK


def satudata_appointment_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Walidata and Sekretariat keep the list; everybody may read their own."""
    if data_dict.get("user") and data_dict["user"] == context.get("user"):
        return OK
    return holds(context, Role.CHECKER, Role.APPROVER, Role.SECRETARIAT)


def satudata_appointment_grant(context: Any, data_dict: dict[str, Any]) -> Any:
    """Only the walidata's approver (and sysadmins) appoint."""
    return _manages(context)


def satudata_appointment_substitute(context: Any, data_dict: dict[str, Any]) -> Any:
    """Who appoints also names the Plh."""
    return _manages(context)


def satudata_appointment_end(context: Any, data_dict: dict[str, Any]) -> Any:
    """Who appoints also says until when."""
    return _manages(context)


def satudata_appointment_revoke(context: Any, data_dict: dict[str, Any]) -> Any:
    """Who appoints also dismisses."""
    return _manages(context)


def satudata_appointment_settle(context: Any, data_dict: dict[str, Any]) -> Any:
    """The portal does it by itself each day; by hand only sysadmins."""
    return refused("Portal mengerjakannya sendiri setiap hari.")


@tk.auth_allow_anonymous_access
def satudata_office_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Which offices there are, and since when, is public."""
    return OK


@tk.auth_allow_anonymous_access
def satudata_office_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """As the list."""
    return OK


def satudata_office_update(context: Any, data_dict: dict[str, Any]) -> Any:
    """By decree, written down by who appoints."""
    return _manages(context)


def satudata_person_invite(context: Any, data_dict: dict[str, Any]) -> Any:
    """Who appoints also invites."""
    return _manages(context)


def satudata_person_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """As the list of appointments."""
    return holds(context, Role.CHECKER, Role.APPROVER, Role.SECRETARIAT)


def satudata_person_list_unappointed(context: Any, data_dict: dict[str, Any]) -> Any:
    """Names and mail addresses of accounts: for who appoints."""
    return _manages(context)
