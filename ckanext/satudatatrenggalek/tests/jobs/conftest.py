"""Tests of what follows a commit need the portal."""

from ..world_fixtures import loaded, portal, world

__all__ = ["loaded", "portal", "world"]
