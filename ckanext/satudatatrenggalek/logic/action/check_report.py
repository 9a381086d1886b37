"""The check of a submission as one report: what the machine found and what people decided."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import AlchemySession as Session

from ...domain.sop import Item
from ...model import checks, files
from .. import facts, lookup, parameters, people, showing
from ..messages import ITEM_LABELS

__all__ = ["satudata_check_report"]

_MOST = 100  # machine findings of an item in the report; the counts are of all


@tk.side_effect_free
def satudata_check_report(context: Any, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Machine findings, verdicts, overrides and additions of people, by item of the checklist.

    :param id: the submission, dataset or working copy.
    :returns: ``{id, round, content_hash, items [{item, label, machine {errors, warnings,
        findings}, verdict, verdicts, findings}]}``. ``verdict`` is the last one given; machine
        findings are those of ``satudata_conformity_show`` with ``resource_id`` and ``file``, a
        hundred an item at most, none of files whose check is not finished.
    :raises ObjectNotFound: nothing the caller may read.
    """
    tk.check_access("satudata_check_report", context, data_dict)
    session: Session = context["session"]
    record, _ = lookup.submission(session, parameters.needed(data_dict, "id"))
    if not lookup.may_read(context, record, people.actor(context), session):
        raise tk.ObjectNotFound
    known = facts.gather(session, record)
    machine = _machine(session, known)
    answers = showing.answers(session, record.id)
    verdicts, written = answers["verdicts"], answers["findings"]
    counts = showing.machine(known.checks)["items"]
    return {
        "id": record.id,
        "round": record.round,
        "content_hash": known.content.hash,
        "items": [_item(item.value, counts, machine, verdicts, written) for item in Item],
    }


def _machine(session: Session, known: facts.Facts) -> list[dict[str, Any]]:
    """Findings of the files that count, of checks that are finished."""
    names = {row["id"]: row.get("name") or row["id"] for row in known.package["resources"]}
    bound = files.of_package(session, known.package["id"])
    rows = checks.validations_of(session, list(known.checks))
    found = []
    for key, result in known.checks.items():
        if result["status"] == checks.PENDING or key not in bound:
            continue
        ours = (checks.report_in(rows.get(key)) or {}).get("satudata") or {}
        place = {"resource_id": key, "file": names.get(key, key)}
        kept = result["items"]
        found += [{**row, **place} for row in ours.get("findings", ()) if row["item"] in kept]
    return found


def _item(
    item: str,
    counts: dict[str, dict[str, int]],
    machine: list[dict[str, Any]],
    verdicts: list[dict[str, Any]],
    written: list[dict[str, Any]],
) -> dict[str, Any]:
    total = counts.get(item, {"errors": 0, "warnings": 0})
    given = [row for row in verdicts if row["item"] == item]
    mine = [row for row in machine if row["item"] == item]
    return {
        "item": item,
        "label": ITEM_LABELS[item],
        "machine": {**total, "findings": mine[:_MOST]},
        "verdict": given[-1] if given else None,
        "verdicts": given,
        "findings": [row for row in written if row["item"] == item],
    }
