"""Real harvesters visit the portal over HTTP from a second CKAN in another process."""

from __future__ import annotations

import hashlib
import urllib.request
from pathlib import Path
from typing import Any

from ..world import CSV, World
from .serving import harvest, second_site, served

OTHER_CSV = CSV.replace(",78", ",80")


def test_harvesters_bring_over_exactly_what_is_published(
    world: World, portal: Any, ckan_config: Any, tmp_path: Path
) -> None:
    with served(portal, ckan_config) as address, second_site(tmp_path) as ini:
        _fill(world)
        found = harvest(ini, address)
        for kind, brought in found.items():
            assert brought["errors"] == [], kind
            _are_the_published_ones(brought["packages"], address)


def _fill(world: World) -> None:
    """Two published; of the rest, those that were once, or nearly are, public."""
    world.at("published", "terbit", title="Terbit")
    second = world.dataset("terbit-lagi", title="Terbit lagi")
    world.file(second["id"], OTHER_CSV)
    for step, by in (("submit", "produsen"), ("conform", "pemeriksa"), ("approve", "penyetuju")):
        world.step(second["id"], step, by)
    world.at("retracted", "ditarik", title="Ditarik")
    world.at("draft", "draf", title="Draf")
    world.at("awaiting_release", "menunggu", title="Menunggu")


def _are_the_published_ones(packages: list[dict[str, Any]], address: str) -> None:
    bodies = {"Terbit": CSV, "Terbit lagi": OTHER_CSV}
    assert sorted(package["title"] for package in packages) == sorted(bodies)
    for package in packages:
        (resource,) = package["resources"]
        assert resource["url"].startswith(address + "/dataset/")
        with urllib.request.urlopen(resource["url"], timeout=30) as answer:
            assert answer.read() == bodies[package["title"]].encode()
        if resource.get("hash_algorithm"):
            sha256 = hashlib.sha256(bodies[package["title"]].encode()).hexdigest()
            assert resource["hash"] == sha256
