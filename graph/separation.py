"""Separations: events kept apart that may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from .event import Event
from .gazetteer import Gazetteer
from .graph import Graph
from .period import Period, overlap, period
from .table import Table

LEAST = 0.5
"""Separations less alike are no doubt."""
_MANY = 12  # of larger blocks only neighbours in time are compared
_SOON = 3  # days between events or reports that may be of one


@dataclass(frozen=True, slots=True)
class Separation:
    """Two events, how much speaks for their being one, and what for and against it, in words."""

    left: Event
    right: Event
    score: float
    evidence: tuple[str, ...]


def separations(graph: Graph, gazetteer: Gazetteer) -> Iterator[Separation]:
    """Events of different documents with one kind of relation, one stance and a named participant
    in common, told for times that do not exclude each other.
    """
    scale = _Scale(graph, gazetteer)
    seen: set[tuple[str, str]] = set()
    for block in scale.blocks().values():
        ordered = sorted(block, key=lambda e: (scale.first(e), e.id))
        pairs = combinations(ordered, 2) if len(ordered) <= _MANY else pairwise(ordered)
        for pair in pairs:
            left, right = sorted(pair, key=lambda e: e.id)
            if (left.id, right.id) not in seen and not set(left.documents) & set(right.documents):
                seen.add((left.id, right.id))
                found = scale.separation(left, right)
                if found.score >= LEAST:
                    yield found


class _Scale:
    """Weighs what speaks for and against two events being one."""

    def __init__(self, graph: Graph, gazetteer: Gazetteer) -> None:
        self.graph = graph
        self.table = Table(graph.entity_index(), {}, gazetteer)
        self.published = {d.id: d.published for d in graph.documents}

    def blocks(self) -> Mapping[tuple[str, ...], list[Event]]:
        """Events by relation, stance and each participant that has a name."""
        found: dict[tuple[str, ...], list[Event]] = defaultdict(list)
        for event in self.graph.events:
            kind = (self.table.family(event.type), event.polarity, event.certainty)
            for role, entity in sorted(self._parts(event)):
                found[(*kind, role, entity)].append(event)
        return found

    def _parts(self, event: Event) -> set[tuple[str, str]]:
        entities = self.table.entities
        return {(p.role, p.entity) for p in event.participants if entities[p.entity].named}

    def first(self, event: Event) -> int:
        """The first day told, or of publication."""
        days = [*self._told(event), *self._appeared(event)]
        return min((day[0] for day in days), default=0)

    @staticmethod
    def _told(event: Event) -> list[Period]:
        return [days for d in event.told("when") if (days := period(d.value))]

    def _appeared(self, event: Event) -> list[Period]:
        days = (period(self.published.get(d) or "") for d in event.documents)
        return [day for day in days if day]

    def separation(self, left: Event, right: Event) -> Separation:
        """How alike two events are: by participants, weighed down by distance in time and place."""
        one, other = self._parts(left), self._parts(right)
        common = one & other
        share = 2 * len(common) / (len(one) + len(other))
        time, told_time = self._time(left, right)
        place, told_place = self._place(left, right)
        names = " and ".join(sorted({self.table.entities[entity].name for _, entity in common}))
        evidence = (f"both tell of {names}", told_time, told_place)
        score = round(share * time * place, 4)
        return Separation(left, right, score, tuple(filter(None, evidence)))

    def _time(self, left: Event, right: Event) -> tuple[float, str]:
        one, other = self._told(left), self._told(right)
        if one and other:
            if any(overlap(a, b) for a in one for b in other):
                return 0.9, "their dates fit together"
            told = " and ".join(self._dates(e) for e in (left, right))
            return (0.7 if _near(one, other) else 0.0), f"but their dates are {told}"
        one, other = one or self._appeared(left), other or self._appeared(right)
        near = not one or not other or _near(one, other)
        return (0.75 if near else 0.3), "but not both are dated"

    @staticmethod
    def _dates(event: Event) -> str:
        return ", ".join(sorted({d.value for d in event.told("when")}))

    def _place(self, left: Event, right: Event) -> tuple[float, str]:
        one, other = ({d.entity for d in e.told("where") if d.entity} for e in (left, right))
        if not one or not other:
            return 1.0, ""
        if any(self.table.near(a, b) for a in one for b in other):
            return 1.0, "their places fit together"
        names = [self.table.entities[p].name for p in (min(one), min(other))]
        return 0.7, f"but one is told of {names[0]}, the other of {names[1]}"


def _near(left: list[Period], right: list[Period]) -> bool:
    return any(a[0] - b[1] <= _SOON and b[0] - a[1] <= _SOON for a in left for b in right)
