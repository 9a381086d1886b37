"""The triples of one file: where it is, what it is, and the checksum of its bytes."""

from typing import Any

from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef

from ..model.tables import FileRecord
from .dataset import component, moment, node, words
from .edition import PublicEdition
from .terms import (
    DCAT,
    DCT,
    QB,
    SDMX,
    SHA256,
    SKOS,
    SPDX,
    TABLE_SCHEMA,
    file_type,
    media_type,
)

_DESCRIBED = {"alias", "definisi", "satuan"}


def describe(
    graph: Graph,
    ref: URIRef,
    resource: dict[str, Any],
    stored: FileRecord | None,
    license_url: str | None,
    released: PublicEdition | None,
) -> None:
    """Addresses by id, so that they stay when a dataset is renamed or a new edition comes."""
    _addresses(graph, ref, resource)
    _kind(graph, ref, resource, stored)
    if resource.get("name"):
        graph.set((ref, DCT.title, words(resource["name"])))
    if resource.get("schema"):
        graph.add((ref, DCT.conformsTo, node(graph, DCT.Standard, TABLE_SCHEMA)))
    described = [v for v in resource.get("variabel") or () if _DESCRIBED & set(v)]
    if described:
        _columns(graph, ref, resource, described)
    if license_url:
        license_ref = URIRef(license_url)
        graph.set((ref, DCT.license, node(graph, DCT.LicenseDocument, license_ref)))
    if stored is not None:
        _bytes(graph, ref, stored)
    if released is not None:
        # Not when the office uploaded it: the public got it with the edition.
        graph.set((ref, DCT.issued, moment(released.released)))
        graph.set((ref, DCT.modified, moment(released.released)))


def as_original(graph: Graph, ref: URIRef, resource: dict[str, Any], copy: str) -> None:
    """Say of a file as it was uploaded that another one, its tidied copy, was judged for it."""
    graph.set((ref, DCT.title, words(f"{resource.get('name') or 'Berkas'} (berkas asli)")))
    said = f"Berkas asli dari Produsen Data. Yang diperiksa dan disetujui: {copy}."
    written = str(resource.get("description") or "").strip()
    graph.set((ref, DCT.description, words(f"{said} {written}".strip())))


def _addresses(graph: Graph, ref: URIRef, resource: dict[str, Any]) -> None:
    graph.set((ref, DCAT.accessURL, node(graph, RDFS.Resource, ref)))
    if resource.get("url"):
        download = URIRef(str(resource["url"]))
        graph.set((ref, DCAT.downloadURL, node(graph, RDFS.Resource, download)))


def _columns(
    graph: Graph, ref: URIRef, resource: dict[str, Any], described: list[dict[str, Any]]
) -> None:
    """Columns whose meaning was written, as parts of a data structure: label, definition, unit."""
    made = node(graph, DCT.Standard)
    graph.add((made, RDF.type, QB.DataStructureDefinition))
    graph.add((made, DCT.title, words(f"Kolom berkas {resource.get('name') or resource['id']}")))
    graph.add((ref, DCT.conformsTo, made))
    for variable in described:
        measured = variable["tipe_data"] == "Float" or "satuan" in variable
        role, kind = (
            (QB.measure, QB.MeasureProperty) if measured else (QB.dimension, QB.DimensionProperty)
        )
        column = component(graph, made, role, kind, variable.get("alias") or variable["nama"])
        graph.add((column, SKOS.notation, Literal(variable["nama"])))
        if variable.get("definisi"):
            graph.add((column, SKOS.definition, words(variable["definisi"])))
        if variable.get("satuan"):
            graph.add((column, SDMX.unitMeasure, words(variable["satuan"])))


def _kind(graph: Graph, ref: URIRef, resource: dict[str, Any], stored: FileRecord | None) -> None:
    media = media_type((stored and stored.mimetype) or resource.get("mimetype") or "")
    graph.remove((ref, DCAT.mediaType, None))
    if media:
        graph.add((ref, DCAT.mediaType, node(graph, DCT.MediaType, media)))
    known = file_type(str(resource.get("format") or ""))
    if known:
        graph.set((ref, DCT["format"], node(graph, DCT.MediaTypeOrExtent, known)))


def _bytes(graph: Graph, ref: URIRef, stored: FileRecord) -> None:
    size = Literal(stored.size, datatype=XSD.nonNegativeInteger)
    graph.set((ref, DCAT.byteSize, size))
    graph.remove((ref, SPDX.checksum, None))
    checksum = node(graph, SPDX.Checksum)
    graph.add((ref, SPDX.checksum, checksum))
    graph.add((checksum, SPDX.algorithm, SHA256))
    graph.add((SHA256, RDF.type, SPDX.ChecksumAlgorithm))
    value = Literal(stored.sha256, datatype=XSD.hexBinary)
    graph.add((checksum, SPDX.checksumValue, value))
