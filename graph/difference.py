"""Differences: what one build of a graph says that another does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from .edge import Edge
from .entity import Entity
from .event import Event
from .finding import Finding
from .graph import Graph
from .post import Post

Item = TypeVar("Item", Entity, Event, Edge, Post, Finding)


@dataclass(frozen=True, slots=True)
class Change(Generic[Item]):
    """Things of one kind by id: only in the new graph, only in the old, in both but not equal."""

    gained: tuple[Item, ...]
    lost: tuple[Item, ...]
    changed: tuple[tuple[Item, Item], ...]

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost or self.changed)


@dataclass(frozen=True, slots=True)
class Difference:
    """From an old graph to a new one.

    `restated` are statements that both have and mean otherwise: statement id, old and new edge.
    """

    entities: Change[Entity]
    events: Change[Event]
    edges: Change[Edge]
    posts: Change[Post]
    findings: Change[Finding]
    restated: tuple[tuple[str, Edge, Edge], ...]

    def __bool__(self) -> bool:
        changes = (self.entities, self.events, self.edges, self.posts, self.findings)
        return any(map(bool, changes))


def difference(old: Graph, new: Graph) -> Difference:
    """What was gained, lost and changed from one graph to another; all parts sorted by id."""
    return Difference(
        _change({e.id: e for e in old.entities}, {e.id: e for e in new.entities}),
        _change({e.id: e for e in old.events}, {e.id: e for e in new.events}),
        _change({e.id: e for e in old.edges}, {e.id: e for e in new.edges}),
        _change({p.id: p for p in old.posts}, {p.id: p for p in new.posts}),
        _change({f.id: f for f in old.findings}, {f.id: f for f in new.findings}),
        tuple(_restated(old, new)),
    )


def _change(old: Mapping[str, Item], new: Mapping[str, Item]) -> Change[Item]:
    return Change(
        tuple(new[id_] for id_ in sorted(new.keys() - old.keys())),
        tuple(old[id_] for id_ in sorted(old.keys() - new.keys())),
        tuple(
            (old[id_], new[id_]) for id_ in sorted(old.keys() & new.keys()) if old[id_] != new[id_]
        ),
    )


def _restated(old: Graph, new: Graph) -> list[tuple[str, Edge, Edge]]:
    before, after = _by_statement(old), _by_statement(new)
    return [
        (statement, before[statement], after[statement])
        for statement in sorted(before.keys() & after.keys())
        if _meaning(before[statement]) != _meaning(after[statement])
    ]


def _by_statement(graph: Graph) -> dict[str, Edge]:
    return {evidence.statement: edge for edge in graph.edges for evidence in edge.evidence}


def _meaning(edge: Edge) -> tuple[object, ...]:
    source = edge.source and tuple((s.entity or s.name) for s in edge.source.chain())
    return edge.subject, edge.relation, edge.object, edge.polarity, edge.certainty, source
