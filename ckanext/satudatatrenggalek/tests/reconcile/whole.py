"""What the comparison tells now, and hands to damage with past the portal."""

from __future__ import annotations

from typing import Any

from ckan import model
from sqlalchemy import text

from ckanext.satudatatrenggalek import clock
from ckanext.satudatatrenggalek.model import blobs, datastore, files
from ckanext.satudatatrenggalek.model.papers import PaperRecord
from ckanext.satudatatrenggalek.model.tables import EditionRecord, FileRecord
from ckanext.satudatatrenggalek.reconcile import compare

UNUSED = "6f0f8f6e-0000-4c1e-9a43-7203a1b0c5d2"


def drop_what_other_tests_left() -> None:
    """The tests' own cleaning leaves the DataStore and the files as they are."""
    named = {row.table_id for row in model.Session.query(FileRecord)}
    kept = {row.sha256 for row in model.Session.query(FileRecord)}
    kept |= {file["sha256"] for row in model.Session.query(EditionRecord) for file in row.files}
    kept |= {row.sha256 for row in model.Session.query(PaperRecord)}
    model.Session.rollback()
    for path in blobs.root().rglob("*"):
        if path.is_file() and path.name not in kept:
            path.unlink()
    for table in datastore.tables():
        if len(table) == len(UNUSED) and table not in named:
            datastore.drop(table)


def told() -> list[tuple[str, str]]:
    model.Session.rollback()
    found = [(one.kind, one.text) for one in compare.compare(model.Session, clock.now())]
    model.Session.rollback()
    return found


def sql(statement: str, **values: Any) -> None:
    with model.meta.engine.begin() as connection:
        connection.execute(text(statement), values)


def id_of(name: str) -> str:
    package = model.Package.get(name)
    assert package is not None
    return package.id


def file_of(name: str) -> Any:
    return next(iter(files.of_package(model.Session, id_of(name)).values()))
