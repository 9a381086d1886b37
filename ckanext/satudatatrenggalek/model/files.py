"""Which bytes, and which table of their rows, each resource serves."""

from datetime import datetime, timedelta

from ckan.types import AlchemySession as Session
from sqlalchemy import exists, select

from . import outbox
from .tables import FileRecord

# A download in pages goes on reading the table it began with.
_READERS_FINISH = timedelta(minutes=30)


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
    """Let a resource serve these bytes once the transaction is committed; their rows follow."""
    row = _row(session, resource_id)
    _let_go(session, row, at)
    row.package_id = package_id
    row.sha256, row.size = sha256, size
    row.filename, row.mimetype = filename, mimetype
    row.uploaded_by, row.uploaded_at = user_id, at


def copy(session: Session, source: FileRecord, resource_id: str, package_id: str) -> FileRecord:
    """Let a resource serve what another one does: bytes and rows, whoever uploaded them."""
    row = _row(session, resource_id)
    row.package_id = package_id
    row.sha256, row.size = source.sha256, source.size
    row.filename, row.mimetype = source.filename, source.mimetype
    row.uploaded_by, row.uploaded_at = source.uploaded_by, source.uploaded_at
    row.table_id = source.table_id
    return row


def move(
    session: Session, source: FileRecord, resource_id: str, package_id: str, at: datetime
) -> None:
    """Let a resource serve what another one did until now, and that one nothing."""
    row = session.get(FileRecord, resource_id)
    if row is not None and row.table_id != source.table_id:
        _let_go(session, row, at)
    copy(session, source, resource_id, package_id)
    session.delete(source)


def unbind(session: Session, resource_id: str, at: datetime) -> None:
    """Let a resource serve nothing; the bytes themselves stay in the store."""
    row = session.get(FileRecord, resource_id)
    if row is not None:
        _let_go(session, row, at)
        session.delete(row)


def without_table(session: Session, resource_id: str, at: datetime) -> bool:
    """Let the rows of what a resource serves be read no longer; whether they were until now."""
    row = session.get(FileRecord, resource_id)
    if row is None or row.table_id is None:
        return False
    _let_go(session, row, at)
    return True


def of_table(session: Session, table_id: str) -> bool:
    """Whether any resource reads this table."""
    query = select(exists().where(FileRecord.table_id == table_id))
    return bool(session.execute(query).scalar_one())


def _row(session: Session, resource_id: str) -> FileRecord:
    row = session.get(FileRecord, resource_id)
    if row is None:
        row = FileRecord(resource_id=resource_id)
        session.add(row)
    return row


def _let_go(session: Session, row: FileRecord, at: datetime) -> None:
    """The table this row named goes once its readers have finished, if no other row names it."""
    if row.table_id:
        place = row.package_id or row.resource_id
        later = at + _READERS_FINISH
        outbox.add(session, place, "drop", at, later, table_id=row.table_id)
        row.table_id = None
