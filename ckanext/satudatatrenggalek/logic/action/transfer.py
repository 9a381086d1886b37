"""A dissolved office's datasets move to another one by decree, one result a dataset."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ... import jobs
from ...domain.sop import STEP_BY_NAME
from ...domain.workflow import Command, Refusal, StepRefused
from ...model import office_datasets
from .. import locking, lookup, papers, parameters, people, showing, steps
from ..messages import conflict, refused, sentence

__all__ = ["satudata_office_transfer"]

_MOST = 100  # datasets of one call; a request that takes minutes is cut off on the way


def satudata_office_transfer(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Move the datasets of an office to another one, each in a transaction of its own.

    :param from, to: offices, name or id. :param decree: number of the decree.
    :param decree_file: its scan, may be left out. :param limit: datasets at most, 100.
    :param after: ``next`` of the call before, to go on.
    :returns: ``{from, to, results [{dataset_id, title, moved, reason, message}], next, left}``;
        ``left`` counts what is still the former office's, also what was refused.
    """
    tk.check_access("satudata_office_transfer", context, data_dict)
    session: Session = context["session"]
    former = lookup.office(parameters.needed(data_dict, "from"))
    target = lookup.office_in_force(parameters.needed(data_dict, "to"))
    decree = parameters.text(data_dict, "decree")
    if not decree:
        raise refused(Refusal("missing_decree"))
    if former.id == target.id:
        raise conflict("same_office", "Pilih perangkat daerah tujuan yang lain.")
    locking.require_session(people.caller(context))
    scan = papers.scan_of(data_dict, "decree_file")
    limit = max(parameters.whole(data_dict, "limit", _MOST, _MOST), 1)
    after = parameters.text(data_dict, "after")
    offices = {"from": showing.office_of(former.id), "to": showing.office_of(target.id)}
    command = Command(office=target.id, decree=decree)
    found = office_datasets.page(session, former.id, after, limit)
    results = [_move(context, session, row, command, scan) for row in found]
    jobs.wake()
    return {
        **offices,
        "results": results,
        "next": found[-1][0] if len(found) == limit else None,
        "left": office_datasets.count(session, offices["from"]["id"]),
    }


def _move(
    context: Any, session: Session, dataset: tuple[str, str], command: Command, scan: Any
) -> dict[str, Any]:
    """Move one dataset; refused or not, the next one gets its turn."""
    dataset_id, title = dataset
    known = lookup.submission(session, dataset_id)[0]
    seen = lookup.may_read(context, known, people.actor(context), session)
    row = {"dataset_id": dataset_id, "title": title if seen else "", "moved": False}
    try:
        record, actor = locking.locked(
            context, session, dataset_id, STEP_BY_NAME["transfer"], "transfer"
        )
        steps.take(session, record, "transfer", actor, people.caller(context), command, [], scan)
    except StepRefused as error:
        session.rollback()
        return {**row, "reason": error.refusal.reason, "message": sentence(error.refusal)}
    except (tk.ObjectNotFound, tk.NotAuthorized):
        session.rollback()
        refusal = Refusal("wrong_role", ("transfer",))
        return {**row, "title": "", "reason": refusal.reason, "message": sentence(refusal)}
    session.commit()
    return {**row, "moved": True, "reason": "", "message": ""}
