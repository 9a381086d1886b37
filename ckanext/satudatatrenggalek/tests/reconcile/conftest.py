"""The comparison needs the portal, whole before anything is damaged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ckanext.satudatatrenggalek import jobs

from ..world import World
from ..world_fixtures import loaded, portal, world
from .whole import drop_what_other_tests_left, told

__all__ = ["loaded", "portal", "world"]

FILE = "ckanext.satudatatrenggalek.audit.head_file"


@pytest.fixture(autouse=True)
def heads_file(tmp_path: Path, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads of this test alone."""
    monkeypatch.setitem(ckan_config, FILE, str(tmp_path / "kepala.txt"))


@pytest.fixture
def town(world: World) -> World:
    """A public dataset with a next edition in the making, a draft, a discarded one."""
    world.at("published", "terbit")
    world.step("terbit", "revise", "produsen")
    world.draft("draf")
    world.at("discarded", "batal")
    jobs.work()
    drop_what_other_tests_left()
    assert told() == [], "whole before anything is damaged"
    return world
