"""What is done to a locked submission without moving it. The caller commits."""

from typing import Any

from ckan.types import AlchemySession as Session

from .. import clock
from ..domain.sop import Deed, Role, State
from ..domain.workflow import Refusal, holds
from ..model import audit, checks, contents, submissions
from ..model.tables import SubmissionRecord
from . import changes, facts, people
from .due import due_of
from .messages import refused, sentence, stale


def record(
    session: Session,
    row: SubmissionRecord,
    deed: Deed,
    person: people.Person,
    note: str = "",
    content_hash: str | None = None,
    **details: Any,
) -> None:
    """Put a deed on the record of its submission."""
    who = people.actor_by_id(session, person.id or "")
    known = facts.brief(session, row)
    role = next((role for role in deed.roles if holds(known, role, who)), None)
    names = who.names(role, row.office_id, row.kind, row.dataset_id) if role else ()
    if names and names[0]:
        details["in_name_of"] = people.display(names[0])
    audit.append(
        session,
        audit.Entry(
            step=deed.name,
            at=clock.now(),
            actor_id=person.id,
            actor_name=person.name,
            auth_method=person.auth_method,
            role=role.value if role else None,
            submission_id=row.id,
            dataset_id=row.dataset_id,
            office_id=row.office_id,
            from_state=row.state,
            to_state=row.state,
            content_hash=content_hash,
            note=note,
            details=details,
        ),
    )


def sign_off(
    session: Session, row: SubmissionRecord, deed: Deed, person: people.Person, content_hash: str
) -> None:
    """The office's head answers for this very content; what is edited later is not signed off.

    :raises ValidationError: 409 missing_hash, stale_hash, signoff_check_unfinished.
    """
    if not content_hash:
        raise refused(Refusal("missing_hash", (deed.name,)))
    now = facts.gather(session, row).content
    if now.hash != content_hash:
        changed = changes.since(session, content_hash, now)
        said = sentence(Refusal("stale_hash"))
        raise stale(said, changes.sentence(changed), changed)
    pending = sum(1 for check in now.checks.values() if _pending(check))
    if pending:
        raise refused(Refusal("signoff_check_unfinished", (str(pending),)))
    at = clock.now()
    own = person.id in submissions.contributors(session, row.id)
    row.signed_hash, row.signed_by, row.signed_at = now.hash, person.id, at
    assert person.id is not None  # whoever holds a role is signed in
    people.contribute(session, row, person.id, "sign_off", at, Role.OFFICE_HEAD)
    contents.keep(session, changes.seen(now))
    record(session, row, deed, person, content_hash=now.hash, own_work=own)


def _pending(check: dict[str, Any] | None) -> bool:
    return check is None or check["status"] == checks.PENDING


def ask_urgent(
    session: Session, row: SubmissionRecord, deed: Deed, person: people.Person, reason: str
) -> None:
    """The producer asks to be put first; whether they are is the walidata's to say."""
    if row.urgent:
        raise refused(Refusal("already_urgent"))
    row.urgent_wish = reason
    record(session, row, deed, person, note=reason)


def urge(
    session: Session, row: SubmissionRecord, deed: Deed, person: people.Person, reason: str
) -> None:
    """On top of every desk, with shorter clocks; the one that runs counts from its beginning."""
    if row.urgent:
        raise refused(Refusal("already_urgent"))
    row.urgent, row.urgent_reason, row.urgent_wish = True, reason, None
    before = row.due_at
    _shorten(session, row)
    record(session, row, deed, person, note=reason, due=_iso(row.due_at), due_before=_iso(before))


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def _shorten(session: Session, row: SubmissionRecord) -> None:
    stay = submissions.running_stay(session, row)
    if stay is None:
        return
    due, limit = due_of(session, State(row.state), stay.entered_at, row, {})
    if due is None or (row.due_at is not None and row.due_at <= due):
        return
    submissions.set_due(session, row, due)
    stay.limit_seconds = limit


def calm(
    session: Session, row: SubmissionRecord, deed: Deed, person: people.Person, reason: str
) -> None:
    """Back among the others. The clock that runs keeps its end: nobody gains time by this."""
    if not row.urgent:
        raise refused(Refusal("not_urgent"))
    row.urgent, row.urgent_reason = False, None
    record(session, row, deed, person, note=reason)
