"""The graph as a networkx MultiDiGraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .edge import Edge
from .graph import Graph

if TYPE_CHECKING:
    import networkx


def network(graph: Graph, plain_only: bool = False) -> networkx.MultiDiGraph:
    """Entities, events, posts and literal values as nodes (`kind`), statements as edges.

    Node attributes: kind (entity, event, post, value), label, type, and for entities names, named,
    country, known. Edges are keyed by edge id: relation, phrase, plain, polarity, certainty,
    source, event, weight, confidence, sources, start, end, evidence (tuple of `EdgeEvidence`).
    An event is joined to each participant by an edge keyed `event|role|entity`, relation = role.
    A post is joined likewise to its holder and its organization (post_in).
    Statements with an open end appear in their event only. With `plain_only`, only facts.
    """
    import networkx

    view = networkx.MultiDiGraph(ontology=graph.ontology)
    for entity in graph.entities:
        view.add_node(
            entity.id,
            kind="entity",
            label=entity.name,
            type=entity.type,
            names=entity.names,
            named=entity.named,
            country=entity.country,
            known=entity.known,
        )
    for event in graph.events:
        if event.plain or not plain_only:
            view.add_node(event.id, kind="event", label=event.label, type=event.type)
            for part in event.participants:
                if part.plain or not plain_only:
                    key = f"{event.id}|{part.role}|{part.entity}"
                    view.add_edge(event.id, part.entity, key, relation=part.role, plain=part.plain)
    for post in graph.posts:
        if post.plain or not plain_only:
            view.add_node(post.id, kind="post", label=post.label, type=post.relation)
            for role, end in (("holder", post.holder), ("post_in", post.organization)):
                if end is not None:
                    key = f"{post.id}|{role}|{end}"
                    view.add_edge(post.id, end, key, relation=role, plain=post.plain)
    for edge in graph.edges:
        if edge.binary and (edge.plain or not plain_only):
            view.add_edge(edge.subject, _target(view, edge), edge.id, **_attributes(edge))
    return view


def _target(view: networkx.MultiDiGraph, edge: Edge) -> str:
    if edge.object is not None:
        return edge.object
    node = f"{edge.value_type}:{edge.value}"
    view.add_node(node, kind="value", label=edge.value, type=edge.value_type)
    return node


def _attributes(edge: Edge) -> dict[str, object]:
    return {
        "relation": edge.relation,
        "phrase": edge.phrase,
        "plain": edge.plain,
        "polarity": edge.polarity,
        "certainty": edge.certainty,
        "source": edge.source and edge.source.name,
        "event": edge.event,
        "weight": edge.weight,
        "confidence": edge.confidence,
        "sources": edge.sources,
        "start": edge.start,
        "end": edge.end,
        "evidence": edge.evidence,
    }
