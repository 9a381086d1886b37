"""Tests of notices need the portal, and a post office."""

from collections.abc import Iterator
from typing import Any

import pytest

from ..world_fixtures import loaded, portal, world
from .post_office import PostOffice, serving

__all__ = ["loaded", "portal", "world"]


@pytest.fixture
def post(ckan_config: Any) -> Iterator[PostOffice]:
    """A mail server that the portal sends through."""
    office = PostOffice()
    with serving(office) as port:
        ckan_config["smtp.server"] = f"127.0.0.1:{port}"
        ckan_config["smtp.mail_from"] = "portal@data.example.org"
        yield office
