"""What a file is judged against besides its own fields: the edition before, tables it refers to."""

import json
from dataclasses import dataclass, field
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import func, select

from . import copies
from .tables import EditionRecord, FileRecord, WorkingResourceRecord


@dataclass(frozen=True)
class Earlier:
    """A file of the edition before. schema: the one it was checked by, if one was given."""

    sha256: str
    name: str
    period: str
    schema: dict[str, Any] | None


@dataclass(frozen=True)
class Basis:
    """What one file is held against. references: files by the name of their resource."""

    earlier: Earlier | None = None
    references: dict[str, FileRecord] = field(default_factory=dict)
    sheet: str = ""

    @property
    def mark(self) -> str:
        """Text that changes with everything here; empty when there is nothing."""
        parts = [f"sheet={self.sheet}"] if self.sheet else []
        if self.earlier:
            before = self.earlier
            schema = json.dumps(before.schema, sort_keys=True)
            parts.append(f"earlier={before.sha256}|{before.name}|{before.period}|{schema}")
        parts += [f"{name}={row.sha256}" for name, row in sorted(self.references.items())]
        return "|".join(parts)


def of_files(
    session: Session, resources: list[dict[str, Any]], bound: dict[str, FileRecord]
) -> dict[str, Basis]:
    """The basis of each uploaded file among these resources, by resource id.

    :param resources: id, schema and validation_options of each.
    :param bound: the file of each resource that has one.
    """
    package_ids = {row.package_id for row in bound.values() if row.package_id}
    before = {key: _Before(session, key) for key in package_ids}
    found = {}
    for resource in resources:
        file = bound.get(resource["id"])
        if file is None:
            continue
        earlier = before[file.package_id].of(file) if file.package_id else None
        references = _references(session, resource.get("schema"), file)
        sheet = sheet_of(resource.get("validation_options"))
        found[resource["id"]] = Basis(earlier, references, sheet)
    return found


class _Before:
    """The last edition released of what a package edits, other than the one it is editing."""

    def __init__(self, session: Session, package_id: str) -> None:
        self._session = session
        ours = copies.governing(session, package_id)
        query = (
            select(EditionRecord.files, EditionRecord.metadata_)
            .where(EditionRecord.dataset_id == (ours.dataset_id if ours else None))
            .order_by(EditionRecord.number.desc())
            .limit(1)
        )
        if ours is not None and ours.edition is not None:
            query = query.where(EditionRecord.number < ours.edition)
        self._edition = session.execute(query).first()
        served = select(func.count()).where(FileRecord.package_id == package_id)
        self._files = session.execute(served).scalar_one() if self._edition else 0

    def of(self, file: FileRecord) -> Earlier | None:
        if self._edition is None:
            return None
        files, metadata = self._edition
        matched = self._match(file.resource_id, files)
        if matched is None:
            return None
        described = {r.get("id"): r for r in metadata.get("resources", ())}
        schema = read_json((described.get(matched["resource_id"]) or {}).get("schema"))
        period = str(metadata.get("periode") or "")
        return Earlier(matched["sha256"], matched["filename"], period, schema)

    def _match(self, resource_id: str, files: list[dict[str, Any]]) -> dict[str, Any] | None:
        """The same file of the edition before: by id, else by name, else one to one."""
        stands_for = self._session.get(WorkingResourceRecord, resource_id)
        key = stands_for.public_resource_id if stands_for else resource_id
        same = [f for f in files if f["resource_id"] == key]
        if not same:
            resource = self._session.get(model.Resource, resource_id)
            same = [f for f in files if resource is not None and f["name"] == resource.name]
        if not same and len(files) == 1 and self._files == 1:
            same = files
        return same[0] if len(same) == 1 else None


def _references(session: Session, schema: Any, file: FileRecord) -> dict[str, FileRecord]:
    """The files of the same dataset that a Table Schema's foreign keys refer to."""
    names = referred(read_json(schema))
    if not names:
        return {}
    query = (
        select(model.Resource.name, FileRecord)
        .join(FileRecord, FileRecord.resource_id == model.Resource.id)
        .where(
            model.Resource.package_id == file.package_id,
            model.Resource.state == "active",
            model.Resource.name.in_(names),
            model.Resource.id != file.resource_id,
        )
        .order_by(model.Resource.position.desc())
    )
    return dict(session.execute(query).tuples().all())


def referred(schema: dict[str, Any] | None) -> set[str]:
    """Names of the resources that the foreign keys of a Table Schema refer to, itself left out."""
    keys = (schema or {}).get("foreignKeys") or ()
    if not isinstance(keys, list):
        return set()
    references = [key.get("reference") for key in keys if isinstance(key, dict)]
    names = {r.get("resource") for r in references if isinstance(r, dict)}
    return {name for name in names if isinstance(name, str) and name}


def sheet_of(options: Any) -> str:
    """The sheet named by a resource's ``validation_options``, else by the portal's default ones.

    Frictionless writes it as ``{"dialect": {"excel": {"sheet": ...}}}`` (``ods`` likewise);
    older options as ``{"sheet": ...}``.
    """
    default = read_json(tk.config.get("ckanext.validation.default_validation_options"))
    merged = {**(default or {}), **(read_json(options) or {})}
    dialect = merged.get("dialect")
    dialect = dialect if isinstance(dialect, dict) else {}
    kinds = [part for part in (dialect.get("excel"), dialect.get("ods")) if isinstance(part, dict)]
    named = [part.get("sheet") for part in (*kinds, merged)]
    return next((name for name in named if isinstance(name, str)), "")


def read_json(value: Any) -> dict[str, Any] | None:
    """An object kept as JSON text or as it is; None for anything else."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, dict) else None
