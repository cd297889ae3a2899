"""Explanation: why two things of the documents are one in the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError

if TYPE_CHECKING:
    from .graph import Graph


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Why two document entities (or document events) became one.

    `left` and `right` are ids of members, left the smaller; `score` is in [0, 1]; `evidence` says
    in words what speaks for it. Rules: judgement; for entities known_name, same_name,
    same_name_and_context, spelling, spelling_and_context, spelling_and_country, surname, only_name;
    for events same_patient_once, same_patient_and_day, same_agents_and_day,
    same_agent_place_and_day, same_participants_and_issue.
    """

    left: str
    right: str
    rule: str
    score: float
    evidence: tuple[str, ...] = ()


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
