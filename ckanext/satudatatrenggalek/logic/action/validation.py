"""ckanext-validation's actions where ours differ: running a check goes through the outbox."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ... import clock, jobs
from ...model import checks, outbox

__all__ = ["resource_validation_run"]


def resource_validation_run(context: Any, data_dict: dict[str, Any]) -> None:
    """Check a resource's file (again), by the worker.

    :param resource_id: the resource.
    """
    tk.check_access("resource_validation_run", context, data_dict)
    resource_id = tk.get_or_bust(data_dict, "resource_id")
    resource = model.Resource.get(resource_id)
    if resource is None or resource.package_id is None:
        raise tk.ObjectNotFound
    session, at = context["session"], clock.now()
    checks.forget(session, resource_id)
    checks.mark_created(session, resource_id, at)
    outbox.add(session, resource.package_id, "check", at, resource_id=resource_id)
    session.commit()
    jobs.wake()
