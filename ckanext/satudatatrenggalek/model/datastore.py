"""Tables of rows: filled once under a file's own name, then put away under a name of their own.

A table that is read never changes. Which one a resource reads is a column of ``satudata_file``,
so one commit of the main database switches metadata, bytes and rows together.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from ckanext.datastore.backend.postgres import get_write_engine, identifier

_NAMES = uuid.UUID("6f0f8f6e-5a0f-4c1e-9a43-7203a1b0c5d2")
_PATIENCE = "SET LOCAL lock_timeout = '2s'"
_filling: ContextVar[bool] = ContextVar("satudata_filling", default=False)


def name_of(resource_id: str, sha256: str, uploaded_at: datetime) -> str:
    """The name of the table of one upload: the same for every attempt to fill it."""
    return str(uuid.uuid5(_NAMES, f"{resource_id}|{sha256}|{uploaded_at.isoformat()}"))


@contextmanager
def filling() -> Iterator[None]:
    """While a table is filled the loader names it after its resource; nobody is led elsewhere."""
    token = _filling.set(True)
    try:
        yield
    finally:
        _filling.reset(token)


def is_filling() -> bool:
    """Whether this process is filling a table right now."""
    return _filling.get()


def exists(table: str) -> bool:
    """Whether there is a table of this name."""
    with get_write_engine().connect() as connection:
        return _is_there(connection, table)


def tables() -> list[str]:
    """Names of all tables of the DataStore."""
    query = sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    with get_write_engine().connect() as connection:
        return list(connection.execute(query).scalars())


def _is_there(connection: Connection, table: str) -> bool:
    query = sa.text("SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = :name")
    return connection.execute(query, {"name": table}).first() is not None


def put_away(filled: str, table: str) -> None:
    """Give a filled table its own name, in one transaction; nobody reads it yet under either.

    Its indexes are renamed with it: CKAN names them after the resource, whose next table would
    find the names taken.
    """
    with get_write_engine().begin() as connection:
        connection.execute(sa.text(_PATIENCE))
        connection.execute(sa.text(f"DROP TABLE IF EXISTS {identifier(table)} CASCADE"))
        query = sa.text(
            "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename = :name"
        )
        for (index,) in connection.execute(query, {"name": filled}).all():
            fresh = identifier(str(uuid.uuid5(_NAMES, f"{table}|{index}")))
            connection.execute(sa.text(f"ALTER INDEX {identifier(index)} RENAME TO {fresh}"))
        rename = f"ALTER TABLE {identifier(filled)} RENAME TO {identifier(table)}"
        connection.execute(sa.text(rename))
        _forget(connection, filled, table)


def _forget(connection: Connection, *tables: str) -> None:
    """What CKAN counted of tables of these names; it counts again when it is asked."""
    query = sa.text("DELETE FROM _table_stats WHERE resource_id = ANY(:names)")
    connection.execute(query, {"names": list(tables)})


def drop(table: str) -> None:
    """Remove a table and what CKAN counted of it. No harm when it is gone already.

    :raises OperationalError: somebody still reads it; try again later.
    """
    with get_write_engine().begin() as connection:
        connection.execute(sa.text(_PATIENCE))
        connection.execute(sa.text(f"DROP TABLE IF EXISTS {identifier(table)} CASCADE"))
        _forget(connection, table)
