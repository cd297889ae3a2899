"""Postings: edges gathered into posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..ontologies.ontology import Ontology
from .edge import Edge
from .evidence import EdgeEvidence
from .graph import Graph
from .occupancy import Occupancies, PostKey, Sentence, sentence
from .period import period
from .post import Effect, Post, PostClaim
from .postrule import PostRules, ends
from .shelf import shelved, sifted


def posts(graph: Graph, ontology: Ontology) -> Sequence[Post]:
    """The posts that a graph's edges tell of, sorted by id: a pure function of both.

    An edge that holds a post makes one of each holder and organization (or title). Edges that
    start or end one belong to the posts that they name, else to those told in the same sentence,
    else to the only one that the document tells of the person.

    Of a graph on the disk posts are on the disk, too; only what is claimed of them is in memory.
    """
    register = _Register(graph, ontology)
    part = register.rules.part
    for edge in sifted(graph.edges, ["relation"], lambda r: part(r).holds is not None):
        register.hold(edge)
    register.drop_implied()
    register.fold()
    bounding = sifted(graph.edges, ["relation"], lambda r: bool(part(r).starts or part(r).ends))
    begun = [found for edge in bounding for found in register.boundaries(edge)]
    for key, claim in begun:
        register.claims[key].append(claim)
    found = Occupancies(graph, register.rules, register.claims, register.entities).posts()
    return shelved(Post, found, "p", graph.folder)


@dataclass
class _Register:
    """Claims about posts while they are gathered."""

    graph: Graph
    ontology: Ontology
    claims: dict[PostKey, list[PostClaim]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.rules = PostRules(self.ontology)
        self.entities = self.graph.outline_index()

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
        if place and part.sole and not self.entities[place].named:
            return  # *led troops*: no unit that could be told from others
        for evidence in edge.evidence:
            title = name or self.rules.title(edge, evidence)
            titled = self.rules.title_key(title) if part.titled else ""
            if place is None and not self.rules.is_office(titled):
                continue  # *Commander X said*: of what, nobody tells
            family = self.rules.family(edge.relation) if place else ""
            key = PostKey(str(holder), place, family, titled)
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
        else:
            yield _claim(self._effect(edge, told), edge, told, title, told.when)

    def _effect(self, edge: Edge, told: EdgeEvidence) -> Effect:
        """Whether the words say that the post is held, was, begins or is over."""
        bound = self.rules.bound(edge, told) if told.when else None
        if bound:
            return bound
        if self.rules.is_end(told):
            return "ends"
        if told.when and self.rules.is_start(told):
            return "starts"
        return "held" if self.rules.is_past(told) else "holds"

    def drop_implied(self) -> None:
        """Forget memberships where the sentence tells another post in the organization."""
        told: dict[tuple[str, str | None, Sentence], set[str]] = defaultdict(set)
        for key, claims in self.claims.items():
            for claim in claims:
                told[key.holder, key.organization, sentence(claim.evidence)].add(key.family)
        for key in [k for k in self.claims if self.rules.part(k.family).implied]:
            self.claims[key] = [
                claim
                for claim in self.claims[key]
                if len(told[key.holder, key.organization, sentence(claim.evidence)]) == 1
            ]
            if not self.claims[key]:
                del self.claims[key]

    def fold(self) -> None:
        """Posts in one organization without a title are the one that has one, if only one has."""
        groups: dict[tuple[str, str | None, str], list[PostKey]] = defaultdict(list)
        for key in self.claims:
            groups[key[:3]].append(key)
        for keys in groups.values():
            titled = [key for key in keys if key.title]
            if len(keys) == 2 and len(titled) == 1:
                (bare,) = (key for key in keys if not key.title)
                self.claims[titled[0]] += self.claims.pop(bare)

    # Posts begun and over

    @cached_property
    def _by_sentence(self) -> dict[tuple[str, Sentence], dict[PostKey, list[PostClaim]]]:
        """Holder and sentence -> posts told there as held."""
        found: dict[tuple[str, Sentence], dict[PostKey, list[PostClaim]]]
        found = defaultdict(lambda: defaultdict(list))
        for key, claims in self.claims.items():
            for claim in claims:
                if claim.effect != "held":
                    found[key.holder, sentence(claim.evidence)][key].append(claim)
        return found

    @cached_property
    def _by_document(self) -> dict[tuple[str, str], set[PostKey]]:
        found: dict[tuple[str, str], set[PostKey]] = defaultdict(set)
        for key, claims in self.claims.items():
            for claim in claims:
                if claim.effect != "held":
                    found[key.holder, claim.evidence.document].add(key)
        return found

    @cached_property
    def _by_holder(self) -> dict[str, list[PostKey]]:
        found: dict[str, list[PostKey]] = defaultdict(list)
        for key in sorted(self.claims, key=lambda k: tuple(part or "" for part in k)):
            found[key.holder].append(key)
        return found

    def boundaries(self, edge: Edge) -> Iterator[tuple[PostKey, PostClaim]]:
        """The claims of an edge that starts or ends posts, with the post of each."""
        part = self.rules.part(edge.relation)
        if part.starts is None and part.ends is None:
            return
        for told in edge.evidence:
            title = self.rules.title(edge, told)
            place = self._named_place(edge, told)
            begun: list[PostKey] = []
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
                heir = ends(edge, part.starts)[0] if part.starts else None
                if not begun and len(over) == 1 and self._is_holder(heir):
                    key = over[0]._replace(holder=str(heir))  # the predecessor's post
                    yield key, _claim("starts", edge, told, title, told.when)

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
    ) -> list[PostKey]:
        """The posts that a start or an end is of."""
        if holder is None or not self._is_holder(holder):
            return []
        wanted = self.rules.title_key(title)
        near = self._by_sentence.get((holder, sentence(told)), {})
        if place or self.rules.is_office(wanted):
            known = self._by_holder.get(holder, ())
            named = _fitting(near, place, wanted) or _fitting(known, place, wanted)
            if named:
                return named
            family = self.rules.head_family if place and title and not wanted else ""
            return [PostKey(holder, place, family, wanted)]
        if near:
            return _after(near, told) if start else sorted(near, key=str)
        here = self._by_document.get((holder, told.document), set())
        return sorted(here) if len(here) == 1 else []


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


def _fitting(keys: Iterable[PostKey], place: str | None, title: str) -> list[PostKey]:
    """The posts in an organization (if one is named) with a title (if one tells it apart)."""
    here = [key for key in keys if place in (None, key.organization)]
    titled = [key for key in here if title and key.title == title]
    if titled or place is None:
        return sorted(titled or ([] if title else here), key=str)
    return sorted((key for key in here if not title or not key.title), key=str)


def _after(near: Mapping[PostKey, list[PostClaim]], told: EdgeEvidence) -> list[PostKey]:
    """The one post told behind the words that say it was begun: *was appointed commander*."""
    behind = [k for k, claims in near.items() if any(c.evidence.cue >= told.cue for c in claims)]
    dated = [k for k in behind if any(c.cited == told.when for c in near[k])]
    for keys in (behind, dated):
        if len(keys) == 1:
            return keys
    return []
