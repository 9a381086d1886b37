"""Tests of what follows a commit need the portal."""

from ..world_fixtures import portal, world

__all__ = ["portal", "world"]
