"""Permissions of harvesting for the portal's keepers alone, laid over harvest's own.

Those end in a fault for whoever is not signed in, and one asks itself without end; and a source is
an address the portal fetches by itself, whose datasets it writes as a machine. CKAN lets sysadmins
pass before anything here is asked.
"""

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

from .calling import refused

_FOR_KEEPERS = (
    "harvest_job_abort",
    "harvest_job_create_all",
    "harvest_jobs_run",
    "harvest_log_list",
    "harvest_objects_import",
    "harvest_source_clear",
    "harvest_source_create",
    "harvest_source_update",
    "harvest_sources_clear",
    "harvest_sources_job_history_clear",
    "harvest_sources_reindex",
)


def _keepers() -> Callable[..., Any]:
    @tk.chained_auth_function
    def chained(next_auth: Any, context: Any, data_dict: Any) -> Any:
        return refused("Panen data diatur pengelola portal.")

    return chained


def functions() -> dict[str, Callable[..., Any]]:
    """All chained permission functions of this file, by the name they chain."""
    return {name: _keepers() for name in _FOR_KEEPERS}
