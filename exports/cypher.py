"""A Cypher script that can be run again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO

from ..graph.graph import Graph
from ..ontologies.ontology import Ontology
from .base import Exporter
from .markup import write_lines
from .neo4j import labels, relationship_type
from .row import Row, Table

BATCH = 500
"""Rows a statement at most: small enough for one transaction."""
BATCH_SIZE = 200_000
"""Characters of text a statement, at which it is ended early."""


class Cypher(Exporter):
    """`graph.cypher`: nodes and relationships merged on their ids, types literal, in batches."""

    name = "cypher"
    files = ("graph.cypher",)

    def dump(self, graph: Graph, ontology: Ontology, *streams: BinaryIO) -> None:
        """Write the graph's rows as Cypher statements, each ended by a semicolon and line end."""
        write_lines(streams[0], _statements(Table(graph, ontology)))


def _statements(table: Table) -> Iterator[str]:
    yield (
        "CREATE CONSTRAINT actorgraph_node_id IF NOT EXISTS "
        "FOR (n:ActorgraphNode) REQUIRE n.id IS UNIQUE;"
    )
    for label, rows in _batches(table.nodes(), lambda row: ":".join(labels(row))):
        yield (
            f"UNWIND [{_maps(rows)}] AS row\n"
            f"MERGE (n:ActorgraphNode {{id: row.id}})\nSET n = row\nSET n:{label};"
        )
    for type_, rows in _batches(table.edges(), relationship_type):
        yield (
            f"UNWIND [{_relationships(rows)}] AS row\n"
            "MATCH (a:ActorgraphNode {id: row.a})\nMATCH (b:ActorgraphNode {id: row.b})\n"
            f"MERGE (a)-[r:{type_} {{id: row.cells.id}}]->(b)\nSET r = row.cells;"
        )


def _batches(rows: Iterable[Row], key: Callable[[Row], str]) -> Iterator[tuple[str, list[Row]]]:
    """Rows of one key, some hundred together; holds one unfinished batch a key."""
    waiting: dict[str, list[Row]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    for row in rows:
        name = key(row)
        waiting[name].append(row)
        sizes[name] += sum(len(cell) for cell in row.values() if isinstance(cell, str))
        if len(waiting[name]) == BATCH or sizes[name] > BATCH_SIZE:
            yield name, waiting.pop(name)
            del sizes[name]
    yield from sorted(waiting.items())


def _maps(rows: Iterable[Row]) -> str:
    return ",\n".join(_literal(row) for row in rows)


def _relationships(rows: Iterable[Row]) -> str:
    return ",\n".join(
        _literal(
            {
                "a": row["from"],
                "b": row["to"],
                "cells": {n: cell for n, cell in row.items() if n not in ("from", "to")},
            }
        )
        for row in rows
    )


def _literal(value: object) -> str:
    """A value as a Cypher literal."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case Mapping():
            return "{" + ", ".join(f"{name}: {_literal(v)}" for name, v in value.items()) + "}"
        case tuple():
            return "[" + ", ".join(map(_literal, value)) + "]"
    return quoted(str(value))


_ESCAPES = str.maketrans({'"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def quoted(text: str) -> str:
    r"""Text as a Cypher string literal.

    Neo4j replaces \uXXXX before it parses strings, other engines after: a backslash with a `u`
    behind it is written so that both give the two characters back and neither sees an escape.
    """
    text = text.replace("\\", "\\\\").replace("\\u", "\\\\u0075")
    return f'"{text.translate(_ESCAPES)}"'
