"""When the clock of a stay ends, and when it begins."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

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


def planned_begins(session: Session, records: Sequence[SubmissionRecord]) -> dict[str, datetime]:
    """When the clocks of these begin that begin at a planned moment, by their submission's id."""
    waiting = [row for row in records if row.state == State.AWAITING_RELEASE.value]
    found = {row.id: row.release_at for row in waiting if row.release_at}
    drafts = {row.working_copy_id: row.id for row in records if row.state == State.DRAFT.value}
    packages = select(model.Package.id, model.Package.extras).where(model.Package.id.in_(drafts))
    for package_id, extras in session.execute(packages):
        if day := str(extras.get("tanggal_pengumpulan") or "")[:10]:
            found[drafts[package_id]] = registration.begin_of(date.fromisoformat(day))
    return found
