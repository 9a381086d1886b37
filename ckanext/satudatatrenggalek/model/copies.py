"""Where the content of a submission lies: on the public dataset, or on a working copy of it.

The first edition is written on the dataset itself, every later one on a private working copy.
A released edition is what the public dataset holds.
"""

from collections.abc import Iterable

from ckan.types import AlchemySession as Session
from sqlalchemy import Select, bindparam, func, select

from . import known, submissions
from .submissions import OPEN
from .tables import DatasetRecord, SubmissionRecord, WorkingResourceRecord


def is_working_copy(record: SubmissionRecord) -> bool:
    """Whether this edition was written beside a public one."""
    return record.working_copy_id != record.dataset_id


def package_id_of(session: Session, record: SubmissionRecord) -> str:
    """The package that holds a submission's content now."""
    dataset = submissions.dataset(session, record.dataset_id)
    released = dataset is not None and dataset.published_submission_id == record.id
    return record.dataset_id if released else record.working_copy_id


def governing(session: Session, package_id: str, lock: bool = False) -> SubmissionRecord | None:
    """The submission that answers for a package.

    For a released dataset that is the edition the public knows; for a working copy, and for a
    dataset not released yet, the submission written there: the open one, else the latest.
    """
    return standing(session, package_id, lock)[0]


Standing = tuple[SubmissionRecord | None, DatasetRecord | None]


def standing(session: Session, package_id: str, lock: bool = False) -> Standing:
    """`governing` and our row of the package as a dataset: one statement, once in an action.

    :param lock: until the commit; whoever asks has locked the package (`lock_package`) before,
        which all wait for that would let another submission answer for it.
    """
    asked = known.Question.STANDING
    if lock:
        known.forget(asked)
    return known.ask(session, asked, package_id, lambda: _standing(session, package_id, lock))


def begun(record: SubmissionRecord, dataset: DatasetRecord) -> None:
    """Say who answers for a new dataset: its first submission. Both are flushed."""
    known.tell(known.Question.STANDING, dataset.dataset_id, (record, dataset))


def _statement() -> Select[tuple[SubmissionRecord, DatasetRecord]]:
    """Made once: to put it together anew takes longer than to have it answered."""
    asked = bindparam("package_id")
    released = (
        select(DatasetRecord.published_submission_id)
        .where(DatasetRecord.dataset_id == asked)
        .scalar_subquery()
    )
    # The open submission written on the package, else the latest.
    written = (
        select(SubmissionRecord.id)
        .where(SubmissionRecord.working_copy_id == asked)
        .order_by(SubmissionRecord.state.in_(OPEN).desc(), SubmissionRecord.created_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(SubmissionRecord, DatasetRecord)
        .outerjoin(DatasetRecord, DatasetRecord.dataset_id == asked)
        .where(SubmissionRecord.id == func.coalesce(released, written))
    )


_STANDING = _statement()
_LOCKED = _STANDING.with_for_update(of=SubmissionRecord).execution_options(populate_existing=True)


def _standing(session: Session, package_id: str, lock: bool) -> Standing:
    query = _LOCKED if lock else _STANDING
    found = session.execute(query, {"package_id": package_id}).one_or_none()
    return (found[0], found[1]) if found else (None, None)


def lock_packages(session: Session, record: SubmissionRecord) -> None:
    """Lock CKAN's rows of both copies, the public one first; always before the submission's."""
    submissions.lock_package(session, record.dataset_id)
    if is_working_copy(record):
        submissions.lock_package(session, record.working_copy_id)


def stand_for(session: Session, submission_id: str, working_id: str, public_id: str) -> None:
    """Remember for ever which public resource a working one stands for."""
    session.add(
        WorkingResourceRecord(
            working_resource_id=working_id,
            public_resource_id=public_id,
            submission_id=submission_id,
        )
    )


def public_ids(session: Session, submission_id: str) -> dict[str, str]:
    """The public resource of each working resource of a submission."""
    query = select(WorkingResourceRecord).where(
        WorkingResourceRecord.submission_id == submission_id
    )
    return {
        row.working_resource_id: row.public_resource_id for row in session.execute(query).scalars()
    }


def public_ones(session: Session, working_id: str) -> list[str]:
    """The public resource a working one stands for, once its edition is the public one."""
    query = (
        select(WorkingResourceRecord.public_resource_id)
        .join(
            DatasetRecord,
            DatasetRecord.published_submission_id == WorkingResourceRecord.submission_id,
        )
        .where(WorkingResourceRecord.working_resource_id == working_id)
    )
    return list(session.execute(query).scalars())


def lasting_ids(session: Session, resource_ids: Iterable[str]) -> dict[str, str]:
    """The id each file has over all its editions: the public one, whichever copy it lies on."""
    asked = list(resource_ids)
    query = select(WorkingResourceRecord).where(
        WorkingResourceRecord.working_resource_id.in_(asked)
    )
    rows = session.execute(query).scalars() if asked else ()
    public = {row.working_resource_id: row.public_resource_id for row in rows}
    return {key: public.get(key, key) for key in asked}


def lasting_id(session: Session, resource_id: str) -> str:
    """`lasting_ids` of one file."""
    return lasting_ids(session, [resource_id])[resource_id]
