"""Layer 1 of the gate: CKAN's own write actions, each asking ``logic.gate`` first.

Rows A1-A11, B2-B4, B8, C1 and C5-C7 of the gate's list; each has a test of its name.
"""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ... import jobs
from ...model import known, passage
from .. import gate, new_files, unsaved
from ..auth import rights

__all__ = [
    "bulk_update_delete",
    "bulk_update_private",
    "bulk_update_public",
    "dataset_purge",
    "package_create",
    "package_delete",
    "package_owner_org_update",
    "package_relationship_create",
    "package_relationship_delete",
    "package_relationship_update",
    "package_resource_reorder",
    "package_update",
    "resource_create",
    "resource_delete",
    "resource_update",
    "resource_view_clear",
    "resource_view_create",
    "resource_view_delete",
    "resource_view_reorder",
    "resource_view_update",
]


def _outside(package_id: str | None) -> bool:
    """Whether this write does not come from the workflow itself."""
    return not passage.is_open_for(package_id)


@tk.chained_action
@known.once()
def package_create(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """A new package lands private, whatever is sent."""
    if _outside(data_dict.get("id")):
        gate.prepare_new(context, data_dict)
    with unsaved.told(), passage.writing_as(gate.writer_id(context)):
        result = next_action(context, data_dict)
    if not context.get("defer_commit"):
        jobs.follow_up()
    return result


@tk.chained_action
@known.once()
def package_update(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Content changes only in an editable state; place and visibility never change here."""
    package = gate.package_of(data_dict)
    data_dict["id"] = package.id
    if not _outside(package.id):
        return next_action(context, data_dict)
    rights.require_writable(context, package)
    context.pop("allow_state_change", None)
    technical = gate.judge_update(context, package, data_dict)
    with unsaved.told(), passage.writing_as(gate.writer_id(context)):
        if technical:
            with passage.passage(package.id):
                return next_action(context, data_dict)
        result = next_action(context, data_dict)
    if not context.get("defer_commit"):
        jobs.follow_up()
    return result


def _editable_resource(context: Any, data_dict: dict[str, Any]) -> None:
    resource = model.Resource.get(data_dict.get("id") or "")
    if resource is not None and _outside(resource.package_id):
        gate.require_editable_resource(context, resource.id)


@tk.chained_action
def resource_create(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """A new resource is an upload with an id of the portal's own."""
    tk.check_access("resource_create", context, data_dict)
    package = model.Package.get(data_dict.get("package_id"))
    if package is not None and _outside(package.id):
        _require_editable(context, {"id": package.id})
        gate.check_resource(data_dict, known={})
    return next_action(context, data_dict)


@tk.chained_action
def resource_update(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Refused before core touches the file; the rest is judged in ``package_update``."""
    tk.check_access("resource_update", context, data_dict)
    _editable_resource(context, data_dict)
    new_files.take_format(model.Resource.get(data_dict.get("id") or ""), data_dict)
    return next_action(context, data_dict)


@tk.chained_action
def resource_delete(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Only from content that may still change."""
    tk.check_access("resource_delete", context, data_dict)
    _editable_resource(context, data_dict)
    return next_action(context, data_dict)


@tk.chained_action
def package_resource_reorder(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """The order of the files is content too."""
    tk.check_access("package_resource_reorder", context, data_dict)
    _require_editable(context, data_dict)
    return next_action(context, data_dict)


def _require_editable(context: Any, data_dict: dict[str, Any]) -> None:
    package = gate.package_of(data_dict)
    if _outside(package.id) and gate.governed(package):
        gate.require_editable(context, package)


@tk.chained_action
def package_delete(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Governed datasets are discarded or retracted, never deleted."""
    return _refuse_removal("package_delete", next_action, context, data_dict)


@tk.chained_action
def dataset_purge(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """The record must stay: purging a governed dataset is refused, to everybody."""
    return _refuse_removal("dataset_purge", next_action, context, data_dict)


def _refuse_removal(name: str, next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    tk.check_access(name, context, data_dict)
    package = gate.package_of(data_dict)
    if gate.governed(package) and _outside(package.id):
        raise gate.refuse("delete")
    return next_action(context, data_dict)


@tk.chained_action
def bulk_update_public(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Never by hand."""
    tk.check_access("bulk_update_public", context, data_dict)
    raise gate.refuse("private")


@tk.chained_action
def bulk_update_private(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Never by hand: what is public is retracted with a reason."""
    tk.check_access("bulk_update_private", context, data_dict)
    raise gate.refuse("private")


@tk.chained_action
def bulk_update_delete(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Never by hand."""
    tk.check_access("bulk_update_delete", context, data_dict)
    raise gate.refuse("delete")


@tk.chained_action
def package_owner_org_update(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Core writes the same office again after each update; another office needs a transfer."""
    tk.check_access("package_owner_org_update", context, data_dict)
    package = gate.package_of(data_dict)
    if _outside(package.id) and data_dict.get("organization_id") != package.owner_org:
        raise gate.refuse("owner_org")
    return next_action(context, data_dict)


@tk.chained_action
def package_relationship_create(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """A relationship would name a private dataset on a public page."""
    raise gate.refuse("relationship")


@tk.chained_action
def package_relationship_update(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """See ``package_relationship_create``."""
    raise gate.refuse("relationship")


@tk.chained_action
def package_relationship_delete(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """See ``package_relationship_create``."""
    raise gate.refuse("relationship")


def _editable_view(context: Any, data_dict: dict[str, Any]) -> None:
    view = model.ResourceView.get(data_dict.get("id") or "")
    resource_id = view.resource_id if view else data_dict.get("resource_id")
    resource = model.Resource.get(resource_id or "")
    if resource is not None and _outside(resource.package_id):
        gate.require_editable_view(context, resource)


@tk.chained_action
def resource_view_create(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Views change a public page at once."""
    tk.check_access("resource_view_create", context, data_dict)
    _editable_view(context, {"resource_id": data_dict.get("resource_id")})
    return next_action(context, data_dict)


@tk.chained_action
def resource_view_update(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Views change a public page at once."""
    view = model.ResourceView.get(data_dict.get("id") or "")
    # Core asks about the resource the caller names; it is the view's that counts.
    data_dict["resource_id"] = view.resource_id if view else None
    tk.check_access("resource_view_update", context, data_dict)
    _editable_view(context, data_dict)
    return next_action(context, data_dict)


@tk.chained_action
def resource_view_delete(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Views change a public page at once."""
    tk.check_access("resource_view_delete", context, data_dict)
    _editable_view(context, data_dict)
    return next_action(context, data_dict)


@tk.chained_action
def resource_view_reorder(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Views change a public page at once."""
    tk.check_access("resource_view_reorder", context, {"resource_id": data_dict.get("id")})
    _editable_view(context, {"resource_id": data_dict.get("id")})
    return next_action(context, data_dict)


@tk.chained_action
def resource_view_clear(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Would clear the previews of every public dataset at once."""
    tk.check_access("resource_view_clear", context, data_dict)
    raise gate.refuse("view")
