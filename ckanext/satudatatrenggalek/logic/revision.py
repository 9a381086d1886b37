"""*Perbarui*: a private working copy of a released dataset, and its being put away again.

The public dataset stays as it is, under its ids and addresses. The copy is a package of CKAN's
own, so that its forms and API write it, and every layer of the gate stands before it.
"""

from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ..domain.sop import State
from ..model import copies, editions, files, passage, submissions
from ..model.tables import DatasetRecord, SubmissionRecord, new_id
from . import content, people, registration
from .facts import lies_in_edition, package_of

_LONGEST_NAME = 80
# Of what machines write, all that says what a file is.
_KEPT_OF_FILE = frozenset({"last_modified", "mimetype", "size"})


def begin(
    session: Session, dataset: DatasetRecord, person: people.Person, at: datetime
) -> SubmissionRecord:
    """Copy the public dataset and open the submission of its next edition.

    The caller puts it into its state and on the record.
    """
    public, kept = _released(session, dataset)
    record = SubmissionRecord(
        id=new_id(),
        dataset_id=dataset.dataset_id,
        working_copy_id=new_id(),
        created_by=person.id,
        created_at=at,
        updated_at=at,
        round=0,
        state=State.DRAFT.value,
    )
    registration.describe(record, public)
    _copy(session, record, public, person)
    _bring_back(session, record, kept, at)
    session.add(record)
    session.flush()
    registration.queue_checks(session, record.dataset_id, record.working_copy_id, at)
    _contributors(session, record, person, at)
    return record


def _released(
    session: Session, dataset: DatasetRecord
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the dataset holds, and the files that its edition alone has (*Terbatas*)."""
    public = package_of(dataset.dataset_id)
    released = submissions.by_id(session, dataset.published_submission_id or "")
    edition = editions.of_submission(session, released.id) if released else None
    if edition is None or released is None or not lies_in_edition(released):
        return public, []
    stored = {file["resource_id"]: file for file in edition.files}
    resources = [
        {**resource, **{name: stored[resource["id"]][name] for name in ("size", "mimetype")}}
        for resource in edition.metadata_["resources"]
    ]
    return {**public, "resources": resources}, list(edition.files)


def _bring_back(
    session: Session, record: SubmissionRecord, kept: list[dict[str, Any]], at: datetime
) -> None:
    """Let the working copy serve the files of the edition, as long as it is written."""
    session.flush()
    working = {public: own for own, public in copies.public_ids(session, record.id).items()}
    for file in kept:
        files.bind(
            session,
            working[file["resource_id"]],
            record.working_copy_id,
            file["sha256"],
            file["size"],
            file["filename"],
            file["mimetype"],
            file.get("uploaded_by"),
            at,
        )


def _contributors(
    session: Session, record: SubmissionRecord, person: people.Person, at: datetime
) -> None:
    """Four eyes: who began the edition, and who uploaded the files it begins with."""
    if person.id:
        people.contribute(session, record, person.id, "edit", at)
    bound = files.of_package(session, record.working_copy_id)
    for user_id in {file.uploaded_by for file in bound.values() if file.uploaded_by}:
        submissions.contribute(session, record.id, user_id, "upload", at)


def _copy(
    session: Session, record: SubmissionRecord, public: dict[str, Any], person: people.Person
) -> None:
    pairs = {resource["id"]: new_id() for resource in public["resources"]}
    fresh = {
        **fields_of(public),
        "id": record.working_copy_id,
        "name": f"{public['name'][:_LONGEST_NAME]}-perbarui-{record.working_copy_id[:6]}",
        "private": True,
        "state": "active",
        "resources": [
            {**file_fields_of(resource), "id": pairs[resource["id"]]}
            for resource in public["resources"]
        ],
    }
    user = model.User.get(person.id)
    assert user is not None  # somebody who takes this step is signed in
    context: Any = {
        "ignore_auth": True,
        "user": user.name,
        "auth_user_obj": user,
        "defer_commit": True,
        "return_id_only": True,
    }
    with passage.passage(record.working_copy_id):
        tk.get_action("package_create")(context, fresh)
    bound = files.of_package(session, public["id"])
    for public_id, working_id in pairs.items():
        copies.stand_for(session, record.id, working_id, public_id)
        if public_id in bound:
            files.copy(session, bound[public_id], working_id, record.working_copy_id)


def fields_of(package: dict[str, Any]) -> dict[str, Any]:
    """What people wrote about a dataset, as an action takes it; files are left to the caller."""
    kept = {k: v for k, v in package.items() if k not in content.TECHNICAL_DATASET}
    kept["tags"] = [{"name": tag["name"]} for tag in package.get("tags", ())]
    kept["groups"] = [{"id": group["id"]} for group in package.get("groups", ())]
    return kept


def file_fields_of(resource: dict[str, Any]) -> dict[str, Any]:
    """What people wrote about a file, and what kind of file it is."""
    kept = {
        k: v
        for k, v in resource.items()
        if k in _KEPT_OF_FILE or k not in content.TECHNICAL_RESOURCE
    }
    if resource.get("url_type") == "upload":
        kept["url"] = str(resource.get("url", "")).rsplit("/", 1)[-1]
    return kept


def put_away(session: Session, record: SubmissionRecord) -> None:
    """The working copy is nobody's any more; what it stood for stays on our tables."""
    package = session.get(model.Package, record.working_copy_id)
    assert package is not None  # working copies are never purged
    with passage.passage(record.working_copy_id):
        package.state = "deleted"
        session.flush()
