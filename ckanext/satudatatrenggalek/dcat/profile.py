"""The portal's RDF profile, laid over ckanext-dcat's DCAT-AP 3 (``euro_dcat_ap_3``)."""

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from rdflib import URIRef

from ckanext.dcat.profiles import RDFProfile
from ckanext.dcat.utils import catalog_uri, resource_uri

from .. import config
from ..model import tidied
from . import dataset, distribution, edition, harvested, tombstone
from .terms import DCAT, DCT, FOAF, INDONESIAN, PREFIXES, SKOS, THEMES


class SatuDataProfile(RDFProfile):
    """Adds the terms of Satu Data Indonesia; set ``euro_dcat_ap_3 satudatatrenggalek``."""

    def parse_dataset(self, dataset_dict: dict[str, Any], dataset_ref: Any) -> dict[str, Any]:
        """What another portal wrote, in the answers of our schema."""
        harvested.adapt(dataset_dict)
        return dataset_dict

    def graph_from_dataset(self, dataset_dict: dict[str, Any], dataset_ref: URIRef) -> None:
        """One dataset with its files, as its released edition is."""
        self._bind()
        site, session = _site(), model.Session
        if dataset_dict.get("satudata_tombstone"):
            tombstone.describe(self.g, dataset_ref, dataset_dict["satudata_tombstone"], site)
            return
        dataset.describe(self.g, dataset_ref, dataset_dict, site)
        released = edition.public_edition(session, dataset_dict["id"])
        if released:
            dataset.edition(self.g, dataset_ref, dataset_dict, released)
            dataset.approval(self.g, dataset_ref, released, edition.walidata(), site)
        self._publisher(dataset_dict, dataset_ref)
        stored = edition.files_of(session, dataset_dict["id"])
        link = dataset_dict.get("license_url")
        resources = tidied.in_order(dataset_dict.get("resources", ()))
        names = {resource["id"]: resource.get("name") or "" for resource in resources}
        for resource in resources:
            ref, file = URIRef(resource_uri(resource)), stored.get(resource["id"])
            distribution.describe(self.g, ref, resource, file, link, released)
            if resource.get("tidied_role") == tidied.ORIGINAL:
                distribution.as_original(self.g, ref, resource, names[resource["tidied_copy"]])

    def graph_from_catalog(self, catalog_dict: Any, catalog_ref: URIRef) -> None:
        """The portal itself: who answers for it, in which language, by which themes."""
        self._bind()
        site, graph = _site(), self.g
        title = tk.config.get("ckan.site_title") or f"Satu Data {config.regency_name()}"
        description = tk.config.get("ckan.site_description") or (
            f"Portal Satu Data {config.regency_name()}"
        )
        graph.set((catalog_ref, DCT.title, dataset.words(title)))
        graph.set((catalog_ref, DCT.description, dataset.words(description)))
        language = dataset.node(graph, DCT.LinguisticSystem, INDONESIAN)
        graph.set((catalog_ref, DCT.language, language))
        home = dataset.node(graph, FOAF.Document, URIRef(site + "/"))
        graph.set((catalog_ref, FOAF.homepage, home))
        graph.set((catalog_ref, DCT.publisher, dataset.office(graph, edition.walidata(), site)))
        themes = dataset.node(graph, SKOS.ConceptScheme, THEMES)
        graph.set((catalog_ref, DCAT.themeTaxonomy, themes))
        graph.set((THEMES, DCT.title, dataset.words("Tema data")))

    def _publisher(self, package: dict[str, Any], ref: URIRef) -> None:
        organization = package.get("organization")
        if organization:
            office = edition.Office(organization["id"], organization["title"])
            self.g.set((ref, DCT.publisher, dataset.office(self.g, office, _site())))

    def _bind(self) -> None:
        for prefix, namespace in PREFIXES.items():
            self.g.bind(prefix, namespace)


def _site() -> str:
    return catalog_uri().rstrip("/")
