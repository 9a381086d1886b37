"""Makes an approved edition the public one, inside the caller's transaction.

Files are kept by content and their rows in tables of their own, so the one commit that follows
switches metadata, visibility, bytes and rows together. The index follows from the outbox.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ..domain import visibility
from ..domain.sop import PublicState, Reading, State
from ..domain.workflow import Submission
from ..model import (
    activities,
    checks,
    copies,
    days_off,
    editions,
    files,
    journal,
    outbox,
    passage,
    submissions,
)
from ..model.journal import Boundary
from ..model.tables import DatasetRecord, EditionRecord, FileRecord
from . import followers, kept_reports, revision
from .content import Identity
from .facts import Facts


@dataclass(frozen=True)
class Release:
    """One edition being released: who lets it go, and when. ``by`` None: the portal itself."""

    session: Session
    dataset: DatasetRecord
    facts: Facts
    by: str | None
    at: datetime


def publish(release: Release) -> None:
    """Number the edition, keep it as it is, and let the public see it if its level says so."""
    session, dataset, facts, at = release.session, release.dataset, release.facts, release.at
    record = facts.record
    _hide_activities(release)
    _supersede(release)
    journal.reach(Boundary.SUPERSEDED)
    dataset.last_edition += 1
    record.edition = dataset.last_edition
    dataset.published_submission_id = record.id
    dataset.public_state = _public_state(facts.submission).value
    dataset.theme = str(facts.package.get("theme") or "")
    dataset.retracted_by = dataset.retracted_for = None
    dataset.retracted_at = dataset.retract_reason = None
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
    session.flush()
    journal.reach(Boundary.NUMBERED)
    closed_files = visibility.lies_in_edition(record.access)
    if copies.is_working_copy(record) or closed_files:
        _replace_public(release)
    if copies.is_working_copy(record):
        revision.put_away(session, record)
        journal.reach(Boundary.PUT_AWAY)
        outbox.add(session, dataset.dataset_id, "index", at, package_id=record.working_copy_id)
    show(session, dataset, facts.submission, at)
    if dataset.public_state == PublicState.PUBLISHED.value:
        same = not (copies.is_working_copy(record) or closed_files)
        followers.tell(session, dataset.dataset_id, _opened(facts, at) if same else None)
    journal.reach(Boundary.SHOWN)
    for file in () if closed_files else facts.content.files:
        outbox.add(session, dataset.dataset_id, "load", at, resource_id=file["resource_id"])


def _opened(facts: Facts, at: datetime) -> dict[str, Any]:
    """The package that was judged, public now: of a first edition nothing else has changed."""
    modified = at.replace(tzinfo=None).isoformat()
    return {**facts.package, "private": False, "metadata_modified": modified}


def _hide_activities(release: Release) -> None:
    """What CKAN's activities say of the former edition, the public reads no longer than itself."""
    session, dataset = release.session, release.dataset
    former = submissions.by_id(session, dataset.published_submission_id or "")
    if former is None:
        return
    now = visibility.public_reading("published", former.access, release.facts.record.access)
    if dataset.public_state == PublicState.RETRACTED.value:
        activities.keep_hidden(session, dataset.dataset_id)
    elif now is not visibility.reading_of(former.access):
        activities.hide(session, dataset.dataset_id, former.access)


def _supersede(release: Release) -> None:
    """The edition so far is no longer the current one; its submission says so."""
    session, at = release.session, release.at
    editions.supersede(session, release.dataset.dataset_id, at)
    former_id = release.dataset.published_submission_id
    former = submissions.by_id(session, former_id, lock=True) if former_id else None
    if former is not None:
        calendar = days_off.calendar(session)
        submissions.leave(session, former, "release", release.by, at, calendar)
        submissions.enter(session, former, State.SUPERSEDED, "release", release.by, at, None, None)


def _replace_public(release: Release) -> None:
    """Let the public dataset hold what the edition shows; its ids and address stay.

    Files of *Terbatas* are kept by content with the edition, and nowhere else.
    """
    session, record, at = release.session, release.facts.record, release.at
    public_id, working = record.dataset_id, release.facts.package
    ids = copies.public_ids(session, record.id)
    names = Identity(public_id, "", ids)
    served = files.of_package(session, record.working_copy_id)
    shown = [] if visibility.lies_in_edition(record.access) else working["resources"]
    kept = {names.public(resource["id"]) for resource in shown}
    with passage.passage(public_id):
        _write(session, public_id, {**working, "resources": shown}, ids, served)
        journal.reach(Boundary.WRITTEN)
        for resource_id in set(files.of_package(session, public_id)) - kept:
            files.unbind(session, resource_id, at)
        for working_id, bound in served.items():
            lasting_id = names.public(working_id)
            if lasting_id in kept:
                files.move(session, bound, lasting_id, public_id, at)
                checks.copy(session, working_id, lasting_id)
            else:
                files.unbind(session, working_id, at)
        session.flush()
    journal.reach(Boundary.BOUND)


def _write(
    session: Session,
    public_id: str,
    working: dict[str, Any],
    ids: dict[str, str],
    served: dict[str, FileRecord],
) -> None:
    public = session.get(model.Package, public_id)
    assert public is not None  # a governed dataset is never purged
    names = Identity(public_id, public.name, ids)
    fresh = {
        **revision.fields_of(working),
        "id": public_id,
        "name": public.name,
        "private": public.private,
        "state": public.state,
        "resources": [
            {
                **names.named(revision.file_fields_of(resource)),
                "datastore_active": bool(_table_of(served.get(resource["id"]))),
            }
            for resource in working["resources"]
        ],
    }
    context: Any = {
        "ignore_auth": True,
        "user": tk.config["ckan.site_id"],
        "defer_commit": True,
        "return_id_only": True,
    }
    tk.get_action("package_update")(context, fresh)


def _table_of(bound: FileRecord | None) -> str | None:
    return bound.table_id if bound else None


def show(session: Session, dataset: DatasetRecord, submission: Submission, at: datetime) -> None:
    """Open the dataset to the public as far as the table gives its level to them.

    Fail-closed: of a level that gives them nothing the whole dataset stays with staff.
    """
    state = _public_state(submission)
    dataset.public_state = state.value
    set_private(dataset.dataset_id, state is not PublicState.PUBLISHED, at)
    if state is PublicState.PUBLISHED:
        activities.show_again(session, dataset.dataset_id, submission.access.value)


def hide(session: Session, dataset: DatasetRecord, submission: Submission, at: datetime) -> None:
    """Take the dataset from the public; what they never knew of leaves no trace there either."""
    if dataset.public_state == PublicState.PUBLISHED.value:
        dataset.public_state = PublicState.RETRACTED.value
        activities.hide(session, dataset.dataset_id, submission.access.value)
    set_private(dataset.dataset_id, True, at)


def _public_state(submission: Submission) -> PublicState:
    reading = visibility.reading_of(submission.access.value)
    return PublicState.NONE if reading is Reading.NOTHING else PublicState.PUBLISHED


def set_private(package_id: str, private: bool, at: datetime) -> None:
    """Flip CKAN's own flag past the gate; everything else of the package stays untouched."""
    with passage.passage(package_id):
        package = model.Package.get(package_id)
        assert package is not None  # a submission's package is never purged
        package.private = private
        package.metadata_modified = at.replace(tzinfo=None)
        model.Session.flush()


def _reports(session: Session, facts: Facts) -> dict[str, Any]:
    """The check reports of the edition's files, by public resource id."""
    ids = copies.public_ids(session, facts.record.id)
    working = [str(resource["id"]) for resource in facts.package["resources"]]
    reports = kept_reports.of_files(session, working)
    return {ids.get(key, key): report for key, report in reports.items()}
