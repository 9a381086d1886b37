"""Tests of what is done beside the steps need the portal."""

from ..world_fixtures import portal, world

__all__ = ["portal", "world"]
