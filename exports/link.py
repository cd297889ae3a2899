"""Links as provenance: what entities are elsewhere, who says so, and how surely."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ..graph.entity import Entity
from ..graph.graph import Graph
from ..graph.match import Bond, Match, point
from ..graph.shelf import without
from ..ontologies.ontology import NAMESPACE
from .model import Model
from .term import minted, moment, name, number, resource, string

LINKS = minted("links")
"""Named graph of links to other collections: derived from all documents together."""

_PROPERTIES: dict[Bond, str] = {
    "same": "owl:sameAs",
    "exact": "skos:exactMatch",
    "close": "skos:closeMatch",
}
_SOURCES = {"ontology": NAMESPACE.rstrip("#"), "geonames": "https://www.geonames.org/"}


def link_triples(graph: Graph, model: Model) -> Iterator[Triple]:
    """Each match as a node of its own, and the plain triples of those that say something.

    A candidate among several has no plain triple, and its node no predicate. Each triple comes
    once: of an entity there is one match with one thing.
    """
    authors: set[str] = set()
    for entity in without(graph.entities, "mentions", "members"):
        yield from linked_facts(entity, model)
    for match in graph.matches:
        iri = resource(match.iri)
        if not isinstance(iri, NamedNode):
            continue
        predicate = _PROPERTIES.get(match.bond)
        if predicate and not _is_fact(match):
            yield Triple(minted(match.entity), name(predicate), iri)
        yield from _node(match, iri)
        if match.author not in authors:
            authors.add(match.author)
            yield from _agent(match.author)


def linked_facts(entity: Entity, model: Model) -> Iterator[Triple]:
    """What analysts, data sets and services surely say an entity is, and where it lies.

    What the ontology says is told with the entity itself.
    """
    matches = model.matches.get(entity.id, [])
    for match in matches:
        iri = resource(match.iri)
        if _is_fact(match) and isinstance(iri, NamedNode):
            yield Triple(minted(entity.id), name(_PROPERTIES[match.bond]), iri)
    for property_, degrees in zip(("geo:lat", "geo:long"), point(matches) or (), strict=False):
        yield Triple(minted(entity.id), name(property_), number(degrees))


def _is_fact(match: Match) -> bool:
    """Whether somebody but the ontology surely says it."""
    return match.asserted and match.source != "ontology"


def _node(match: Match, iri: NamedNode) -> Iterator[Triple]:
    node = minted("k" + _hash(match.entity, match.iri))
    predicate = _PROPERTIES.get(match.bond)
    source = resource(_SOURCES.get(match.source, match.source))
    facts: dict[str, NamedNode | Literal | None] = {
        "rdf:subject": minted(match.entity),
        "rdf:predicate": name(predicate) if predicate else None,
        "rdf:object": iri,
        "ag:bond": string(match.bond),
        "ag:confidence": number(float(match.confidence)),
        "ag:score": number(float(match.score)) if match.score is not None else None,
        "rdfs:label": string(match.label) if match.label else None,
        "rdfs:comment": string(match.why) if match.why else None,
        "prov:wasDerivedFrom": source if isinstance(source, NamedNode) else None,
        "prov:generatedAtTime": moment(match.made) if match.made else None,
    }
    yield Triple(node, name("rdf:type"), name("ag:Link"))
    for property_, value in facts.items():
        if value is not None:
            yield Triple(node, name(property_), value)
    if match.author:
        yield Triple(node, name("prov:wasAttributedTo"), minted("a" + _hash(match.author)))


def _agent(author: str) -> Iterator[Triple]:
    if author:
        agent = minted("a" + _hash(author))
        yield Triple(agent, name("rdf:type"), name("prov:Agent"))
        yield Triple(agent, name("rdfs:label"), string(author))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
