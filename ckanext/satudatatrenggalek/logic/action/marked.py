"""Excel bertanda: the producer's own workbook with the findings at their cells."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ... import clock, jobs, tidying
from ...model import derived
from ...model.copies import governing
from .. import parameters

__all__ = ["satudata_marked_file", "satudata_marked_prepare", "satudata_marked_show"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tk.side_effect_free
def satudata_marked_show(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The marked workbook of a resource's file, as far as it has been made.

    :param resource_id: the resource.
    :returns: ``status``: none (no file, or not checked yet), absent (nobody has asked for it),
        ready, impossible (no table, or too long for a sheet), failed (``message`` says it); when
        ready also ``name, size, cells, hidden, own``.
    """
    tk.check_access("satudata_marked_show", context, data_dict)
    resource_id, key = _key(context, data_dict)
    if not key:
        return {"resource_id": resource_id, "status": "none"}
    told = derived.told(resource_id, key)
    if told is None:
        return {"resource_id": resource_id, "status": "absent"}
    if "failed" in told:
        return {"resource_id": resource_id, "status": "failed", "message": told["failed"]}
    if not told["name"]:
        return {"resource_id": resource_id, **told, "status": "impossible"}
    size = derived.path_of(resource_id, key, tidying.FILES["xlsx"]).stat().st_size
    return {"resource_id": resource_id, **told, "size": size, "status": "ready"}


def satudata_marked_prepare(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Have the marked workbook made by the worker, if it is not there yet.

    :param resource_id: the resource. :returns: as ``satudata_marked_show``.
    """
    tk.check_access("satudata_marked_prepare", context, data_dict)
    shown = satudata_marked_show(context, data_dict)
    if shown["status"] == "absent":
        session: Session = context["session"]
        resource = session.get(model.Resource, shown["resource_id"])
        if resource is None:  # sysadmins are not asked whether it is there
            raise tk.ObjectNotFound
        package_id = str(resource.package_id)
        record = governing(session, package_id)
        place = record.dataset_id if record else package_id
        tidying.order(session, place, "mark", clock.now(), resource.id)
        session.commit()
        jobs.wake()
    return shown


@tk.side_effect_free
def satudata_marked_file(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The marked workbook. Its bytes are served at the page's own address.

    :param resource_id: the resource.
    :returns: ``filename, mimetype, size``; inside the portal ``context["path"]`` is the file.
    :raises ObjectNotFound: not made yet.
    """
    tk.check_access("satudata_marked_file", context, data_dict)
    shown = satudata_marked_show(context, data_dict)
    if shown["status"] != "ready":
        raise tk.ObjectNotFound
    resource_id, key = _key(context, data_dict)
    context["path"] = derived.path_of(resource_id, key, tidying.FILES["xlsx"])
    return {"filename": shown["name"], "mimetype": _XLSX, "size": shown["size"]}


def _key(context: Any, data_dict: dict[str, Any]) -> tuple[str, str]:
    """The resource and the key of its workbook; no key without a file that was checked."""
    resource_id = parameters.needed(data_dict, "resource_id")
    return resource_id, tidying.marked_key(context["session"], resource_id)
