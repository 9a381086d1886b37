"""A small demo, filled once for the module that asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from ckan import model

from ckanext.satudatatrenggalek.demo import catalogue, fill

from ..world_fixtures import is_migrated, loaded, portal

__all__ = ["demo", "loaded", "portal"]

PASSWORD = "coba-satu-data"
# One dataset of each story that ends differently; the shortest ones.
STORIES = {
    "plain": "published",
    "supported": "published",
    "late_release": "published",
    "priority_skipped": "published",
    "corrected_twice": "published",
    "retracted": "retracted",
    "discarded": "discarded",
    "draft_bare": "draft",
    "draft_faulty": "draft",
    "waiting_check": "awaiting_check",
    "needs_correction": "needs_correction",
    "waiting_supervisor": "awaiting_supervisor",
    "waiting_approval": "awaiting_approval",
    "waiting_release": "awaiting_release",
}


def chosen(*stories: str) -> tuple[catalogue.Spec, ...]:
    """The first dataset of each of these stories."""
    first = {spec.story: spec for spec in reversed(catalogue.read())}
    return tuple(first[story] for story in stories)


@dataclass
class Demo:
    """The filled portal and its test client."""

    specs: tuple[catalogue.Spec, ...]
    filled: list[fill.Filled] = field(default_factory=list)
    app: Any = None

    def again(self) -> fill.Filled:
        """Another run of the command."""
        return fill.fill(PASSWORD, self.specs)

    def names(self, *states: str) -> set[str]:
        """Datasets that should be in one of these states."""
        return {spec.name for spec in self.specs if STORIES[spec.story] in states}


@pytest.fixture(scope="module")
def _once() -> Demo:
    return Demo(chosen(*STORIES))


@pytest.fixture
def demo(
    _once: Demo,
    loaded: Any,
    reset_db: Any,
    reset_index: Any,
    reset_queues: Any,
    migrate_db_for: Any,
) -> Iterator[Demo]:
    """The demo; the first test that asks for it fills the emptied portal."""
    _once.app = loaded
    if not _once.filled:
        reset_db()
        reset_index()
        reset_queues()
        if not is_migrated():
            for plugin in ("activity", "harvest", "satudatatrenggalek"):
                migrate_db_for(plugin)
        _once.filled.append(_once.again())
    yield _once
    model.Session.rollback()
