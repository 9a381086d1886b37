"""Permissions of CKAN's single activities, laid over core's as those of ``dataset``."""

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.plugins import get_permission_labels

from ckanext.activity.model.activity import Activity

from .rights import caller, is_sysadmin, require_visible

_BY_ACTIVITY = ("activity_show", "activity_data_show", "activity_diff")


def _by_activity() -> Callable[..., Any]:
    """An activity the caller may not read does not exist for them (rows C4, C8)."""

    @tk.chained_auth_function
    @tk.auth_allow_anonymous_access
    def chained(next_auth: Any, context: Any, data_dict: Any) -> Any:
        found = Activity.get(data_dict.get("id") or "")
        user = caller(context)
        if found is None or found.activity_type is None:
            raise tk.ObjectNotFound
        if not is_sysadmin(user):
            labels = get_permission_labels()
            held = labels.get_user_dataset_labels(user or model.AnonymousUser())
            require_visible(context, model.Package.get(found.object_id))
            if not set(held) & set(found.permission_labels or ()):
                raise tk.ObjectNotFound
        data_dict.setdefault("include_data", False)  # core reads it without looking
        return next_auth(context, data_dict)

    return chained


def functions() -> dict[str, Callable[..., Any]]:
    """All chained permission functions of this file, by the name they chain."""
    return {name: _by_activity() for name in _BY_ACTIVITY}
