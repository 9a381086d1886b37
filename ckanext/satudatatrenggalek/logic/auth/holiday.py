"""Permissions of the regency's days off."""

from typing import Any

from ckan import model

from ... import clock
from ...domain.sop import Role
from ...model import appointments

__all__ = [
    "satudata_holiday_add",
    "satudata_holiday_list",
    "satudata_holiday_remove",
]


def _holds(context: Any, *roles: Role) -> Any:
    user = context.get("auth_user_obj") or model.User.get(context.get("user") or "")
    if user is not None and not getattr(user, "is_anonymous", False):
        grants = appointments.grants_of(model.Session, user.id, clock.now())
        if any(grant.role in roles for grant in grants):
            return {"success": True}
    return {"success": False, "msg": "Hari libur daerah dicatat oleh Walidata yang ditunjuk."}


def satudata_holiday_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever is appointed: everybody's clocks go by these days."""
    return _holds(context, *Role)


def satudata_holiday_add(context: Any, data_dict: dict[str, Any]) -> Any:
    """The walidata (checker, approver)."""
    return _holds(context, Role.CHECKER, Role.APPROVER)


def satudata_holiday_remove(context: Any, data_dict: dict[str, Any]) -> Any:
    """Who enters a day also takes it back."""
    return satudata_holiday_add(context, data_dict)
