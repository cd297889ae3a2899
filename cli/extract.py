"""`actorgraph extract`: the statements of documents as JSON Lines."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from .output import text_output
from .reading import Reading, add_reading_options, ontology_of
from .status import ExitCode

HELP = "print the statements of documents as JSON Lines"
EXAMPLE = """example:
  actorgraph extract news/*.txt -o statements.jsonl
  echo 'Ali Reza commands the Third Brigade.' | actorgraph extract -"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_reading_options(parser)
    parser.add_argument(
        "--open",
        action="store_true",
        help="also the clauses between actors that no relation covers (relation is null)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="default: print")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Stream one JSON object a statement, documents in order."""
    from ..extract.statement import statement_json

    ontology = ontology_of(arguments)
    reading = Reading()
    with text_output(arguments.output) as stream:
        for extraction in reading.extractions(arguments, ontology, arguments.open):
            for statement in extraction.statements:
                record = {**statement_json(statement), "origin": extraction.document.source}
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return reading.status()
