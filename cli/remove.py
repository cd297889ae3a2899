"""`actorgraph remove`: take a document's contribution back, and nothing else."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from .progress import warn
from .status import ExitCode
from .storage import opened, rebuilt, stored_ontology

if TYPE_CHECKING:
    from ..graph.graph import Graph

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
    from ..graph.ledger import rulings

    with opened(arguments.output, writing=True) as store:
        ontology = stored_ontology(store)
        unknown = [name for name in arguments.documents if not store.matching(name)]
        if unknown:
            raise ActorgraphError(
                f"{', '.join(unknown)}: no such document in {arguments.output}; "
                f"actorgraph status {arguments.output} --documents lists them"
            )
        before = _items(store.graph())
        gone = [entry for name in arguments.documents for entry in store.remove(name)]
        store.tidy()
        left = {entry.id: entry.source for entry in store.entries()}
        for entry in gone:
            print(f"removed  {entry.source}  {entry.id}")
            if entry.id in left:
                warn(f"note: {left[entry.id]} has the same text, which therefore stays")
        graph, _ = rebuilt(store, ontology)
        lost = before - _items(graph)
        stand = [ruling for ruling in rulings(store.catalog) if ruling.undone is None]
        about = (r.number for r in stand if not lost.isdisjoint(r.judgement.items))
        for number in dict.fromkeys(about):
            warn(f"note: judgement {number} is about what is gone; it has less effect")
    print(f"{len(graph.documents)} documents, {len(graph.edges)} statements are left")
    return ExitCode.OK


def _items(graph: Graph) -> set[str]:
    """All that judgements can be about."""
    members = {member for node in graph.nodes for member in node.members}
    return members | {evidence.statement for edge in graph.edges for evidence in edge.evidence}
