"""nodes.csv and edges.csv with the headers of `neo4j-admin database import`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO

from ..graph.graph import Graph
from ..ontologies.ontology import Ontology
from .base import Exporter
from .neo4j import labels, relationship_type
from .row import EDGE_COLUMNS, NODE_COLUMNS, SEPARATOR, Cell, ColumnType, Row, Table

_TYPES: Mapping[ColumnType, str] = {
    "boolean": ":boolean",
    "int": ":int",
    "double": ":double",
    "string": "",
    "strings": ":string[]",
    "json": "",
}
_NODE_HEADS = {"id": "id:ID(node)"}
_EDGE_HEADS = {"from": ":START_ID(node)", "to": ":END_ID(node)"}


class Csv(Exporter):
    """One line a node, one line an edge; lists joined by `;`, no line breaks inside a field."""

    name = "csv"
    files = ("nodes.csv", "edges.csv")

    def dump(self, graph: Graph, ontology: Ontology, *streams: BinaryIO) -> None:
        """Write the graph's rows as two CSV files."""
        table = Table(graph, ontology)
        nodes = (*(_head(NODE_COLUMNS, _NODE_HEADS)), ":LABEL")
        edges = (*(_head(EDGE_COLUMNS, _EDGE_HEADS)), ":TYPE")
        _write(streams[0], nodes, _lines(NODE_COLUMNS, table.nodes(), labels))
        _write(
            streams[1], edges, _lines(EDGE_COLUMNS, table.edges(), lambda r: [relationship_type(r)])
        )


def _head(columns: Mapping[str, ColumnType], special: Mapping[str, str]) -> Iterator[str]:
    for name, type_ in columns.items():
        yield special.get(name, name + _TYPES[type_])


def _lines(
    columns: Mapping[str, ColumnType], rows: Iterable[Row], label: Callable[[Row], list[str]]
) -> Iterator[list[str]]:
    for row in rows:
        yield [*(_text(row.get(name)) for name in columns), SEPARATOR.join(label(row))]


def _text(cell: Cell | None) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case tuple():
            return SEPARATOR.join(cell)
    return str(cell)


def _write(stream: BinaryIO, head: Iterable[str], lines: Iterable[list[str]]) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    text.detach()  # the stream belongs to the caller
