"""Tests that stop services: only those that ``make test`` has started for this checkout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import pytest

from ckanext.satudatatrenggalek.model import datastore

from ..world_fixtures import loaded, portal, world
from .parts import Parts

__all__ = ["loaded", "parts", "portal", "world"]


@pytest.fixture
def parts(world: object, ckan_config: Any, tmp_path: Path) -> Iterator[Parts]:
    """The services behind this CKAN, running again afterwards; files in a folder of their own."""
    (tmp_path / "files").mkdir()
    ckan_config["ckan.storage_path"] = str(tmp_path / "files")
    found = Parts.of_this_checkout()
    if not found.are_those_of(dict(tk.config)):
        pytest.skip("the services are not those of `make test` in this checkout: left alone")
    drop_tables()
    yield found
    found.all_start()


def drop_tables() -> None:
    """Nothing else empties the DataStore: tables of earlier tests are nobody's."""
    for table in datastore.tables():
        if not table.startswith("_"):
            datastore.drop(table)
