"""ckanext-validation's batch: check many files again, in the worker.

Theirs searches the index and asks its own list of formats; ours asks the database, so that drafts
not yet indexed are found, and leaves alone what a decision already rests on.
"""

import json
import logging
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ... import clock, jobs, rechecking
from .. import parameters
from ..messages import conflict

__all__ = ["resource_validation_run_batch"]

log = logging.getLogger(__name__)
_PAGE = 100


def resource_validation_run_batch(context: Any, data_dict: dict[str, Any]) -> dict[str, str]:
    """Have files checked again; sysadmins only.

    :param dataset_ids: datasets by id or name, a list or one; all of them without it.
    :param query: ``q``, ``fq``, ``fq_list`` of ``package_search`` instead.
    :returns: ``{output}``: how many files were sent, in their words.
    """
    tk.check_access("resource_validation_run_batch", context, data_dict)
    session: Session = context["session"]
    named = _listed(data_dict.get("dataset_ids"))
    if data_dict.get("query"):
        named = _searched(data_dict["query"])
    packages = [package for name in named if (package := model.Package.get(name))]
    wanted = [package.id for package in packages] if named or data_dict.get("query") else None
    if wanted == []:
        return {"output": "No suitable datasets for validation"}
    sent = rechecking.recheck(session, clock.now(), wanted, everything=True)
    jobs.wake()
    log.info("%s files sent to be checked again", sent)
    return {"output": f"Done. {sent} resources sent to the validation queue"}


def _listed(given: Any) -> list[str]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            given = [given]
    names = given if isinstance(given, list) else [given] if given else []
    return [parameters.plain(str(name), "dataset_ids", 200) for name in names]


def _searched(given: Any) -> list[str]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError as error:
            raise conflict("bad_input", "query harus berupa objek JSON.") from error
    if not isinstance(given, dict):
        raise conflict("bad_input", "query harus berupa objek JSON.")
    asked = {name: given[name] for name in ("q", "fq", "fq_list") if given.get(name)}
    found: list[str] = []
    while True:
        page = {**asked, "include_private": True, "rows": _PAGE, "start": len(found), "fl": "id"}
        context: Any = {"ignore_auth": True}
        results = tk.get_action("package_search")(context, page)["results"]
        found += [result["id"] for result in results]
        if len(results) < _PAGE:
            return found
