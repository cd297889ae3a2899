"""The graph as rows of nodes and edges: what GraphML, GEXF, CSV and Cypher all say.

docs/exports.md explains the columns. Every format writes these rows and nothing else, so all of
them say the same thing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..extract.text.document import Document
from ..graph.edge import Edge
from ..graph.entity import Entity
from ..graph.event import Event, Participant
from ..graph.evidence import Detail, EdgeEvidence
from ..graph.excerpt import documents_without_text
from ..graph.graph import Graph
from ..graph.match import Match, point
from ..ontologies.ontology import Ontology
from .cell import clean as clean
from .cell import json_text, meant_as, said_by
from .postrow import post_cells, tie_cells

ColumnType = Literal["boolean", "int", "double", "string", "strings", "json"]
Cell = bool | int | float | str | tuple[str, ...]
Row = Mapping[str, Cell]
"""Column name -> value; a column without a value is left out."""

NODE_COLUMNS: Mapping[str, ColumnType] = {
    "id": "string",
    "label": "string",
    "kind": "string",
    "type": "string",
    "types": "strings",
    "names": "strings",
    "named": "boolean",
    "country": "string",
    "country_entity": "string",
    "country_reason": "string",
    "known": "string",
    "same_as": "strings",
    "iso": "string",
    "latitude": "double",
    "longitude": "double",
    "links": "json",
    "mentions": "int",
    "documents": "strings",
    "polarity": "string",
    "certainty": "string",
    "plain": "boolean",
    "confidence": "double",
    "sources": "int",
    "dates": "strings",
    "places": "strings",
    "details": "json",
    "titles": "strings",
    "ranks": "strings",
    "first_cited": "string",
    "last_cited": "string",
    "starts": "strings",
    "ends": "strings",
    "claims": "json",
}
EDGE_COLUMNS: Mapping[str, ColumnType] = {
    "id": "string",
    "from": "string",
    "to": "string",
    "label": "string",
    "kind": "string",
    "layer": "string",
    "relation": "string",
    "phrase": "string",
    "plain": "boolean",
    "polarity": "string",
    "certainty": "string",
    "source": "string",
    "event": "string",
    "role": "string",
    "weight": "double",
    "confidence": "double",
    "sources": "int",
    "first_cited": "string",
    "last_cited": "string",
    "documents": "strings",
    "details": "json",
    "evidence": "json",
}

SEPARATOR = ";"
"""Joins lists where a format has none; no list element holds it."""


def value_id(value_type: str | None, value: str) -> str:
    """Id of a literal value's node: equal values of one type are one node."""
    text = f"{value_type or ''}\x1f{value}".encode("utf-8", "surrogatepass")
    return "l" + hashlib.sha256(text).hexdigest()[:16]


@dataclass(frozen=True)
class Table:
    """A graph as rows, in the order of ids."""

    graph: Graph
    ontology: Ontology

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.id: document for document in documents_without_text(self.graph)}

    @cached_property
    def _events(self) -> frozenset[str]:
        return frozenset(event.id for event in self.graph.events)

    def nodes(self) -> Iterator[Row]:
        """Entities, then events, posts, literal values, and the unknown ends of edges."""
        for entity in self.graph.entities:
            yield _row(NODE_COLUMNS, _entity(entity) | self._elsewhere(entity))
        for event in self.graph.events:
            yield _row(NODE_COLUMNS, self._event(event))
        for post in self.graph.posts:
            yield _row(NODE_COLUMNS, post_cells(post))
        values = {
            value_id(e.value_type, e.value): (e.value, e.value_type)
            for e in self.graph.edges
            if e.value is not None
        }
        for id_, (value, type_) in sorted(values.items()):
            cells = {"id": id_, "label": value, "kind": "value", "type": type_}
            yield _row(NODE_COLUMNS, cells)
        for edge in self.graph.edges:
            if None in self._ends(edge):
                cells = {"id": f"{edge.id}-unknown", "label": "unknown", "kind": "unknown"}
                yield _row(NODE_COLUMNS, cells)

    def edges(self) -> Iterator[Row]:
        """Statements, then the ties of events to participants, and of posts to their ends."""
        for edge in self.graph.edges:
            yield _row(EDGE_COLUMNS, self._statement(edge))
        for event in self.graph.events:
            for part in event.participants:
                yield _row(EDGE_COLUMNS, _participation(event, part))
        for post in self.graph.posts:
            for role, entity in (("holder", post.holder), ("post_in", post.organization)):
                if entity is not None:
                    yield _row(EDGE_COLUMNS, tie_cells(post, role, entity))

    def type_order(self) -> dict[str, int]:
        """The ontology's classes and relations, numbered: a stable ground for colours."""
        names = sorted({*self.ontology.classes, *self.ontology.relations})
        return {name: number for number, name in enumerate(names)}

    @cached_property
    def _matches(self) -> dict[str, list[Match]]:
        matches: dict[str, list[Match]] = defaultdict(list)
        for match in self.graph.matches:
            matches[match.entity].append(match)
        return matches

    @cached_property
    def _iso(self) -> dict[str, str]:
        return {known.id: known.iso for known in self.ontology.known_names if known.iso}

    def _elsewhere(self, entity: Entity) -> dict[str, object]:
        matches = self._matches.get(entity.id, [])
        return {
            "iso": self._iso.get(entity.known or ""),
            "links": json_text([_link(match) for match in matches]) if matches else None,
            **_degrees(point(matches)),
        }

    def _scene(self, event: Event) -> dict[str, object]:
        """Where it happened, if all that tells of it tells of one point."""
        places = {p.entity for p in event.participants if p.role == "where"}
        places |= {d.entity for d in event.told("where") if d.entity is not None}
        points = {point(self._matches.get(place, [])) for place in places} - {None}
        return _degrees(points.pop() if len(points) == 1 else None)

    def _event(self, event: Event) -> dict[str, object]:
        return self._scene(event) | {
            "id": event.id,
            "label": event.label + meant_as(event.polarity, event.certainty, event.plain),
            "kind": "event",
            "type": event.type,
            "documents": event.documents,
            "polarity": event.polarity,
            "certainty": event.certainty,
            "plain": event.plain,
            "confidence": event.confidence,
            "sources": event.sources,
            "dates": _values(event.told("when")),
            "places": _values(event.told("where")),
            "details": _details(event.details),
        }

    def _ends(self, edge: Edge) -> tuple[str | None, str | None]:
        """Ids of the edge's ends; an end nobody tells is the event itself, else None."""
        event = edge.event if edge.event in self._events else None
        if edge.value is not None:
            return edge.subject or event, value_id(edge.value_type, edge.value)
        return edge.subject or event, edge.object or event

    def _statement(self, edge: Edge) -> dict[str, object]:
        unknown = f"{edge.id}-unknown"
        subject, object_ = self._ends(edge)
        relation = self.ontology.relations.get(edge.relation or "")
        name = relation.label if relation else edge.relation or edge.phrase
        note = meant_as(edge.polarity, edge.certainty, edge.plain)
        return {
            "id": edge.id,
            "from": subject or unknown,
            "to": object_ or unknown,
            "label": name + note,
            "kind": (edge.relation or edge.phrase) + note,
            "layer": "statement",
            "relation": edge.relation,
            "phrase": edge.phrase,
            "plain": edge.plain,
            "polarity": edge.polarity,
            "certainty": edge.certainty,
            "source": said_by(edge.source),
            "event": edge.event,
            "role": edge.role,
            "weight": max(edge.weight, 0.001),
            "confidence": edge.confidence,
            "sources": edge.sources,
            "first_cited": edge.start,
            "last_cited": edge.end,
            "documents": edge.documents,
            "details": _details(edge.details),
            "evidence": json_text([self._evidence(e) for e in edge.evidence]),
        }

    def _evidence(self, evidence: EdgeEvidence) -> dict[str, object]:
        document = self._documents.get(evidence.document)
        cells = {
            "document": evidence.document,
            "file": document and document.source,
            "title": document and document.title,
            "url": document and document.url,
            "published": document and document.published,
            "start": evidence.start,
            "end": evidence.end,
            "quote": evidence.quote,
            "cue": evidence.cue,
            "subject": evidence.subject,
            "object": evidence.object,
            "when": evidence.when,
            "statement": evidence.statement,
            "rule": evidence.rule,
            "extractor": evidence.extractor,
            "confidence": evidence.confidence,
        }
        return {name: cell for name, cell in cells.items() if cell is not None}


def _entity(entity: Entity) -> dict[str, object]:
    return {
        "id": entity.id,
        "label": entity.name,
        "kind": "entity",
        "type": entity.type,
        "types": entity.types,
        "names": entity.names,
        "named": entity.named,
        "country": entity.country,
        "country_entity": entity.country_entity,
        "country_reason": entity.country_reason,
        "known": entity.known,
        "same_as": entity.same_as,
        "mentions": len(entity.mentions),
        "documents": entity.documents,
    }


def _link(match: Match) -> dict[str, object]:
    """A match for the eye and for scripts."""
    names = ("iri", "bond", "confidence", "source", "label", "why", "score", "author", "made")
    cells = {name: getattr(match, name) for name in names}
    return {name: cell for name, cell in cells.items() if cell not in (None, "")}


def _degrees(point: tuple[float, float] | None) -> dict[str, object]:
    return {"latitude": point[0], "longitude": point[1]} if point else {}


def _participation(event: Event, part: Participant) -> dict[str, object]:
    note = meant_as(event.polarity, event.certainty, part.plain)
    return {
        "id": f"{event.id}|{part.role}|{part.entity}",
        "from": event.id,
        "to": part.entity,
        "label": part.role.replace("_", " ") + note,
        "kind": part.role + note,
        "layer": "participant",
        "relation": part.role,
        "plain": part.plain,
        "polarity": event.polarity,
        "certainty": event.certainty,
        "event": event.id,
        "role": part.role,
        "weight": max(event.confidence, 0.001),
        "confidence": event.confidence,
        "documents": part.documents,
    }


def _values(details: Iterable[Detail]) -> tuple[str, ...]:
    return tuple(sorted({d.value for d in details}))


def _details(details: Iterable[Detail]) -> str | None:
    """Circumstances as a JSON list, or None if nothing is told."""
    names = ("role", "value", "text", "granularity", "entity", "type", "documents")
    cells = [
        {name: getattr(d, name) for name in names if getattr(d, name) is not None} for d in details
    ]
    return json_text(cells) if cells else None


def _row(columns: Mapping[str, ColumnType], cells: Mapping[str, object]) -> Row:
    """The cells with a value, in the columns' order and types, fit for every target."""
    return {
        name: _cell(type_, cells[name])
        for name, type_ in columns.items()
        if cells.get(name) is not None and cells[name] != ()
    }


def _cell(type_: ColumnType, value: object) -> Cell:
    match type_, value:
        case "strings", tuple() | list():
            return tuple(clean(" ".join(str(v).replace(SEPARATOR, ",").split())) for v in value)
        case "string", str():
            return clean(" ".join(value.split()))
        case "json", str():
            return value
        case "boolean", bool():
            return value
        case "int", int():
            return value
        case "double", int() | float():
            return round(float(value), 6)  # igraph refuses a file with a number near zero
    raise TypeError(f"a {type_} column cannot hold {value!r}")
