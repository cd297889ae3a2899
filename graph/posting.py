"""Postings: edges gathered into posts."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from ..ontologies.ontology import Ontology
from .edge import Edge
from .entity import Entity
from .evidence import EdgeEvidence
from .graph import Graph
from .period import period
from .post import Effect, Post, PostClaim, PostValue, first_and_last
from .postrule import PostRules, ends
from .tie import either, independent, usual

Sentence = tuple[str, int, int]
"""Document, first and last character."""


class _Key(NamedTuple):
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


def posts(graph: Graph, ontology: Ontology) -> tuple[Post, ...]:
    """The posts that a graph's edges tell of, sorted by id: a pure function of both.

    An edge that holds a post makes one of each holder and organization (or title). Edges that
    start or end one belong to the posts that they name, else to those told in the same sentence,
    else to the only one that the document tells of the person.
    """
    register = _Register(graph, ontology)
    for edge in graph.edges:
        register.hold(edge)
    register.drop_implied()
    register.fold()
    begun = [found for edge in graph.edges for found in register.boundaries(edge)]
    for key, claim in begun:
        register.claims[key].append(claim)
    found = (register.post(key, claims) for key, claims in register.claims.items())
    return tuple(sorted(found, key=lambda post: post.id))


@dataclass
class _Register:
    """Claims about posts while they are gathered."""

    graph: Graph
    ontology: Ontology
    claims: dict[_Key, list[PostClaim]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.rules = PostRules(self.ontology)
        self.entities = self.graph.entity_index()
        self.published = {d.id: d.published for d in self.graph.documents}

    # Posts held

    def hold(self, edge: Edge) -> None:
        """The claims of an edge that tells of a post held."""
        part = self.rules.part(edge.relation)
        if part.holds is None or edge.relation is None:
            return
        holder, other = ends(edge, part.holds)
        if not self._is_holder(holder) or (edge.value is None and self._is_person(other)):
            return
        place, name = self._place(edge, other)
        for evidence in edge.evidence:
            title = name or self.rules.title(edge, evidence)
            titled = self.rules.title_key(title) if part.titled else ""
            if place is None and not titled:
                continue  # *Commander X said*: of what, nobody tells
            family = self.rules.family(edge.relation) if place else ""
            key = _Key(str(holder), place, family, titled)
            self.claims[key] += self._holding(edge, evidence, title)

    def _is_holder(self, id_: str | None) -> bool:
        entity = self.entities.get(id_ or "")
        return entity is not None and entity.named and self.rules.is_person(entity.type)

    def _is_person(self, id_: str | None) -> bool:
        entity = self.entities.get(id_ or "")
        return entity is None or self.rules.is_person(entity.type)

    def _place(self, edge: Edge, other: str | None) -> tuple[str | None, str | None]:
        """Organization and title: the other end is one of them."""
        if edge.value is not None:
            return None, edge.value
        entity = self.entities[str(other)]
        if self.ontology.is_a(entity.type, "Position"):
            return None, entity.name
        return entity.id, None

    def _holding(self, edge: Edge, told: EdgeEvidence, title: str | None) -> Iterator[PostClaim]:
        """One claim, or two of *from 2028 to 2030*."""
        start, slash, end = (told.when or "").partition("/")
        if slash:
            if period(start):
                yield _claim("starts", edge, told, title, start)
            if period(end):
                yield _claim("ends", edge, told, title, end)
        elif told.when and self.rules.is_start_verb(told):
            yield _claim("starts", edge, told, title, told.when)
        else:
            effect: Effect = "held" if self.rules.is_past(told) else "holds"
            yield _claim(effect, edge, told, title, told.when)

    def drop_implied(self) -> None:
        """Forget memberships where the sentence tells another post in the organization."""
        told: dict[tuple[str, str | None, Sentence], set[str]] = defaultdict(set)
        for key, claims in self.claims.items():
            for claim in claims:
                told[key.holder, key.organization, _sentence(claim.evidence)].add(key.family)
        for key in [k for k in self.claims if self.rules.part(k.family).implied]:
            self.claims[key] = [
                claim
                for claim in self.claims[key]
                if len(told[key.holder, key.organization, _sentence(claim.evidence)]) == 1
            ]
            if not self.claims[key]:
                del self.claims[key]

    def fold(self) -> None:
        """Posts in one organization without a title are the one that has one, if only one has."""
        groups: dict[tuple[str, str | None, str], list[_Key]] = defaultdict(list)
        for key in self.claims:
            groups[key[:3]].append(key)
        for keys in groups.values():
            titled = [key for key in keys if key.title]
            if len(keys) == 2 and len(titled) == 1:
                (bare,) = (key for key in keys if not key.title)
                self.claims[titled[0]] += self.claims.pop(bare)

    # Posts begun and over

    @cached_property
    def _by_sentence(self) -> dict[tuple[str, Sentence], dict[_Key, list[PostClaim]]]:
        """Holder and sentence -> posts told there as held."""
        found: dict[tuple[str, Sentence], dict[_Key, list[PostClaim]]]
        found = defaultdict(lambda: defaultdict(list))
        for key, claims in self.claims.items():
            for claim in claims:
                if claim.effect != "held":
                    found[key.holder, _sentence(claim.evidence)][key].append(claim)
        return found

    @cached_property
    def _by_document(self) -> dict[tuple[str, str], set[_Key]]:
        found: dict[tuple[str, str], set[_Key]] = defaultdict(set)
        for key, claims in self.claims.items():
            for claim in claims:
                if claim.effect != "held":
                    found[key.holder, claim.evidence.document].add(key)
        return found

    @cached_property
    def _by_holder(self) -> dict[str, list[_Key]]:
        found: dict[str, list[_Key]] = defaultdict(list)
        for key in sorted(self.claims, key=lambda k: tuple(part or "" for part in k)):
            found[key.holder].append(key)
        return found

    def boundaries(self, edge: Edge) -> Iterator[tuple[_Key, PostClaim]]:
        """The claims of an edge that starts or ends posts, with the post of each."""
        part = self.rules.part(edge.relation)
        if part.starts is None and part.ends is None:
            return
        for told in edge.evidence:
            title = self.rules.title(edge, told)
            place = self._named_place(edge, told)
            begun: list[_Key] = []
            if part.starts:
                begun = self._meant(ends(edge, part.starts)[0], told, place, title, start=True)
                for key in begun:
                    yield key, _claim("starts", edge, told, title, told.when)
            if part.ends:
                holder = ends(edge, part.ends)[0]
                over = self._meant(holder, told, place, title, start=False)
                if not over and len(begun) == 1 and self._is_holder(holder):
                    over = [begun[0]._replace(holder=str(holder))]  # the successor's post
                for key in over:
                    yield key, _claim("ends", edge, told, title, told.when)

    def _named_place(self, edge: Edge, told: EdgeEvidence) -> str | None:
        """The organization of the post, as the edge names it."""
        end = self.rules.part(edge.relation).place
        if end is not None:
            return ends(edge, end)[0]
        named = {
            d.entity
            for d in edge.details
            if d.role == "organization" and d.entity and told.document in d.documents
        }
        return min(named) if len(named) == 1 else None

    def _meant(
        self,
        holder: str | None,
        told: EdgeEvidence,
        place: str | None,
        title: str | None,
        start: bool,
    ) -> list[_Key]:
        """The posts that a start or an end is of."""
        if holder is None or not self._is_holder(holder):
            return []
        wanted = self.rules.title_key(title)
        near = self._by_sentence.get((holder, _sentence(told)), {})
        if place or title:
            named = _fitting(near, place, wanted) or _fitting(
                self._by_holder.get(holder, ()), place, wanted
            )
            if named or not (place or wanted):
                return named
            return [_Key(holder, place, "", wanted)]
        if near:
            return _after(near, told) if start else sorted(near, key=str)
        here = self._by_document.get((holder, told.document), set())
        return sorted(here) if len(here) == 1 else []

    # A post from its claims

    def post(self, key: _Key, claims: Iterable[PostClaim]) -> Post:
        """One post with all that is told of it."""
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
            relation=self._relation(told),
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

    def _relation(self, claims: Iterable[PostClaim]) -> str:
        """The narrowest relation that tells that the post is held; else the first of all."""
        told = Counter(c.relation for c in claims)
        held = {r: n for r, n in told.items() if self.rules.part(r).holds} or told
        return min(held, key=lambda r: (-self.ontology.depth(r), -held[r], r))

    def _label(self, key: _Key, claims: Iterable[PostClaim]) -> str:
        """*Tarek Zaran: General Officer Commanding, 7 Division*; *Lev Arran: member of …*."""
        told = list(claims)
        title = usual(c.title for c in told if c.title)
        where = self.entities[key.organization].name if key.organization else ""
        relation = self.ontology.relations[self._relation(told)].label
        post = ", ".join(filter(None, (title, where))) if title else f"{relation} {where}".strip()
        return f"{self.entities[key.holder].name}: {post}"

    # Dates at which a post is told to be held

    def _dated(self, key: _Key, claims: list[PostClaim]) -> Iterator[PostClaim]:
        """Claims without a date of their own, dated by their sentence or document."""
        over = {_sentence(c.evidence) for c in claims if c.effect == "ends"}
        dated = {c.evidence.document for c in claims if c.effect == "ends" and c.cited}
        for claim in claims:
            if claim.cited is not None or claim.effect != "holds" or not claim.actual:
                yield claim
                continue
            sentence = _sentence(claim.evidence)
            days = self._happened.get((key.holder, sentence), set())
            published = self.published.get(claim.evidence.document)
            if sentence in over or claim.evidence.document in dated:
                published = None  # it tells the end itself
            if len(days) == 1:
                yield replace(claim, cited=min(days), basis="sentence")
            elif published and not self.rules.is_past_verb(claim.evidence):
                yield replace(claim, cited=published, basis="published")
            else:
                yield claim

    @cached_property
    def _happened(self) -> Mapping[tuple[str, Sentence], set[str]]:
        """Who took part in what happened in a sentence, and when."""
        found: dict[tuple[str, Sentence], set[str]] = defaultdict(set)
        for edge in self.graph.edges:
            if (edge.polarity, edge.certainty) == ("affirmed", "actual") and edge.event:
                for told in edge.evidence:
                    for actor in (edge.subject, edge.object):
                        if told.when and "/" not in told.when and actor:
                            found[actor, _sentence(told)].add(told.when)
        return found

    # Ranks

    @cached_property
    def _rank_edges(self) -> dict[str, list[tuple[str, Edge]]]:
        """Holder -> ranks told of them."""
        found: dict[str, list[tuple[str, Edge]]] = defaultdict(list)
        for edge in self.graph.edges:
            end = self.rules.part(edge.relation).ranks
            if end and (edge.polarity, edge.certainty) == ("affirmed", "actual"):
                holder, other = ends(edge, end)
                entity: Entity | None = self.entities.get(other or "")
                rank = edge.value or (entity.name if entity else None)
                if holder and rank:
                    found[holder].append((rank, edge))
        return found

    def _ranks(self, holder: str, claims: Iterable[PostClaim]) -> tuple[PostValue, ...]:
        """The ranks told in the sentences of the post, else the only one its document tells."""
        sentences = {_sentence(c.evidence) for c in claims}
        near: list[tuple[str, Edge, EdgeEvidence]] = []
        others: dict[str, list[tuple[str, Edge, EdgeEvidence]]] = defaultdict(list)
        for rank, edge in self._rank_edges.get(holder, ()):
            for told in edge.evidence:
                if _sentence(told) in sentences:
                    near.append((rank, edge, told))
                others[told.document].append((rank, edge, told))
        settled = {told.document for _, _, told in near}
        for document in sorted({s[0] for s in sentences} - settled):
            if len({rank for rank, _, _ in others[document]}) == 1:
                near += others[document]
        return _gathered((rank, "", e.plain, told.document) for rank, e, told in near)


def _claim(
    effect: Effect, edge: Edge, told: EdgeEvidence, title: str | None, cited: str | None
) -> PostClaim:
    return PostClaim(
        effect=effect,
        edge=edge.id,
        relation=str(edge.relation),
        plain=edge.plain,
        polarity=edge.polarity,
        certainty=edge.certainty,
        evidence=told,
        source=edge.source,
        title=title,
        cited=cited,
        basis="told" if cited else None,
    )


def _sentence(evidence: EdgeEvidence) -> Sentence:
    return evidence.document, evidence.start, evidence.end


def _order(claim: PostClaim) -> tuple[object, ...]:
    return claim.evidence.document, claim.evidence.start, claim.evidence.statement, claim.effect


def _fitting(keys: Iterable[_Key], place: str | None, title: str) -> list[_Key]:
    """The posts in an organization (if one is named) with a title (if one tells it apart)."""
    here = [key for key in keys if place in (None, key.organization)]
    titled = [key for key in here if title and key.title == title]
    if titled or place is None:
        return sorted(titled or ([] if title else here), key=str)
    return sorted((key for key in here if not title or not key.title), key=str)


def _after(near: Mapping[_Key, list[PostClaim]], told: EdgeEvidence) -> list[_Key]:
    """The one post told behind the words that say it was begun: *was appointed commander*."""
    behind = [k for k, claims in near.items() if any(c.evidence.cue >= told.cue for c in claims)]
    dated = [k for k in behind if any(c.cited == told.when for c in near[k])]
    for keys in (behind, dated):
        if len(keys) == 1:
            return keys
    return []


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
