"""The worker's part of a check: whether, when to stop trying, what follows.

How it is judged is ``checking.py``'s; in which order work is done is ``jobs.py``'s.
"""

from datetime import datetime
from functools import partial
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ckanext.validation import utils
from ckanext.validation.interfaces import IDataValidation

from . import checking, clock, config, progress, tidying
from .model import checks, files, outbox
from .model.tables import OutboxRecord

# A file cannot end its worker, only its own process; whatever else does is not tried for ever.
MOST_KILLS = 3


def run(row: OutboxRecord) -> None:
    """Judge one file; its DataStore table, the index and other extensions follow.

    After three workers were killed over it, or twenty attempts that failed, the file is told to
    be uncheckable: it would otherwise be waited for for ever.
    """
    session: Session = model.Session
    resource_id = row.payload["resource_id"]
    if row.attempts >= outbox.MAX_ATTEMPTS or outbox.unseen_ends(row) > MOST_KILLS:
        checking.give_up(session, resource_id, clock.now())
        _follow(session, row, loads=False)
    elif not _is_wanted(session, resource_id):
        checking.skip(session, resource_id, clock.now())
        _follow(session, row, loads=True)
    else:
        _check(session, row, resource_id)


def _check(session: Session, row: OutboxRecord, resource_id: str) -> None:
    task = checking.prepare(session, resource_id)
    if task is None or checks.is_judged(session, resource_id, task.mark):
        # Noted once for each change of its dataset while it waited: one look is enough, and a
        # file that takes all of its time would take it from everybody as often.
        return
    checks.mark_running(session, resource_id)
    session.commit()
    progress.begin(resource_id, clock.now(), checking.bounds(task.file).seconds)
    try:
        outcome = checking.judge(task, partial(progress.tell, resource_id))
    finally:
        progress.end(resource_id)
    loads = checking.keep(session, task, outcome, clock.now())
    _follow(session, row, loads)


def _follow(session: Session, row: OutboxRecord, loads: bool) -> None:
    """Note what comes after a check, to be done once its result is committed."""
    at, resource_id = clock.now(), row.payload["resource_id"]
    outbox.add(session, row.dataset_id, "report", at, resource_id=resource_id)
    if loads:
        outbox.add(session, row.dataset_id, "load", at, resource_id=resource_id)
        _reload_others(session, row, at)
        bound = files.of_resource(session, resource_id)
        if bound is not None and bound.size <= tidying.AT_ONCE:
            tidying.order(session, row.dataset_id, "tidy", at, resource_id, answers={})
            tidying.order(session, row.dataset_id, "mark", at, resource_id)
    resource = session.get(model.Resource, resource_id)
    if resource is not None:
        # The status of its files is part of what a dataset is found by.
        outbox.add(session, row.dataset_id, "index", at, package_id=resource.package_id)


def _reload_others(session: Session, row: OutboxRecord, at: datetime) -> None:
    """A tidied copy's rows take the place of its original's, from its check on."""
    resource = session.get(model.Resource, row.payload["resource_id"])
    if resource is not None and (resource.extras or {}).get("tidied_from"):
        for key in files.of_package(session, str(resource.package_id)):
            if key != resource.id:
                outbox.add(session, row.dataset_id, "load", at, resource_id=key)


def _is_wanted(session: Session, resource_id: str) -> bool:
    """Whether configuration and other extensions want this file checked."""
    resource = session.get(model.Resource, resource_id)
    if resource is None:
        return True
    formats = config.validated_formats()
    if formats and (resource.format or "").lower() not in formats:
        return False
    asked = list(p.PluginImplementations(IDataValidation))
    if not asked:
        return True
    context: Any = {"ignore_auth": True, "user": tk.config["ckan.site_id"]}
    fresh: Any = {**context}
    shown = tk.get_action("resource_show")(fresh, {"id": resource_id})
    return all(plugin.can_validate(context, shown) for plugin in asked)


def report(row: OutboxRecord) -> None:
    """Hand a finished check to the extensions that wait for one (``IPipeValidation``)."""
    validation = checks.validation_of(model.Session, row.payload["resource_id"])
    if validation is not None and validation.finished is not None:
        utils.send_validation_report(utils.validation_dictize(validation))
