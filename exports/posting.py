"""Posts and warnings as triples (docs/exports.md): W3C ORG memberships, and what is ours."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from pyoxigraph import Literal, Triple

from ..graph.graph import Graph
from ..graph.post import Post, PostClaim
from ..ontologies.ontology import Ontology
from .term import minted, moment, name, number, relation_iri, string

WARNINGS = minted("warnings")
"""Named graph of the warnings, which follow from all documents together."""

_SAYS = {
    "holds": "ag:holdingClaim",
    "held": "ag:formerClaim",
    "starts": "ag:startClaim",
    "ends": "ag:endClaim",
}


class PostModel:
    """How posts and findings become triples."""

    def __init__(self, graph: Graph, ontology: Ontology) -> None:
        self.graph = graph
        self.ontology = ontology

    @cached_property
    def _by_document(self) -> Mapping[str, list[Post]]:
        found: dict[str, list[Post]] = defaultdict(list)
        for post in self.graph.posts:
            for document in post.documents:
                found[document].append(post)
        return found

    def facts(self) -> Iterator[Triple]:
        """The posts that documents state as facts, with what they state of them, each triple once:
        of two posts only what tells of a title is the same.
        """
        titles: set[Triple] = set()
        for post in self.graph.posts:
            if post.plain:
                told = self._told(post, [c for c in post.claims if c.plain])
                found = dict.fromkeys(chain(self._membership(post), told, _ranks(post, None)))
                iri = minted(post.id)
                for triple in found:
                    if triple.subject == iri or triple not in titles:
                        yield triple
                titles.update(triple for triple in found if triple.subject != iri)

    def document(self, document: str) -> Iterator[Triple]:
        """The posts of which a document tells, as far as it does."""
        for post in self._by_document.get(document, ()):
            claims = [c for c in post.claims if c.evidence.document == document]
            iri = minted(post.id)
            yield Triple(iri, name("rdf:type"), name("ag:Post"))
            yield Triple(iri, name("rdfs:label"), string(post.label))
            yield Triple(iri, name("ag:holder"), minted(post.holder))
            if post.organization:
                yield Triple(iri, name("ag:organization"), minted(post.organization))
            if any(claim.plain for claim in claims):
                yield from self._membership(post)
            yield from self._told(post, [c for c in claims if c.plain])
            yield from _reported(post, claims)
            yield from _ranks(post, document)
            for claim in claims:
                yield Triple(iri, name(_SAYS[claim.effect]), minted(claim.edge))

    def _membership(self, post: Post) -> Iterator[Triple]:
        """What ORG says of a person in an organization, in a role."""
        iri = minted(post.id)
        yield Triple(iri, name("rdf:type"), name("org:Membership"))
        yield Triple(iri, name("rdfs:label"), string(post.label))
        yield Triple(iri, name("org:member"), minted(post.holder))
        if post.organization:
            yield Triple(iri, name("org:organization"), minted(post.organization))

    def _told(self, post: Post, claims: Iterable[PostClaim]) -> Iterator[Triple]:
        """Relation, titles and dates as some claims tell them; values in conflict side by side."""
        iri = minted(post.id)
        for claim in claims:
            known = claim.effect in ("holds", "held")
            if known and claim.relation in self.ontology.relations:
                relation = relation_iri(claim.relation, self.ontology)
                yield Triple(iri, name("ag:relation"), relation)
            if claim.title:
                role = minted("o" + _hash(claim.title))
                yield Triple(iri, name("org:role"), role)
                yield Triple(role, name("rdf:type"), name("org:Role"))
                yield Triple(role, name("rdfs:label"), string(claim.title))
            if claim.cited:
                property_ = {"starts": "ag:started", "ends": "ag:ended"}.get(claim.effect)
                yield Triple(iri, name(property_ or "ag:cited"), moment(claim.cited))

    def figures(self) -> Iterator[Triple]:
        """What all documents tell together."""
        for post in self.graph.posts:
            iri = minted(post.id)
            figures: dict[str, Literal | None] = {
                "ag:plain": number(post.plain),
                "ag:polarity": string(post.polarity),
                "ag:certainty": string(post.certainty),
                "ag:sources": number(post.sources),
                "ag:confidence": number(float(post.confidence)),
                "ag:firstCited": moment(post.first_cited) if post.first_cited else None,
                "ag:lastCited": moment(post.last_cited) if post.last_cited else None,
            }
            yield from (Triple(iri, name(p), value) for p, value in figures.items() if value)

    def warnings(self) -> Iterator[Triple]:
        """Each warning: what is wrong, with which nodes, on whose word."""
        for finding in self.graph.findings:
            iri = minted(finding.id)
            yield Triple(iri, name("rdf:type"), name("ag:Warning"))
            yield Triple(iri, name("ag:warningKind"), string(finding.kind))
            yield Triple(iri, name("rdfs:comment"), string(finding.explanation))
            for node in finding.nodes:
                yield Triple(iri, name("ag:about"), minted(node))
            sides = (("ag:oneSide", finding.left), ("ag:otherSide", finding.right))
            for side, evidence in sides:
                for told in evidence:
                    yield Triple(iri, name(side), minted(told.statement))
            if finding.settled:
                yield Triple(iri, name("ag:settled"), string(finding.settled))


def _reported(post: Post, claims: Iterable[PostClaim]) -> Iterator[Triple]:
    """Dates of start and end that only sources tell."""
    for claim in claims:
        property_ = {"starts": "ag:saidToStart", "ends": "ag:saidToEnd"}.get(claim.effect)
        if property_ and claim.cited and claim.actual and not claim.plain:
            yield Triple(minted(post.id), name(property_), moment(claim.cited))


def _ranks(post: Post, document: str | None) -> Iterator[Triple]:
    for rank in post.ranks:
        if rank.plain and (document is None or document in rank.documents):
            yield Triple(minted(post.id), name("ag:rank"), string(rank.value))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
