"""Judgements as provenance: who decided what about which documents' words, why, and when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain

from pyoxigraph import NamedNode, Triple

from ..graph.entity import Entity
from ..graph.event import Event
from ..graph.graph import Graph
from ..graph.judgement import Judgement
from ..ontologies.ontology import Ontology
from .term import class_iri, minted, moment, name, resource, string

JUDGEMENTS = minted("judgements")
"""Named graph of the analysts' decisions: said by no document."""


def judgement_triples(graph: Graph, ontology: Ontology) -> Iterator[Triple]:
    """Each judgement as a PROV activity, and which nodes of the graph it had influence on."""
    items_ = {item for judgement in graph.judgements for item in judgement.items}
    nodes: Iterable[Entity | Event] = chain(graph.entities, graph.events) if items_ else ()
    home = {member: node.id for node in nodes for member in items_.intersection(node.members)}
    for judgement in graph.judgements:
        iri = _iri(judgement)
        yield Triple(iri, name("rdf:type"), name("prov:Activity"))
        yield Triple(iri, name("rdf:type"), name("ag:Judgement"))
        yield Triple(iri, name("ag:decision"), string(judgement.kind))
        items = judgement.items
        if judgement.kind == "wrong_type":
            items, class_ = items[:1], items[1]
            yield Triple(iri, name("ag:class"), class_iri(class_, ontology))
        if judgement.kind.endswith("same_as"):
            items, thing = items[:1], resource(items[1])
            yield Triple(iri, name("ag:thing"), thing)
        if judgement.settlement:
            kind, items = items[0], items[1:]
            yield Triple(iri, name("ag:warningKind"), string(kind))
        for item in items:
            yield Triple(iri, name("ag:item"), minted(item))
        if judgement.reason:
            yield Triple(iri, name("rdfs:comment"), string(judgement.reason))
        if judgement.author:
            yield from _by(iri, judgement.author)
        if judgement.made:
            yield Triple(iri, name("prov:endedAtTime"), moment(judgement.made))
        for node in sorted({home[item] for item in items if item in home}):
            yield Triple(minted(node), name("prov:wasInfluencedBy"), iri)


def _iri(judgement: Judgement) -> NamedNode:
    return minted("j" + _hash(judgement.kind, *judgement.items, judgement.made, judgement.author))


def _by(judgement: NamedNode, author: str) -> Iterator[Triple]:
    """The analyst: one of a name."""
    iri = minted("a" + _hash(author))
    yield Triple(judgement, name("prov:wasAssociatedWith"), iri)
    yield Triple(iri, name("rdf:type"), name("prov:Agent"))
    yield Triple(iri, name("rdfs:label"), string(author))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
