"""The graph as RDF: plain facts as triples, everything as quads with its provenance.

docs/exports.md draws the model. Each document has a named graph that holds all that is said
because of it, so dropping that graph takes back exactly the document's contribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from ..graph.excerpt import excerpts, with_edges
from ..graph.graph import Graph
from ..ontologies.ontology import Ontology
from .link import LINKS, link_triples, linked_facts
from .model import Model, Triples
from .posting import WARNINGS, PostModel
from .provenance import JUDGEMENTS, judgement_triples
from .row import value_id
from .term import PREFIXES, minted

if TYPE_CHECKING:
    import rdflib

FIGURES = minted("figures")
"""Named graph of figures counted over all documents (weight, confidence, sources, first and last
date): derived, so to be dropped or rebuilt when a document goes."""


def fact_triples(graph: Graph, ontology: Ontology) -> Triples:
    """What is affirmed and actual: entities, their plain relations, plain events; no stance."""
    model = Model(graph, ontology)
    yield from model.terms()
    stated = ((e.subject, e) for e in graph.edges if e.plain and e.binary and e.subject is not None)
    for entity, edges in with_edges(graph.entities, "e", stated):
        yield from model.entity(entity)
        yield from linked_facts(entity, model)
        yield from distinct(t for edge in edges for t in model.fact(edge))
    values = {
        value_id(e.value_type, e.value): replace(e, evidence=())
        for e in graph.edges
        if e.plain and e.binary and e.value is not None
    }
    for _, edge in sorted(values.items()):
        yield from model.value(edge)
    happened = ((e.event, e) for e in graph.edges if e.plain and e.event is not None)
    for event, edges in with_edges(graph.events, "h", happened):
        if event.plain:
            yield from model.event(event)
            yield from distinct(t for e in edges for t in model.happening(event, e))
    yield from PostModel(graph, ontology).facts()


def quads(graph: Graph, ontology: Ontology) -> Iterator[Quad]:
    """Everything: a named graph a document; figures, links, judgements, warnings; terms apart."""
    model = Model(graph, ontology)
    posts = PostModel(graph, ontology)
    yield from _in(DefaultGraph(), model.terms())
    for excerpt in excerpts(graph):
        part, held = Model(excerpt, ontology), PostModel(excerpt, ontology)
        for document in excerpt.documents:
            told = chain(part.document(document), held.document(document.id))
            yield from _in(minted(document.id), distinct(told))
    yield from _in(FIGURES, chain(model.figures(), posts.figures()))
    yield from _in(LINKS, link_triples(graph, model))
    yield from _in(JUDGEMENTS, distinct(judgement_triples(graph, ontology)))
    yield from _in(WARNINGS, posts.warnings())


def _in(home: NamedNode | DefaultGraph, triples: Triples) -> Iterator[Quad]:
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object, home)


def dataset(graph: Graph, ontology: Ontology, store: str = "default") -> rdflib.Dataset:
    """The quads as an rdflib Dataset whose default graph is the union of all.

    store: an rdflib store by name; "Oxigraph" needs the package oxrdflib and suits big graphs.
    """
    import rdflib

    view = rdflib.Dataset(store=store, default_union=True)
    for prefix, namespace in PREFIXES.items():
        view.bind(prefix, namespace)

    def term(value: object) -> rdflib.URIRef | rdflib.Literal:
        if isinstance(value, Literal):
            datatype = None if value.language else rdflib.URIRef(value.datatype.value)
            if datatype == rdflib.XSD.string:
                datatype = None
            return rdflib.Literal(value.value, lang=value.language, datatype=datatype)
        assert isinstance(value, NamedNode)
        return rdflib.URIRef(value.value)

    for quad in quads(graph, ontology):
        home = quad.graph_name
        target = view.graph(term(home)) if isinstance(home, NamedNode) else view.default_graph
        target.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return view


def distinct(triples: Iterable[Triple]) -> Triples:
    """Each triple once, in order of first appearance; holds one document or entity at a time."""
    return iter(dict.fromkeys(triples))
