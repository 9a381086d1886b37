"""*Alihkan*: a dataset and all its editions move to another office, by decree (ADR 12)."""

from datetime import datetime
from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session

from ..domain.sop import OPEN_STATES, State
from ..model import office_datasets, outbox, passage
from ..model.tables import DatasetRecord, SubmissionRecord
from . import facts, showing


def carry(
    session: Session, dataset: DatasetRecord, office_id: str, at: datetime
) -> list[SubmissionRecord]:
    """Move a dataset's rows, packages and running clocks; findings, history and times stay.

    The caller holds the locks of the packages and of the dataset's row, and frees claims.

    :returns: the submissions of the dataset, locked.
    """
    records = office_datasets.of_dataset(session, dataset.dataset_id, lock=True)
    opened = next((row for row in records if State(row.state) in OPEN_STATES), None)
    before = facts.gather(session, opened).content.hash if opened else ""
    for record in records:
        record.office_id = office_id
    dataset.office_id = office_id
    office_datasets.move_stays(session, dataset.dataset_id, office_id)
    places = {dataset.dataset_id} | ({opened.working_copy_id} if opened else set())
    for package_id in sorted(places):
        _move_package(package_id, office_id, at)
        outbox.add(session, dataset.dataset_id, "index", at, package_id=package_id)
    session.flush()
    if opened:
        _rebind(opened, before, facts.gather(session, opened).content.hash)
    return records


def _move_package(package_id: str, office_id: str, at: datetime) -> None:
    """CKAN's own row, past the gate; everything else of the package stays untouched."""
    with passage.passage(package_id):
        package = model.Package.get(package_id)
        assert package is not None  # a governed dataset is never purged
        package.owner_org = office_id
        package.metadata_modified = at.replace(tzinfo=None)
        model.Session.flush()


def _rebind(record: SubmissionRecord, before: str, after: str) -> None:
    """An approval stays one: nothing but the office changed. A sign-off was the other head's."""
    if record.content_hash == before:
        record.content_hash = after
    if record.approved_hash == before:
        record.approved_hash = after
    record.signed_hash = record.signed_by = record.signed_at = None


def details(former: str, dataset: DatasetRecord, decree: str, paper_id: str) -> dict[str, Any]:
    """Both offices and the decree, for the record."""
    return {
        "from_office": showing.office_of(former),
        "to_office": showing.office_of(dataset.office_id),
        "decree": decree,
        "paper_id": paper_id,
    }
