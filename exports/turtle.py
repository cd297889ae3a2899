"""graph.ttl: the plain facts."""

from __future__ import annotations

from typing import BinaryIO

from ..graph.graph import Graph
from ..ontologies.ontology import Ontology
from .base import Exporter


class Turtle(Exporter):
    """What is affirmed and actual, as plain triples with labels, types and alignments."""

    name = "turtle"
    files = ("graph.ttl",)

    def dump(self, graph: Graph, ontology: Ontology, *streams: BinaryIO) -> None:
        """Stream the facts as Turtle 1.1."""
        from pyoxigraph import RdfFormat

        from .rdf import fact_triples
        from .serialisation import write_rdf

        write_rdf(fact_triples(graph, ontology), streams[0], RdfFormat.TURTLE)
