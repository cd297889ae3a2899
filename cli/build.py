"""`actorgraph build`: documents in, a merged graph in every format out."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from .output import check_directory
from .reading import Reading, add_reading_options, ontology_of
from .status import ExitCode, OutputError
from .summary import summary, summary_text

if TYPE_CHECKING:
    from ..graph.graph import Graph
    from ..ontologies.ontology import Ontology

HELP = "read documents and write the graph of what they say"
EXAMPLE = """examples:
  actorgraph build news/ -o out
  actorgraph build report.html 'archive/**/*.txt' -o out --published 2020-01-03
  cat reports.jsonl | actorgraph build - --format jsonl -o out --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_reading_options(parser)
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, required=True, help="folder for the graph"
    )
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read, merge, write all formats, and tell what came out."""
    from ..graph.merge import merged

    check_directory(arguments.output)
    ontology = ontology_of(arguments)
    reading = Reading()
    graph = merged(reading.extractions(arguments, ontology), ontology=ontology)
    files = _written(graph, arguments.output, ontology)
    told = summary(graph, files, reading)
    print(json.dumps(told, ensure_ascii=False, indent=2) if arguments.json else summary_text(told))
    return reading.status()


def _written(graph: Graph, directory: Path, ontology: Ontology) -> list[Path]:
    from ..exports.exporter import exported

    try:
        return exported(graph, directory, ontology)
    except ActorgraphError as error:  # all it can complain of is the directory
        raise OutputError(str(error)) from error
