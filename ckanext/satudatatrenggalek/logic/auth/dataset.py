"""Permissions of CKAN's own actions on packages and resources.

Two rules of ``rights`` are laid over core's: whoever may not see a dataset is told it does not
exist, for reading and for writing alike (gate row C8); and content is written only by the appointed
producer of its office.
"""

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ... import clock
from ...domain.sop import DEED_BY_NAME, Role
from ...model import appointments, known, on_behalf
from .rights import (
    NOT_PRODUCER,
    caller,
    files_readable,
    is_sysadmin,
    may_write,
    package_of_resource,
    readable,
    require_visible,
)

_BY_PACKAGE = (
    "package_show",
    "package_update",
    "package_patch",
    "package_delete",
    "package_resource_reorder",
    "package_revise",
    "package_collaborator_list",
    "package_collaborator_create",
    "package_collaborator_delete",
    "package_activity_list",
    "package_change_state",
    "package_owner_org_update",
    "follow_dataset",
    "unfollow_dataset",
    "dataset_follower_count",
    "am_following_dataset",
)
_BY_RESOURCE = (
    "resource_show",
    "resource_update",
    "resource_patch",
    "resource_delete",
    "resource_view_list",
    "resource_view_reorder",
    "resource_validation_run",
    "resource_validation_show",
    "resource_validation_delete",
    "datastore_info",
    "datastore_search",
    "xloader_submit",
    "xloader_status",
)
_OF_FILES = frozenset(_BY_RESOURCE)
_BY_RESOURCE_KEY = {"resource_create": "package_id", "resource_view_create": "resource_id"}
_WRITES_CONTENT = frozenset(
    {"package_update", "package_patch", "resource_create", "resource_update", "resource_patch"}
)


# How an action names the package, in the order core asks.
_NAMING = ("id", "name_or_id", "name", "package_id")


def _package(data_dict: dict[str, Any]) -> model.Package | None:
    key = next((data_dict[name] for name in _NAMING if data_dict.get(name)), None)
    return model.Package.get(key) if key else None


def _revised(data_dict: dict[str, Any]) -> model.Package | None:
    """package_revise asks with the dataset as it would become; its id cannot be revised."""
    update = data_dict.get("update")
    key = update.get("id") if isinstance(update, dict) else None
    return model.Package.get(key) if key else _package(data_dict)


def _at_hand(context: Any, data_dict: dict[str, Any]) -> model.Package | None:
    """The package the action has already looked up, if it is the one asked about."""
    package = context.get("package")
    if package is None:
        return None
    asked = {(data_dict or {}).get(key) for key in _NAMING} - {None, ""}
    return package if asked <= {package.id, package.name} else None


def _judge(
    name: str, next_auth: Any, context: Any, package: model.Package | None, data_dict: Any
) -> Any:
    visible = require_visible(context, package)
    if name.startswith("package_collaborator") and not context.get("user"):
        return {
            "success": False,
            "msg": "Masuk dulu dengan akun Anda.",
        }  # core takes it for granted
    if name in _OF_FILES and not files_readable(context, visible):
        raise tk.ObjectNotFound
    result = next_auth(context, _by_id(name, visible, data_dict))
    if not result["success"] or name not in _WRITES_CONTENT:
        return result
    if is_sysadmin(caller(context)) or may_write(context, visible):
        return result
    return {"success": False, "msg": NOT_PRODUCER}


def _by_id(name: str, package: model.Package, data_dict: Any) -> Any:
    """What core is asked, naming the very package that was judged here, which it finds at once."""
    if name == "package_revise" or name not in _BY_PACKAGE or not (data_dict or {}).get("id"):
        return data_dict
    return {**data_dict, "id": package.id}


def _by_package(name: str) -> Callable[..., Any]:
    @tk.chained_auth_function
    @tk.auth_allow_anonymous_access
    def chained(next_auth: Any, context: Any, data_dict: Any) -> Any:
        if name == "package_revise":
            package = _revised(data_dict or {})
        else:
            package = _at_hand(context, data_dict) or _package(data_dict or {})
        package = package or context.get("package")
        with known.once():
            return _judge(name, next_auth, context, package, data_dict)

    return chained


def _by_resource(name: str, key: str = "id") -> Callable[..., Any]:
    @tk.chained_auth_function
    @tk.auth_allow_anonymous_access
    def chained(next_auth: Any, context: Any, data_dict: Any) -> Any:
        if data_dict.get(key) and key == "package_id":
            package = _package({"id": data_dict["package_id"]})
        else:
            given = data_dict.get(key) or data_dict.get("resource_id") or data_dict.get("id")
            package = package_of_resource(
                resolve_alias(given) if name.startswith("datastore_") else given
            )
        with known.once():
            return _judge(name, next_auth, context, package, data_dict)

    return chained


def resolve_alias(given: str | None) -> str | None:
    """DataStore reads may name an alias; the table behind it is what counts."""
    if not isinstance(given, str) or not given or model.Session.get(model.Resource, given):
        return given
    from ckanext.datastore.backend import DatastoreBackend

    known, real = DatastoreBackend.get_active_backend().resource_id_from_alias(given)
    return real if known else given


def _by_view(name: str) -> Callable[..., Any]:
    @tk.chained_auth_function
    @tk.auth_allow_anonymous_access
    def chained(next_auth: Any, context: Any, data_dict: Any) -> Any:
        view = model.ResourceView.get(data_dict.get("id") or "")
        package = package_of_resource(view.resource_id) if view else None
        with known.once():
            return _judge(name, next_auth, context, package, data_dict)

    return chained


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def package_relationships_list(next_auth: Any, context: Any, data_dict: Any) -> Any:
    """Both datasets must be known to the caller (gate row C5)."""
    require_visible(context, _package(data_dict))
    if data_dict.get("id2"):
        require_visible(context, _package({"id": data_dict["id2"]}))
    return next_auth(context, data_dict)


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def task_status_show(next_auth: Any, context: Any, data_dict: Any) -> Any:
    """Core lets everybody read load states; they name private files and their errors."""
    stored = model.TaskStatus.get(data_dict["id"]) if data_dict.get("id") else None
    resource_id = stored.entity_id if stored else data_dict.get("entity_id")
    require_visible(context, package_of_resource(resource_id))
    return next_auth(context, data_dict)


def _offices_to_begin_for(user_id: str) -> set[str | None]:
    """Where somebody produces by appointment, and where a letter lets the walidata begin."""
    at = clock.now()
    actor = appointments.actor_now(model.Session, user_id)
    held = {g.office_id for g in actor.grants if g.role is Role.PRODUCER and not g.dataset_id}
    if any(grant.role in DEED_BY_NAME["on_behalf"].roles for grant in actor.grants):
        leaves = on_behalf.valid(model.Session, user_id, at)
        held |= {row.office_id for row in leaves if row.dataset_id is None}
    return held


@tk.chained_auth_function
def package_create(next_auth: Any, context: Any, data_dict: dict[str, Any] | None) -> Any:
    """A producer creates datasets for their own office; others by a letter of theirs."""
    result = next_auth(context, data_dict)
    user = caller(context)
    if not result["success"] or user is None or is_sysadmin(user):
        return result
    if (data_dict or {}).get("type") == "harvest":
        return {"success": False, "msg": "Panen data diatur pengelola portal."}
    offices = _offices_to_begin_for(user.id)
    office = model.Group.get((data_dict or {}).get("owner_org") or "")
    if offices and (office is None or office.id in offices):
        return result
    return {"success": False, "msg": "Anda belum ditunjuk sebagai produsen data."}


@tk.auth_sysadmins_check
def _no_hand_on_datastore(next_auth: Any, context: Any, data_dict: Any) -> Any:
    """Layer 4: rows of governed files follow the file; nobody writes them by hand.

    The loader runs with ``ignore_auth`` inside the worker and is not asked.
    """
    given = (data_dict or {}).get("resource_id") or (data_dict or {}).get("id")
    package = package_of_resource(given)
    if given and (package is None or not readable(context, package)):
        raise tk.ObjectNotFound
    return {
        "success": False,
        "msg": "Isi tabel mengikuti berkasnya. Unggah berkas yang sudah diperbaiki.",
    }


def _datastore_write() -> Callable[..., Any]:
    @tk.chained_auth_function
    @tk.auth_sysadmins_check
    def chained(next_auth: Any, context: Any, data_dict: Any) -> Any:
        return _no_hand_on_datastore(next_auth, context, data_dict)

    return chained


_DATASTORE_WRITES = (
    "datastore_create",
    "datastore_upsert",
    "datastore_delete",
    "datastore_records_delete",
    "datastore_run_triggers",
)


def functions() -> dict[str, Callable[..., Any]]:
    """All chained permission functions of this file, by the name they chain."""
    return {
        "package_create": package_create,
        "package_relationships_list": package_relationships_list,
        "task_status_show": task_status_show,
        **{name: _by_package(name) for name in _BY_PACKAGE},
        **{name: _by_resource(name) for name in _BY_RESOURCE},
        **{name: _by_resource(name, key) for name, key in _BY_RESOURCE_KEY.items()},
        **{
            name: _by_view(name)
            for name in ("resource_view_show", "resource_view_update", "resource_view_delete")
        },
        **{name: _datastore_write() for name in _DATASTORE_WRITES},
    }
