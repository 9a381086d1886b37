"""Puts a file's rows into the DataStore with xloader's loader, straight from the store.

xloader's own job downloads the file over HTTP with a token and is started from inside CKAN's
transaction; ours runs from the outbox on the very bytes that were checked.
"""

import json
import logging
from typing import Any
from zipfile import BadZipFile

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import select
from sqlalchemy.exc import DataError
from xlrd.biffh import XLRDError

from ckanext.datastore.backend.postgres import create_indexes, get_write_engine, identifier
from ckanext.xloader import loader
from ckanext.xloader.job_exceptions import FileCouldNotBeLoadedError, JobError
from ckanext.xloader.utils import XLoaderFormats, awaiting_validation, set_resource_metadata

from . import clock
from .model import blobs, checks, copies, datastore, files, journal, tidied
from .model.journal import Boundary

log = logging.getLogger(__name__)
# xloader logs what the database says of a row it refuses, and that is the row itself.
_SILENT = logging.Logger("xloader", logging.CRITICAL + 1)

# A year is a name of a time: it is written 2025, never 2.025, and sorts as text just as well.
_NUMBERS = frozenset({"integer", "number"})
_VIEWS_OF_TABLES = ("datatables_view", "recline_view")
# What xloader and the libraries under it raise for files they cannot read (a web page named .xls,
# a workbook with a broken part): such a file has no table, and the rows behind it are not held up.
_NO_TABLE = (
    JobError,
    FileCouldNotBeLoadedError,
    XLRDError,
    BadZipFile,
    ValueError,
    LookupError,
    SyntaxError,
)


def load_resource(session: Session, resource_id: str) -> bool:
    """Give the bytes a resource serves now a table of their rows, unless they have one.

    The table is filled unseen; the commit of its name shows it.

    :returns: whether the DataStore holds these bytes. A file xloader cannot read has no table, nor
        has an original that its tidied copy covers; the file itself stays downloadable.
    """
    resource = session.get(model.Resource, resource_id)
    bound = files.of_resource(session, resource_id)
    if resource is None or bound is None or resource.state != "active":
        return False
    if tidied.is_covered(session, resource):
        _take_back(session, resource_id)
        return False
    if bound.table_id:
        _offer(resource_id)
        return True
    if not XLoaderFormats.is_it_an_xloader_format(resource.format):
        return False
    if awaiting_validation(_as_validated(session, resource)):
        return False
    table = datastore.name_of(resource_id, bound.sha256, bound.uploaded_at)
    if not datastore.exists(table):
        # What a killed attempt left under the resource's name would be added to.
        datastore.drop(resource_id)
        schema = _schema_of(session, resource)
        with datastore.filling():
            if not _fill(resource_id, bound.sha256, resource.format, schema):
                datastore.drop(resource_id)
                return False
        journal.reach(Boundary.TABLE_FILLED)
        datastore.put_away(resource_id, table)
        journal.reach(Boundary.TABLE_NAMED)
    _finish(session, resource_id, bound.sha256, table)
    return True


def _as_validated(session: Session, resource: model.Resource) -> dict[str, Any]:
    """What xloader asks of a resource where it loads only what passed the check."""
    status, _ = checks.finals(session, [resource.id]).get(resource.id, ("", None))
    return {"schema": (resource.extras or {}).get("schema"), "validation_status": status}


def _schema_of(session: Session, resource: model.Resource) -> dict[str, str]:
    """Types of the columns by the accepted Table Schema, else by the one the check inferred."""
    given = (resource.extras or {}).get("schema")
    if given:
        schema = json.loads(given) if isinstance(given, str) else given
    else:
        report = checks.report_of(session, resource.id) or {}
        schema = report.get("satudata", {}).get("table_schema") or {}
    fields = schema.get("fields", []) if isinstance(schema, dict) else []
    return {field["name"]: field.get("type", "") for field in fields if "name" in field}


def _typed(
    resource_id: str, fields: list[dict[str, Any]], schema: dict[str, str]
) -> list[dict[str, Any]]:
    """Make number columns numbers, so that the API sorts and sums them; codes stay text.

    xloader's COPY makes every column text. A column with anything else in it stays text too.
    """
    return [
        {**field, "type": "numeric"}
        if schema.get(field["id"]) in _NUMBERS and _as_number(resource_id, field["id"])
        else field
        for field in fields
    ]


def _as_number(resource_id: str, column: str) -> bool:
    table, name = identifier(resource_id), identifier(column)
    change = (
        f"ALTER TABLE {table} ALTER COLUMN {name} TYPE numeric "
        f"USING NULLIF(btrim({name}::text), '')::numeric"
    )
    try:
        with get_write_engine().begin() as connection:
            connection.exec_driver_sql(change.replace("%", "%%"))
    except DataError:
        return False
    return True


def _fill(resource_id: str, sha256: str, fmt: str, schema: dict[str, str]) -> bool:
    path = str(blobs.path_of(sha256))
    try:
        try:
            fields = loader.load_csv(
                path, resource_id, fmt, allow_type_guessing=True, logger=_SILENT
            )
            _index_columns(resource_id, _typed(resource_id, fields, schema))
        except JobError:
            loader.load_table(path, resource_id, mimetype=fmt, logger=_SILENT)
        loader.calculate_record_count(resource_id, logger=_SILENT)
    except _NO_TABLE as error:
        # The error's text may hold cells, and cells may hold personal data.
        log.warning("resource %s has no table: %s", resource_id, type(error).__name__)
        return False
    return True


def _index_columns(resource_id: str, fields: list[dict[str, Any]]) -> None:
    """xloader's own function never commits under SQLAlchemy 2 and keeps the table locked."""
    with get_write_engine().begin() as connection:
        create_indexes({"connection": connection}, {"resource_id": resource_id, "fields": fields})


def _finish(session: Session, resource_id: str, sha256: str, table: str) -> None:
    """Say that these bytes have a table, wherever they are served from; offer its preview.

    A release may have moved the bytes to the public resource while the table was filled.
    """
    serving = [resource_id, *copies.public_ones(session, resource_id)]
    for key in serving:
        bound = files.of_resource(session, key)
        if bound is not None and bound.sha256 == sha256 and bound.table_id is None:
            bound.table_id = table
    session.commit()
    journal.reach(Boundary.TABLE_SHOWN)
    for key in serving:
        _offer(key)


def _take_back(session: Session, resource_id: str) -> None:
    """Rows are read from the tidied copy alone: its original has no table and no preview."""
    had = files.without_table(session, resource_id, clock.now())
    views = select(model.ResourceView).where(
        model.ResourceView.resource_id == resource_id,
        model.ResourceView.view_type.in_(_VIEWS_OF_TABLES),
    )
    for view in session.execute(views).scalars():
        session.delete(view)
    session.commit()
    resource = model.Resource.get(resource_id)
    if resource is not None and (had or (resource.extras or {}).get("datastore_active")):
        set_resource_metadata({"resource_id": resource_id, "datastore_active": False})


def _offer(resource_id: str) -> None:
    """CKAN's own flag for a table, and a preview of it; after the table is there to be seen.

    xloader takes the flag back whenever it finds none.
    """
    resource = model.Resource.get(resource_id)
    if resource is None or resource.state != "active":
        return
    if not (resource.extras or {}).get("datastore_active"):
        set_resource_metadata({"resource_id": resource_id, "datastore_active": True})
    machine: Any = {"ignore_auth": True, "user": tk.config["ckan.site_id"]}
    fresh: Any = {**machine}
    shown = tk.get_action("resource_show")(fresh, {"id": resource_id})
    tk.get_action("resource_create_default_resource_views")(
        machine, {"resource": shown, "create_datastore_views": True}
    )
    model.Session.commit()
