"""When the clock of a stay ends."""

from datetime import datetime, timedelta
from typing import Any

from ckan.types import AlchemySession as Session

from .. import config
from ..domain.sop import State
from ..model import days_off
from ..model.tables import SubmissionRecord
from . import registration


def due_of(
    session: Session, state: State, at: datetime, record: SubmissionRecord, package: dict[str, Any]
) -> tuple[datetime | None, int | None]:
    """When the clock of a state entered at ``at`` ends, and its length in working seconds."""
    limit = config.clock_limit(state, record.urgent)
    if limit is None:
        return None, None
    if state is State.DRAFT:
        return registration.planned_due(session, record, package), None
    amount, unit = limit
    calendar = days_off.calendar(session)
    length = calendar.day_length * amount if unit == "day" else timedelta(hours=amount)
    start = at
    if state is State.AWAITING_RELEASE and record.release_at:
        start = max(at, record.release_at)
    return calendar.add(start, length), int(length.total_seconds())
