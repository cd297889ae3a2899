"""actorgraph: text about conflict in, a graph whose every edge leads to its sentence out.

    import actorgraph

    extractor = actorgraph.RuleExtractor()
    graph = actorgraph.merged(extractor.extractions(documents), extractor.ontology)
    actorgraph.network(graph); actorgraph.dataset(graph, extractor.ontology)

Names are imported on first use, so that `import actorgraph` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .exports.exporter import exported
    from .exports.query import answered
    from .exports.rdf import dataset
    from .extract.open import OpenExtractor
    from .extract.rules import RuleExtractor
    from .extract.statement import Extraction, Extractor, Statement, statement_json
    from .extract.text.document import Document
    from .extract.text.failure import Failure
    from .extract.text.reader import ReadingOptions, documents
    from .graph.graph import Graph
    from .graph.judgement import Judgement
    from .graph.merge import Means, merged
    from .graph.network import network
    from .ontologies.error import ActorgraphError
    from .ontologies.ontology import Ontology
    from .ontologies.turtle import loaded_ontology

__version__ = "0.1.0"

_HOMES = {
    "ActorgraphError": "ontologies.error",
    "Document": "extract.text.document",
    "Extraction": "extract.statement",
    "Extractor": "extract.statement",
    "Failure": "extract.text.failure",
    "Graph": "graph.graph",
    "Judgement": "graph.judgement",
    "Means": "graph.merge",
    "Ontology": "ontologies.ontology",
    "OpenExtractor": "extract.open",
    "ReadingOptions": "extract.text.reader",
    "RuleExtractor": "extract.rules",
    "Statement": "extract.statement",
    "answered": "exports.query",
    "dataset": "exports.rdf",
    "documents": "extract.text.reader",
    "exported": "exports.exporter",
    "loaded_ontology": "ontologies.turtle",
    "merged": "graph.merge",
    "network": "graph.network",
    "statement_json": "extract.statement",
}

__all__ = [
    "ActorgraphError",
    "Document",
    "Extraction",
    "Extractor",
    "Failure",
    "Graph",
    "Judgement",
    "Means",
    "Ontology",
    "OpenExtractor",
    "ReadingOptions",
    "RuleExtractor",
    "Statement",
    "answered",
    "dataset",
    "documents",
    "exported",
    "loaded_ontology",
    "merged",
    "network",
    "statement_json",
]


def __getattr__(name: str) -> Any:
    """Import a public name from its home on first use."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
