"""GEXF 1.3: for Gephi, Gephi Lite and everything built on graphology."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO

from ..graph.graph import Graph
from ..ontologies.ontology import Ontology
from .base import Exporter
from .colour import colour
from .markup import attributes, write_lines
from .row import EDGE_COLUMNS, NODE_COLUMNS, Cell, ColumnType, Row, Table

# These are XML attributes of the element itself; declared again they would overwrite it.
_NODE_OWN = ("id", "label")
_EDGE_OWN = ("id", "from", "to", "label", "kind", "weight")

# What GraphML and GEXF readers agree on, under each one's names; lists are joined strings.
_TYPES: Mapping[ColumnType, str] = {"boolean": "boolean", "int": "integer", "double": "double"}


class Gexf(Exporter):
    """`graph.gexf`: dated edges carry start and end, nodes the colour of their class."""

    name = "gexf"
    files = ("graph.gexf",)

    def dump(self, graph: Graph, ontology: Ontology, *streams: BinaryIO) -> None:
        """Write the graph's rows as GEXF."""
        write_lines(streams[0], _lines(Table(graph, ontology)))


def _lines(table: Table) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield ('<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">')
    yield '  <graph defaultedgetype="directed" mode="dynamic" timeformat="date">'
    for scope, columns, own in (
        ("node", NODE_COLUMNS, _NODE_OWN),
        ("edge", EDGE_COLUMNS, _EDGE_OWN),
    ):
        yield f'    <attributes class="{scope}" mode="static">'
        for name, type_ in columns.items():
            if name not in own:
                declared: dict[str, Cell] = {
                    "id": name,
                    "title": name,
                    "type": _TYPES.get(type_, "string"),
                }
                yield f"      <attribute{attributes(declared)}/>"
        yield "    </attributes>"
    order = table.type_order()
    yield "    <nodes>"
    for row in table.nodes():
        red, green, blue = colour(row, order)
        head = attributes({"id": row["id"], "label": row["label"]})
        paint = f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
        yield f"      <node{head}>{_values(row, _NODE_OWN)}{paint}</node>"
    yield "    </nodes>"
    yield "    <edges>"
    for row in table.edges():
        yield f"      <edge{attributes(_edge(row))}>{_values(row, _EDGE_OWN)}</edge>"
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _edge(row: Row) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "id": row["id"],
        "source": row["from"],
        "target": row["to"],
        "type": "directed",
        "label": row["label"],
        "kind": row["kind"],
        "weight": row["weight"],
    }
    start, end = day(str(row.get("first_cited"))), day(str(row.get("last_cited")), last=True)
    if start and end and start > end:
        return cells
    return cells | {name: d for name, d in (("start", start), ("end", end)) if d}


def _values(row: Row, own: tuple[str, ...]) -> str:
    values = "".join(
        f"<attvalue{attributes({'for': name, 'value': cell})}/>"
        for name, cell in row.items()
        if name not in own
    )
    return f"<attvalues>{values}</attvalues>" if values else ""


_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")


def day(value: str, last: bool = False) -> str | None:
    """The first (or last) day of an ISO date, month or year; None if it is none of them."""
    found = _DATE.fullmatch(value)
    if not found:
        return None
    year, month, day_ = (int(part) if part else None for part in found.groups())
    try:
        month = month or (12 if last else 1)
        day_ = day_ or (calendar.monthrange(year or 0, month)[1] if last else 1)
        return date(year or 0, month, day_).isoformat()
    except ValueError:
        return None
