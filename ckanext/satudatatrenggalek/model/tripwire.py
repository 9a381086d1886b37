"""Layer 3 of the gate: the database session itself refuses what no release approved.

Independent of a package's type: whatever is public must be so by an approved submission.
"""

from typing import Any

from ckan import model
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session

from ..domain import visibility
from ..domain.sop import Reading
from . import passage
from .tables import DatasetRecord, FileRecord, SubmissionRecord

# What the portal's own machines write on a public dataset (DataStore flags, load times).
_TECHNICAL = {
    model.Package: {"metadata_modified"},
    FileRecord: {"table_id"},
    model.PackageTag: set[str](),
    model.Resource: {
        "hash",
        "last_modified",
        "cache_last_updated",
        "cache_url",
        "metadata_modified",
        "plugin_data",
        "size",
        "mimetype",
    },
}
_TECHNICAL_EXTRAS = frozenset(
    {
        "ckan_url",
        "datastore_active",
        "datastore_contains_all_records_of_source_file",
        "original_url",
        "resource_id",
        "set_url_type",
        "task_created",
        "tidied_copy",
        "tidied_role",
        "validation_status",
        "validation_timestamp",
        "variabel",
    }
)


class GateBroken(Exception):
    """Something wrote past the procedure; the transaction must not be committed."""


def _changed(obj: Any) -> dict[str, Any]:
    state = inspect(obj)
    return {
        name: state.attrs[name].history
        for name in state.mapper.column_attrs.keys()  # noqa: SIM118  (not a dict)
        if state.attrs[name].history.has_changes()
    }


def _was(changed: dict[str, Any], name: str, now: Any) -> Any:
    history = changed.get(name)
    return history.deleted[0] if history is not None and history.deleted else now


def _content_changes(obj: Any) -> set[str]:
    """Names of changed columns that are content, not a machine's note."""
    changed = _changed(obj)
    names = set(changed) - _TECHNICAL[type(obj)]
    if isinstance(obj, model.Resource) and "extras" in names:
        before, after = _was(changed, "extras", {}) or {}, obj.extras or {}
        differ = {k for k in {*before, *after} if before.get(k) != after.get(k)}
        if differ <= _TECHNICAL_EXTRAS:
            names.discard("extras")
    return names


def _check_package(session: Session, package: model.Package, how: str) -> None:
    """A package row that is written: new, changed or deleted."""
    changed = _changed(package)
    was_private = True if how == "new" else _was(changed, "private", package.private)
    if not package.private and was_private:
        released = _check_approved(session, package.id, package.name)
        if visibility.lies_in_edition(released.access):
            _check_holds_no_files(session, package)
    if passage.is_open_for(package.id):
        return
    if not package.private and was_private:
        raise GateBroken(f"package {package.name}: made public without an approval")
    if how != "new" and _was(changed, "owner_org", package.owner_org) not in (
        None,
        package.owner_org,
    ):
        raise GateBroken(f"package {package.name}: moved to another office without a transfer")
    if not was_private and (how == "deleted" or _content_changes(package)):
        raise GateBroken(f"package {package.name}: public content changed without a release")


def _check_approved(session: Session, package_id: str, name: str) -> SubmissionRecord:
    """Even the workflow opens only what somebody approved, and no closed level."""
    with session.no_autoflush:
        dataset = session.get(DatasetRecord, package_id) if package_id else None
        submission = _released(session, dataset)
    if dataset is None or submission is None or dataset.public_state != "published":
        raise GateBroken(f"package {name}: public without an approval")
    if not (submission.approved_hash and submission.approved_by):
        raise GateBroken(f"package {name}: public without an approval")
    if visibility.reading_of(submission.access) is Reading.NOTHING:
        raise GateBroken(f"package {name}: public although its level is closed")
    return submission


def _released(session: Session, dataset: DatasetRecord | None) -> SubmissionRecord | None:
    submission_id = dataset.published_submission_id if dataset else None
    return session.get(SubmissionRecord, submission_id) if submission_id else None


def _check_holds_no_files(session: Session, package: model.Package) -> None:
    """A public dataset of *Terbatas* has no files, whoever opens it."""
    with session.no_autoflush:
        for table in (model.Resource, FileRecord):
            query = select(table).where(table.package_id == package.id)
            if any(_is_served(row) for row in session.execute(query).scalars()):
                raise GateBroken(f"package {package.name}: public with files of a restricted level")


def _is_served(part: Any) -> bool:
    return isinstance(part, FileRecord) or getattr(part, "state", "") == "active"


def _check_part_may_be_public(session: Session, package: model.Package, obj: Any) -> None:
    if package.private or not isinstance(obj, (model.Resource, FileRecord)) or not _is_served(obj):
        return
    with session.no_autoflush:
        released = _released(session, session.get(DatasetRecord, package.id))
    if released is not None and visibility.lies_in_edition(released.access):
        raise GateBroken(f"package {package.name}: a file of a restricted level made public")


def _package_of(session: Session, obj: Any) -> model.Package | None:
    """The package a part belongs to, whether it is named by its id or hung on it as an object."""
    if isinstance(obj, FileRecord):
        resource = session.get(model.Resource, obj.resource_id)
        package_id = obj.package_id or (resource.package_id if resource else None)
        return session.get(model.Package, package_id) if package_id else None
    if obj.package_id:
        return session.get(model.Package, obj.package_id)
    return obj.package


def _check_part(session: Session, obj: Any, how: str) -> None:
    """A row that belongs to a package: resource, file binding, tag."""
    if how == "changed" and not _content_changes(obj):
        return
    with session.no_autoflush:
        package = _package_of(session, obj)
    if package is None:
        return
    if how != "deleted":
        _check_part_may_be_public(session, package, obj)
    if passage.is_open_for(package.id):
        return
    if not _was(_changed(package), "private", package.private):
        raise GateBroken(f"package {package.name}: public content changed without a release")


def _check(session: Session, obj: Any, how: str) -> None:
    if isinstance(obj, model.Package):
        _check_package(session, obj, how)
    elif isinstance(obj, (model.Resource, FileRecord, model.PackageTag)):
        _check_part(session, obj, how)
    elif isinstance(obj, DatasetRecord) and obj.public_state == "published" and how != "deleted":
        _check_approved(session, obj.dataset_id, obj.dataset_id)


def _before_flush(session: Session, _context: Any, _instances: Any) -> None:
    for how, objects in (
        ("new", session.new),
        ("changed", session.dirty),
        ("deleted", session.deleted),
    ):
        for obj in objects:
            _check(session, obj, how)


def _before_bulk(state: ORMExecuteState) -> None:
    """UPDATE and DELETE by query pass no flush: look at the rows they would reach."""
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    written = state.bind_mapper.class_
    if written in (model.Package, DatasetRecord):
        raise GateBroken(f"{written.__name__}: written by a query, past the flush")
    if written in _TECHNICAL:
        where = getattr(state.statement, "whereclause", None)
        query = select(written) if where is None else select(written).where(where)
        with state.session.no_autoflush:
            reached = list(state.session.execute(query).scalars())
        for row in reached:
            _check_part(state.session, row, "deleted")


_LISTENERS = (("before_flush", _before_flush), ("do_orm_execute", _before_bulk))


def arm() -> None:
    """Put the tripwire on CKAN's sessions; safe to call twice."""
    for name, listener in _LISTENERS:
        if not event.contains(Session, name, listener):
            event.listen(Session, name, listener)


def disarm() -> None:
    """Take it off again: for tests that attack with the other layers alone."""
    for name, listener in _LISTENERS:
        if event.contains(Session, name, listener):
            event.remove(Session, name, listener)
