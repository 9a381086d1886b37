"""Puts a step on the hash-chained record."""

from typing import Any

from ..domain.sop import Role
from ..model import audit, contents
from . import changes, people, stand_in
from .taking import Taking


def record(taking: Taking, more: dict[str, Any]) -> None:
    """Append the step to the record and keep the content it was taken on.

    :param more: what the step's effect has to add to the details.
    """
    move, row = taking.move, taking.record
    contents.keep(taking.session, changes.seen(taking.facts.content))
    audit.append(
        taking.session,
        audit.Entry(
            step=move.step.name,
            at=move.at,
            actor_id=taking.person.id,
            actor_name=taking.person.name,
            auth_method=taking.person.auth_method,
            role=move.role.value,
            submission_id=row.id,
            dataset_id=row.dataset_id,
            office_id=row.office_id,
            from_state=move.source.value,
            to_state=move.target.value,
            content_hash=taking.facts.content.hash,
            note=taking.command.comment,
            details={**_details(taking), **more},
        ),
    )


def _details(taking: Taking) -> dict[str, Any]:
    """What else belongs on the record: round, counts, edition; never a finding's text."""
    details: dict[str, Any] = {"round": taking.record.round}
    if taking.findings:
        details["findings"] = len(taking.findings)
    if taking.record.edition:
        details["edition"] = taking.record.edition
    if taking.record.release_at:
        details["release_at"] = taking.record.release_at.isoformat()
    if taking.move.in_name_of:
        details["in_name_of"] = people.display(taking.move.in_name_of)
    if taking.move.role is Role.PRODUCER:
        details.update(stand_in.letter(taking.session, taking.person.id, taking.record))
    if _single_person(taking):
        details["one_person_walidata"] = True
    return details


def _single_person(taking: Taking) -> bool:
    return taking.move.step.name == "approve" and (
        taking.person.id in taking.facts.submission.checkers
    )
