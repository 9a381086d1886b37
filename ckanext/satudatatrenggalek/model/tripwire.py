"""Layer 3 of the gate: the database session itself refuses what no release approved."""

from typing import Any

from ckan import model
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from . import passage

GOVERNED = "dataset"

# What the portal's own machines write on a public dataset (DataStore flags, load times).
_TECHNICAL_COLUMNS = frozenset(
    {
        "hash",
        "last_modified",
        "cache_last_updated",
        "cache_url",
        "extras",
        "metadata_modified",
        "plugin_data",
        "size",
        "mimetype",
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


def _check_new(package: model.Package) -> None:
    if not package.private and package.type == GOVERNED:
        raise GateBroken(f"package {package.name}: public without an approval")


def _check_changed(package: model.Package) -> None:
    changed = _changed(package)
    if _was(changed, "owner_org", package.owner_org) not in (None, package.owner_org):
        raise GateBroken(f"package {package.name}: moved to another office without a transfer")
    if package.type != GOVERNED or not set(changed) - {"metadata_modified"}:
        return
    if not package.private and _was(changed, "private", package.private):
        raise GateBroken(f"package {package.name}: made public without an approval")
    if not _was(changed, "private", package.private):
        raise GateBroken(f"package {package.name}: public content changed without a release")


def _check_resource(session: Session, resource: model.Resource, changed: set[str]) -> None:
    if not changed - _TECHNICAL_COLUMNS or passage.is_open_for(resource.package_id):
        return
    with session.no_autoflush:
        package = session.get(model.Package, resource.package_id)
    if package is not None and not package.private and package.type == GOVERNED:
        raise GateBroken(f"resource {resource.id}: public content changed without a release")


def _before_flush(session: Session, _context: Any, _instances: Any) -> None:
    for obj in session.new:
        if isinstance(obj, model.Package) and not passage.is_open_for(obj.id):
            _check_new(obj)
        elif isinstance(obj, model.Resource):
            _check_resource(session, obj, {"new"})
    for obj in session.dirty:
        if isinstance(obj, model.Package) and not passage.is_open_for(obj.id):
            _check_changed(obj)
        elif isinstance(obj, model.Resource):
            _check_resource(session, obj, set(_changed(obj)))
    for obj in session.deleted:
        if isinstance(obj, model.Resource):
            _check_resource(session, obj, {"deleted"})


def arm() -> None:
    """Put the tripwire on CKAN's sessions; safe to call twice."""
    if not event.contains(Session, "before_flush", _before_flush):
        event.listen(Session, "before_flush", _before_flush)


def disarm() -> None:
    """Take it off again: for tests that attack with the other layers alone."""
    if event.contains(Session, "before_flush", _before_flush):
        event.remove(Session, "before_flush", _before_flush)
