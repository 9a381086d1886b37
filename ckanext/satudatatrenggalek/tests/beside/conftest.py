"""Tests of what is done beside the steps need the portal."""

from ..world_fixtures import loaded, portal, world

__all__ = ["loaded", "portal", "world"]
