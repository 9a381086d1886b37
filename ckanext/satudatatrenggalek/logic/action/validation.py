"""ckanext-validation's actions where ours differ: running a check goes through the outbox.

A check result is part of what is approved, so it changes only while the content may change.
"""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ... import clock, jobs
from ...model import checks, outbox
from .. import gate

__all__ = ["resource_validation_delete", "resource_validation_run"]


def resource_validation_run(context: Any, data_dict: dict[str, Any]) -> None:
    """Check a resource's file (again), by the worker.

    :param resource_id: the resource.
    :raises ValidationError: 409, the content is locked or published.
    """
    tk.check_access("resource_validation_run", context, data_dict)
    resource, package_id = _editable(context, data_dict)
    session, at = context["session"], clock.now()
    checks.forget(session, resource.id)
    checks.mark_created(session, resource.id, at)
    outbox.add(session, package_id, "check", at, resource_id=resource.id)
    session.commit()
    jobs.wake()


def resource_validation_delete(context: Any, data_dict: dict[str, Any]) -> None:
    """Drop the result of a check; the file waits for a new one.

    :param resource_id: the resource.
    :raises ValidationError: 409, the content is locked or published.
    """
    resource_validation_run(context, data_dict)


def _editable(context: Any, data_dict: dict[str, Any]) -> tuple[model.Resource, str]:
    resource = model.Resource.get(tk.get_or_bust(data_dict, "resource_id"))
    package = model.Package.get(resource.package_id) if resource else None
    if resource is None or package is None:
        raise tk.ObjectNotFound
    gate.require_editable(context, package)
    return resource, package.id
