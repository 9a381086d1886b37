"""Tests of actions need the portal."""

from ..world_fixtures import portal, world

__all__ = ["portal", "world"]
