"""Gathers what the domain judges a submission by, from tables, package and check results."""

from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ckanext.scheming import helpers as scheming

from ..domain import visibility
from ..domain.sop import State
from ..domain.workflow import Submission
from ..model import cases, checks, copies, editions, files, signoff, submissions
from ..model.tables import EditionRecord, SubmissionRecord
from . import content, tidied_copies


@dataclass(frozen=True)
class Facts:
    """Everything about one submission at one moment."""

    record: SubmissionRecord
    package: dict[str, Any]
    content: content.Content
    checks: dict[str, dict[str, Any]]
    submission: Submission


def package_of(package_id: str) -> dict[str, Any]:
    """A package dict straight from the database, whoever asks."""
    context: Any = {"ignore_auth": True, "use_cache": False}
    return tk.get_action("package_show")(context, {"id": package_id})


def gather(session: Session, record: SubmissionRecord) -> Facts:
    """All facts of a submission; reads the whole package, or the edition kept of it."""
    if lies_in_edition(record):
        kept = editions.of_submission(session, record.id)
        assert kept is not None  # only a released edition lies there
        return _as_released(session, record, kept)
    package_id = copies.package_id_of(session, record)
    package = package_of(package_id)
    bound = files.of_package(session, package_id)
    checked = checks.summaries(session, package["resources"], bound, package)
    results = tidied_copies.without_covered(session, package["resources"], bound, checked)
    now = content.content_of(package, bound, results, _identity(session, record, package))
    pending = sum(1 for result in results.values() if result["status"] == checks.PENDING)
    submission = brief(
        session,
        record,
        content_hash=now.hash,
        missing_fields=tuple(missing_fields(package)),
        files=len(now.files),
        links=len(package["resources"]) - len(now.files),
        checks_pending=pending,
        stale_copies=tidied_copies.stale_names(session, package["resources"], bound),
        machine_errors=content.items_with_errors(results),
    )
    return Facts(record, package, now, results, submission)


def signed(known: Facts) -> str:
    """What the office's head has signed off: ``none``, ``valid`` (this content) or ``stale``."""
    if not known.record.signed_hash:
        return "none"
    return "valid" if known.record.signed_hash == known.content.hash else "stale"


def lies_in_edition(record: SubmissionRecord) -> bool:
    """Whether the content is the kept edition alone, no package any more.

    A newer one took its place, or its files are not for the public dataset to hold.
    """
    if record.state == State.SUPERSEDED.value:
        return True
    released = record.state in (State.PUBLISHED.value, State.RETRACTED.value)
    return released and visibility.lies_in_edition(record.access)


def _identity(
    session: Session, record: SubmissionRecord, package: dict[str, Any]
) -> content.Identity:
    if not copies.is_working_copy(record):
        return content.Identity(record.dataset_id, package["name"])
    public = session.get(model.Package, record.dataset_id)
    assert public is not None  # a governed dataset is never purged
    ids = copies.public_ids(session, record.id)
    return content.Identity(record.dataset_id, public.name, ids)


def _as_released(session: Session, record: SubmissionRecord, kept: EditionRecord) -> Facts:
    now = content.Content(kept.content_hash, kept.metadata_, tuple(kept.files))
    submission = brief(session, record, content_hash=now.hash, files=len(now.files))
    return Facts(record, kept.metadata_, now, {}, submission)


def placed(record: SubmissionRecord) -> Submission:
    """A submission's place alone, from its row: all that reading it hangs on."""
    return cases.of(record)


def brief(session: Session, record: SubmissionRecord, **more: Any) -> Submission:
    """The domain's submission without reading the package: enough for ``judge``."""
    dataset = submissions.dataset(session, record.dataset_id)
    opened = submissions.open_of(session, record.dataset_id)
    return cases.of(
        record,
        contributors=submissions.contributors(session, record.id),
        checkers=submissions.checkers(session, record.id),
        retracted_by=dataset.retracted_by if dataset else None,
        retracted_for=dataset.retracted_for if dataset else None,
        approved_hash=record.approved_hash or "",
        due=record.due_at,
        release_at=record.release_at,
        has_open_submission=opened is not None and opened.id != record.id,
        signoff=signoff.of_office(session, record.office_id),
        signed_hash=record.signed_hash or "",
        **more,
    )


def dataset_fields() -> list[dict[str, Any]]:
    """The fields of the dataset schema, in its order."""
    schema: Any = scheming.scheming_get_dataset_schema("dataset")
    return schema["dataset_fields"]


def kinds() -> list[str]:
    """Kinds of data a dataset can be of."""
    field = next(row for row in dataset_fields() if row["field_name"] == "jenis")
    return [choice["value"] for choice in field["choices"]]


def field_labels() -> dict[str, str]:
    """Field names with the words people know them by."""
    return {
        field["field_name"]: scheming.scheming_language_text(field["label"])
        for field in dataset_fields()
    }


def missing_fields(package: dict[str, Any]) -> list[str]:
    """Fields needed before submitting that are still empty, in the schema's order."""
    return [
        field["field_name"]
        for field in dataset_fields()
        if _is_needed(field, package) and not _filled(package.get(field["field_name"]))
    ]


def _is_needed(field: dict[str, Any], package: dict[str, Any]) -> bool:
    """Always, or because of what other fields answer (``schemas/dataset.yaml``)."""
    cases = field.get("satudata_required_if") or {}
    return bool(field.get("satudata_required")) or any(
        package.get(name) in answers for name, answers in cases.items()
    )


def _filled(value: Any) -> bool:
    return value not in (None, "", [], {})
