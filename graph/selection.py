"""Selections: what somebody means by an id or a name, as items that judgements are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from ..ontologies.error import ActorgraphError
from .entity import Entity
from .event import Event
from .exhibit import Exhibit
from .graph import Graph


@dataclass(frozen=True, slots=True)
class Selection:
    """A merged entity or event, and those of its members that are meant, sorted."""

    node: Entity | Event
    members: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.node.name if isinstance(self.node, Entity) else self.node.label


def selection(graph: Graph, text: str) -> Selection:
    """What an id of a merged or document entity or event, or a name, means.

    Raises ActorgraphError if it is none, or if several entities bear the name.
    """
    for node in graph.nodes:
        if node.id == text:
            return Selection(node, node.members)
        if text in node.members:
            return Selection(node, (text,))
    bearers = [e for e in graph.entities if text.casefold() in {n.casefold() for n in _names(e)}]
    if len(bearers) > 1:
        sources = {document.id: document.source for document in graph.documents}
        told = "; ".join(_described(entity, sources) for entity in bearers)
        raise ActorgraphError(f"{text!r} is a name of several actors, give the id of one: {told}")
    if not bearers:
        names = sorted({name for e in graph.entities for name in e.names})
        near = ", ".join(get_close_matches(text, names, 3)) or "none alike"
        raise ActorgraphError(f"no actor or event {text!r} in this graph; names like it: {near}")
    return Selection(bearers[0], bearers[0].members)


def _described(entity: Entity, sources: Mapping[str, str]) -> str:
    """*e01… Ahmed Ali (Person, Syria), 3 documents, one of them news/a.txt*."""
    told = ", ".join(filter(None, (entity.type, entity.country)))
    first, *others = entity.documents
    where = f"{1 + len(others)} documents, one of them" if others else "1 document,"
    return f"{entity.id} {entity.name} ({told}), {where} {sources.get(first) or first}"


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.names)


def statements(graph: Graph, text: str) -> tuple[str, ...]:
    """The statements that an id of a statement or an edge means. Raises ActorgraphError if none."""
    for edge in graph.edges:
        ids = tuple(sorted(e.statement for e in edge.evidence))
        if edge.id == text:
            return ids
        if text in ids:
            return (text,)
    raise ActorgraphError(
        f"no statement {text!r} in this graph; the exports give ids of edges and of statements"
    )


def representative(
    node: Entity | Event, members: Iterable[str], shown: Mapping[str, Exhibit]
) -> str:
    """The member that stands best for a node: called by its name, else by the longest."""
    name = node.name if isinstance(node, Entity) else ""

    def rank(member: str) -> tuple[bool, int, str]:
        called = shown[member].name if member in shown else ""
        return called != name, -len(called), member

    return min(members, key=rank)
