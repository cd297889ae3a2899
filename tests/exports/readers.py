"""A strict reader of its own for every file."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .claims import read_trig_oxigraph, read_trig_rdflib
from .content import Content, content_of_rows
from .script import read_cypher

NODE = Path(__file__).parent / "node"


def read_networkx(graph: Any) -> Content:
    nodes = ({"id": id_, **data} for id_, data in graph.nodes(data=True))
    edges = (
        {**data, "from": a, "to": b, "id": key}
        for a, b, key, data in graph.edges(data=True, keys=True)
    )
    return content_of_rows(nodes, edges)


def read_graphml_networkx(directory: Path) -> Content:
    import networkx

    return read_networkx(networkx.read_graphml(directory / "graph.graphml", force_multigraph=True))


def read_gexf_networkx(directory: Path) -> Content:
    import networkx

    graph = networkx.read_gexf(directory / "graph.gexf")
    multi = networkx.MultiDiGraph()
    multi.add_nodes_from(graph.nodes(data=True))
    multi.add_edges_from((a, b, data["id"], data) for a, b, data in graph.edges(data=True))
    return read_networkx(multi)


def read_graphml_igraph(directory: Path) -> Content:
    import igraph

    graph = igraph.Graph.Read_GraphML(str(directory / "graph.graphml"))
    edges = (
        {
            **edge.attributes(),
            "id": edge["edge_id"],
            "from": graph.vs[edge.source]["id"],
            "to": graph.vs[edge.target]["id"],
        }
        for edge in graph.es
    )
    return content_of_rows((v.attributes() for v in graph.vs), edges)


def read_csv(directory: Path) -> Content:
    def rows(file: str) -> Iterator[dict[str, Any]]:
        casts: dict[str, Callable[[str], object]] = {
            "boolean": {"true": True, "false": False}.__getitem__,
            "int": int,
            "double": float,
            "string[]": lambda text: text.split(";"),
        }
        names = {":START_ID(node)": "from", ":END_ID(node)": "to", "id:ID(node)": "id"}
        with (directory / file).open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            head = next(reader)
            for row in reader:
                assert not any("\n" in cell for cell in row), "needs --multiline-fields"
                cells: dict[str, Any] = {}
                for column, cell in zip(head, row, strict=True):
                    name, _, type_ = column.partition(":")
                    if column in names:
                        cells[names[column]] = cell
                    elif cell:
                        cells[name or f":{type_}"] = casts.get(type_, str)(cell)
                yield cells

    return content_of_rows(rows("nodes.csv"), rows("edges.csv"))


def read_graphology(file: str) -> Callable[[Path], Content]:
    def read(directory: Path) -> Content:
        if shutil.which("node") is None:
            pytest.skip("node is not installed")
        if not (NODE / "node_modules").is_dir():
            pytest.skip(f"npm packages are missing: npm install --no-package-lock in {NODE}")
        done = subprocess.run(
            ["node", str(NODE / "read.js"), str(directory / file)],
            capture_output=True,
            check=True,
            timeout=60,
        )
        graph = json.loads(done.stdout)
        edges = (
            {**e["attributes"], "id": e["key"], "from": e["source"], "to": e["target"]}
            for e in graph["edges"]
        )
        nodes = ({"id": node["key"], **node["attributes"]} for node in graph["nodes"])
        return content_of_rows(nodes, edges)

    return read


READERS = {
    "graphml-networkx": read_graphml_networkx,
    "graphml-igraph": read_graphml_igraph,
    "graphml-graphology": read_graphology("graph.graphml"),
    "gexf-networkx": read_gexf_networkx,
    "gexf-graphology": read_graphology("graph.gexf"),
    "csv": read_csv,
    "cypher": read_cypher,
    "trig-rdflib": read_trig_rdflib,
    "trig-oxigraph": read_trig_oxigraph,
}
