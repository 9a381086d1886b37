"""One town for all attacks: every refusal must leave it as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudatatrenggalek.model import tripwire

from .. import kept_site
from ..world_fixtures import MIGRATED, is_migrated
from . import town as town_module

_TOWNS: list[town_module.Town] = []


@pytest.fixture(scope="package")
def client() -> Any:
    """The application with its plugins."""
    return kept_site.app()


def _stands(town: town_module.Town) -> bool:
    """Whether no other test has emptied the database since the town was built."""
    with model.meta.engine.connect() as connection:
        if not sa.inspect(connection).has_table("satudata_audit"):
            return False
        query = sa.text("SELECT 1 FROM package WHERE id = :id")
        key = town.placed["draft"].id
        return connection.execute(query, {"id": key}).first() is not None


@pytest.fixture(scope="package")
def built(
    client: Any, reset_db: Any, reset_index: Any, reset_queues: Any, migrate_db_for: Any
) -> town_module.Town:
    """The town, built once."""
    if _TOWNS and _stands(_TOWNS[0]):
        return _TOWNS[0]
    reset_db()
    reset_index()
    reset_queues()
    if not is_migrated():
        for plugin in MIGRATED:
            migrate_db_for(plugin)
    _TOWNS[:] = [town_module.settle(client)]
    return _TOWNS[0]


@pytest.fixture
def town(built: town_module.Town, client: Any) -> Iterator[town_module.Town]:
    """The town: tests must leave what it holds as it is."""
    built.portal = client
    tripwire.arm()
    yield built
    model.Session.rollback()
    model.Session.remove()
