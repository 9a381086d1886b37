"""The feeds hold exactly what is published (gate row C12)."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from rdflib import Graph, Namespace

from ..world import World
from .conftest import feed, titles

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
FORMATS = ("ttl", "rdf", "jsonld", "xml")
CLOSED = (
    "draft",
    "awaiting_check",
    "needs_correction",
    "awaiting_approval",
    "retracted",
    "discarded",
    "awaiting_release",
)
EVERYBODY = (None, "warga", "produsen", "pemeriksa", "admin")


def at_every_state(world: World) -> dict[str, dict[str, Any]]:
    """Two published ones, and one each of the rest; what awaits release last, as jobs end that."""
    made = {name: world.at("published", name, title=f"Terbit {name}") for name in ("satu", "dua")}
    for state in CLOSED:
        name = f"tutup-{state.replace('_', '-')}"
        made[state] = world.at(state, name, title=f"Tutup {state}")
        assert made[state]["state"] == state
    return made


def test_only_what_is_published_is_in_the_feeds(
    world: World, portal: Any, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = at_every_state(world)
    open_ones = {"Terbit satu", "Terbit dua"}
    for ending in FORMATS:
        assert titles(feed(portal, f"/catalog.{ending}")) == open_ones
    for who in EVERYBODY:
        graph = feed(portal, "/catalog.ttl", world.headers(who))
        assert titles(graph) == open_ones, who
    _no_query_opens_more(portal)
    _closed_datasets_do_not_exist(made, world, portal)
    monkeypatch.setitem(ckan_config, "ckanext.dcat.datasets_per_page", 1)
    _pages_hold_all_of_them_once(portal, open_ones)


def _no_query_opens_more(portal: Any) -> None:
    for query in (
        "fq=%2Bstate:draft",
        "fq=%2Bstate:(draft+OR+active+OR+deleted)",
        "fq=capacity:private",
        "q=Tutup",
        "fq=%2Bcapacity:(private+OR+public)&q=title:Tutup*",
    ):
        graph = feed(portal, f"/catalog.rdf?{query}")
        assert not [title for title in titles(graph) if title.startswith("Tutup")], query


def _closed_datasets_do_not_exist(made: dict[str, Any], world: World, portal: Any) -> None:
    for state in CLOSED:
        # What was public once says that it was withdrawn (tests/access/test_tombstones.py).
        status = 410 if state == "retracted" else 404
        for key in (made[state]["dataset_id"], made[state]["name"]):
            for ending in FORMATS:
                portal.get(f"/dataset/{key}.{ending}", status=status)
            for who in (None, "warga"):
                portal.get(f"/dataset/{key}.ttl", headers=world.headers(who), status=status)
    for name in ("satu", "dua"):
        for ending in FORMATS:
            assert feed(portal, f"/dataset/{name}.{ending}")


def _pages_hold_all_of_them_once(portal: Any, expected: set[str]) -> None:
    pages = [feed(portal, f"/catalog.ttl?page={number}") for number in (1, 2)]
    seen = [titles(page) for page in pages]
    assert [len(found) for found in seen] == [1, 1]
    assert seen[0] | seen[1] == expected
    assert _next(pages[0]) == "http://localhost:5000/catalog.ttl?page=2"
    assert _next(pages[1]) is None
    assert titles(feed(portal, "/catalog.ttl?page=3")) == set()


@pytest.mark.parametrize("ending", FORMATS)
def test_a_search_with_spaces_and_signs_is_paged_by_addresses_that_work(
    world: World, portal: Any, ckan_config: Any, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    for name in ("satu", "dua"):
        world.at("published", name, title=f"Terbit {name}")
    monkeypatch.setitem(ckan_config, "ckanext.dcat.datasets_per_page", 1)
    fq = 'title:"Terbit satu" OR (title:"Terbit dua" AND -name:"a&b #<c>")'
    first = feed(portal, f"/catalog.{ending}?{urlencode({'fq': fq, 'q': 'Terbit*'})}")
    following = _next(first)
    assert following is not None
    path, _, query = following.removeprefix("http://localhost:5000").partition("?")
    assert dict(parse_qsl(query)) == {"fq": fq, "q": "Terbit*", "page": "2"}
    second = feed(portal, f"{path}?{query}")
    assert titles(first) | titles(second) == {"Terbit satu", "Terbit dua"}
    assert _next(second) is None


def _next(graph: Graph) -> str | None:
    found = {str(value) for value in graph.objects(None, HYDRA.next)}
    assert len(found) <= 1
    return found.pop() if found else None


@pytest.mark.parametrize("page", ["0", "-1", "dua"])
def test_a_page_that_cannot_be_is_refused(portal: Any, page: str) -> None:
    portal.get(f"/catalog.ttl?page={page}", status=409)


def test_an_empty_portal_has_an_empty_catalogue(portal: Any) -> None:
    assert titles(feed(portal, "/catalog.ttl")) == set()
