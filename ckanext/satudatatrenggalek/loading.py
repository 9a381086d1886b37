"""Puts a file's rows into the DataStore with xloader's loader, straight from the store.

xloader's own job downloads the file over HTTP with a token and is started from inside CKAN's
transaction; ours runs from the outbox on the very bytes that were checked.
"""

import logging
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import AlchemySession as Session

from ckanext.datastore.backend.postgres import create_indexes, get_write_engine
from ckanext.xloader import loader
from ckanext.xloader.job_exceptions import FileCouldNotBeLoadedError, JobError
from ckanext.xloader.utils import XLoaderFormats, set_resource_metadata

from .model import blobs, files

log = logging.getLogger(__name__)


def load_resource(session: Session, resource_id: str) -> bool:
    """Load the bytes a resource serves now, unless its table already holds them.

    :returns: whether the DataStore holds these bytes. A file xloader cannot read has no table;
        that is no error, the file itself stays downloadable.
    """
    resource = session.get(model.Resource, resource_id)
    bound = files.of_resource(session, resource_id)
    if resource is None or bound is None or resource.state != "active":
        return False
    if bound.loaded_sha256 == bound.sha256:
        return True
    if not XLoaderFormats.is_it_an_xloader_format(resource.format):
        return False
    sha256 = bound.sha256
    if not _fill(resource_id, sha256, resource.format):
        return False
    _finish(session, resource_id, sha256)
    return True


def _fill(resource_id: str, sha256: str, fmt: str) -> bool:
    path = str(blobs.path_of(sha256))
    try:
        try:
            fields = loader.load_csv(path, resource_id, fmt, allow_type_guessing=True, logger=log)
            _index_columns(resource_id, fields)
        except JobError:
            loader.load_table(path, resource_id, mimetype=fmt, logger=log)
        loader.calculate_record_count(resource_id, logger=log)
    except (JobError, FileCouldNotBeLoadedError) as error:
        # The error's text may hold cells, and cells may hold personal data.
        log.warning("resource %s has no table: %s", resource_id, type(error).__name__)
        return False
    return True


def _index_columns(resource_id: str, fields: list[dict[str, Any]]) -> None:
    """xloader's own function never commits under SQLAlchemy 2 and keeps the table locked."""
    with get_write_engine().begin() as connection:
        create_indexes({"connection": connection}, {"resource_id": resource_id, "fields": fields})


def _finish(session: Session, resource_id: str, sha256: str) -> None:
    """Say that there is a table and which bytes it holds; offer its preview."""
    set_resource_metadata({"resource_id": resource_id, "datastore_active": True})
    machine: Any = {"ignore_auth": True, "user": tk.config["ckan.site_id"]}
    fresh: Any = {**machine}
    shown = tk.get_action("resource_show")(fresh, {"id": resource_id})
    tk.get_action("resource_create_default_resource_views")(
        machine, {"resource": shown, "create_datastore_views": True}
    )
    bound = files.of_resource(session, resource_id)
    if bound is not None:
        bound.loaded_sha256 = sha256
    session.commit()
