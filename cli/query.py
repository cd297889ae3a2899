"""`actorgraph query`: SPARQL over a graph that `build` wrote."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..ontologies.error import ActorgraphError
from .progress import warn
from .reading import add_ontology_option, ontology_of
from .status import ExitCode

HELP = "ask a graph by SPARQL, or by one of the ready queries"
EXAMPLE = """examples:
  actorgraph query out commanders
  actorgraph query out killed --set victim='Ali Reza' --format csv
  actorgraph query out 'SELECT ?who ?whom WHERE { ?who :met_with ?whom }'
  actorgraph query --list"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("directory", metavar="DIR", type=Path, nargs="?", help="what build wrote")
    parser.add_argument(
        "query",
        metavar="QUERY",
        nargs="?",
        help="name of a ready query, SPARQL, a file, or - for standard input",
    )
    parser.add_argument("--list", action="store_true", help="print the ready queries")
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        type=_setting,
        help="set a parameter of the query",
    )
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    add_ontology_option(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the answer."""
    from ..exports.answer import answer_text
    from ..exports.query import Query, answered, query_from, ready_queries

    if arguments.list:
        for name, query in ready_queries().items():
            settings = ", ".join(f"{n}={v}" for n, v in query.parameters.items())
            print(f"{name:12}  {query.title}{f' ({settings})' if settings else ''}")
        return ExitCode.OK
    if arguments.directory is None or arguments.query is None:
        raise ActorgraphError("query needs a folder and a query; see actorgraph query --help")
    if arguments.query == "-":
        query = Query(sys.stdin.read(), "standard input")
    else:
        query = query_from(arguments.query)
    answer = answered(arguments.directory, query, ontology_of(arguments), dict(arguments.set))
    sys.stdout.write(answer_text(answer, arguments.format))
    for note in answer.notes:
        warn(f"note: {note}")
    return ExitCode.OK


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value
