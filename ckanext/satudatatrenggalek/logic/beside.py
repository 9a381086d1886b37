"""What stands beside the steps of a submission: sign-off, urgency, on behalf, a missing Pembina."""

from typing import Any

from ckan.types import AlchemySession as Session

from .. import clock, config
from ..domain import workflow
from ..domain.needs import needs_signoff
from ..domain.sop import DEED_BY_NAME, Role, State
from ..domain.workflow import Actor
from ..model import appointments, on_behalf
from ..model.papers import PaperRecord
from ..model.tables import SubmissionRecord
from . import facts, people
from .facts import Facts


def shown(session: Session, known: Facts, actor: Actor) -> dict[str, Any]:
    """The part of ``satudata_submission_show`` that no step moves."""
    record = known.record
    return {
        "deeds": [
            {
                "name": deed.name,
                "label": deed.label,
                "needs_comment": deed.needs_comment,
                "needs_hash": deed.needs_hash,
                "needs_letter": deed.needs_letter,
            }
            for deed in workflow.available_deeds(known.submission, actor)
        ],
        "urgent_reason": record.urgent_reason,
        "urgent_wish": record.urgent_wish,
        "signoff": _signoff(known),
        "on_behalf": [_on_behalf(session, row) for row in _rows(session, record)],
        "supervisor_missing": supervisor_missing(session, record),
    }


def _signoff(known: Facts) -> dict[str, Any]:
    """Whether the office's head must sign off, can now, and did: ``signed`` none, valid, stale."""
    record, submission = known.record, known.submission
    return {
        "required": needs_signoff(submission, config.rules()),
        "open": submission.state in DEED_BY_NAME["sign_off"].states,
        "signed": facts.signed(known),
        "by": people.display(record.signed_by),
        "at": record.signed_at.isoformat() if record.signed_at else None,
    }


def _rows(session: Session, record: SubmissionRecord) -> list[on_behalf.OnBehalfRecord]:
    """Leaves that had to do with this edition: valid at some time since it was begun."""
    rows = on_behalf.of_dataset(session, record.dataset_id)
    return [row for row in rows if (row.ended_at or row.until) >= record.created_at]


def _on_behalf(session: Session, row: on_behalf.OnBehalfRecord) -> dict[str, Any]:
    at = clock.now()
    return {
        "id": row.id,
        "by": people.display(row.user_id),
        "opened": row.opened_at.isoformat(),
        "until": row.until.isoformat(),
        "ended": row.ended_at.isoformat() if row.ended_at else None,
        "active": row.until > at and (row.ended_at is None or row.ended_at > at),
        **paper_of(session, row.paper_id),
    }


def paper_of(session: Session, paper_id: str) -> dict[str, Any]:
    """A letter in short: ``{paper_id, sender, letter, letter_date, has_scan}``."""
    paper = session.get(PaperRecord, paper_id)
    assert paper is not None  # papers are never deleted
    return {
        "paper_id": paper.id,
        "sender": paper.sender,
        "letter": paper.number,
        "letter_date": paper.dated.isoformat() if paper.dated else None,
        "has_scan": paper.sha256 is not None,
    }


def supervisor_missing(session: Session, record: SubmissionRecord) -> bool:
    """Whether a submission waits for a Pembina whom nobody appointed for its kind of data.

    It waits all the same, and may go on without one once the clock has ended (ADR 12).
    """
    if record.state != State.AWAITING_SUPERVISOR.value:
        return False
    rows = appointments.valid_rows(session, clock.now())
    return not any(
        row.role == Role.SUPERVISOR.value
        and row.office_id in (None, record.office_id)
        and row.kind in (None, record.kind)
        for row in rows
    )
