"""What the public catalogue says: words used in public data, newest editions."""

from typing import Any

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import and_, func, select

from .tables import DatasetRecord, EditionRecord, SubmissionRecord


def _is_public() -> Any:
    """A package that our table and CKAN's row both call public."""
    return and_(
        DatasetRecord.dataset_id == model.Package.id,
        DatasetRecord.public_state == "published",
        model.Package.private.is_(False),
        model.Package.state == "active",
    )


def public_packages(session: Session) -> set[str]:
    """Ids and names of all public datasets."""
    query = select(model.Package.id, model.Package.name).join(DatasetRecord, _is_public())
    return {key for row in session.execute(query) for key in row}


def levels_of_public(session: Session, package_ids: list[str]) -> dict[str, str]:
    """The access level of those of these packages that are public now, by id."""
    query = (
        select(model.Package.id, SubmissionRecord.access)
        .join(DatasetRecord, _is_public())
        .join(SubmissionRecord, SubmissionRecord.id == DatasetRecord.published_submission_id)
        .where(model.Package.id.in_(package_ids))
    )
    return dict(session.execute(query).tuples().all())


def public_tags(session: Session) -> set[str]:
    """Tags of public datasets only; a word used in private data stays private (gate row C6)."""
    query = (
        select(model.Tag.name)
        .join(model.PackageTag, model.PackageTag.tag_id == model.Tag.id)
        .join(model.Package, model.Package.id == model.PackageTag.package_id)
        .join(DatasetRecord, _is_public())
        .where(model.PackageTag.state == "active")
    )
    return set(session.execute(query.distinct()).scalars())


def public_formats(session: Session) -> set[str]:
    """File formats of public datasets only, in lower case."""
    query = (
        select(func.lower(model.Resource.format))
        .join(model.Package, model.Package.id == model.Resource.package_id)
        .join(DatasetRecord, _is_public())
        .where(model.Resource.state == "active")
    )
    return {name for name in session.execute(query.distinct()).scalars() if name}


def recent(session: Session, limit: int) -> list[dict[str, Any]]:
    """The public datasets released last."""
    query = (
        select(
            model.Package.id,
            model.Package.name,
            model.Package.title,
            model.Group.title,
            EditionRecord.released_at,
            EditionRecord.number,
            SubmissionRecord.period,
        )
        .select_from(DatasetRecord)
        .join(SubmissionRecord, SubmissionRecord.id == DatasetRecord.published_submission_id)
        .join(EditionRecord, EditionRecord.submission_id == SubmissionRecord.id)
        .join(model.Package, model.Package.id == DatasetRecord.dataset_id)
        .join(model.Group, model.Group.id == DatasetRecord.office_id)
        .where(
            DatasetRecord.public_state == "published",
            model.Package.private.is_(False),
            EditionRecord.superseded_at.is_(None),
        )
        .order_by(EditionRecord.released_at.desc(), EditionRecord.id.desc())
        .limit(limit)
    )
    names = ("id", "name", "title", "office", "released_at", "edition", "period")
    rows = [dict(zip(names, row, strict=True)) for row in session.execute(query)]
    formats = _formats(session, [row["id"] for row in rows])
    return [{**row, "formats": formats.get(row["id"], [])} for row in rows]


def _formats(session: Session, package_ids: list[str]) -> dict[str, list[str]]:
    query = select(model.Resource.package_id, model.Resource.format).where(
        model.Resource.package_id.in_(package_ids), model.Resource.state == "active"
    )
    found: dict[str, set[str]] = {}
    for package_id, name in session.execute(query):
        if name:
            found.setdefault(package_id, set()).add(name.upper())
    return {key: sorted(names) for key, names in found.items()}
