"""Watches the clocks: reminds before they end, escalates after, once for each stay's end."""

import logging
from datetime import datetime

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import exists, select

from .. import config
from ..domain.notices import ESCALATE, RELEASE_GIVEN_UP, RELEASE_REFUSED, REMIND
from ..domain.sop import CLOCKS
from ..model import days_off, desk_filters, submissions
from ..model.notices import ToldRecord, first_time
from ..model.tables import StayRecord, SubmissionRecord
from .telling import Happening, tell

log = logging.getLogger(__name__)

_WATCHED = [state.value for state in CLOCKS]
_BATCH = 200


def watch(session: Session, at: datetime) -> int:
    """Tell of every clock that has ended or is about to; how many were told of.

    Each stay in a transaction of its own: a worker killed in between has told of it or not at all.
    After a standstill over both moments only the escalation is told.
    """
    told = 0
    while batch := _due(session, ESCALATE, at):
        for stay, record, title in batch:
            first_time(session, stay.id, REMIND, at, stay.due_at)
            told += _tell_once(session, stay, ESCALATE, record, title, at)
    soon = days_off.calendar(session).add_hours(at, config.remind_hours())
    while batch := _due(session, REMIND, soon):
        for stay, record, title in batch:
            told += _tell_once(session, stay, REMIND, record, title, at)
    session.rollback()
    return told


def _due(
    session: Session, what: str, until: datetime
) -> list[tuple[StayRecord, SubmissionRecord, str | None]]:
    """Open stays whose clock ends before ``until`` and of which this was not told.

    An end that moved later is told of again, one that moved earlier is not.
    """
    told = exists().where(
        ToldRecord.subject == StayRecord.id,
        ToldRecord.what == what,
        ToldRecord.until >= StayRecord.due_at,
    )
    query = (
        select(StayRecord, SubmissionRecord, model.Package.title)
        .join(SubmissionRecord, SubmissionRecord.id == StayRecord.submission_id)
        .outerjoin(model.Package, model.Package.id == desk_filters.PACKAGE)
        .where(
            StayRecord.left_at.is_(None),
            StayRecord.state.in_(_WATCHED),
            StayRecord.due_at < until,
            ~told,
        )
        .order_by(StayRecord.due_at, StayRecord.id)
        .limit(_BATCH)
        .execution_options(populate_existing=True)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def _tell_once(
    session: Session,
    stay: StayRecord,
    what: str,
    record: SubmissionRecord,
    title: str | None,
    at: datetime,
    note: str = "",
) -> bool:
    until = stay.due_at if what in (REMIND, ESCALATE) else None
    is_first = first_time(session, stay.id, what, at, until)
    if is_first:
        tell(session, record, Happening(what, at, title or "", note=note))
    session.commit()
    return is_first


def tell_refused(session: Session, submission_id: str, why: str, at: datetime) -> bool:
    """Tell the approvers, once for its stay, that an approved edition is not let out."""
    is_first = _tell_approvers(session, submission_id, RELEASE_REFUSED, why, at)
    if is_first:
        log.warning("submission %s is not released: %s", submission_id, why)
    return is_first


def tell_given_up(session: Session, submission_id: str, at: datetime) -> bool:
    """Tell the approvers, once for its stay, that nobody tries any more to let an edition out."""
    return _tell_approvers(session, submission_id, RELEASE_GIVEN_UP, "", at)


def _tell_approvers(
    session: Session, submission_id: str, what: str, why: str, at: datetime
) -> bool:
    query = (
        select(StayRecord, model.Package.title)
        .join(SubmissionRecord, SubmissionRecord.id == StayRecord.submission_id)
        .outerjoin(model.Package, model.Package.id == desk_filters.PACKAGE)
        .where(StayRecord.submission_id == submission_id, StayRecord.left_at.is_(None))
    )
    record = submissions.by_id(session, submission_id)
    found = session.execute(query).first()
    if record is None or found is None:
        return False
    return _tell_once(session, found[0], what, record, found[1], at, why)
