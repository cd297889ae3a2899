"""GraphML: for Gephi, Cytoscape, yEd, networkx, igraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ..graph.graph import Graph
from ..ontologies.ontology import Ontology
from .base import Exporter
from .colour import colour
from .markup import attributes, cell_text, write_lines
from .row import EDGE_COLUMNS, NODE_COLUMNS, Cell, ColumnType, Row, Table

_NODE_KEYS: dict[str, ColumnType] = {
    **{name: type_ for name, type_ in NODE_COLUMNS.items() if name != "id"},
    "r": "int",
    "g": "int",
    "b": "int",
}
# The id once more as data: igraph gives edges the ids of nodes when it reads the attribute.
_EDGE_KEYS: dict[str, ColumnType] = {
    "edge_id": "string",
    **{name: type_ for name, type_ in EDGE_COLUMNS.items() if name not in ("id", "from", "to")},
}

# What GraphML and GEXF readers agree on, under each one's names; lists are joined strings.
_TYPES: Mapping[ColumnType, str] = {"boolean": "boolean", "int": "int", "double": "double"}


class GraphML(Exporter):
    """`graph.graphml`, written line by line with all keys declared once.

    networkx's own writer repeats edge ids of multigraphs (Gephi then drops edges), declares a
    key twice when ints and floats mix (igraph refuses the file) and fails half-way on None.
    """

    name = "graphml"
    files = ("graph.graphml",)

    def dump(self, graph: Graph, ontology: Ontology, *streams: BinaryIO) -> None:
        """Write the graph's rows as GraphML."""
        write_lines(streams[0], _lines(Table(graph, ontology)))


def _lines(table: Table) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for scope, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, type_ in keys.items():
            named: dict[str, Cell] = {"id": f"{scope}_{name}", "for": scope}
            typed = {"attr.name": name, "attr.type": _TYPES.get(type_, "string")}
            yield f"  <key{attributes(named | typed)}/>"
    yield '  <graph edgedefault="directed">'
    order = table.type_order()
    for row in table.nodes():
        red, green, blue = colour(row, order)
        data = _data("node", {**row, "r": red, "g": green, "b": blue})
        yield f"    <node{attributes({'id': row['id']})}>{data}</node>"
    for row in table.edges():
        ends: dict[str, Cell] = {"id": row["id"], "source": row["from"], "target": row["to"]}
        data = _data("edge", {"edge_id": row["id"], **row})
        yield f"    <edge{attributes(ends)}>{data}</edge>"
    yield "  </graph>"
    yield "</graphml>"


def _data(scope: str, row: Row) -> str:
    keys = _NODE_KEYS if scope == "node" else _EDGE_KEYS
    return "".join(
        f'<data key="{scope}_{name}">{cell_text(cell)}</data>'
        for name, cell in row.items()
        if name in keys
    )
