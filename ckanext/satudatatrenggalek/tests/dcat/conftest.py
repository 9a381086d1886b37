"""Reading the feeds as somebody outside does."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from ..world_fixtures import loaded, portal, world

__all__ = ["loaded", "portal", "world"]

SITE = "http://localhost:5000"
_KINDS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "xml": "xml"}


def feed(portal: Any, path: str, by: dict[str, str] | None = None) -> Graph:
    """A page of the feed, parsed."""
    answer = portal.get(path, headers=by or {}, status=200)
    ending = path.partition("?")[0].rsplit(".", 1)[-1]
    return Graph().parse(data=answer.body, format=_KINDS[ending])


def titles(graph: Graph) -> set[str]:
    """Titles of the datasets a catalogue names; each must also be described in it."""
    named = set(graph.objects(None, DCAT.dataset))
    assert named == set(graph.subjects(RDF.type, DCAT.Dataset))
    return {str(graph.value(ref, DCTERMS.title)) for ref in named}


def address(package_id: str) -> URIRef:
    """Address of a dataset in the feed."""
    return URIRef(f"{SITE}/dataset/{package_id}")


@pytest.fixture(autouse=True)
def _walidata_is_kominfo(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The walidata of the small regency."""
    monkeypatch.setitem(ckan_config, "ckanext.satudatatrenggalek.walidata_office", "dinas-kominfo")
