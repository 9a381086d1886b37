"""Permissions of tombstones: they are there for everybody."""

from typing import Any

import ckan.plugins.toolkit as tk

__all__ = ["satudata_tombstone_list", "satudata_tombstone_show"]


@tk.auth_allow_anonymous_access
def satudata_tombstone_show(context: Any, data_dict: dict[str, Any]) -> Any:
    """Everybody."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def satudata_tombstone_list(context: Any, data_dict: dict[str, Any]) -> Any:
    """Everybody."""
    return {"success": True}
