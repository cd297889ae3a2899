"""Inspection: what is told of posts and does not fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

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
from .shelf import shelved, sifted
from .tenure import Tenure, tenure

_MOST = 200  # posts of one unit or person that are compared with each other
_HELD: tuple[Effect, ...] = ("holds", "held", "starts")


def findings(graph: Graph, gazetteer: Gazetteer, decisions: Decisions) -> Sequence[Finding]:
    """All warnings about the posts of a graph, sorted by id.

    A pure function of the graph; what analysts settled stays, and says so. Posts count that their
    documents state, or that a source states; what is denied, planned or feared does not. Posts of
    a graph on the disk are read one by one; what is kept of them is without their claims.
    """
    found = (_settled(f, decisions) for f in _Inspector(graph, gazetteer).findings())
    return shelved(Finding, found, "w", graph.folder)


def _settled(finding: Finding, decisions: Decisions) -> Finding:
    """A finding as the judgements leave it: one names its kind and a statement of each side."""
    left, right = ({e.statement for e in side} for side in (finding.left, finding.right))
    for judgement in decisions.settled:
        kind, items = judgement.items[0], set(judgement.items[1:])
        if kind == finding.kind and items & left and (items & right or not right):
            return replace(finding, settled=judgement.settlement)
    return finding


class _Clash(NamedTuple):
    """Two posts, by their ids, that are held at once by or in one node."""

    kind: FindingKind
    node: str
    told: str
    left: str
    right: str


@dataclass
class _Context:
    """Edges that posts are held against, by entity, each list in the order of edges.

    wholes: what an organization is part of, as a fact; nations: countries that persons are of, as
    a fact; ranks, deaths: edges that somebody states, and evidence of them with a date. The last
    three of holders of posts only.
    """

    wholes: dict[str, list[tuple[str, Edge]]] = field(default_factory=lambda: defaultdict(list))
    nations: dict[str, list[tuple[str, Edge]]] = field(default_factory=lambda: defaultdict(list))
    ranks: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    deaths: dict[str, set[EdgeEvidence]] = field(default_factory=lambda: defaultdict(set))


@dataclass
class _Inspector:
    """The posts of a graph and what they are held against."""

    graph: Graph
    gazetteer: Gazetteer

    def __post_init__(self) -> None:
        self.rules = PostRules(self.gazetteer.ontology)
        self.entities = self.graph.outline_index()

    def _posts(self) -> Iterator[Post]:
        return (post for post in self.graph.posts if any(post.told(*_HELD, "ends")))

    def findings(self) -> Iterator[Finding]:
        """Each check in turn."""
        yield from self._at_once()
        for post in self._posts():
            if self._is_command(post):
                yield from self._ranks(post)
                yield from self._country(post)
            yield from self._death(post)
            yield from self._dates(post)

    @cached_property
    def _context(self) -> _Context:
        found = _Context()
        holders = {post.holder for post in self._posts()}
        for edge in sifted(self.graph.edges, ["relation"], self._tells):
            part = self.rules.part(edge.relation)
            if part.whole and edge.plain and edge.binary:
                one, whole = ends(edge, part.whole)
                if one and whole:
                    found.wholes[one].append((whole, edge))
            if part.national and edge.plain and edge.binary:
                person, country = ends(edge, part.national)
                if person in holders and person and country:
                    found.nations[person].append((self._entity(country).name, edge))
            if part.ranks and _is_actual(edge):
                person = str(ends(edge, part.ranks)[0])
                if person in holders:
                    found.ranks[person].append(edge)
            if part.dies and _is_actual(edge):
                person = str(ends(edge, part.dies)[0])
                if person in holders:
                    found.deaths[person].update(e for e in edge.evidence if e.when)
        return found

    def _tells(self, relation: str | None) -> bool:
        part = self.rules.part(relation)
        return any((part.whole, part.national, part.ranks, part.dies))

    def _entity(self, id_: str | None) -> Entity:
        return self.entities[str(id_)]

    def _is_command(self, post: Post) -> bool:
        """Whether one person at a time holds it, in a unit that has a name."""
        unit = self.entities.get(post.organization or "")
        return unit is not None and unit.named and self.rules.sole(post.relation, unit.type)

    # Two at once

    def _at_once(self) -> Iterator[Finding]:
        units: dict[str, list[tuple[Post, Tenure]]] = defaultdict(list)
        persons: dict[str, list[tuple[Post, Tenure]]] = defaultdict(list)
        for post in self._posts():
            held = tenure(post) if self._is_command(post) else None
            if held:
                light = replace(post, claims=())
                units[str(post.organization)].append((light, held))
                persons[post.holder].append((light, held))
        clashes = [*self._commanders(units), *self._commands(persons)]
        wanted = {id_ for clash in clashes for id_ in (clash.left, clash.right)}
        told = {p.id: _evidence(p) for p in sifted(self.graph.posts, ["id"], wanted.__contains__)}
        for kind, node, words, left, right in clashes:
            yield _finding(kind, (node, left, right), words, told[left], told[right])

    def _commanders(self, units: Mapping[str, list[tuple[Post, Tenure]]]) -> Iterator[_Clash]:
        for unit, posts in units.items():
            for left, right in _overlapping(posts):
                if left.holder != right.holder:
                    told = f"{self._entity(unit).name} has two commanders at once: "
                    told += " and ".join(self._told(p, p.holder) for p in (left, right))
                    yield _Clash("two_commanders", unit, told, left.id, right.id)

    def _commands(self, persons: Mapping[str, list[tuple[Post, Tenure]]]) -> Iterator[_Clash]:
        for person, posts in persons.items():
            for left, right in _overlapping(posts):
                if not self._related(left.organization, right.organization):
                    told = f"{self._entity(person).name} has two commands at once: "
                    told += " and ".join(self._told(p, p.organization) for p in (left, right))
                    yield _Clash("two_commands", person, told, left.id, right.id)

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

    def _above(self, unit: str) -> dict[str, Edge | None]:
        """All that a unit is part of, each with the edge that told it; the unit first."""
        seen: dict[str, Edge | None] = {unit: None}
        waiting = [unit]
        while waiting:
            for whole, edge in self._context.wholes.get(waiting.pop(), ()):
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
                for edge in self._context.ranks.get(post.holder, ())
                if rank.value in (edge.value, self._name(edge.object), self._name(edge.subject))
                for told in edge.evidence
                if told.document in rank.documents
            )
        )

    def _name(self, id_: str | None) -> str | None:
        entity = self.entities.get(id_ or "")
        return entity.name if entity else None

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
        for country, edge in self._context.nations.get(person.id, ()):
            found[country] = (*found.get(country, ()), *edge.evidence)
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
        deaths = tuple(sorted(self._context.deaths.get(post.holder, ())))
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
