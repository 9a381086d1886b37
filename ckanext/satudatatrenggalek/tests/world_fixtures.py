"""Fixtures for tests that need the portal: import into the ``conftest`` of a room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

import ckanext.satudatatrenggalek.migration as migration

from . import kept_site
from . import world as world_module

MIGRATED = ("activity", "harvest", "satudatatrenggalek")


_VERSIONS = Path(next(iter(migration.__path__)), "satudatatrenggalek/versions")
_KEPT = "satudatatrenggalek_alembic_version"


def is_migrated() -> bool:
    """Whether the database, kept from one run to the next, is as the newest migration leaves it."""
    newest = max(path.name[:4] for path in _VERSIONS.glob("[0-9]*.py"))
    if not sa.inspect(model.meta.engine).has_table(_KEPT):
        return False
    with model.meta.engine.connect() as connection:
        kept = connection.execute(sa.text(f"SELECT version_num FROM {_KEPT}")).scalar()
    return kept == newest


@pytest.fixture
def loaded(ckan_config: Any) -> Any:
    """The test client of the application, its plugins loaded."""
    model.Session.remove()  # a test that broke off leaves its transaction
    return kept_site.app()


@pytest.fixture
def portal(
    loaded: Any,
    clean_db: Any,
    clean_index: Any,
    clean_queues: Any,
    migrate_db_for: Any,
) -> Iterator[Any]:
    """The whole portal, empty: migrated database, index and queue. Gives the test client."""
    if not is_migrated():
        for plugin in MIGRATED:
            migrate_db_for(plugin)
    with model.meta.engine.begin() as connection:
        # Nothing else empties the record: it refuses, and CKAN's cleaning does not know it.
        connection.execute(sa.text("ALTER TABLE satudata_audit DISABLE TRIGGER USER"))
        connection.execute(sa.text("TRUNCATE satudata_audit"))
        connection.execute(sa.text("ALTER TABLE satudata_audit ENABLE TRIGGER USER"))
    yield loaded
    model.Session.rollback()


@pytest.fixture
def world(portal: Any) -> world_module.World:
    """The small regency."""
    return world_module.build()
