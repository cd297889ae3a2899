"""Inspection: what is told of posts and does not fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from .decision import Decisions
from .edge import Edge
from .entity import Entity
from .evidence import EdgeEvidence
from .finding import Finding, FindingKind, finding_id
from .gazetteer import Gazetteer
from .graph import Graph
from .period import period
from .post import Effect, Post, PostValue
from .postrule import PostRules, ends
from .tenure import Tenure, tenure

_MOST = 200  # posts of one unit or person that are compared with each other
_HELD: tuple[Effect, ...] = ("holds", "held", "starts")


def findings(graph: Graph, gazetteer: Gazetteer, decisions: Decisions) -> tuple[Finding, ...]:
    """All warnings about the posts of a graph, sorted by id.

    A pure function of the graph; what analysts settled stays, and says so. Posts count that their
    documents state, or that a source states; what is denied, planned or feared does not.
    """
    office = _Inspector(graph, gazetteer)
    found = {finding.id: finding for finding in office.findings()}
    return tuple(_settled(found[id_], decisions) for id_ in sorted(found))


def _settled(finding: Finding, decisions: Decisions) -> Finding:
    """A finding as the judgements leave it: one names its kind and a statement of each side."""
    left, right = ({e.statement for e in side} for side in (finding.left, finding.right))
    for judgement in decisions.settled:
        kind, items = judgement.items[0], set(judgement.items[1:])
        if kind == finding.kind and items & left and (items & right or not right):
            return replace(finding, settled=judgement.settlement)
    return finding


@dataclass
class _Inspector:
    """The posts of a graph and what they are held against."""

    graph: Graph
    gazetteer: Gazetteer

    def __post_init__(self) -> None:
        self.rules = PostRules(self.gazetteer.ontology)
        self.entities = self.graph.entity_index()
        self.posts = [post for post in self.graph.posts if any(post.told(*_HELD, "ends"))]

    def findings(self) -> Iterator[Finding]:
        """Each check in turn."""
        commands = [post for post in self.posts if self._is_command(post)]
        yield from self._at_once(commands)
        for post in commands:
            yield from self._ranks(post)
            yield from self._country(post)
        for post in self.posts:
            yield from self._death(post)
            yield from self._dates(post)

    def _entity(self, id_: str | None) -> Entity:
        return self.entities[str(id_)]

    def _is_command(self, post: Post) -> bool:
        """Whether one person at a time holds it, in a unit that has a name."""
        unit = self.entities.get(post.organization or "")
        return unit is not None and unit.named and self.rules.sole(post.relation, unit.type)

    # Two at once

    def _at_once(self, commands: Iterable[Post]) -> Iterator[Finding]:
        units: dict[str, list[tuple[Post, Tenure]]] = defaultdict(list)
        persons: dict[str, list[tuple[Post, Tenure]]] = defaultdict(list)
        for post in commands:
            held = tenure(post)
            if held:
                units[str(post.organization)].append((post, held))
                persons[post.holder].append((post, held))
        for unit, posts in units.items():
            for left, right in _overlapping(posts):
                if left.holder != right.holder:
                    told = f"{self._entity(unit).name} has two commanders at once: "
                    told += " and ".join(self._told(p, p.holder) for p in (left, right))
                    yield _finding("two_commanders", (unit, left.id, right.id), told, left, right)
        for person, posts in persons.items():
            for left, right in _overlapping(posts):
                if not self._related(left.organization, right.organization):
                    told = f"{self._entity(person).name} has two commands at once: "
                    told += " and ".join(self._told(p, p.organization) for p in (left, right))
                    yield _finding("two_commands", (person, left.id, right.id), told, left, right)

    def _told(self, post: Post, entity: str | None) -> str:
        """*Tarek Zaran (2031-01-12 to 2031-06)*, with what tells that only sources say so."""
        dates = " to ".join(dict.fromkeys(filter(None, (post.first_cited, post.last_cited))))
        notes = [f"cited {dates}", *(() if post.plain else ("as sources say",))]
        return f"{self._entity(entity).name} ({', '.join(notes)})"

    def _related(self, left: str | None, right: str | None) -> bool:
        """Whether two units may have one commander: one in the other, or one, named alike."""
        one, other = self._entity(left), self._entity(right)
        alike = one.id == other.id or {n.casefold() for n in one.names} & {
            n.casefold() for n in other.names
        }
        return bool(alike) or one.id in self._above(other.id) or other.id in self._above(one.id)

    @cached_property
    def _wholes(self) -> Mapping[str, list[tuple[str, Edge]]]:
        """What an organization is part of, as a fact."""
        found: dict[str, list[tuple[str, Edge]]] = defaultdict(list)
        for edge in self.graph.plain_edges:
            end = self.rules.part(edge.relation).whole
            if end:
                part, whole = ends(edge, end)
                if part and whole:
                    found[part].append((whole, edge))
        return found

    def _above(self, unit: str) -> dict[str, Edge | None]:
        """All that a unit is part of, each with the edge that told it; the unit first."""
        seen: dict[str, Edge | None] = {unit: None}
        waiting = [unit]
        while waiting:
            for whole, edge in self._wholes.get(waiting.pop(), ()):
                if whole not in seen:
                    seen[whole] = edge
                    waiting.append(whole)
        return seen

    # Rank and country

    def _ranks(self, post: Post) -> Iterator[Finding]:
        unit = self._entity(post.organization)
        usual = next(
            (g for n in (unit.name, *unit.names) if (g := self.rules.unit_grades(n))), None
        )
        for rank in post.ranks if usual else ():
            grades = self.rules.rank_grades(rank.value)
            if grades is None or usual is None or (grades[0] <= usual[1] and usual[0] <= grades[1]):
                continue
            low = grades[1] < usual[0]
            kind: FindingKind = "rank_too_low" if low else "rank_too_high"
            person = self._entity(post.holder).name
            told = (
                f"{person} is told to command {unit.name} as {rank.value}, "
                f"a rank too {'low' if low else 'high'} for such a unit"
            )
            found = _finding(kind, (post.id,), told, post, self._rank_evidence(post, rank))
            yield replace(found, id=finding_id(kind, (post.id, rank.value)))

    def _rank_evidence(self, post: Post, rank: PostValue) -> tuple[EdgeEvidence, ...]:
        return tuple(
            sorted(
                told
                for edge in self._rank_edges.get(post.holder, ())
                if rank.value in (edge.value, self._name(edge.object), self._name(edge.subject))
                for told in edge.evidence
                if told.document in rank.documents
            )
        )

    def _name(self, id_: str | None) -> str | None:
        entity = self.entities.get(id_ or "")
        return entity.name if entity else None

    @cached_property
    def _rank_edges(self) -> Mapping[str, list[Edge]]:
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.graph.edges:
            end = self.rules.part(edge.relation).ranks
            if end and _is_actual(edge):
                found[str(ends(edge, end)[0])].append(edge)
        return found

    def _country(self, post: Post) -> Iterator[Finding]:
        person, unit = self._entity(post.holder), self._entity(post.organization)
        own = self._nationality(person)
        foreign = self._state(unit)
        states = {self.gazetteer.state(country) for country in own}
        if not own or not foreign or self.gazetteer.state(foreign[0]) in states:
            return
        told = (
            f"{person.name}, of {' and '.join(sorted(own))}, "
            f"is told to command {unit.name}, of {foreign[0]}"
        )
        evidence = tuple(sorted({e for found in own.values() for e in found} | set(foreign[1])))
        yield _finding("other_country", (post.id,), told, post, evidence)

    def _nationality(self, person: Entity) -> dict[str, tuple[EdgeEvidence, ...]]:
        found: dict[str, tuple[EdgeEvidence, ...]] = {}
        if person.country:
            found[person.country] = ()
        for country, edge in self._nations.get(person.id, ()):
            found[country] = (*found.get(country, ()), *edge.evidence)
        return found

    @cached_property
    def _nations(self) -> Mapping[str, list[tuple[str, Edge]]]:
        found: dict[str, list[tuple[str, Edge]]] = defaultdict(list)
        for edge in self.graph.plain_edges:
            end = self.rules.part(edge.relation).national
            if end:
                person, country = ends(edge, end)
                if person and country:
                    found[person].append((self._entity(country).name, edge))
        return found

    def _state(self, unit: Entity) -> tuple[str, tuple[EdgeEvidence, ...]] | None:
        """The country of a unit: its own, or the one that it is told to be part of."""
        if unit.country:
            return unit.country, ()
        for id_, edge in self._above(unit.id).items():
            whole = self._entity(id_)
            country = whole.country
            if self.gazetteer.facet(whole.type) == "Country":
                country = whole.name
            if country:
                return country, edge.evidence if edge else ()
        return None

    # Dates

    def _death(self, post: Post) -> Iterator[Finding]:
        """A post held, by its own words or those of its sentence, after every date of death."""
        deaths = self._deaths.get(post.holder, ())
        days = [found for told in deaths if (found := period(told.when or ""))]
        if not days:
            return
        last = max(found[1] for found in days)
        late = [
            claim.evidence
            for claim in post.told(*_HELD)
            if claim.cited and claim.basis != "published"
            if (held := period(claim.cited)) and held[0] > last
        ]
        if late:
            died = sorted({str(told.when) for told in deaths if told.when})
            told = (
                f"{post.label}: told to be held on "
                f"{', '.join(sorted({str(c.cited) for c in post.claims if c.evidence in late}))}, "
                f"after the death reported for {' or '.join(died)}"
            )
            nodes = (post.id, post.holder)
            yield _finding("held_after_death", nodes, told, tuple(sorted(late)), deaths)

    @cached_property
    def _deaths(self) -> Mapping[str, tuple[EdgeEvidence, ...]]:
        """Holder of a post -> evidence of deaths that somebody states, with a date."""
        holders = {post.holder for post in self.posts}
        found: dict[str, set[EdgeEvidence]] = defaultdict(set)
        for edge in self.graph.edges:
            end = self.rules.part(edge.relation).dies
            if end and _is_actual(edge) and ends(edge, end)[0] in holders:
                found[str(ends(edge, end)[0])].update(e for e in edge.evidence if e.when)
        return {person: tuple(sorted(told)) for person, told in found.items()}

    def _dates(self, post: Post) -> Iterator[Finding]:
        """Every date of end before every date of start."""
        over = [days for v in post.ends if (days := period(v.value))]
        begun = [days for v in post.starts if (days := period(v.value))]
        if over and begun and max(d[1] for d in over) < min(d[0] for d in begun):
            first, last = (
                " or ".join(sorted({v.value for v in values}))
                for values in (post.starts, post.ends)
            )
            told = f"{post.label}: told to end on {last}, before its start on {first}"
            ended, started = (_dated(post, "ends"), _dated(post, "starts"))
            yield _finding("end_before_start", (post.id,), told, ended, started)


def _is_actual(edge: Edge) -> bool:
    return (edge.polarity, edge.certainty) == ("affirmed", "actual")


def _overlapping(posts: list[tuple[Post, Tenure]]) -> Iterator[tuple[Post, Post]]:
    """Pairs held at once; of a unit with very many commanders only the first few hundred."""
    ordered = sorted(posts, key=lambda p: (p[1].first, p[0].id))[:_MOST]
    for (left, one), (right, other) in combinations(ordered, 2):
        if one.overlaps(other):
            first, second = sorted((left, right), key=lambda post: post.id)
            yield first, second


Side = Post | tuple[EdgeEvidence, ...]


def _finding(
    kind: FindingKind, nodes: tuple[str, ...], told: str, left: Side, right: Side
) -> Finding:
    """One finding; of a post all evidence that it is held counts."""
    one, other = (_evidence(side) if isinstance(side, Post) else side for side in (left, right))
    return Finding(finding_id(kind, nodes), kind, nodes, told, one, other)


def _dated(post: Post, effect: Effect) -> tuple[EdgeEvidence, ...]:
    """Evidence of the known dates of start or end."""
    return tuple(sorted({c.evidence for c in post.told(effect) if c.cited}))


def _evidence(post: Post) -> tuple[EdgeEvidence, ...]:
    return tuple(sorted({claim.evidence for claim in post.told(*_HELD)})) or post.evidence
