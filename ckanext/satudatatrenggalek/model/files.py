"""Which bytes each resource serves."""

from datetime import datetime

from ckan.types import AlchemySession as Session
from sqlalchemy import select

from .tables import FileRecord


def of_resource(session: Session, resource_id: str) -> FileRecord | None:
    """The binding of one resource."""
    return session.get(FileRecord, resource_id)


def of_package(session: Session, package_id: str) -> dict[str, FileRecord]:
    """The bindings of a package's resources, by resource id."""
    query = select(FileRecord).where(FileRecord.package_id == package_id)
    return {row.resource_id: row for row in session.execute(query).scalars()}


def bind(
    session: Session,
    resource_id: str,
    package_id: str | None,
    sha256: str,
    size: int,
    filename: str,
    mimetype: str | None,
    user_id: str | None,
    at: datetime,
) -> None:
    """Let a resource serve these bytes once the transaction is committed."""
    row = session.get(FileRecord, resource_id)
    if row is None:
        row = FileRecord(resource_id=resource_id)
        session.add(row)
    row.package_id = package_id
    row.sha256, row.size = sha256, size
    row.filename, row.mimetype = filename, mimetype
    row.uploaded_by, row.uploaded_at = user_id, at


def unbind(session: Session, resource_id: str) -> None:
    """Let a resource serve no bytes; the bytes themselves stay in the store."""
    row = session.get(FileRecord, resource_id)
    if row is not None:
        session.delete(row)
