"""Files are complete or absent, the same every time, and written without holding them."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from actorgraph.exports.base import Exporter
from actorgraph.exports.exporter import EXPORTERS, exported
from actorgraph.graph.graph import Graph
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import Ontology

FILES = [
    "graph.ttl",
    "graph.trig",
    "graph.graphml",
    "graph.gexf",
    "nodes.csv",
    "edges.csv",
    "graph.cypher",
]


def test_all_formats_are_written(graph: Graph, ontology: Ontology, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert exported(graph, folder, ontology) == [folder / file for file in FILES]
    assert sorted(p.name for p in folder.iterdir()) == sorted(FILES)


def test_only_the_formats_named(graph: Graph, ontology: Ontology, tmp_path: Path) -> None:
    exported(graph, tmp_path, ontology, ["csv", "turtle"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["edges.csv", "graph.ttl", "nodes.csv"]


def test_unknown_format_writes_nothing(graph: Graph, ontology: Ontology, tmp_path: Path) -> None:
    with pytest.raises(ActorgraphError, match=r"unknown format 'gefx'; choose from turtle, trig"):
        exported(graph, tmp_path, ontology, ["turtle", "gefx"])
    assert not list(tmp_path.iterdir())


def test_an_empty_graph_is_exported(ontology: Ontology, tmp_path: Path) -> None:
    for path in exported(Graph((), (), (), ()), tmp_path, ontology):
        assert path.stat().st_size > 0


def test_directory_that_is_a_file(graph: Graph, ontology: Ontology, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(ActorgraphError, match=r"out.graph\.ttl: cannot be written \(.*exists"):
        exported(graph, tmp_path / "out", ontology)


def test_file_that_is_a_directory(graph: Graph, ontology: Ontology, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(ActorgraphError, match=r"graph\.ttl: cannot be written"):
        exported(graph, tmp_path, ontology)
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_failure_leaves_the_old_file(graph: Graph, ontology: Ontology, tmp_path: Path) -> None:
    class Broken(Exporter):
        name = "broken"
        files = ("old.txt", "other.txt")

        def dump(self, graph: Graph, ontology: Ontology, *streams: BinaryIO) -> None:
            streams[0].write(b"half")
            raise ValueError("half-way")

    (tmp_path / "old.txt").write_text("whole")
    with pytest.raises(ValueError, match="half-way"):
        Broken().write(graph, tmp_path, ontology)
    assert (tmp_path / "old.txt").read_text() == "whole"
    assert [p.name for p in tmp_path.iterdir()] == ["old.txt"]


_SCRIPT = """
import pickle, sys
from pathlib import Path
from actorgraph.exports.exporter import exported
graph, ontology = pickle.loads(Path(sys.argv[1]).read_bytes())
exported(graph, Path(sys.argv[2]), ontology)
"""


def test_same_bytes_in_every_process(graph: Graph, ontology: Ontology, tmp_path: Path) -> None:
    value = tmp_path / "value"
    value.write_bytes(pickle.dumps((graph, ontology)))
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(value), str(tmp_path / seed)],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
        )
    for file in FILES:
        assert (tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes()


@pytest.mark.parametrize("name", EXPORTERS)
def test_files_are_streamed(name: str, graph: Graph, ontology: Ontology, tmp_path: Path) -> None:
    """Memory does not grow with the file: 4 MB of quotes take half of that."""
    edge = graph.edges[4]
    edges = tuple(
        replace(edge, id=f"r{n:04}", evidence=(replace(edge.evidence[0], quote=f"{n:010}" * 1000),))
        for n in range(400)
    )
    documents = tuple(replace(graph.documents[0], id=f"d{n}") for n in range(400))
    for n, edge in enumerate(edges):
        told = replace(edge.evidence[0], document=f"d{n}", statement=f"s{n}")
        object.__setattr__(edge, "evidence", (told,))
    big = replace(graph, edges=edges, documents=documents, events=())
    tracemalloc.start()
    try:
        held, _ = tracemalloc.get_traced_memory()
        paths = EXPORTERS[name].write(big, tmp_path, ontology)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    if name != "turtle":  # which holds no quotes
        assert sum(path.stat().st_size for path in paths) > 4_000_000
    assert peak - held < 2_500_000
