"""Permissions of the regency's days off."""

from typing import Any

from ...domain.sop import Role
from .calling import holds

__all__ = [
    "satudata_holiday_add",
    "satudata_holiday_list",
    "satudata_holiday_remove",
]

_WHO = "Hari libur daerah dicatat oleh Walidata yang ditunjuk."


def satudata_holiday_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever is appointed: everybody's clocks go by these days."""
    return holds(context, *Role, otherwise=_WHO)


def satudata_holiday_add(context: Any, data_dict: dict[str, Any]) -> Any:
    """The walidata (checker, approver)."""
    return holds(context, Role.CHECKER, Role.APPROVER, otherwise=_WHO)


def satudata_holiday_remove(context: Any, data_dict: dict[str, Any]) -> Any:
    """Who enters a day also takes it back."""
    return satudata_holiday_add(context, data_dict)
