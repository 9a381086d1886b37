"""Permissions of notices: everybody's own, and nobody else's."""

from typing import Any

from .calling import signed_in

__all__ = [
    "satudata_notice_list",
    "satudata_notice_preferences_show",
    "satudata_notice_preferences_update",
    "satudata_notice_read",
]


def satudata_notice_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Whoever is signed in; the rows are their own."""
    return signed_in(context)


def satudata_notice_read(context: Any, data_dict: dict[str, Any]) -> Any:
    """As the list."""
    return satudata_notice_list(context, data_dict)


def satudata_notice_preferences_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """As the list."""
    return satudata_notice_list(context, data_dict)


def satudata_notice_preferences_update(context: Any, data_dict: dict[str, Any]) -> Any:
    """As the list."""
    return satudata_notice_list(context, data_dict)
