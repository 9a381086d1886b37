"""Where the content of a submission lies: on the public dataset, or on a working copy of it.

The first edition is written on the dataset itself, every later one on a private working copy.
A released edition is what the public dataset holds.
"""

from ckan.types import AlchemySession as Session
from sqlalchemy import Select, func, select

from . import submissions
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
    if not lock:
        return standing(session, package_id)[0]
    dataset = submissions.dataset(session, package_id)
    if dataset is not None and dataset.published_submission_id:
        return submissions.by_id(session, dataset.published_submission_id, lock)
    query = _written_at(package_id).with_for_update().execution_options(populate_existing=True)
    return session.execute(query).scalar_one_or_none()


def standing(
    session: Session, package_id: str
) -> tuple[SubmissionRecord | None, DatasetRecord | None]:
    """`governing` and our row of the package as a dataset, by one statement: it is asked often."""
    released = (
        select(DatasetRecord.published_submission_id)
        .where(DatasetRecord.dataset_id == package_id)
        .scalar_subquery()
    )
    written = _written_at(package_id).with_only_columns(SubmissionRecord.id).scalar_subquery()
    query = (
        select(SubmissionRecord, DatasetRecord)
        .outerjoin(DatasetRecord, DatasetRecord.dataset_id == package_id)
        .where(SubmissionRecord.id == func.coalesce(released, written))
    )
    found = session.execute(query).one_or_none()
    return (found[0], found[1]) if found else (None, None)


def _written_at(package_id: str) -> Select[tuple[SubmissionRecord]]:
    """The open submission written on a package, else the latest."""
    return (
        select(SubmissionRecord)
        .where(SubmissionRecord.working_copy_id == package_id)
        .order_by(SubmissionRecord.state.in_(OPEN).desc(), SubmissionRecord.created_at.desc())
        .limit(1)
    )


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


def lasting_id(session: Session, resource_id: str) -> str:
    """The id a file has over all its editions: the public one, whichever copy it lies on."""
    row = session.get(WorkingResourceRecord, resource_id)
    return row.public_resource_id if row else resource_id
