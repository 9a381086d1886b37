"""Tests that stop services: only those that ``make test`` has started for this checkout."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk
import pytest

from ckanext.satudatatrenggalek.model import datastore

from ..world_fixtures import portal, world
from .parts import Parts

__all__ = ["parts", "portal", "world"]


@pytest.fixture
def parts(world: object) -> Iterator[Parts]:
    """The services behind this CKAN; all run again afterwards."""
    found = Parts.of_this_checkout()
    if not found.are_those_of(dict(tk.config)):
        pytest.skip("the services are not those of `make test` in this checkout: left alone")
    # Nothing else empties the DataStore: tables of earlier tests are nobody's.
    for table in datastore.tables():
        if not table.startswith("_"):
            datastore.drop(table)
    yield found
    found.all_start()
