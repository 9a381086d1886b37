"""The DataStore, read: a resource leads to the table of the bytes it serves.

Tables never change once they are read (``model/datastore.py``); a released edition names others.
One request keeps to the tables it began with, so that a download in pages is of one edition.
"""

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from flask import has_request_context, request

from ckanext.datastore.backend import DatastoreBackend
from ckanext.datastore.interfaces import IDataDictionaryForm

from ...model import datastore, files
from ..auth import dataset as permissions
from ..auth import rights

__all__ = [
    "datastore_info",
    "datastore_search",
]


@tk.side_effect_free
@tk.chained_action
def datastore_search(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """Rows of the bytes a resource serves now.

    Core's words for a missing table differ from those for a hidden one (row C8).
    """
    resource_id, table = _asked("datastore_search", context, data_dict)
    if table is None:
        return next_action(context, data_dict)
    led: Any = {**context, "ignore_auth": True}
    sent = {key: value for key, value in data_dict.items() if key != "id"}
    found = next_action(led, {**sent, "resource_id": table})
    return {**found, "resource_id": resource_id}


@tk.side_effect_free
@tk.chained_action
def datastore_info(next_action: Any, context: Any, data_dict: dict[str, Any]) -> Any:
    """The columns of the bytes a resource serves now.

    Core asks for a resource of the table's name; the rest is as it does it.
    """
    resource_id, table = _asked("datastore_info", context, data_dict)
    if table is None:
        return next_action(context, data_dict)
    backend: Any = DatastoreBackend.get_active_backend()
    wanted = [
        tk.asbool(data_dict.get(f"include_{part}", True)) for part in ("meta", "fields_schema")
    ]
    info = backend.resource_fields(table, *wanted)
    if "meta" in info:
        info["meta"]["id"] = resource_id
    written = backend.resource_plugin_data(table)
    for plugin in p.PluginImplementations(IDataDictionaryForm):
        info["fields"] = [
            plugin.update_datastore_info_field(field, written.get(field["id"], {}))
            for field in info["fields"]
        ]
    return info


def _asked(name: str, context: Any, data_dict: dict[str, Any]) -> tuple[str, str | None]:
    """The resource a caller names and the table to read; None: core finds it by its name.

    :raises ObjectNotFound: nothing the caller may know of, or a resource whose bytes have no table.
    """
    key = str(data_dict.get("resource_id") or data_dict.get("id") or "")
    if not key or datastore.is_filling():
        return key, None
    resource_id = permissions.resolve_alias(key) or key
    if not context.get("ignore_auth"):
        rights.require_visible(context, rights.package_of_resource(resource_id))
    tk.check_access(name, context, {"resource_id": resource_id, "id": resource_id})
    return resource_id, _table_of(resource_id)


def _table_of(resource_id: str) -> str | None:
    kept = _kept()
    if resource_id not in kept:
        bound = files.of_resource(model.Session, resource_id)
        if bound is None:
            return None
        if bound.table_id is None:
            raise tk.ObjectNotFound
        kept[resource_id] = bound.table_id
    return kept[resource_id]


def _kept() -> dict[str, str]:
    """The tables of this request; of nothing but this call outside of one."""
    if not has_request_context():
        return {}
    # No client sets this key: what a request sends stands under names of its own there.
    return request.environ.setdefault("satudata.tables", {})
