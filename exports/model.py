"""How the values of a graph become triples (docs/exports.md draws the model)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from ..extract.text.document import Document
from ..graph.edge import Edge
from ..graph.entity import Entity
from ..graph.event import Event
from ..graph.evidence import Attribution, Detail, EdgeEvidence
from ..graph.graph import Graph
from ..graph.match import Match
from ..ontologies.ontology import Class, KnownName, Ontology, Relation
from .row import value_id
from .term import (
    class_iri,
    minted,
    moment,
    name,
    number,
    relation_iri,
    resource,
    span_iri,
    string,
)

Term = NamedNode | Literal
Triples = Iterator[Triple]


def _about(subject: NamedNode, *pairs: tuple[str, Term | None]) -> Triples:
    """Triples of one subject by prefixed property; pairs without object are left out."""
    for property_, object_ in pairs:
        if object_ is not None:
            yield Triple(subject, name(property_), object_)


@dataclass(frozen=True)
class Model:
    """How the graph's values become triples."""

    graph: Graph
    ontology: Ontology

    @cached_property
    def _events(self) -> dict[str, Event]:
        return self.graph.event_index()

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return self.graph.entity_index()

    @cached_property
    def _known(self) -> dict[str, KnownName]:
        return {known.id: known for known in self.ontology.known_names}

    @cached_property
    def matches(self) -> dict[str, list[Match]]:
        """Entity -> what it is, or may be, elsewhere."""
        matches: dict[str, list[Match]] = defaultdict(list)
        for match in self.graph.matches:
            matches[match.entity].append(match)
        return matches

    @cached_property
    def _edges_by_event(self) -> dict[str, list[Edge]]:
        edges: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.graph.edges:
            if edge.event is not None:
                edges[edge.event].append(edge)
        return edges

    @cached_property
    def _by_document(self) -> dict[str, tuple[list[Entity], list[Event], list[Edge]]]:
        """Document -> what it contributes to."""
        parts: dict[str, tuple[list[Entity], list[Event], list[Edge]]]
        parts = defaultdict(lambda: ([], [], []))
        for entity in self.graph.entities:
            for document in entity.documents:
                parts[document][0].append(entity)
        for event in self.graph.events:
            for document in event.documents:
                parts[document][1].append(event)
        for edge in self.graph.edges:
            for document in edge.documents:
                parts[document][2].append(edge)
        return parts

    def plain_edges(self, event: Event) -> list[Edge]:
        """The edges that state an event as a fact."""
        return [edge for edge in self._edges_by_event.get(event.id, ()) if edge.plain]

    # The ontology's part

    def terms(self) -> Triples:
        """Classes and relations in use and those above them: labels, hierarchy, alignments."""
        classes = {e.type for e in self.graph.entities}
        classes |= {e.value_type for e in self.graph.edges if e.value_type}
        relations = {e.relation for e in self.graph.edges if e.relation}
        relations |= {e.type for e in self.graph.events}
        for class_ in _with_parents(classes, self.ontology.classes):
            iri = class_iri(class_.id, self.ontology)
            parents = (class_iri(parent, self.ontology) for parent in class_.parents)
            yield from self._term(iri, class_, "owl:Class")
            yield from _about(iri, *(("rdfs:subClassOf", parent) for parent in parents))
        for relation in _with_parents(relations, self.ontology.relations):
            iri = relation_iri(relation.id, self.ontology)
            parents = (relation_iri(parent, self.ontology) for parent in relation.parents)
            yield from self._term(iri, relation, "owl:ObjectProperty")
            yield from _about(iri, *(("rdfs:subPropertyOf", parent) for parent in parents))

    def _term(self, iri: NamedNode, term: Class | Relation, type_: str) -> Triples:
        yield from _about(iri, ("rdf:type", name(type_)), ("rdfs:label", string(term.label, "en")))
        for property_, object_ in term.alignments:
            yield Triple(iri, NamedNode(property_), resource(object_))

    # Entities, values, facts

    def entity(self, entity: Entity) -> Triples:
        """Type, names, and who it is elsewhere."""
        iri = minted(entity.id)
        known = self._known.get(entity.known or "")
        yield from _about(
            iri,
            ("rdf:type", class_iri(entity.type, self.ontology)),
            ("rdfs:label", string(entity.name)),
            ("ag:iso", string(known.iso) if known and known.iso else None),
            *(("skos:altLabel", string(n)) for n in entity.names if n != entity.name),
            ("ag:ofCountry", minted(entity.country_entity) if entity.country_entity else None),
            *(("owl:sameAs", same) for same in self._same_as(entity)),
        )

    def _same_as(self, entity: Entity) -> Iterator[NamedNode]:
        known = self._known.get(entity.known or "")
        iris = {known.iri} if known else set()
        matched = {m.iri for m in self.matches.get(entity.id, ()) if m.source != "ontology"}
        for same in sorted(iris | (set(entity.same_as) - matched)):
            iri = resource(same)
            if isinstance(iri, NamedNode):
                yield iri

    def value(self, edge: Edge) -> Triples:
        """A value whose type is a class (a rank, a weapon) is a thing with a label."""
        node = self._object(edge)
        if isinstance(node, NamedNode) and edge.value is not None:
            type_ = class_iri(edge.value_type or "", self.ontology)
            yield from _about(
                node,
                ("rdf:type", type_),
                ("rdf:type", name("ag:Value")),
                ("rdfs:label", string(edge.value)),
            )

    def _object(self, edge: Edge) -> Term | None:
        if edge.value is None:
            return minted(edge.object) if edge.object is not None else None
        if edge.value_type in self.ontology.classes:
            return minted(value_id(edge.value_type, edge.value))
        return moment(edge.value)

    def fact(self, edge: Edge) -> Triples:
        """The plain triple of a plain edge, if the ontology has the relation."""
        object_ = self._object(edge)
        relation = self._relation(edge.relation)
        if edge.plain and edge.subject is not None and relation and object_ is not None:
            yield Triple(minted(edge.subject), relation, object_)

    # Events

    def event(self, event: Event) -> Triples:
        """What is spoken of; whether it happened, its claims tell."""
        yield from _about(
            minted(event.id),
            ("rdf:type", name("ag:Event")),
            ("rdfs:label", string(event.label)),
            ("ag:relation", self._relation(event.type)),
            ("ag:polarity", string(event.polarity)),
            ("ag:certainty", string(event.certainty)),
        )

    def _relation(self, relation: str | None) -> NamedNode | None:
        """The relation's IRI; the open layer has phrases, which get none."""
        known = relation is not None and relation in self.ontology.relations
        return relation_iri(relation, self.ontology) if relation and known else None

    def happening(self, event: Event, edge: Edge, document: str | None = None) -> Triples:
        """The event as a fact, as far as one plain edge (and one document) tells it."""
        iri = minted(event.id)
        yield from _about(
            iri,
            ("rdf:type", name("sem:Event")),
            ("sem:eventType", self._relation(event.type)),
        )
        details = [d for d in edge.details if document is None or document in d.documents]
        told = {edge.subject, edge.object, *(d.entity for d in details)}
        for part in event.participants:
            if part.plain and part.entity in told:
                actor = minted(part.entity)
                yield Triple(iri, name("ag:" + quote(part.role, safe="")), actor)
                if part.role != "where":
                    yield Triple(iri, name("sem:hasActor"), actor)
        for detail in details:
            if detail.role == "when":
                yield from _about(iri, ("sem:hasTimeStamp", moment(detail.value)))
            elif detail.role == "where":
                place = minted(detail.entity) if detail.entity else string(detail.value)
                yield from _about(iri, ("sem:hasPlace", place))

    # Documents and what they say

    def document(self, document: Document) -> Triples:
        """All that is said because of one document: the content of its named graph."""
        yield from self._metadata(document)
        entities, events, edges = self._by_document.get(document.id, ((), (), ()))
        for entity in entities:
            yield from self.entity(entity)
            spans = [(m.start, m.end) for m in entity.mentions if m.document == document.id]
            for span in spans:
                yield from _about(minted(entity.id), ("ag:mention", span_iri(document.id, span)))
                yield from _span(document.id, span)
        for event in events:
            yield from self.event(event)
            for edge in self.plain_edges(event):
                if document.id in edge.documents:
                    yield from self.happening(event, edge, document.id)
        for edge in edges:
            yield from self.fact(edge)
            yield from self.claim(edge, document)

    def _metadata(self, document: Document) -> Triples:
        def optional(value: str | None) -> Literal | None:
            return string(value) if value is not None else None

        yield from _about(
            minted(document.id),
            ("rdf:type", name("foaf:Document")),
            ("rdf:type", name("prov:Entity")),
            ("dcterms:identifier", string(document.id)),
            ("dcterms:source", string(document.source)),
            ("dcterms:title", optional(document.title)),
            ("dcterms:creator", optional(document.author)),
            ("dcterms:publisher", optional(document.publisher)),
            ("dcterms:issued", moment(document.published) if document.published else None),
            ("dcterms:language", string(document.language)),
            ("foaf:page", resource(document.url) if document.url else None),
        )

    def claim(self, edge: Edge, document: Document) -> Triples:
        """An edge as one document makes it: who, relation, whom, stance, details, evidence."""
        iri = minted(edge.id)
        yield from self.value(edge)
        yield from _about(
            iri,
            ("rdf:type", name("ag:Claim")),
            ("rdf:subject", minted(edge.subject) if edge.subject is not None else None),
            ("rdf:predicate", self._relation(edge.relation)),
            ("rdf:object", self._object(edge)),
            ("ag:phrase", string(edge.phrase)),
            ("ag:polarity", string(edge.polarity)),
            ("ag:certainty", string(edge.certainty)),
            ("ag:plain", number(edge.plain)),
            ("ag:event", minted(edge.event) if edge.event is not None else None),
            ("ag:role", string(edge.role) if edge.role is not None else None),
            ("prov:wasDerivedFrom", minted(document.id)),
        )
        yield from self._attribution(iri, edge)
        for detail in edge.details:
            if document.id in detail.documents:
                yield from self._detail(iri, edge, detail)
        for evidence in edge.evidence:
            if evidence.document == document.id:
                yield from self._evidence(iri, evidence)

    def _attribution(self, claim: NamedNode, edge: Edge) -> Triples:
        """Who says so (prov:wasAttributedTo), and who quotes them (ag:via)."""
        outer, via = claim, "prov:qualifiedAttribution"
        for number_, source in enumerate(edge.source.chain() if edge.source else (), 1):
            agent = self._agent(edge, number_, source)
            label = ("rdfs:label", string(source.name))
            node = minted(edge.id, "attribution", str(number_))
            if number_ == 1:
                yield from _about(claim, ("prov:wasAttributedTo", agent))
            yield from _about(outer, (via, node))
            yield from _about(
                node, ("rdf:type", name("prov:Attribution")), ("prov:agent", agent), label
            )
            yield from _about(agent, ("rdf:type", name("prov:Agent")))
            if source.entity is None:
                yield from _about(agent, label)
            outer, via = node, "ag:via"

    def _agent(self, edge: Edge, number_: int, source: Attribution) -> NamedNode:
        """The source's entity; an unnamed source is somebody of this claim alone."""
        return minted(source.entity) if source.entity else minted(edge.id, "source", str(number_))

    def _detail(self, claim: NamedNode, edge: Edge, detail: Detail) -> Triples:
        key = value_id(detail.entity or detail.type, f"{detail.value}\x1f{detail.text}")
        node = minted(edge.id, detail.role, key)
        value = moment(detail.value) if detail.role == "when" else string(detail.value)
        yield from _about(claim, ("ag:detail", node))
        yield from _about(
            node,
            ("ag:role", string(detail.role)),
            ("rdf:value", value),
            ("ag:text", string(detail.text)),
            ("ag:granularity", string(detail.granularity) if detail.granularity else None),
            ("ag:entity", minted(detail.entity) if detail.entity else None),
        )

    def _evidence(self, claim: NamedNode, evidence: EdgeEvidence) -> Triples:
        """One Web Annotation: its body is the claim, its target the sentence."""
        iri, document = minted(evidence.statement), evidence.document
        sentence = minted(document, f"{evidence.start}-{evidence.end}")
        exact = minted(document, f"{evidence.start}-{evidence.end}", "quote")
        spans = {
            "ag:cue": evidence.cue,
            "ag:subjectSpan": evidence.subject,
            "ag:objectSpan": evidence.object,
        }
        yield from _about(claim, ("ag:evidence", iri))
        yield from _about(
            iri,
            ("rdf:type", name("oa:Annotation")),
            ("oa:hasBody", claim),
            ("oa:hasTarget", sentence),
            ("prov:wasDerivedFrom", minted(document)),
            ("ag:rule", string(evidence.rule)),
            ("ag:extractor", string(evidence.extractor)),
            ("ag:confidence", number(float(evidence.confidence))),
            ("ag:when", moment(evidence.when) if evidence.when else None),
            *((role, span_iri(document, span)) for role, span in spans.items() if span),
        )
        yield from _about(
            sentence,
            ("rdf:type", name("oa:SpecificResource")),
            ("oa:hasSource", minted(document)),
            ("oa:hasSelector", span_iri(document, (evidence.start, evidence.end))),
            ("oa:hasSelector", exact),
        )
        yield from _about(
            exact,
            ("rdf:type", name("oa:TextQuoteSelector")),
            ("oa:exact", string(evidence.quote)),
        )
        for span in ((evidence.start, evidence.end), *filter(None, spans.values())):
            yield from _span(document, span)

    def figures(self) -> Triples:
        """What is told by all documents together: counts, and which are copies of which."""
        for document, origin in sorted(self.graph.origins.items()):
            if origin != document:
                yield from _about(minted(document), ("prov:alternateOf", minted(origin)))
        for event in self.graph.events:
            yield from _about(
                minted(event.id),
                ("ag:sources", number(event.sources)),
                ("ag:confidence", number(float(event.confidence))),
            )
        for edge in self.graph.edges:
            yield from _about(
                minted(edge.id),
                ("ag:sources", number(edge.sources)),
                ("ag:confidence", number(float(edge.confidence))),
                ("ag:weight", number(float(edge.weight))),
                ("ag:firstCited", moment(edge.start) if edge.start else None),
                ("ag:lastCited", moment(edge.end) if edge.end else None),
            )


def _span(document: str, span: tuple[int, int]) -> Triples:
    yield from _about(
        span_iri(document, span),
        ("rdf:type", name("oa:TextPositionSelector")),
        ("oa:start", number(span[0])),
        ("oa:end", number(span[1])),
    )


T = TypeVar("T", Class, Relation)


def _with_parents(used: Iterable[str], terms: Mapping[str, T]) -> list[T]:
    """The terms in use and all above them that the ontology has, sorted by id."""
    found: dict[str, T] = {}
    waiting = [id_ for id_ in used if id_ in terms]
    while waiting:
        term = terms[waiting.pop()]
        if term.id not in found:
            found[term.id] = term
            waiting.extend(parent for parent in term.parents if parent in terms)
    return [found[id_] for id_ in sorted(found)]
