"""The triples of a dataset that was taken from the public.

It is no ``dcat:Dataset`` any more, or a harvester that reads the feed would bring it in as a live
one; it is what Activity Streams calls a Tombstone of one, with the status *withdrawn* of the EU's
list of dataset statuses.
"""

from datetime import datetime
from typing import Any

from rdflib import RDF, Graph, Namespace, URIRef

from .dataset import moment, node, office, words
from .edition import Office
from .terms import ADMS, DCAT, DCT, SKOS

AS = Namespace("https://www.w3.org/ns/activitystreams#")
WITHDRAWN = URIRef("http://publications.europa.eu/resource/authority/dataset-status/WITHDRAWN")


def describe(graph: Graph, ref: URIRef, tombstone: dict[str, Any], site: str) -> None:
    """Title, office, status, when, and the reason told to the public.

    :param tombstone: as ``satudata_tombstone_show`` gives it.
    """
    graph.bind("as", AS)
    graph.bind("adms", ADMS)
    graph.add((ref, RDF.type, AS.Tombstone))
    graph.add((ref, AS.formerType, DCAT.Dataset))
    graph.add((ref, ADMS.status, node(graph, SKOS.Concept, WITHDRAWN)))
    graph.add((ref, DCT.title, words(tombstone["title"])))
    graph.add((ref, AS.deleted, moment(datetime.fromisoformat(tombstone["retracted"]))))
    graph.add((ref, AS.summary, words(tombstone["reason"])))
    holder = Office(tombstone["office"]["id"], tombstone["office"]["title"])
    graph.add((ref, DCT.publisher, office(graph, holder, site)))
