"""Makes an approved edition the public one, inside the caller's transaction.

Files are kept by content, so the one commit that follows switches metadata, visibility and
bytes together. Index and DataStore follow from the outbox.
"""

from datetime import datetime
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session

from ..domain.sop import Access, PublicState
from ..domain.workflow import Submission
from ..model import editions, outbox, passage
from ..model.tables import DatasetRecord, EditionRecord
from . import kept_reports
from .facts import Facts


def publish(session: Session, dataset: DatasetRecord, facts: Facts, at: datetime) -> None:
    """Number the edition, keep it as it is, and let the public see it if its level says so."""
    record = facts.record
    dataset.last_edition += 1
    record.edition = dataset.last_edition
    dataset.published_submission_id = record.id
    editions.supersede(session, dataset.dataset_id, at)
    session.add(
        EditionRecord(
            dataset_id=dataset.dataset_id,
            number=record.edition,
            submission_id=record.id,
            metadata_=facts.content.metadata,
            files=list(facts.content.files),
            content_hash=facts.content.hash,
            check_report=_reports(session, facts),
            approved_by=record.approved_by,
            approved_at=record.approved_at,
            released_at=at,
        )
    )
    show(dataset, facts.submission, at)
    for file in facts.content.files:
        outbox.add(session, dataset.dataset_id, "load", at, resource_id=file["resource_id"])


def show(dataset: DatasetRecord, submission: Submission, at: datetime) -> None:
    """Open the dataset to the public, unless its access level keeps it closed.

    Fail-closed: only *Terbuka* is shown; every other level stays with staff.
    """
    if submission.access is not Access.OPEN:
        dataset.public_state = PublicState.NONE.value
        return
    dataset.public_state = PublicState.PUBLISHED.value
    set_private(dataset.dataset_id, False, at)


def set_private(package_id: str, private: bool, at: datetime) -> None:
    """Flip CKAN's own flag past the gate; everything else of the package stays untouched."""
    with passage.passage(package_id):
        package = model.Package.get(package_id)
        assert package is not None  # a submission's package is never purged
        package.private = private
        package.metadata_modified = at.replace(tzinfo=None)
        model.Session.flush()


def _reports(session: Session, facts: Facts) -> dict[str, Any]:
    return {
        file["resource_id"]: kept_reports.kept(session, file["resource_id"])
        for file in facts.content.files
    }
