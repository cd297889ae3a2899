"""The graph as rows of nodes and edges: what GraphML, GEXF, CSV and Cypher all say.

docs/exports.md explains the columns. Every format writes these rows and nothing else, so all of
them say the same thing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..extract.text.document import Document
from ..graph.edge import Edge
from ..graph.entity import Entity
from ..graph.event import Event, Participant
from ..graph.evidence import Attribution, Detail, EdgeEvidence
from ..graph.graph import Graph
from ..ontologies.ontology import Ontology

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

# What XML 1.0 cannot hold at all, and lone surrogates, which UTF-8 cannot.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SEPARATOR = ";"
"""Joins lists where a format has none; no list element holds it."""


def clean(text: str) -> str:
    """The text without characters that some target refuses, each replaced by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


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
        return {document.id: document for document in self.graph.documents}

    @cached_property
    def _events(self) -> frozenset[str]:
        return frozenset(event.id for event in self.graph.events)

    def nodes(self) -> Iterator[Row]:
        """Entities, then events, then literal values, then the unknown ends of edges."""
        for entity in self.graph.entities:
            yield _row(NODE_COLUMNS, _entity(entity))
        for event in self.graph.events:
            yield _row(NODE_COLUMNS, self._event(event))
        values = {
            value_id(e.value_type, e.value): e for e in self.graph.edges if e.value is not None
        }
        for id_, edge in sorted(values.items()):
            cells = {"id": id_, "label": edge.value, "kind": "value", "type": edge.value_type}
            yield _row(NODE_COLUMNS, cells)
        for edge in self.graph.edges:
            if None in self._ends(edge):
                cells = {"id": f"{edge.id}-unknown", "label": "unknown", "kind": "unknown"}
                yield _row(NODE_COLUMNS, cells)

    def edges(self) -> Iterator[Row]:
        """Statements, then the ties of events to their participants."""
        for edge in self.graph.edges:
            yield _row(EDGE_COLUMNS, self._statement(edge))
        for event in self.graph.events:
            for part in event.participants:
                yield _row(EDGE_COLUMNS, _participation(event, part))

    def type_order(self) -> dict[str, int]:
        """The ontology's classes and relations, numbered: a stable ground for colours."""
        names = sorted({*self.ontology.classes, *self.ontology.relations})
        return {name: number for number, name in enumerate(names)}

    def _event(self, event: Event) -> dict[str, object]:
        return {
            "id": event.id,
            "label": event.label + _note(event.polarity, event.certainty, event.plain),
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
        note = _note(edge.polarity, edge.certainty, edge.plain)
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
            "evidence": _json([self._evidence(e) for e in edge.evidence]),
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


def said_by(source: Attribution | None) -> str | None:
    """Who says so, in words: *officials via Reuters*; None if the author does."""
    return " via ".join(s.name for s in source.chain()) if source else None


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


def _participation(event: Event, part: Participant) -> dict[str, object]:
    note = _note(event.polarity, event.certainty, part.plain)
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


def _note(polarity: str, certainty: str, plain: bool) -> str:
    """How it is meant, so that a label never passes for a fact: *killed [denied]*."""
    notes = ["denied"] if polarity == "denied" else []
    if certainty != "actual":
        notes.append(certainty)
    if not notes and not plain:
        notes.append("reported")
    return f" [{', '.join(notes)}]" if notes else ""


def _values(details: Iterable[Detail]) -> tuple[str, ...]:
    return tuple(sorted({d.value for d in details}))


def _details(details: Iterable[Detail]) -> str | None:
    """Circumstances as a JSON list, or None if nothing is told."""
    names = ("role", "value", "text", "granularity", "entity", "type", "documents")
    cells = [
        {name: getattr(d, name) for name in names if getattr(d, name) is not None} for d in details
    ]
    return _json(cells) if cells else None


def _json(value: object) -> str:
    # Clean before encoding: JSON would spell control characters out, other columns would not.
    return json.dumps(_cleaned(value), ensure_ascii=False, separators=(",", ":"))


def _cleaned(value: object) -> object:
    match value:
        case str():
            return clean(value)
        case dict():
            return {name: _cleaned(cell) for name, cell in value.items()}
        case list() | tuple():
            return [_cleaned(cell) for cell in value]
    return value


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
