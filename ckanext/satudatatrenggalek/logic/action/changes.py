"""What changed on a submission since the last edition and since the round before."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ...domain.sop import EDITABLE_STATES, State
from ...model import audit, copies, editions
from ...model.tables import SubmissionRecord
from .. import changes, differences, facts, lookup, parameters, people
from ..differences import Side

__all__ = ["satudata_submission_changes"]


@tk.side_effect_free
def satudata_submission_changes(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What the producer changed, for whoever may read the submission.

    :param id: the submission, dataset or working copy.
    :returns: ``{edition, round}``; each None where there is nothing before, else ``{number,
        changes [{what, field, label, from, to}], files [{field, label, rows {by, added, removed,
        changed}, note}]}``. ``number`` is the edition's, or of the round that was submitted before.
    :raises ObjectNotFound: nothing the caller may read.
    """
    tk.check_access("satudata_submission_changes", context, data_dict)
    session: Session = context["session"]
    record, _ = lookup.submission(session, parameters.needed(data_dict, "id"))
    if not lookup.may_read(context, record, people.actor(context), session):
        raise tk.ObjectNotFound
    if record.state == State.SUPERSEDED.value or record.edition:
        return {"edition": None, "round": None}
    known = facts.gather(session, record)
    now = differences.in_the_making(session, known, copies.public_ids(session, record.id))
    return {
        "edition": _since_edition(session, record, now),
        "round": _since_round(session, record, now),
    }


def _since_edition(session: Session, record: SubmissionRecord, now: Side) -> Any:
    before = editions.of_dataset(session, record.dataset_id)
    if not before:
        return None
    return _told(before[0].number, differences.released(before[0]), now)


def _since_round(session: Session, record: SubmissionRecord, now: Side) -> Any:
    """Against what was submitted before; while it is being mended, against the last submission."""
    rows = [row for row in audit.history(session, [record.id]) if row.step == "submit"]
    behind = 0 if State(record.state) in EDITABLE_STATES else 1
    if len(rows) <= behind:
        return None
    old = changes.side_of(session, rows[behind].content_hash or "")
    if old is None:
        return None
    return _told(len(rows) - behind, old, now)


def _told(number: int, old: Side, new: Side) -> dict[str, Any]:
    return {
        "number": number,
        "changes": changes.listed(old, new),
        "files": changes.counted(old, new),
    }
