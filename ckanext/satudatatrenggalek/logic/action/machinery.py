"""Actions of other extensions that write what the portal's own machinery answers for.

Tables, load states and check results follow the file; files hang on datasets only by upload.
Rows B1, B5, B7 and B8 of the gate's list.
"""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from .. import gate
from ..auth import rights

__all__ = [
    "file_ownership_transfer",
    "harvest_abort_failed_jobs",
    "harvest_source_clear",
    "harvest_source_delete",
    "harvest_source_reindex",
    "harvest_source_show",
    "task_status_delete",
    "task_status_update",
    "task_status_update_many",
    "xloader_hook",
    "xloader_submit",
]


@tk.chained_action
def xloader_submit(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Loading follows the check; nobody starts it by hand. Jobs are held by ``IXloader``."""
    if not context.get("ignore_auth"):
        tk.check_access("xloader_submit", context, data_dict)
        gate.require_hands_off(context, data_dict.get("resource_id"))
    return next_action(context, data_dict)


@tk.chained_action
def xloader_hook(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """xloader's own report of a load; our loader needs none."""
    metadata = data_dict.get("metadata") or {}
    tk.check_access("xloader_submit", context, metadata)
    gate.require_hands_off(context, metadata.get("resource_id"))
    return next_action(context, data_dict)


@tk.chained_action
def task_status_update(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Load states of files are written by jobs."""
    _hands_off("task_status_update", context, data_dict)
    return next_action(context, data_dict)


@tk.chained_action
def task_status_update_many(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Each of them is asked about; of none, only whether the caller is a machine."""
    if not data_dict.get("data"):
        tk.check_access("sysadmin", context)
    return next_action(context, data_dict)


@tk.chained_action
def task_status_delete(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Load states of files are written by jobs."""
    _hands_off("task_status_delete", context, data_dict)
    return next_action(context, data_dict)


def _hands_off(name: str, context: Any, data_dict: dict[str, Any]) -> None:
    if context.get("ignore_auth"):
        return
    tk.check_access(name, context, data_dict)
    stored = model.TaskStatus.get(data_dict["id"]) if data_dict.get("id") else None
    for entity_id in (data_dict.get("entity_id"), stored.entity_id if stored else None):
        gate.require_hands_off(context, entity_id)


@tk.chained_action
def file_ownership_transfer(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """No file is hung on a dataset past its upload, check and approval."""
    tk.check_access("file_ownership_transfer", context, data_dict)
    if data_dict.get("owner_type") in ("package", "resource"):
        raise gate.refuse("attachment")
    return next_action(context, data_dict)


@tk.chained_action
def harvest_source_reindex(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """harvest asks nobody, so that anybody could learn of a hidden dataset by its name (row C8)."""
    if not context.get("ignore_auth"):
        package = model.Package.get(str(data_dict.get("id") or ""))
        rights.require_visible(context, package)
        tk.check_access("sysadmin", context)
    return next_action(context, data_dict)


@tk.chained_action
def harvest_abort_failed_jobs(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """harvest asks nobody; it is an operator's command."""
    tk.check_access("sysadmin", context)
    return next_action(context, data_dict)


@tk.chained_action
def harvest_source_clear(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """It deletes datasets by SQL of its own, past every layer: refused to everybody, as a purge."""
    _require_source(data_dict)
    tk.check_access("sysadmin", context)
    raise gate.refuse("delete")


@tk.chained_action
def harvest_source_delete(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """A dataset is no source of harvesting, so there is none to delete."""
    _require_source(data_dict)
    return next_action(context, data_dict)


@tk.side_effect_free
@tk.chained_action
def harvest_source_show(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """A dataset is no source of harvesting: harvest's pages stumble over one."""
    _require_source(data_dict)
    return next_action(context, data_dict)


def _require_source(data_dict: dict[str, Any]) -> None:
    package = model.Package.get(data_dict.get("id") or "")
    if package is None or package.type != "harvest":
        raise tk.ObjectNotFound
