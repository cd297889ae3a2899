"""Explanation: why two things of the documents are one in the graph."""

from __future__ import annotations

from ..ontologies.error import ActorgraphError
from .graph import Graph
from .link import Link


def why_same(graph: Graph, id_: str) -> tuple[Link, ...]:
    """The links that made an entity or event of the graph, weakest first.

    Together they join all its members; none if it has one member only. Raises ActorgraphError if
    the graph has neither entity nor event of that id.
    """
    merged = graph.entity_index().get(id_) or graph.event_index().get(id_)
    if merged is None:
        raise ActorgraphError(f"{id_} is neither an entity nor an event of this graph")
    members = set(merged.members)
    links = (link for link in graph.links if link.left in members and link.right in members)
    return tuple(sorted(links, key=lambda link: (link.score, link)))
