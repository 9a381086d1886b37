"""Vocabularies of the feed, and the code lists of the dataset schema in their terms."""

from typing import Any

from rdflib import Namespace, URIRef

from ..logic import facts

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
PROV = Namespace("http://www.w3.org/ns/prov#")
QB = Namespace("http://purl.org/linked-data/cube#")
SDMX = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")

PREFIXES = {"prov": PROV, "qb": QB, "sdmx-attribute": SDMX}

_EU = "http://publications.europa.eu/resource/authority/"
INDONESIAN = URIRef(_EU + "language/IND")
THEMES = URIRef(_EU + "data-theme")
LOCAL_AUTHORITY = URIRef("http://purl.org/adms/publishertype/LocalAuthority")
CUSTODIAN = URIRef("http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/custodian")
SHA256 = URIRef("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")
TABLE_SCHEMA = URIRef("https://specs.frictionlessdata.io/table-schema/")
_IANA = "https://www.iana.org/assignments/media-types/"

# The EU list of themes, in its own English words.
_THEME_LABELS = {
    "ECON": "Economy and finance",
    "EDUC": "Education, culture and sport",
    "ENVI": "Environment",
    "GOVE": "Government and public sector",
    "HEAL": "Health",
    "INTR": "International issues",
    "JUST": "Justice, legal system and public safety",
    "REGI": "Regions and cities",
    "SOCI": "Population and society",
}

# Formats the portal takes, by CKAN's name for them: name in the EU list of file types.
_FILE_TYPES = {
    "CSV": "CSV",
    "GEOJSON": "GEOJSON",
    "JSON": "JSON",
    "ODS": "ODS",
    "PDF": "PDF",
    "XLS": "XLS",
    "XLSX": "XLSX",
    "XML": "XML",
    "ZIP": "ZIP",
}


def choice(field: str, value: Any) -> dict[str, Any]:
    """The choice of a schema field that has this value; empty where there is none."""
    return next((c for c in _choices(field) if c["value"] == value), {})


def choice_uri(field: str, value: Any) -> URIRef | None:
    """The same answer in the vocabulary DCAT-AP asks for."""
    uri = choice(field, value).get("uri")
    return URIRef(uri) if uri else None


def value_of_uri(field: str, uri: str) -> str | None:
    """The first answer of ours that this URI stands for; None where we have none."""
    return next((c["value"] for c in _choices(field) if c.get("uri") == uri), None)


def _choices(field: str) -> list[dict[str, Any]]:
    rows = (row for row in facts.dataset_fields() if row["field_name"] == field)
    return next(rows, {}).get("choices", [])


def theme_label(uri: str) -> str:
    """Name of a theme of the EU list; the end of its address where we do not know it."""
    code = uri.rsplit("/", 1)[-1]
    return _THEME_LABELS.get(code, code)


def file_type(name: str) -> URIRef | None:
    """Format of a file in the EU list."""
    known = _FILE_TYPES.get(name.upper())
    return URIRef(f"{_EU}file-type/{known}") if known else None


def media_type(name: str) -> URIRef | None:
    """Media type of a file in the list of IANA; None unless it looks like ``text/csv``."""
    return URIRef(_IANA + name) if name.count("/") == 1 else None
