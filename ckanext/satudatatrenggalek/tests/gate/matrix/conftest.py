"""The matrix of datasets, built once for its tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek.model import tripwire

from ...world import build
from ...world_fixtures import MIGRATED, is_migrated
from . import place
from .connections import kept_connections


@pytest.fixture(scope="package")
def placed(
    client: Any, reset_db: Any, reset_index: Any, reset_queues: Any, migrate_db_for: Any
) -> Iterator[place.Matrix]:
    """The datasets of the matrix on an empty portal."""
    reset_db()
    reset_index()
    reset_queues()
    if not is_migrated():
        for plugin in MIGRATED:
            migrate_db_for(plugin)
    with kept_connections():
        yield place.settle(build(), client)


@pytest.fixture
def matrix(placed: place.Matrix) -> Iterator[place.Matrix]:
    """The datasets of the matrix: tests must leave them as they are."""
    tripwire.arm()
    yield placed
    model.Session.rollback()
    model.Session.remove()
