"""Submissions, their stays, contributions, verdicts and findings."""

from datetime import datetime
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from ..domain.deadlines import WorkCalendar
from ..domain.sop import OPEN_STATES, Item, State, Verdict
from .tables import (
    ContributionRecord,
    DatasetRecord,
    FindingRecord,
    StayRecord,
    SubmissionRecord,
    VerdictRecord,
)

OPEN = [state.value for state in OPEN_STATES]


def dataset(session: Session, dataset_id: str, lock: bool = False) -> DatasetRecord | None:
    """Our row of a dataset; None when the procedure does not know it."""
    return session.get(
        DatasetRecord, dataset_id, with_for_update=lock or None, populate_existing=lock
    )


def by_id(session: Session, submission_id: str, lock: bool = False) -> SubmissionRecord | None:
    """A submission by its id, its row locked until the commit if asked."""
    return session.get(
        SubmissionRecord, submission_id, with_for_update=lock or None, populate_existing=lock
    )


def open_of(session: Session, dataset_id: str) -> SubmissionRecord | None:
    """The open submission of a dataset, if any."""
    query = select(SubmissionRecord).where(
        SubmissionRecord.dataset_id == dataset_id, SubmissionRecord.state.in_(OPEN)
    )
    return session.execute(query).scalar_one_or_none()


def of_package(session: Session, key: str) -> SubmissionRecord | None:
    """The submission that matters of a package id.

    Of a dataset that was released: the edition the public knows, also while a next one is open
    (``open_of``). Else the open one written on the package, else the latest.
    """
    record = dataset(session, key)
    if record:
        published = record.published_submission_id
        if published:
            return by_id(session, published)
    query = (
        select(SubmissionRecord)
        .where(or_(SubmissionRecord.dataset_id == key, SubmissionRecord.working_copy_id == key))
        .order_by(SubmissionRecord.state.in_(OPEN).desc(), SubmissionRecord.created_at.desc())
        .limit(1)
    )
    return session.execute(query).scalar_one_or_none()


def lock_package(session: Session, package_id: str) -> None:
    """Lock CKAN's own row of a package; always before the submission's.

    Core's patch and resource actions lock it first; one order everywhere means no deadlock.
    """
    query = select(model.Package.id).where(model.Package.id == package_id).with_for_update()
    session.execute(query)


def contribute(session: Session, submission_id: str, user_id: str, kind: str, at: datetime) -> None:
    """Remember that somebody uploaded, edited or submitted; once per kind."""
    session.flush()  # the submission's own row may be new
    row = {"submission_id": submission_id, "user_id": user_id, "kind": kind, "at": at}
    session.execute(insert(ContributionRecord).values(row).on_conflict_do_nothing())


def contributors(session: Session, submission_id: str) -> frozenset[str]:
    """Everybody who uploaded, edited or submitted anything of this edition."""
    query = select(ContributionRecord.user_id).where(
        ContributionRecord.submission_id == submission_id
    )
    return frozenset(session.execute(query).scalars())


# Deciding *sesuai* or *tidak sesuai* is checking, in whichever round.
IS_CHECKING = and_(
    StayRecord.state == State.AWAITING_CHECK.value,
    StayRecord.left_step.in_(("conform", "return")),
)


def checkers(session: Session, submission_id: str) -> frozenset[str]:
    """Everybody who checked this edition, in any round and with either answer.

    A check by a substitute (Plh.) is a deed of both: theirs and of whom they replace.
    """
    query = select(StayRecord.left_by, StayRecord.left_for).where(
        StayRecord.submission_id == submission_id, IS_CHECKING
    )
    return frozenset(user for row in session.execute(query) for user in row if user)


def last_checker(session: Session, submission_id: str) -> str | None:
    """Who checked this edition last, of a Plh. whom they replaced; None: nobody has."""
    query = (
        select(func.coalesce(StayRecord.left_for, StayRecord.left_by))
        .where(StayRecord.submission_id == submission_id, IS_CHECKING)
        .order_by(StayRecord.left_at.desc())
        .limit(1)
    )
    return session.execute(query).scalar_one_or_none()


def findings(session: Session, submission_id: str) -> list[FindingRecord]:
    """All findings of a submission, oldest first; mended ones stay."""
    query = (
        select(FindingRecord)
        .where(FindingRecord.submission_id == submission_id)
        .order_by(FindingRecord.created_at, FindingRecord.position)
    )
    return list(session.execute(query).scalars())


def verdicts(session: Session, submission_id: str) -> list[VerdictRecord]:
    """All verdicts of a submission, oldest first."""
    query = (
        select(VerdictRecord)
        .where(VerdictRecord.submission_id == submission_id)
        .order_by(VerdictRecord.at, VerdictRecord.item)
    )
    return list(session.execute(query).scalars())


def add_verdicts(
    session: Session,
    submission: SubmissionRecord,
    answers: dict[Item, tuple[Verdict, str]],
    user_id: str,
    at: datetime,
) -> None:
    """Keep the checker's answers of this round."""
    for item, (verdict, note) in answers.items():
        session.add(
            VerdictRecord(
                submission_id=submission.id,
                round=submission.round,
                item=item.value,
                verdict=verdict.value,
                note=note,
                user_id=user_id,
                at=at,
            )
        )


def add_findings(
    session: Session,
    submission: SubmissionRecord,
    rows: list[dict[str, Any]],
    user_id: str | None,
    at: datetime,
) -> None:
    """Keep findings of this round; ``rows`` as ``satudata_step_take`` takes them."""
    for position, row in enumerate(rows):
        session.add(
            FindingRecord(
                position=position,
                submission_id=submission.id,
                round=submission.round,
                user_id=user_id,
                created_at=at,
                source="person" if user_id else "machine",
                **row,
            )
        )


def place(submission: SubmissionRecord, state: State, at: datetime, due: datetime | None) -> None:
    """Let a submission's row say in which state it is, and until when."""
    submission.state = state.value
    submission.clock_started_at = at
    submission.due_at = due
    submission.updated_at = at


def enter(
    session: Session,
    submission: SubmissionRecord,
    state: State,
    step: str,
    user_id: str | None,
    at: datetime,
    due: datetime | None,
    limit_seconds: int | None,
) -> None:
    """Put a submission into a state: its row, and a new stay whose clock starts now."""
    place(submission, state, at, due)
    session.add(
        StayRecord(
            submission_id=submission.id,
            dataset_id=submission.dataset_id,
            office_id=submission.office_id,
            state=state.value,
            round=submission.round,
            entered_at=at,
            due_at=due,
            entered_step=step,
            entered_by=user_id,
            limit_seconds=limit_seconds,
        )
    )


def set_due(session: Session, submission: SubmissionRecord, due: datetime | None) -> None:
    """Give the clock that runs another end, for pages and report alike."""
    if submission.due_at == due:
        return
    submission.due_at = due
    if (stay := running_stay(session, submission)) is not None:
        stay.due_at = due


def running_stay(session: Session, submission: SubmissionRecord) -> StayRecord | None:
    """The stay a submission is in."""
    query = select(StayRecord).where(
        StayRecord.submission_id == submission.id, StayRecord.left_at.is_(None)
    )
    return session.execute(query).scalar_one_or_none()


def leave(
    session: Session,
    submission: SubmissionRecord,
    step: str,
    user_id: str | None,
    at: datetime,
    calendar: WorkCalendar,
    in_name_of: str | None = None,
) -> None:
    """Close the stay a submission is in and count the working time it took.

    Waiting for a planned release is nobody's work: that clock starts at the planned moment.
    """
    query = select(StayRecord).where(
        StayRecord.submission_id == submission.id, StayRecord.left_at.is_(None)
    )
    for stay in session.execute(query).scalars():
        stay.left_at = at
        stay.left_step = step
        stay.left_by = user_id
        stay.left_for = in_name_of
        start = stay.entered_at
        if stay.state == State.AWAITING_RELEASE.value and submission.release_at:
            start = max(start, submission.release_at)
        stay.working_seconds = max(0, int(calendar.between(start, at).total_seconds()))


def claimed_by(session: Session, user_id: str) -> list[SubmissionRecord]:
    """Open submissions on a person's desk, their rows locked, in one order for everybody."""
    query = (
        select(SubmissionRecord)
        .where(SubmissionRecord.claimed_by == user_id, SubmissionRecord.state.in_(OPEN))
        .order_by(SubmissionRecord.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.execute(query).scalars())


def claimants(session: Session) -> list[str]:
    """Who has open submissions on their desk, once for each."""
    query = select(SubmissionRecord.claimed_by).where(
        SubmissionRecord.claimed_by.is_not(None), SubmissionRecord.state.in_(OPEN)
    )
    return [user_id for user_id in session.execute(query).scalars() if user_id]


def finding(session: Session, finding_id: str) -> FindingRecord | None:
    """One finding by its id."""
    return session.get(FindingRecord, finding_id)
