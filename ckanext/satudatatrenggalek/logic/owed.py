"""What the portal owes a dataset, for whoever may read it; and all it owes, for its keepers."""

from datetime import datetime, timezone
from typing import Any

from ckan.types import AlchemySession as Session

from .. import clock
from ..domain.owed import FOR_KEEPERS, Owed
from ..domain.sop import State
from ..model import outbox, releases
from ..model.tables import OutboxRecord, SubmissionRecord


def of_submission(session: Session, record: SubmissionRecord) -> list[dict[str, Any]]:
    """Late work on its dataset, oldest first, and the release itself where its time is past."""
    at = clock.now()
    rows = outbox.late(session, at, record.dataset_id)
    found = [owed(row) for row in rows if row.kind not in FOR_KEEPERS]
    due = record.release_at or record.approved_at
    if any(one.kind == releases.KIND for one in found):
        return _once(found)  # it was tried: the row knows more
    if record.state == State.AWAITING_RELEASE.value and due and due < at - outbox.LATE:
        found.insert(0, Owed("release", due))
    return _once(found)


def owed(row: OutboxRecord) -> Owed:
    """A row of the outbox as people are told of it."""
    since: datetime = row.created_at.astimezone(timezone.utc)
    given_up = row.attempts >= outbox.MAX_ATTEMPTS
    return Owed(row.kind, since, outbox.part_away(row), given_up)


def _once(found: list[Owed]) -> list[dict[str, Any]]:
    """A dataset of ten files lacks its tables once; what was given up is said."""
    told: dict[tuple[str, bool], Owed] = {}
    for one in found:
        told.setdefault((one.kind, one.given_up), one)
    return [one.as_dict() for one in told.values()]
