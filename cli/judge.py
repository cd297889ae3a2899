"""`actorgraph judge`: correct a graph, with a reason, for good or until it is undone."""

from __future__ import annotations

import argparse
import getpass
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from .status import ExitCode
from .storage import now, opened, rebuilt, ruled, shown, stored_ontology

if TYPE_CHECKING:
    from ..graph.finding import Settlement
    from ..graph.judgement import Judgement
    from ..graph.store import Store
    from ..graph.verdict import Signature
    from ..ontologies.ontology import Ontology

HELP = "correct a graph: merge, split, reject, change a type, link, settle warnings, undo"
EXAMPLE = """examples:
  actorgraph judge out merge 'Qasem Soleimani' e0123456789abcdef --reason 'one man' --author AB
  actorgraph judge out split m0123456789abcdef m00000000000000ff --reason 'father and son'
  actorgraph judge out reject s0123456789abcdef --reason 'a film is described'
  actorgraph judge out type 'Badr Organization' PoliticalParty
  actorgraph judge out link 'Arda Velin' Q42 --reason 'the article names his post'
  actorgraph judge out dismiss w0123456789abcdef --reason 'one led the rear detachment'
  actorgraph judge out undo 3
actorgraph why shows the ids; actorgraph status lists the judgements by number."""

_ITEMS = {
    "merge": (2, None, "two or more names or ids of actors or events"),
    "split": (2, 2, "two nodes, or two members of one"),
    "reject": (1, None, "ids of statements or edges"),
    "type": (2, 2, "an actor and a class"),
    "link": (2, 2, "an actor, and what it is elsewhere (Q42, geonames:98182, an IRI)"),
    "unlink": (2, 2, "an actor, and what it is not"),
    "accept": (1, None, "ids of warnings that are right"),
    "dismiss": (1, None, "ids of warnings with nothing in them"),
    "undo": (1, None, "numbers of judgements"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("directory", metavar="DIR", type=Path, help="what build wrote")
    parser.add_argument("action", choices=tuple(_ITEMS), help="what to do")
    parser.add_argument(
        "items",
        metavar="ITEM",
        nargs="+",
        help="; ".join(f"{action}: {told}" for action, (_, _, told) in _ITEMS.items()),
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="merge actors even if their classes exclude each other; the reason will say so",
    )
    add_signature(parser)


def add_signature(parser: argparse.ArgumentParser) -> None:
    """Who decides, and why."""
    parser.add_argument("--reason", metavar="TEXT", default="", help="why")
    parser.add_argument("--author", metavar="NAME", help="who decides (default: the user)")


def signature(arguments: argparse.Namespace) -> Signature:
    """The signature under all decisions of a run."""
    from ..graph.verdict import Signature

    author = arguments.author
    if author is None:
        try:
            author = getpass.getuser()
        except (OSError, KeyError):  # a user without a name
            author = ""
    return Signature(arguments.reason, author, now())


def run(arguments: argparse.Namespace) -> ExitCode:
    """Enter the judgement, replay all, write the files again."""
    fewest, most, told = _ITEMS[arguments.action]
    if not fewest <= len(arguments.items) <= (most or len(arguments.items)):
        raise ActorgraphError(f"{arguments.action} takes {told}")
    with opened(arguments.directory, writing=True) as store:
        if arguments.action == "undo":
            return _undone(store, arguments.items)
        ontology = stored_ontology(store)
        found = judgements(store, arguments, ontology)
        numbers, graph = ruled(store, found, ontology, together=True) if found else ([], None)
    if found and not numbers:
        print("judged so already")
    for number in numbers:
        print(f"judgement {number}")
    if graph is not None:
        counts = (len(graph.entities), len(graph.events), len(graph.edges))
        print("{} actors, {} events, {} statements".format(*counts))
    return ExitCode.OK


def judgements(store: Store, arguments: argparse.Namespace, ontology: Ontology) -> list[Judgement]:
    """What the action and its items mean."""
    from ..graph import verdict
    from ..graph.identifier import identifier
    from ..graph.selection import selection

    graph, items = store.graph(), arguments.items
    sign = signature(arguments)
    if arguments.action == "reject":
        return verdict.not_a_fact(graph, _not_rejected(store, items), sign)
    if arguments.action in ("accept", "dismiss"):
        kind: Settlement = "accepted" if arguments.action == "accept" else "dismissed"
        return verdict.settled(graph, items, kind, sign)
    if arguments.action == "type":
        return verdict.wrong_type(graph, items[0], items[1], sign)
    if arguments.action in ("link", "unlink"):
        linking = verdict.same_as if arguments.action == "link" else verdict.not_same_as
        return [linking(graph, items[0], identifier(items[1]), sign)]
    exhibits = shown(store, (m for item in items for m in selection(graph, item).members))
    if arguments.action == "merge":
        try:
            verdict.check_classes(graph, items, ontology)
        except ActorgraphError:
            if not arguments.force:
                raise
            note = "forced: their classes exclude each other"
            sign = replace(sign, reason="; ".join(filter(None, (sign.reason, note))))
        return [verdict.same(graph, items, exhibits, sign)]
    return [verdict.different(graph, (items[0], items[1]), exhibits, sign)]


def _not_rejected(store: Store, items: list[str]) -> list[str]:
    """The items but the statements that are rejected already, which are told."""
    from ..graph.ledger import rulings

    rejected = {
        item: ruling.number
        for ruling in rulings(store.catalog)
        if ruling.undone is None and ruling.judgement.kind == "not_a_fact"
        for item in ruling.judgement.items
    }
    for item in items:
        if item in rejected:
            print(f"{item}: already rejected by judgement {rejected[item]}")
    return [item for item in items if item not in rejected]


def _undone(store: Store, items: list[str]) -> ExitCode:
    from ..graph.ledger import undo

    numbers = [int(item) for item in items if item.isdecimal()]
    if len(numbers) < len(items):
        raise ActorgraphError(f"{' '.join(items)}: undo takes {_ITEMS['undo'][2]}")
    ontology = stored_ontology(store)
    undo(store.catalog, numbers, now())
    rebuilt(store, ontology)
    print("undone  " + ", ".join(map(str, numbers)))
    return ExitCode.OK
