"""Core's lists that name datasets without asking who may know of them, cut down to who may.

Activities carry the labels of the day they were written, and those on views carry none, so a
private or retracted dataset would be named by them (rows C3, C4 and C5 of the gate's list).
"""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from sqlalchemy import bindparam, or_, select

from ...model import catalogue
from .. import tidied_roles, variables
from ..auth import rights

__all__ = [
    "dashboard_activity_list",
    "datastore_create",
    "group_activity_list",
    "member_list",
    "organization_activity_list",
    "package_activity_list",
    "package_collaborator_list",
    "package_relationships_list",
    "package_show",
    "recently_changed_packages_activity_list",
    "user_activity_list",
]

# Made once. What has the id goes before what only has the name.
_BY_KEY = (
    select(model.Package)
    .where(or_(model.Package.id == bindparam("key"), model.Package.name == bindparam("key")))
    .order_by((model.Package.id == bindparam("key")).desc())
    .limit(1)
)


@tk.side_effect_free
@tk.chained_action
def package_show(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Core asks for a name as an id and then as a name; asked once here, it finds it at hand.

    Files say which of them is the tidied copy of which, and what their columns mean.
    """
    key = data_dict.get("id") or data_dict.get("name_or_id")
    if not isinstance(key, str) or context.get("for_update"):
        return next_action(context, data_dict)
    package = model.Session.execute(_BY_KEY, {"key": key}).scalar()
    # Held while core runs: the session forgets what nobody holds.
    shown = next_action(context, {**data_dict, "id": package.id if package else key})
    tidied_roles.tell(model.Session, shown)
    variables.tell(shown)
    return shown


@tk.side_effect_free
@tk.chained_action
def user_activity_list(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """What somebody did, as far as the caller may know of it."""
    return _known(context, next_action(context, data_dict))


@tk.side_effect_free
@tk.chained_action
def package_activity_list(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """What happened to a dataset; what happened to its files, only for who reads those."""
    return _known(context, next_action(context, data_dict))


@tk.side_effect_free
@tk.chained_action
def group_activity_list(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """What happened in a group, as far as the caller may know of it."""
    return _known(context, next_action(context, data_dict))


@tk.side_effect_free
@tk.chained_action
def organization_activity_list(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """What happened in an office, as far as the caller may know of it."""
    return _known(context, next_action(context, data_dict))


@tk.side_effect_free
@tk.chained_action
def recently_changed_packages_activity_list(
    next_action: Any, context: Any, data_dict: dict[str, Any]
) -> Any:
    """What happened lately, as far as the caller may know of it."""
    return _known(context, next_action(context, data_dict))


@tk.side_effect_free
@tk.chained_action
def dashboard_activity_list(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """What happened to what one follows, as far as one may still know of it."""
    return _known(context, next_action(context, data_dict))


@tk.side_effect_free
@tk.chained_action
def member_list(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Core names every dataset of an office; everybody gets the public ones (row C12)."""
    found = next_action(context, data_dict)
    user = context.get("auth_user_obj")
    if context.get("ignore_auth") or getattr(user, "sysadmin", False):
        return found
    if not any(kind == "package" for _, kind, _ in found):
        return found
    public = catalogue.public_packages(context["session"])
    return [row for row in found if row[1] != "package" or row[0] in public]


@tk.side_effect_free
@tk.chained_action
def package_relationships_list(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """A relationship names two datasets; both must be known to the caller."""
    if not context.get("ignore_auth"):
        for key in (data_dict.get("id"), data_dict.get("id2")):
            if key:
                rights.require_visible(context, model.Package.get(key))
    found = next_action(context, data_dict)
    return [row for row in found if _all_readable(context, (row["subject"], row["object"]))]


@tk.side_effect_free
@tk.chained_action
def package_collaborator_list(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Core's words for a missing dataset differ from those for a hidden one (row C8)."""
    if data_dict.get("id") and not context.get("ignore_auth"):
        rights.require_visible(context, model.Package.get(data_dict["id"]))
    return next_action(context, data_dict)


@tk.chained_action
def datastore_create(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Core judges the values before it asks who may write (row C8)."""
    if not context.get("ignore_auth"):
        tk.check_access("datastore_create", context, data_dict)
    return next_action(context, data_dict)


def _known(context: Any, activities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        row
        for row in activities
        if _all_readable(context, _named(row)) and _files_known(context, row)
    ]


def _files_known(context: Any, activity: dict[str, Any]) -> bool:
    """An activity on a preview names a file; files of *Terbatas* are not named to everybody."""
    if context.get("ignore_auth") or "resource" not in str(activity.get("activity_type")):
        return True
    package = model.Package.get(activity.get("object_id"))
    return package is None or rights.files_readable(context, package)


def _named(activity: dict[str, Any]) -> tuple[str, ...]:
    """Ids of whatever an activity speaks of."""
    data = activity.get("data") or {}
    package = data.get("package") if isinstance(data.get("package"), dict) else {}
    ids = (activity.get("object_id"), data.get("resource_id"), (package or {}).get("id"))
    return tuple(key for key in ids if key)


def _all_readable(context: Any, keys: tuple[str, ...]) -> bool:
    if context.get("ignore_auth"):
        return True
    packages = [model.Package.get(key) or rights.package_of_resource(key) for key in keys]
    return all(rights.readable(context, package) for package in packages if package)
