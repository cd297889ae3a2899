"""Doubts: what in a graph an analyst should look at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from .blocking import candidates
from .coincidence import coincidences
from .entity import Entity
from .gazetteer import Gazetteer
from .graph import Graph
from .match import Match
from .member import Member
from .node import Node
from .resemblance import Resemblance, compared
from .suggestion import MAYBE_SAME
from .table import Table

_WARNING = 0.3  # how much a warning should be looked at, beside merges that rest on likeness

DoubtKind = Literal["merged", "apart", "statement", "warning", "shared", "candidate"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A merge that may be wrong, a merge that may be missing, a statement that may be misread, a
    warning, two entities that are said to be one thing elsewhere (*shared*), or what one may be
    (*candidate*).

    `items` are two document entities or events, one statement, a statement of each side of a
    warning, or a document entity and an IRI; `nodes` what they are in the graph (for a statement,
    its edge; for a warning, posts and actors). `score` is what rule or reader gives it, `doubt` in
    [0, 1] how much it should be looked at.
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
    found = (
        *_merged(graph),
        *_apart(graph, gazetteer),
        *_coincidences(graph, gazetteer),
        *_statements(graph),
        *_warnings(graph),
        *_shared(graph),
        *_candidates(graph),
    )
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


def _warnings(graph: Graph) -> Iterator[Doubt]:
    """What does not fit together and nobody settled: the graver, the surer both sides are."""
    for finding in graph.findings:
        if finding.settled is None:
            sides = (finding.left, finding.right)
            score = min((max(e.confidence for e in side) for side in sides if side), default=0.0)
            doubt, told = round(_WARNING * score, 4), (finding.explanation,)
            items = finding.items[1:]
            yield Doubt(doubt, "warning", items, finding.nodes, finding.kind, score, told)


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


def _shared(graph: Graph) -> Iterator[Doubt]:
    """Entities that are one thing elsewhere, and so perhaps one here."""
    entities = graph.entity_index()
    apart = [set(j.items) for j in graph.judgements if j.kind == "different"]
    bearers: dict[str, list[Match]] = {}
    for match in graph.matches:
        if match.bond != "candidate":
            bearers.setdefault(match.iri, []).append(match)
    for iri, matches in sorted(bearers.items()):
        for one, other in pairwise(sorted(matches, key=lambda m: m.entity)):
            left, right = entities[one.entity], entities[other.entity]
            if any(j & set(left.members) and j & set(right.members) for j in apart):
                continue
            score = min(one.confidence, other.confidence)
            label = one.label or other.label
            told = f"both are {iri}" + (f" ({label})" if label else "")
            items = (left.members[0], right.members[0])
            yield Doubt(
                score, "shared", items, (left.id, right.id), "one_identifier", score, (told,)
            )


def _candidates(graph: Graph) -> Iterator[Doubt]:
    """Close matches: one thing elsewhere, not surely."""
    entities = graph.entity_index()
    for match in graph.matches:
        if match.bond == "close":
            told = [match.iri, match.label, match.why]
            yield Doubt(
                round(1 - match.confidence, 4),
                "candidate",
                (entities[match.entity].members[0], match.iri),
                (match.entity,),
                match.source,
                match.confidence,
                tuple(text for text in told if text),
            )
