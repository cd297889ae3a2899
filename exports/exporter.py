"""All formats, and a graph written in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ..graph.graph import Graph
from ..ontologies.error import ActorgraphError
from ..ontologies.ontology import Ontology
from .base import Exporter
from .csv import Csv
from .cypher import Cypher
from .gexf import Gexf
from .graphml import GraphML
from .trig import TriG
from .turtle import Turtle

EXPORTERS: Mapping[str, Exporter] = {
    exporter.name: exporter for exporter in (Turtle(), TriG(), GraphML(), Gexf(), Csv(), Cypher())
}
"""The formats by name, in the order in which they are written."""


def exported(
    graph: Graph, directory: Path, ontology: Ontology, formats: Iterable[str] | None = None
) -> list[Path]:
    """Write a graph into a directory in the formats named (None: all); the files written.

    Raises `ActorgraphError` for a format nobody knows, before anything is written, and for a
    directory that cannot be written.
    """
    names = list(EXPORTERS) if formats is None else list(formats)
    for name in names:
        if name not in EXPORTERS:
            raise ActorgraphError(f"unknown format {name!r}; choose from {', '.join(EXPORTERS)}")
    return [path for name in names for path in EXPORTERS[name].write(graph, directory, ontology)]
