"""graph.trig: everything, with its provenance."""

from __future__ import annotations

from typing import BinaryIO

from ..graph.graph import Graph
from ..ontologies.ontology import Ontology
from .base import Exporter


class TriG(Exporter):
    """Claims, stance, events, evidence and documents, one named graph a document."""

    name = "trig"
    files = ("graph.trig",)

    def dump(self, graph: Graph, ontology: Ontology, *streams: BinaryIO) -> None:
        """Stream the quads as TriG 1.1."""
        from pyoxigraph import RdfFormat

        from .rdf import quads
        from .serialisation import write_rdf

        write_rdf(quads(graph, ontology), streams[0], RdfFormat.TRIG)
