"""Tables of the DataStore against the files that name them."""

import re
from collections.abc import Iterator

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select

from ..model import datastore
from ..model.tables import FileRecord, OutboxRecord
from .difference import Difference

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def compare(session: Session) -> Iterator[Difference]:
    """Tables that files name and are not there; tables that no file names.

    Read in this order: a table is there before its file names it, and its work waits until then.
    """
    there = {name for name in datastore.tables() if _UUID.fullmatch(name)}
    on_the_way = set(_on_the_way(session))
    query = (
        select(FileRecord.table_id, FileRecord.filename, model.Package.name)
        .outerjoin(model.Package, model.Package.id == FileRecord.package_id)
        .where(FileRecord.table_id.is_not(None))
    )
    named = set()
    for table, filename, package in session.execute(query):
        named.add(table)
        if table not in there:
            said = f"Tabel DataStore berkas {filename} dataset {package} tidak ada."
            yield Difference("table-missing", table, said)
    for table in sorted(there - named - on_the_way):
        said = f"Tabel DataStore {table} tidak dipakai berkas mana pun."
        yield Difference("table-orphan", table, said)


def _on_the_way(session: Session) -> Iterator[str]:
    """Tables that waiting work is about to fill, name or drop."""
    query = select(OutboxRecord.kind, OutboxRecord.payload).where(
        OutboxRecord.kind.in_(("load", "drop")), OutboxRecord.done_at.is_(None)
    )
    for kind, payload in session.execute(query).all():
        if kind == "drop":
            yield payload["table_id"]
            continue
        key = payload["resource_id"]
        yield key
        bound = session.get(FileRecord, key)
        if bound is not None:
            yield datastore.name_of(key, bound.sha256, bound.uploaded_at)
