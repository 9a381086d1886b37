"""What is left of a dataset that was taken from the public: page, API, DCAT; and its return."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from ckanext.dcat.processors import RDFParser
from ckanext.satudatatrenggalek import jobs

from ..editions.book import released
from ..world import CSV, World
from .levels import OUTSIDE, STAFF, Placed, Visitor, place

WHY = "Angka Kecamatan Pule tertukar dengan tahun lalu."
AS = Namespace("https://www.w3.org/ns/activitystreams#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
FORMATS = {"ttl": "turtle", "rdf": "xml", "xml": "xml", "jsonld": "json-ld", "n3": "n3"}


def _retracted(world: World, level: str = "terbuka") -> Placed:
    placed = place(world, level)
    jobs.work()
    world.step(placed.id, "retract", "penyetuju", comment=WHY)
    return placed


def _graph(answer: Any, kind: str) -> Graph:
    return Graph().parse(data=answer.get_data(as_text=True), format=FORMATS[kind])


@pytest.mark.parametrize("level", ["terbuka", "terbatas"])
def test_its_address_says_gone_and_why(world: World, portal: Any, level: str) -> None:
    placed = _retracted(world, level)
    for name in OUTSIDE:
        page = Visitor(world, portal, name).page(f"/dataset/{placed.name}")
        said = page.get_data(as_text=True)
        assert page.status_code == 410, name
        for word in ("Jumlah Posyandu", "Dinas Kesehatan", WHY, "Yang bisa Anda lakukan"):
            assert word in said
        assert "stylesheet" in said
        assert "tidak ditemukan" not in said
        for secret in (placed.resource, placed.sha256, "posyandu.csv", "Penyetuju"):
            assert secret not in said
    for name in STAFF:
        assert Visitor(world, portal, name).status(f"/dataset/{placed.name}") == 200, name


def test_the_api_tells_the_same(world: World, portal: Any) -> None:
    placed = _retracted(world)
    for name in OUTSIDE:
        who = Visitor(world, portal, name)
        assert who.api("package_show", id=placed.id)[0] == 404
        shown = who.api("satudata_submission_show", id=placed.name)[1]
        assert (shown["public_state"], shown["retract_reason"]) == ("retracted", WHY)
        assert shown["retracted"]
        (row,) = who.api("satudata_tombstone_list")[1]["results"]
        assert row == who.api("satudata_tombstone_show", id=placed.name)[1]
        assert (row["id"], row["name"], row["reason"]) == (placed.id, placed.name, WHY)
        assert (row["title"], row["office"]["title"]) == ("Jumlah Posyandu", "Dinas Kesehatan")
        people = json.dumps([row, shown])
        for person in ("produsen", "pemeriksa", "penyetuju"):
            assert world.users[person]["id"] not in people


def test_nothing_else_is_left_of_it(world: World, portal: Any) -> None:
    placed = _retracted(world)
    who = Visitor(world, portal, None)
    for url in (
        f"/dataset/{placed.name}/edisi/1",
        f"/dataset/{placed.name}/edisi/1/berkas/{placed.resource}",
        f"/dataset/{placed.name}/resource/{placed.resource}/download",
        f"/dataset/activity/{placed.name}",
        f"/datastore/dump/{placed.resource}",
    ):
        assert who.status(url) == 404, url
    for url in ("/catalog.ttl", "/dataset/", "/feeds/dataset.atom", "/"):
        assert "Jumlah Posyandu" not in who.page(url).get_data(as_text=True), url


@pytest.mark.parametrize("kind", FORMATS)
def test_the_feeds_say_withdrawn_and_no_harvester_takes_it_for_alive(
    world: World, portal: Any, kind: str
) -> None:
    placed = _retracted(world)
    who = Visitor(world, portal, None)
    own, feed = who.page(f"/dataset/{placed.name}.{kind}"), who.page(f"/ditarik.{kind}")
    assert (own.status_code, feed.status_code) == (410, 200)
    for answer in (own, feed):
        graph = _graph(answer, kind)
        (node,) = graph.subjects(RDF.type, AS.Tombstone)
        assert str(node).endswith(f"/dataset/{placed.id}")
        (status,) = graph.objects(node, ADMS.status)
        assert str(status).endswith("/dataset-status/WITHDRAWN")
        assert WHY in [str(value) for value in graph.objects(node, AS.summary)]
        assert list(graph.subjects(RDF.type, DCAT.Dataset)) == []
        assert list(graph.subjects(RDF.type, DCAT.Distribution)) == []
        assert placed.resource not in answer.get_data(as_text=True)
        parser = RDFParser()
        parser.parse(answer.get_data(as_text=True), FORMATS[kind])
        assert list(parser.datasets()) == []
    catalogue = _graph(who.page(f"/catalog.{kind}"), kind)
    assert URIRef(str(node)) not in set(catalogue.subjects())


def test_another_approver_brings_all_back(world: World, portal: Any) -> None:
    placed = _retracted(world)
    world.step(placed.id, "reinstate", "penyetuju_lain", comment="Angkanya ternyata benar.")
    jobs.work()
    who = Visitor(world, portal, None)
    assert who.status(f"/dataset/{placed.name}") == 200
    (resource,) = who.api("package_show", id=placed.id)[1]["resources"]
    assert who.page(resource["url"]).data == CSV.encode()
    assert who.api("datastore_search", resource_id=placed.resource)[1]["total"] == 3
    assert who.api("package_search", q="posyandu")[1]["count"] == 1
    assert who.status(f"/dataset/{placed.name}/edisi/1") == 200
    assert who.api("satudata_tombstone_list")[1] == {"results": [], "next": None}
    assert who.api("satudata_tombstone_show", id=placed.id)[0] == 404
    shown = who.api("satudata_submission_show", id=placed.id)[1]
    assert (shown["public_state"], shown["retract_reason"]) == ("published", None)


def test_a_next_edition_takes_the_tombstone_away(world: World, portal: Any) -> None:
    placed = _retracted(world)
    released(world, placed.id)
    who = Visitor(world, portal, None)
    assert who.status(f"/dataset/{placed.name}") == 200
    assert who.api("satudata_tombstone_list")[1]["results"] == []


def test_what_was_never_public_leaves_no_tombstone(world: World, portal: Any) -> None:
    placed = _retracted(world, "tertutup")
    draft = world.draft("draf-saja")
    who = Visitor(world, portal, None)
    for name in (placed.name, "draf-saja", "tidak-ada"):
        for url in (f"/dataset/{name}", f"/dataset/{name}.ttl"):
            assert who.status(url) == 404, url
    for key in (placed.id, draft["dataset_id"]):
        assert who.api("satudata_tombstone_show", id=key)[0] == 404
        assert who.api("satudata_submission_show", id=key)[0] == 404
    assert who.api("satudata_tombstone_list")[1]["results"] == []
    assert WHY not in who.page("/ditarik").get_data(as_text=True)


def test_the_list_goes_on_page_by_page(world: World, portal: Any) -> None:
    names = ["satu", "dua", "tiga"]
    for name in names:
        shown = world.at("published", name)
        world.step(shown["dataset_id"], "retract", "penyetuju", comment=WHY)
    who = Visitor(world, portal, None)
    seen, after = [], ""
    while after is not None:
        page = who.api("satudata_tombstone_list", limit=1, after=after)[1]
        seen += [row["name"] for row in page["results"]]
        after = page["next"]
    assert seen == names[::-1]
    assert who.api("satudata_tombstone_list", after="besok")[0] == 409
    assert who.status("/ditarik?sesudah=besok") == 404
    page = who.page("/ditarik")
    assert page.status_code == 200
    assert all(f"/dataset/{name}" in page.get_data(as_text=True) for name in names)
