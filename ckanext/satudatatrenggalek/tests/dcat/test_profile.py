"""What the feed says of a published dataset, term by term, and what it never says."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyshacl
from rdflib import DCAT, DCTERMS, PROV, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ..world import CSV, World
from .conftest import SITE, address, feed

ADMS = Namespace("http://www.w3.org/ns/adms#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"

MORE = {
    "title": "Posyandu Panggul",
    "theme": "perlindungan-sosial-dan-kesehatan",
    "spatial_code": "35.03.01",
    "periode": "2025-Q3",
    "accrualPeriodicity": "triwulanan",
    "klasifikasi": "Kecamatan; strata",
    "ukuran": "Jumlah; cakupan",
    "satuan": "Unit; persen",
    "id_sds": "ST000120101",
    "id_dds": "1.02.05.01",
    "ii_pj_nama": "Siti Nama Orang",
}


def published(world: World, portal: Any) -> tuple[Graph, URIRef, dict[str, Any]]:
    shown = world.at("published", **MORE)
    graph = feed(portal, f"/dataset/{shown['name']}.ttl")
    return graph, address(shown["dataset_id"]), shown


def only(graph: Graph, ref: Node, term: URIRef) -> Node:
    """The one value of a term."""
    (value,) = graph.objects(ref, term)
    return value


def labels(graph: Graph, kind: str) -> set[str]:
    made = graph.subjects(RDF.type, URIRef(f"http://purl.org/linked-data/cube#{kind}"))
    return {str(graph.value(ref, RDFS.label)) for ref in made}


def test_the_feed_carries_the_metadata_edition_and_files(world: World, portal: Any) -> None:
    graph, ref, shown = published(world, portal)
    _says_what_the_metadata_says(graph, ref)
    _says_which_edition(graph, ref, world, shown)
    _names_offices_and_no_person(graph, ref, world)
    _leads_to_the_bytes(graph, ref, portal)
    _conforms_to_the_mandatory_shapes(portal)


def _says_what_the_metadata_says(graph: Graph, ref: URIRef) -> None:
    assert only(graph, ref, DCTERMS.title) == Literal("Posyandu Panggul", lang="id")
    frequency = only(graph, ref, DCTERMS.accrualPeriodicity)
    assert frequency == URIRef(EU + "frequency/QUARTERLY")
    ours = URIRef(f"{SITE}/dataset/?theme=perlindungan-sosial-dan-kesehatan")
    assert set(graph.objects(ref, DCAT.theme)) == {URIRef(EU + "data-theme/HEAL"), ours}
    assert only(graph, ref, DCTERMS.accessRights) == URIRef(EU + "access-right/PUBLIC")
    assert only(graph, ref, DCTERMS.language) == URIRef(EU + "language/IND")

    place = only(graph, ref, DCTERMS.spatial)
    assert only(graph, place, SKOS.prefLabel) == Literal("Panggul", lang="id")
    codes = {str(graph.value(i, SKOS.notation)) for i in graph.objects(place, ADMS.identifier)}
    assert codes == {"35.03.01", "3503010"}
    time = only(graph, ref, DCTERMS.temporal)
    days = [str(only(graph, time, term)) for term in (DCAT.startDate, DCAT.endDate)]
    assert days == ["2025-07-01", "2025-09-30"]

    standard = only(graph, ref, DCTERMS.conformsTo)
    assert only(graph, standard, DCTERMS.identifier) == Literal("ST000120101")
    subject = only(graph, standard, DCTERMS.subject)
    assert only(graph, subject, SKOS.prefLabel) == Literal("Posyandu", lang="id")
    assert "Pos pelayanan" in str(only(graph, subject, SKOS.definition))
    assert labels(graph, "DimensionProperty") == {"Kecamatan", "strata"}
    assert labels(graph, "MeasureProperty") == {"Jumlah", "cakupan"}
    unit = URIRef("http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure")
    units = {str(graph.value(m, RDFS.label)): str(u) for m, u in graph.subject_objects(unit)}
    assert units == {"Jumlah": "Unit", "cakupan": "persen"}


def _says_which_edition(graph: Graph, ref: URIRef, world: World, shown: dict[str, Any]) -> None:
    released = next(e["at"] for e in shown["history"] if e["step"] == "release")
    for term in (DCTERMS.issued, DCTERMS.modified):
        assert str(only(graph, ref, term))[:19] == released[:19]
    assert only(graph, ref, DCAT.version) == Literal("1")
    assert "Edisi 1" in str(only(graph, ref, ADMS.versionNotes))


def _names_offices_and_no_person(graph: Graph, ref: URIRef, world: World) -> None:
    publisher = only(graph, ref, DCTERMS.publisher)
    assert publisher == URIRef(f"{SITE}/organization/{world.office['id']}")
    assert only(graph, publisher, FOAF.name) == Literal("Dinas Kesehatan", lang="id")
    done = only(graph, ref, PROV.wasGeneratedBy)
    approver = only(graph, done, PROV.wasAssociatedWith)
    assert only(graph, approver, FOAF.name) == Literal("Dinas Kominfo", lang="id")
    contact = only(graph, ref, DCAT.contactPoint)
    assert str(only(graph, contact, VCARD.fn)) == "Kepala Bidang Kesehatan Masyarakat"
    assert only(graph, contact, VCARD.hasEmail) == URIRef("mailto:kesmas@example.org")

    text = graph.serialize(format="turtle")
    people = [user[key] for user in world.users.values() for key in ("id", "email")]
    for hidden in [*people, "Siti Nama Orang", "awaiting", "submission", "finding", "verdict"]:
        assert hidden not in text, hidden


def _leads_to_the_bytes(graph: Graph, ref: URIRef, portal: Any) -> None:
    file = only(graph, ref, DCAT.distribution)
    download = str(only(graph, file, DCAT.downloadURL))
    assert download.startswith(f"{ref}/resource/")
    body = portal.get(download.removeprefix(SITE), status=200).body.encode()
    assert body == CSV.encode()
    checksum = only(graph, file, SPDX.checksum)
    assert str(only(graph, checksum, SPDX.checksumValue)) == hashlib.sha256(body).hexdigest()
    assert only(graph, checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
    assert str(only(graph, file, DCAT.byteSize)) == str(len(body))
    media = "https://www.iana.org/assignments/media-types/text/csv"
    assert only(graph, file, DCAT.mediaType) == URIRef(media)
    assert portal.get(str(only(graph, file, DCAT.accessURL)).removeprefix(SITE), status=200)


def _conforms_to_the_mandatory_shapes(portal: Any) -> None:
    graph = feed(portal, "/catalog.ttl")
    shapes = Graph().parse(Path(__file__).parent / "mandatory_shapes.ttl")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, report
    # The shapes bite: without its titles the same feed is refused.
    graph.remove((None, DCTERMS.title, None))
    assert not pyshacl.validate(graph, shacl_graph=shapes)[0]
