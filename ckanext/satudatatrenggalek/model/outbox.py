"""Work after the commit: written by the commit itself, done in order per dataset and kind."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import Text, and_, cast, delete, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import aliased

from .tables import OutboxRecord

MAX_ATTEMPTS = 20
# Work that follows within moments is not late.
LATE = timedelta(minutes=2)
_UNSEEN = "unseen_ends"
_AWAY = "away"
_REFUSED = "refused"
# What is written into a row's payload about its attempts.
_MARKS = [_UNSEEN, _AWAY, _REFUSED]
# How long nobody asks a part again that did not answer; shorter than the portal's minute.
_AWAY_FOR = timedelta(seconds=30)
_NOTED = "satudata_outbox"  # of a session's info: there is something to wake the worker for
_LOCK_SPACE = 7203  # first half of our advisory lock keys


def add(
    session: Session,
    dataset_id: str,
    kind: str,
    at: datetime,
    not_before: datetime | None = None,
    **payload: Any,
) -> None:
    """Note work of ``kind`` to be done once the caller's transaction is committed.

    :param not_before: when its turn comes; None: at once.
    """
    session.info[_NOTED] = True
    session.add(
        OutboxRecord(
            dataset_id=dataset_id,
            kind=kind,
            payload=payload,
            created_at=at,
            not_before=not_before,
        )
    )


def was_noted(session: Session) -> bool:
    """Whether this session has noted work since it was asked last."""
    return bool(session.info.pop(_NOTED, False))


def waiting(
    session: Session, at: datetime, kind: str | None = None, dataset_id: str | None = None
) -> list[OutboxRecord]:
    """Rows whose turn it is, oldest first: not done, not given up, none of their kind earlier."""
    earlier = aliased(OutboxRecord)
    query = select(OutboxRecord).where(
        OutboxRecord.done_at.is_(None),
        OutboxRecord.attempts < MAX_ATTEMPTS,
        or_(OutboxRecord.not_before.is_(None), OutboxRecord.not_before <= at),
        ~exists().where(
            and_(
                earlier.dataset_id == OutboxRecord.dataset_id,
                earlier.kind == OutboxRecord.kind,
                earlier.id < OutboxRecord.id,
                earlier.done_at.is_(None),
                earlier.attempts < MAX_ATTEMPTS,
            )
        ),
    )
    if kind:
        query = query.where(OutboxRecord.kind == kind)
    if dataset_id:
        query = query.where(OutboxRecord.dataset_id == dataset_id)
    return list(session.execute(query.order_by(OutboxRecord.id)).scalars())


@contextmanager
def hold(row_id: int, space: int = _LOCK_SPACE) -> Iterator[bool]:
    """Hold a row for this process while the block runs; False when another holds it.

    An advisory lock on a connection of its own: it survives our commits, and falls free the
    moment a killed worker's connection closes.
    """
    key = {"space": space, "id": row_id % 2**31}
    engine = model.meta.engine
    assert engine is not None  # CKAN has one once it is loaded
    with engine.connect() as guard:
        held = guard.execute(text("SELECT pg_try_advisory_lock(:space, :id)"), key).scalar_one()
        try:
            yield bool(held)
        finally:
            if held:
                guard.execute(text("SELECT pg_advisory_unlock(:space, :id)"), key)


def start(session: Session, row_id: int, at: datetime) -> OutboxRecord | None:
    """Count an attempt before it is made, so that a row that kills its worker is given up.

    :returns: the row, or None when somebody has done it meanwhile, or put it off.
    """
    query = select(OutboxRecord).where(
        OutboxRecord.id == row_id,
        OutboxRecord.done_at.is_(None),
        or_(OutboxRecord.not_before.is_(None), OutboxRecord.not_before <= at),
    )
    row = session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if row is not None:
        row.attempts += 1
        # Taken back by whoever sees the attempt end, in success or in failure.
        row.payload = {**row.payload, _UNSEEN: unseen_ends(row) + 1}
        row.not_before = at + timedelta(seconds=min(2 ** (row.attempts - 1), 600))
    return row


def unseen_ends(row: OutboxRecord) -> int:
    """Attempts in a row whose end nobody saw: the worker was killed in each. Counts this one."""
    return int(row.payload.get(_UNSEEN, 0))


def fail(row: OutboxRecord, error: str) -> None:
    """An attempt ended in an error that was seen; it will be made again."""
    row.last_error = error[:2000]
    row.payload = wanted(row)


def wanted(row: OutboxRecord) -> dict[str, Any]:
    """What a row is to be done with, as it was noted: without what its attempts have left."""
    return {key: value for key, value in row.payload.items() if key not in _MARKS}


def refuse(row: OutboxRecord, said: str) -> None:
    """Somebody else refused the work for good: it is done with, and what they said stays."""
    row.payload = {**wanted(row), _REFUSED: said[:2000]}


def refused(session: Session) -> list[tuple[OutboxRecord, str]]:
    """Rows that were refused for good and are still kept, with what was said; oldest first."""
    query = select(OutboxRecord).where(
        OutboxRecord.done_at.is_not(None), OutboxRecord.payload.has_key(_REFUSED)
    )
    rows = session.execute(query.order_by(OutboxRecord.id)).scalars()
    return [(row, str(row.payload[_REFUSED])) for row in rows]


def put_off(session: Session, row: OutboxRecord, part: str, at: datetime) -> None:
    """A part of the portal was away: an attempt that says nothing of the work does not count.

    Work of the same kind waits with it: each attempt might wait as long for the same answer.

    :param part: its name, for people.
    """
    row.attempts -= 1
    row.payload = {**row.payload, _AWAY: part}
    row.not_before = later = at + _AWAY_FOR
    session.flush()
    others = select(OutboxRecord.id).where(
        OutboxRecord.kind == row.kind,
        OutboxRecord.done_at.is_(None),
        or_(OutboxRecord.not_before.is_(None), OutboxRecord.not_before < later),
    )
    session.execute(
        update(OutboxRecord)
        .where(OutboxRecord.id.in_(others.with_for_update(skip_locked=True)))
        .values(not_before=later)
        .execution_options(synchronize_session=False)
    )


def part_away(row: OutboxRecord) -> str | None:
    """What was away when the row was last tried, by its name for people; None: nothing was."""
    part = row.payload.get(_AWAY)
    return str(part) if part else None


def late(session: Session, at: datetime, dataset_id: str | None = None) -> list[OutboxRecord]:
    """Work that failed, was given up, or should be done by now; oldest first."""
    before = at - LATE
    turn = func.coalesce(OutboxRecord.not_before, OutboxRecord.created_at)
    query = select(OutboxRecord).where(
        OutboxRecord.done_at.is_(None),
        or_(
            OutboxRecord.last_error.is_not(None),
            and_(
                OutboxRecord.created_at < before,
                or_(OutboxRecord.attempts > 0, turn < before),
            ),
        ),
    )
    if dataset_id:
        query = query.where(OutboxRecord.dataset_id == dataset_id)
    return list(session.execute(query.order_by(OutboxRecord.id)).scalars())


def given_up(session: Session, kind: str | None = None) -> list[OutboxRecord]:
    """Rows that nobody will try again by themselves, oldest first."""
    query = select(OutboxRecord).where(
        OutboxRecord.done_at.is_(None), OutboxRecord.attempts >= MAX_ATTEMPTS
    )
    if kind:
        query = query.where(OutboxRecord.kind == kind)
    return list(session.execute(query.order_by(OutboxRecord.id)).scalars())


def revive(row: OutboxRecord) -> None:
    """Let a row be tried again from the beginning; the caller commits."""
    fail(row, row.last_error or "")
    row.attempts, row.not_before = 0, None


def finish(row: OutboxRecord, at: datetime) -> None:
    """Mark a row done."""
    row.done_at = at
    row.last_error = None


def forget(session: Session, kind: str, name: str, values: Collection[str]) -> None:
    """Remove rows of a kind that are not done and whose payload has one of these values.

    A row that is done keeps nothing of what was answered to it.
    """
    named = OutboxRecord.payload[name].astext.in_(values)
    open_rows = (OutboxRecord.kind == kind) & OutboxRecord.done_at.is_(None)
    session.execute(delete(OutboxRecord).where(open_rows, named))


def forget_done(session: Session, before: datetime) -> None:
    """Remove rows that were done ``before``; one given up stays until somebody has seen to it."""
    query = delete(OutboxRecord).where(OutboxRecord.done_at < before)
    session.execute(query.execution_options(synchronize_session=False))


def is_waiting(session: Session, dataset_id: str, kind: str, payload: dict[str, Any]) -> bool:
    """Whether the same work is noted already, not done and not given up."""
    query = select(
        exists().where(
            OutboxRecord.dataset_id == dataset_id,
            OutboxRecord.kind == kind,
            OutboxRecord.payload.op("-", return_type=JSONB)(cast(_MARKS, ARRAY(Text))) == payload,
            OutboxRecord.done_at.is_(None),
            OutboxRecord.attempts < MAX_ATTEMPTS,
        )
    )
    return bool(session.execute(query).scalar_one())
