"""The triples of one dataset beyond those of ckanext-dcat's own DCAT-AP 3 profile.

Everything comes from the public dataset and its released edition. States, findings, verdicts
and the names of those who checked stay inside.
"""

from datetime import datetime
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ..conformity import regions
from ..domain.periods import PeriodRefused, edition_period
from .edition import Office, PublicEdition
from .terms import (
    ADMS,
    CUSTODIAN,
    DCAT,
    DCT,
    FOAF,
    INDONESIAN,
    LOCAL_AUTHORITY,
    PROV,
    QB,
    SDMX,
    SKOS,
    VCARD,
    choice,
    choice_uri,
    theme_label,
)

_CODES = {
    "id_indikator_mms": "Badan Pusat Statistik",
    "id_dds": "Kementerian Dalam Negeri",
}


def words(text: Any) -> Literal:
    """Text written by people of the regency."""
    return Literal(str(text), lang="id")


def node(graph: Graph, kind: URIRef, ref: Node | None = None) -> Node:
    """A typed node, blank unless its address is given."""
    made = ref or BNode()
    graph.add((made, RDF.type, kind))
    return made


def moment(value: datetime) -> Literal:
    """An aware moment, to the second."""
    return Literal(value.replace(microsecond=0).isoformat(), datatype=XSD.dateTime)


def describe(graph: Graph, ref: URIRef, package: dict[str, Any], site: str) -> None:
    """Frequency, theme, region, period, standard, access, contact: what the metadata says."""
    graph.set((ref, DCT.title, words(package["title"])))
    if package.get("notes"):
        graph.set((ref, DCT.description, words(package["notes"])))
    graph.add((ref, DCT.language, node(graph, DCT.LinguisticSystem, INDONESIAN)))
    page = URIRef(f"{site}/dataset/{package['name']}")
    graph.set((ref, DCAT.landingPage, node(graph, FOAF.Document, page)))
    _frequency(graph, ref, package)
    _theme(graph, ref, package, site)
    _region(graph, ref, package)
    _period(graph, ref, package)
    _standard(graph, ref, package)
    _access(graph, ref, package)
    _contact(graph, ref, package)
    _codes(graph, ref, package)


def _frequency(graph: Graph, ref: URIRef, package: dict[str, Any]) -> None:
    uri = choice_uri("accrualPeriodicity", package.get("accrualPeriodicity"))
    if uri:
        graph.set((ref, DCT.accrualPeriodicity, node(graph, DCT.Frequency, uri)))


def _theme(graph: Graph, ref: URIRef, package: dict[str, Any], site: str) -> None:
    """The theme of the EU list, and ours: two of ours may share one of theirs."""
    value = package.get("theme")
    graph.remove((ref, DCAT.theme, None))
    uri = choice_uri("theme", value)
    if not uri:
        return
    graph.add((ref, DCAT.theme, node(graph, SKOS.Concept, uri)))
    graph.set((uri, SKOS.prefLabel, Literal(theme_label(uri), lang="en")))
    ours = URIRef(f"{site}/dataset/?theme={quote(str(value))}")
    graph.add((ref, DCAT.theme, node(graph, SKOS.Concept, ours)))
    graph.set((ours, SKOS.prefLabel, words(choice("theme", value)["label"])))
    graph.set((ours, SKOS.broadMatch, uri))


def _region(graph: Graph, ref: URIRef, package: dict[str, Any]) -> None:
    code = str(package.get("spatial_code") or "")
    found = next((r for r in regions.regions() if r.code == code), None)
    if found is None:
        return
    graph.remove((ref, DCT.spatial, None))
    place = node(graph, DCT.Location)
    graph.add((ref, DCT.spatial, place))
    graph.add((place, SKOS.prefLabel, words(found.name)))
    graph.add((place, DCT.identifier, Literal(found.code)))
    _identifier(graph, place, found.code, "Kementerian Dalam Negeri")
    if found.bps:
        _identifier(graph, place, found.bps, "Badan Pusat Statistik")


def _identifier(graph: Graph, ref: Node, code: str, agency: str) -> None:
    made = node(graph, ADMS.Identifier)
    graph.add((ref, ADMS.identifier, made))
    graph.add((made, SKOS.notation, Literal(code)))
    graph.add((made, ADMS.schemaAgency, words(agency)))


def _codes(graph: Graph, ref: URIRef, package: dict[str, Any]) -> None:
    for field, agency in _CODES.items():
        if package.get(field):
            _identifier(graph, ref, str(package[field]), agency)


def _period(graph: Graph, ref: URIRef, package: dict[str, Any]) -> None:
    """The days of the edition's period, unless the dataset names other days itself."""
    if package.get("temporal_start") or package.get("temporal_end"):
        return
    try:
        days = edition_period(str(package.get("periode") or ""))
    except PeriodRefused:
        return
    time = node(graph, DCT.PeriodOfTime)
    graph.add((ref, DCT.temporal, time))
    graph.add((time, DCAT.startDate, Literal(days.first)))
    graph.add((time, DCAT.endDate, Literal(days.last)))


def _standard(graph: Graph, ref: URIRef, package: dict[str, Any]) -> None:
    """Standar Data (Perpres 39/2019 Pasal 4) as a data structure of W3C's Data Cube.

    Konsep and definisi are the subject, klasifikasi the dimensions, ukuran the measures, and
    satuan the unit of each measure, in the order in which both were written.
    """
    if not package.get("konsep"):
        return
    standard = node(graph, DCT.Standard)
    graph.add((standard, RDF.type, QB.DataStructureDefinition))
    graph.add((ref, DCT.conformsTo, standard))
    graph.add((standard, DCT.title, words(f"Standar Data: {package['konsep']}")))
    if package.get("id_sds"):
        graph.add((standard, DCT.identifier, Literal(package["id_sds"])))
    subject = node(graph, SKOS.Concept)
    graph.add((standard, DCT.subject, subject))
    graph.add((subject, SKOS.prefLabel, words(package["konsep"])))
    if package.get("definisi"):
        graph.add((subject, SKOS.definition, words(package["definisi"])))
    for name in _parts(package.get("klasifikasi")):
        component(graph, standard, QB.dimension, QB.DimensionProperty, name)
    measures = zip_longest(_parts(package.get("ukuran")), _parts(package.get("satuan")))
    for name, unit in measures:
        made = component(graph, standard, QB.measure, QB.MeasureProperty, name or "")
        if unit:
            graph.add((made, SDMX.unitMeasure, words(unit)))


def component(graph: Graph, standard: Node, role: URIRef, kind: URIRef, name: str) -> Node:
    """A dimension or a measure of a data structure, with its label if it has one."""
    place = node(graph, QB.ComponentSpecification)
    graph.add((standard, QB.component, place))
    made = node(graph, kind)
    graph.add((place, role, made))
    if name:
        graph.add((made, RDFS.label, words(name)))
    return made


def _parts(text: Any) -> list[str]:
    return [part.strip() for part in str(text or "").split(";") if part.strip()]


def _access(graph: Graph, ref: URIRef, package: dict[str, Any]) -> None:
    uri = choice_uri("accessRights", package.get("accessRights"))
    if uri:
        graph.set((ref, DCT.accessRights, node(graph, DCT.RightsStatement, uri)))


def _contact(graph: Graph, ref: URIRef, package: dict[str, Any]) -> None:
    """The position to ask, not the person: copies of a feed outlive who holds it."""
    name = package.get("ii_pj_jabatan") or (package.get("organization") or {}).get("title")
    if not name:
        return
    contact = node(graph, VCARD.Kind)
    graph.set((ref, DCAT.contactPoint, contact))
    graph.add((contact, VCARD.fn, words(name)))
    if package.get("ii_pj_email"):
        graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{package['ii_pj_email']}")))


def edition(graph: Graph, ref: URIRef, package: dict[str, Any], released: PublicEdition) -> None:
    """Number and times of the edition, in place of CKAN's own times of the row."""
    graph.set((ref, DCT.issued, moment(released.first_released)))
    graph.set((ref, DCT.modified, moment(released.released)))
    graph.set((ref, DCAT.version, Literal(str(released.number))))
    period = package.get("periode")
    note = f"Edisi {released.number}" + (f", periode {period}" if period else "")
    graph.set((ref, ADMS.versionNotes, words(note)))


def approval(
    graph: Graph, ref: URIRef, released: PublicEdition, walidata: Office, site: str
) -> None:
    """Who checked and approved, as an office (Perpres 39/2019 Pasal 34)."""
    done = node(graph, PROV.Activity)
    graph.add((ref, PROV.wasGeneratedBy, done))
    graph.add((done, RDFS.label, words(f"Pemeriksaan dan persetujuan edisi {released.number}")))
    if released.approved:
        graph.add((done, PROV.endedAtTime, moment(released.approved)))
    agent = office(graph, walidata, site)
    graph.add((agent, RDF.type, PROV.Agent))
    graph.add((done, PROV.wasAssociatedWith, agent))
    share = node(graph, PROV.Attribution)
    graph.add((ref, PROV.qualifiedAttribution, share))
    graph.add((share, PROV.agent, agent))
    graph.add((share, DCAT.hadRole, node(graph, DCAT.Role, CUSTODIAN)))


def office(graph: Graph, which: Office, site: str) -> Node:
    """An office as the feed names it everywhere."""
    address = URIRef(f"{site}/organization/{which.id}") if which.id else None
    agent = node(graph, FOAF.Agent, address)
    graph.set((agent, FOAF.name, words(which.title)))
    graph.set((agent, DCT.type, node(graph, SKOS.Concept, LOCAL_AUTHORITY)))
    graph.set((LOCAL_AUTHORITY, SKOS.prefLabel, Literal("Local Authority", lang="en")))
    return agent
