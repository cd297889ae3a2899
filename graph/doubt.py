"""Doubts: what in a graph an analyst should look at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .blocking import candidates
from .coincidence import coincidences
from .entity import Entity
from .gazetteer import Gazetteer
from .graph import Graph
from .identity import MAYBE_SAME
from .member import Member
from .node import Node
from .resemblance import Resemblance, compared
from .table import Table

DoubtKind = Literal["merged", "apart", "statement"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A merge that may be wrong, a merge that may be missing, or a statement that may be misread.

    `items` are two document entities or events, or one statement; `nodes` what they are in the
    graph (for a statement, its edge). `score` is what rule or reader gives it, `doubt` in [0, 1]
    how much it should be looked at.
    """

    doubt: float
    kind: DoubtKind
    items: tuple[str, ...]
    nodes: tuple[str, ...]
    rule: str
    score: float
    evidence: tuple[str, ...]


def doubts(graph: Graph, gazetteer: Gazetteer) -> list[Doubt]:
    """All doubts nobody has judged yet, the gravest first."""
    judged = {judgement.items for judgement in graph.judgements}
    judged |= {tuple(reversed(items)) for items in judged}
    apart = (*_apart(graph, gazetteer), *_coincidences(graph, gazetteer))
    found = (*_merged(graph), *apart, *_statements(graph))
    return sorted(
        (doubt for doubt in found if doubt.items not in judged),
        key=lambda d: (-d.doubt, d.kind, d.items),
    )


def _merged(graph: Graph) -> Iterator[Doubt]:
    """Links that rest on likeness."""
    home = {m: node.id for node in graph.nodes for m in node.members}
    for link in graph.links:
        if link.rule != "judgement" and link.score < 1:
            items = (link.left, link.right)
            doubt = round(1 - link.score, 4)
            yield Doubt(
                doubt, "merged", items, (home[link.left],), link.rule, link.score, link.evidence
            )


def _apart(graph: Graph, gazetteer: Gazetteer) -> Iterator[Doubt]:
    """Entities with names like each other's."""
    named = [entity for entity in graph.entities if entity.named and not entity.known]
    nodes = [_node(entity, gazetteer) for entity in named]
    for i, j in candidates(nodes, gazetteer.lexicon):
        best = _best(nodes[i], nodes[j], gazetteer)
        if best.score < MAYBE_SAME or best.conflicts:
            continue
        left, right = named[i], named[j]
        yield Doubt(
            round(best.score - MAYBE_SAME, 4),
            "apart",
            (left.members[0], right.members[0]),
            (left.id, right.id),
            "names_alike",
            round(best.score, 4),
            (*best.reasons, *_against(left, right)),
        )


def _coincidences(graph: Graph, gazetteer: Gazetteer) -> Iterator[Doubt]:
    """Events of one kind that share participants."""
    index = graph.event_index()
    for found in coincidences(graph.events, Table(graph.entity_index(), {}, gazetteer)):
        items = index[found.left].members[0], index[found.right].members[0]
        nodes = found.left, found.right
        doubt = round(found.score / 2, 4)
        yield Doubt(doubt, "apart", items, nodes, "events_alike", found.score, found.evidence)


def _node(entity: Entity, gazetteer: Gazetteer) -> Node:
    """A merged entity as identity sees a document's."""
    known = gazetteer.identification(entity.name, entity.names, entity.type)
    member = Member(
        id=entity.members[0],
        document=entity.documents[0],
        name=entity.name,
        names=entity.names,
        mentions=(),
        type=entity.type,
        facet=known.facet,
        key=known.key,
        full=known.full,
        known=known.known,
        mark=known.mark,
    )
    return Node(entity.id, [member], True, gazetteer.lexicon)


def _best(left: Node, right: Node, gazetteer: Gazetteer) -> Resemblance:
    pairs = (sorted((a, b), key=lambda n: n.text) for a in left.names for b in right.names)
    found = (compared(one, other, gazetteer.lexicon) for one, other in pairs)
    return max(found, key=lambda r: (not r.conflicts, r.score, r.reasons))


def _against(left: Entity, right: Entity) -> Iterator[str]:
    if set(left.documents) & set(right.documents):
        yield "but one document names both"
    elif left.country and right.country and left.country != right.country:
        yield f"but one is of {left.country}, the other of {right.country}"
    else:
        yield "but nothing else speaks for it"


def _statements(graph: Graph) -> Iterator[Doubt]:
    """Facts on the word of one weak reading."""
    for edge in graph.plain_edges:
        if len(edge.evidence) == 1 and edge.confidence < 0.9:
            (evidence,) = edge.evidence
            yield Doubt(
                round(1 - edge.confidence, 4),
                "statement",
                (evidence.statement,),
                (edge.id,),
                evidence.rule,
                edge.confidence,
                ("read only once, and not surely",),
            )
