"""What a file says, in a form that does not depend on its format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from actorgraph.exports.row import clean
from actorgraph.graph.graph import Graph


@dataclass
class Content:
    """Everything by id: entities, events, edges, evidence, and plain participants."""

    entities: dict[str, tuple[str, str]] = field(default_factory=dict)  # label, type
    events: dict[str, str] = field(default_factory=dict)  # type
    edges: dict[str, tuple[object, ...]] = field(default_factory=dict)
    evidence: dict[str, frozenset[tuple[object, ...]]] = field(default_factory=dict)
    facts: set[tuple[str, str, str]] = field(default_factory=set)  # plain participants
    links: set[tuple[object, ...]] = field(default_factory=set)  # entity, IRI, bond, …
    points: dict[str, tuple[float, float]] = field(default_factory=dict)  # of entities


def shown(text: str | None) -> str | None:
    """A text as every format can hold it: on one line, without illegal characters."""
    return clean(" ".join(text.split())) if text is not None else None


def said(graph: Graph) -> Content:
    content = Content()
    for entity in graph.entities:
        content.entities[entity.id] = (shown(entity.name) or "", entity.type)
    for match in graph.matches:
        more = (match.bond, match.confidence, clean(match.label) or None, match.score)
        content.links.add((match.entity, match.iri, *more))
        if match.asserted and match.point:
            content.points[match.entity] = match.point
    for event in graph.events:
        content.events[event.id] = event.type
        content.facts |= {(event.id, p.role, p.entity) for p in event.participants if p.plain}
    for edge in graph.edges:
        object_ = edge.object if edge.value is None else f"= {shown(edge.value)}"
        content.edges[edge.id] = (
            edge.subject,
            edge.relation,
            object_,
            shown(edge.phrase),
            edge.polarity,
            edge.certainty,
            edge.plain,
            " via ".join(shown(s.name) or "" for s in edge.source.chain()) if edge.source else None,
            edge.event,
            round(edge.confidence, 6),
        )
        content.evidence[edge.id] = frozenset(
            (e.document, e.start, e.end, clean(e.quote), clean(e.rule), e.statement)
            for e in edge.evidence
        )
    return content


Rows = Iterable[Mapping[str, Any]]


def content_of_rows(nodes: Rows, edges: Rows) -> Content:
    """Content of a property graph; absent cells may be missing, None, empty or NaN."""
    content = Content()
    open_ends = set()
    values = {}
    for node in nodes:
        if node["kind"] == "entity":
            content.entities[node["id"]] = (node["label"], node["type"])
            for link in json.loads(node.get("links") or "[]"):
                more = (link["bond"], link["confidence"], link.get("label"), link.get("score"))
                content.links.add((node["id"], link["iri"], *more))
            if str(node.get("latitude", "")) not in ("", "nan", "None"):
                content.points[node["id"]] = (float(node["latitude"]), float(node["longitude"]))
        elif node["kind"] == "event":
            content.events[node["id"]] = node["type"]
            open_ends.add(node["id"])
        elif node["kind"] == "unknown":
            open_ends.add(node["id"])
        elif node["kind"] == "value":
            values[node["id"]] = f"= {node['label']}"
    for edge in edges:
        if edge["layer"] == "participant":
            if edge["plain"]:
                content.facts.add((edge["from"], edge["relation"], edge["to"]))
            continue
        ends = [
            None if end in open_ends else values.get(end, end) for end in (edge["from"], edge["to"])
        ]
        content.edges[edge["id"]] = (
            ends[0],
            edge.get("relation") or None,
            ends[1],
            edge["phrase"],
            edge["polarity"],
            edge["certainty"],
            edge["plain"],
            edge.get("source") or None,
            edge.get("event") or None,
            round(edge["confidence"], 6),
        )
        assert edge["weight"] > 0
        content.evidence[edge["id"]] = frozenset(
            (e["document"], e["start"], e["end"], e["quote"], e["rule"], e["statement"])
            for e in json.loads(edge["evidence"])
        )
    return content
