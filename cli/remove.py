"""`actorgraph remove`: take a document's contribution back, and nothing else."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..ontologies.error import ActorgraphError
from .progress import warn
from .status import ExitCode
from .storage import opened, rebuilt, stored_ontology

HELP = "take documents out of a graph, with all that only they said"
EXAMPLE = """examples:
  actorgraph remove news/report.txt -o out     (by its file, or a folder of files)
  actorgraph remove archive.jsonl#17 -o out    (by its origin, as extract and status print it)
  actorgraph remove d0123456789abcdef -o out   (by its id: all copies of the text)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "documents", metavar="DOC", nargs="+", help="id, source, file or folder of documents"
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, required=True, help="what build wrote"
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Remove all of them or, if one is not there, none; write the files again."""
    with opened(arguments.output, writing=True) as store:
        ontology = stored_ontology(store)
        unknown = [name for name in arguments.documents if not store.matching(name)]
        if unknown:
            raise ActorgraphError(
                f"{', '.join(unknown)}: no such document in {arguments.output}; "
                f"actorgraph status {arguments.output} --documents lists them"
            )
        gone = [entry for name in arguments.documents for entry in store.remove(name)]
        store.tidy()
        left = {entry.id: entry.source for entry in store.entries()}
        for entry in gone:
            print(f"removed  {entry.source}  {entry.id}")
            if entry.id in left:
                warn(f"note: {left[entry.id]} has the same text, which therefore stays")
        graph, _ = rebuilt(store, ontology)
    print(f"{len(graph.documents)} documents, {len(graph.edges)} statements are left")
    return ExitCode.OK
