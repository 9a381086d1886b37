"""How much work waits for whom, in a fixed number of statements."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from ckan.types import AlchemySession as Session
from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from ..domain.deadlines import WIB
from ..domain.duties import DECIDING, owed_by
from ..domain.sop import Role
from ..domain.workflow import Actor, Grant
from .submissions import OPEN
from .tables import StayRecord, SubmissionRecord

S = SubmissionRecord


@dataclass(frozen=True)
class Waiting:
    """What waits for one person: on the desk, at their office, and already in their hands."""

    desk: int = 0
    mine: int = 0
    held: int = 0


@dataclass(frozen=True)
class Load:
    """One person's work: claimed and open, how many of it late, decided since a day."""

    open: int = 0
    late: int = 0
    done: int = 0


def waiting(session: Session, actor: Actor) -> Waiting:
    """The counts of the header, in one statement."""
    if not actor.grants:
        return Waiting()
    mine = _owed(grant for grant in actor.grants if grant.role is Role.PRODUCER)
    desk = _owed(grant for grant in actor.grants if grant.role is not Role.PRODUCER)
    held = S.claimed_by.in_([actor.user_id, *actor.replaced])
    query = select(
        func.count(case((desk, 1))), func.count(case((mine, 1))), func.count(case((held, 1)))
    ).where(S.state.in_(OPEN))
    return Waiting(*session.execute(query).one())


def _owed(grants: Iterable[Grant]) -> ColumnElement[bool]:
    clauses = [clause for grant in grants if (clause := _owed_to(grant)) is not None]
    return or_(*clauses) if clauses else false()


def _owed_to(grant: Grant) -> ColumnElement[bool] | None:
    states = [state.value for state in owed_by(grant.role)]
    if not states:
        return None
    clause = S.state.in_(states)
    if grant.office_id:
        clause = and_(clause, S.office_id == grant.office_id)
    if grant.dataset_id:
        clause = and_(clause, S.dataset_id == grant.dataset_id)
    return and_(clause, S.kind == grant.kind) if grant.kind else clause


def month_begins(at: datetime) -> datetime:
    """The first moment of the month in WIB."""
    return datetime.combine(at.astimezone(WIB).date().replace(day=1), time(0), WIB)


def of_people(
    session: Session, user_ids: Collection[str], since: datetime, at: datetime
) -> dict[str, Load]:
    """Load of these people; ``done`` counts decisions from ``since`` on. Two statements."""
    held = (
        select(S.claimed_by, func.count(), func.count(case((S.due_at < at, 1))))
        .where(S.claimed_by.in_(user_ids), S.state.in_(OPEN))
        .group_by(S.claimed_by)
    )
    done = (
        select(StayRecord.left_by, func.count())
        .where(
            StayRecord.left_by.in_(user_ids),
            StayRecord.left_at >= since,
            StayRecord.left_step.in_(DECIDING),
        )
        .group_by(StayRecord.left_by)
    )
    opened = {user: (number, late) for user, number, late in session.execute(held)}
    decided = dict(session.execute(done).tuples().all())
    return {user: Load(*opened.get(user, (0, 0)), decided.get(user, 0)) for user in user_ids}


def unclaimed(session: Session, seen: ColumnElement[bool]) -> int:
    """How much of what these grants open waits in nobody's hands and is not with its office."""
    states = {state.value for role in Role if role is not Role.PRODUCER for state in owed_by(role)}
    query = select(func.count()).where(seen, S.state.in_(states), S.claimed_by.is_(None))
    return session.execute(query).scalar_one()
