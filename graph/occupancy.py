"""Occupancies: posts written from the claims that were gathered for them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from .edge import Edge
from .entity import Entity
from .evidence import EdgeEvidence
from .graph import Graph
from .post import Post, PostClaim, PostValue, first_and_last
from .postrule import PostRules, ends
from .shelf import sifted
from .tie import either, independent, usual

Sentence = tuple[str, int, int]
"""Document, first and last character."""


class PostKey(NamedTuple):
    """What tells posts apart: who, where, in what function (a family of relations), titled how."""

    holder: str
    organization: str | None
    family: str
    title: str

    @property
    def id(self) -> str:
        """Content hash; depends on no document but by the ids of holder and organization."""
        text = "\x1f".join(part or "" for part in self)
        return "p" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sentence(evidence: EdgeEvidence) -> Sentence:
    """The sentence of a piece of evidence."""
    return evidence.document, evidence.start, evidence.end


@dataclass
class Occupancies:
    """Writes posts with all that a graph tells of them. claims: of each; entities: by id."""

    graph: Graph
    rules: PostRules
    claims: Mapping[PostKey, Iterable[PostClaim]]
    entities: Mapping[str, Entity]

    def __post_init__(self) -> None:
        self.ontology = self.rules.ontology
        self.published = {d.id: d.published for d in self.graph.documents}
        self.holders = {key.holder for key in self.claims}

    def posts(self) -> Iterator[Post]:
        """Each post with all that is told of it."""
        return (self._post(key, claims) for key, claims in self.claims.items())

    def _post(self, key: PostKey, claims: Iterable[PostClaim]) -> Post:
        told = sorted(self._dated(key, list(_spelled(claims))), key=_order)
        plain = any(claim.plain for claim in told)
        best = [c for c in told if c.plain] if plain else told
        sources = independent({c.evidence for c in best}, self.graph.origins)
        actual = [c for c in told if c.actual]
        first, last = first_and_last({c.cited for c in (best if plain else actual) if c.cited})
        return Post(
            id=key.id,
            holder=key.holder,
            organization=key.organization,
            relation=self._relation(key, told),
            label=self._label(key, told),
            plain=plain,
            polarity="affirmed" if any(c.polarity == "affirmed" for c in told) else "denied",
            certainty="actual" if actual else min(c.certainty for c in told),
            titles=_gathered(
                (c.title, "", c.plain, c.evidence.document) for c in actual or told if c.title
            ),
            ranks=self._ranks(key.holder, told),
            starts=_dates(c for c in actual if c.effect == "starts"),
            ends=_dates(c for c in actual if c.effect == "ends"),
            first_cited=first,
            last_cited=last,
            claims=tuple(told),
            sources=len(sources),
            confidence=either(sources),
        )

    def _relation(self, key: PostKey, claims: Iterable[PostClaim]) -> str:
        """The narrowest relation that tells that the post is held; else what its place suggests."""
        told = Counter(c.relation for c in claims)
        held = {r: n for r, n in told.items() if self.rules.part(r).holds}
        place = self.entities.get(key.organization or "")
        meant = self.rules.relation(key.family, place.type) if place and key.family else None
        if not held and meant:
            return meant
        known = held or told
        return min(known, key=lambda r: (-self.ontology.depth(r), -known[r], r))

    def _label(self, key: PostKey, claims: Iterable[PostClaim]) -> str:
        """*Tarek Zaran: General Officer Commanding, 7 Division*; *Lev Arran: member of …*."""
        told = list(claims)
        title = usual(c.title for c in told if c.title)
        where = self.entities[key.organization].name if key.organization else ""
        relation = self._relation(key, told)
        known = self.rules.part(relation).holds is not None
        verb = self.ontology.relations[relation].label if known else "a post in"
        post = ", ".join(filter(None, (title, where))) if title else f"{verb} {where}".strip()
        return f"{self.entities[key.holder].name}: {post}"

    # Dates at which a post is told to be held

    def _dated(self, key: PostKey, claims: list[PostClaim]) -> Iterator[PostClaim]:
        """Claims without a date of their own, dated by their sentence or document."""
        over = {sentence(c.evidence) for c in claims if c.effect == "ends"}
        dated = {c.evidence.document for c in claims if c.effect == "ends" and c.cited}
        for claim in claims:
            if claim.cited is not None or claim.effect != "holds" or not claim.actual:
                yield claim
                continue
            here = sentence(claim.evidence)
            happened = self._happened.get((key.holder, here), set())
            days = {day for day, plain in happened if plain or not claim.plain}
            published = self.published.get(claim.evidence.document)
            if here in over or claim.evidence.document in dated:
                published = None  # it tells the end itself
            if len(days) == 1:
                yield replace(claim, cited=min(days), basis="sentence")
            elif published and not self.rules.is_past_verb(claim.evidence):
                yield replace(claim, cited=published, basis="published")
            else:
                yield claim

    @cached_property
    def _happened(self) -> Mapping[tuple[str, Sentence], set[tuple[str, bool]]]:
        """When a holder took part in what happened in a sentence of a post, and if it is a fact."""
        wanted = {(k.holder, sentence(c.evidence)) for k, told in self.claims.items() for c in told}
        found: dict[tuple[str, Sentence], set[tuple[str, bool]]] = defaultdict(set)
        told_of = ("event", "subject", "object", "polarity", "certainty")
        for edge in sifted(self.graph.edges, told_of, self._concerns):
            for told in edge.evidence:
                for actor in (edge.subject, edge.object):
                    here = (actor or "", sentence(told))
                    if told.when and "/" not in told.when and here in wanted:
                        found[here].add((told.when, edge.plain))
        return found

    def _concerns(self, event: str | None, one: str | None, other: str | None, *as_: str) -> bool:
        """Whether an edge tells that something happened to a holder of a post."""
        here = one in self.holders or other in self.holders
        return here and event is not None and as_ == ("affirmed", "actual")

    # Ranks

    @cached_property
    def _rank_edges(self) -> dict[str, list[tuple[str, Edge]]]:
        """Holder -> ranks told of them."""
        part = self.rules.part
        found: dict[str, list[tuple[str, Edge]]] = defaultdict(list)
        for edge in sifted(self.graph.edges, ["relation"], lambda r: part(r).ranks is not None):
            end = part(edge.relation).ranks
            if end and (edge.polarity, edge.certainty) == ("affirmed", "actual"):
                holder, other = ends(edge, end)
                entity: Entity | None = self.entities.get(other or "")
                rank = edge.value or (entity.name if entity else None)
                if holder in self.holders and rank:
                    found[holder].append((rank, edge))
        return found

    def _ranks(self, holder: str, claims: Iterable[PostClaim]) -> tuple[PostValue, ...]:
        """The ranks told in the sentences of the post, else the only one its document tells."""
        sentences = {sentence(c.evidence) for c in claims}
        near: list[tuple[str, Edge, EdgeEvidence]] = []
        others: dict[str, list[tuple[str, Edge, EdgeEvidence]]] = defaultdict(list)
        for rank, edge in self._rank_edges.get(holder, ()):
            for told in edge.evidence:
                if sentence(told) in sentences:
                    near.append((rank, edge, told))
                others[told.document].append((rank, edge, told))
        settled = {told.document for _, _, told in near}
        for document in sorted({s[0] for s in sentences} - settled):
            if len({rank for rank, _, _ in others[document]}) == 1:
                near += others[document]
        return _gathered((rank, "", e.plain, told.document) for rank, e, told in near)


def _order(claim: PostClaim) -> tuple[object, ...]:
    return claim.evidence.document, claim.evidence.start, claim.evidence.statement, claim.effect


def _spelled(claims: Iterable[PostClaim]) -> Iterator[PostClaim]:
    """Claims with one spelling, the usual one, of titles that differ in case alone."""
    told = list(claims)
    spellings: dict[str, list[str]] = defaultdict(list)
    for claim in told:
        if claim.title:
            spellings[claim.title.casefold()].append(claim.title)
    for claim in told:
        title = claim.title and usual(spellings[claim.title.casefold()])
        yield claim if title == claim.title else replace(claim, title=title)


def _dates(claims: Iterable[PostClaim]) -> tuple[PostValue, ...]:
    return _gathered((c.cited, c.relation, c.plain, c.evidence.document) for c in claims if c.cited)


def _gathered(rows: Iterable[tuple[str, str, bool, str]]) -> tuple[PostValue, ...]:
    """Values told, each once, with its documents: value, relation, whether as a fact, document."""
    plain: dict[tuple[str, str], bool] = defaultdict(bool)
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    for value, relation, fact, document in rows:
        plain[value, relation] |= fact
        documents[value, relation].add(document)
    return tuple(
        PostValue(value, relation, plain[value, relation], tuple(sorted(found)))
        for (value, relation), found in sorted(documents.items())
    )
