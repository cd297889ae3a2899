"""`actorgraph reconcile`: what a service has for the actors and places of a graph."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from .extractor import seconds
from .judge import add_signature, signature
from .output import text_output
from .progress import counted, warn
from .status import ExitCode
from .storage import decided_text, now, opened, rebuilt, ruled, stored_ontology

if TYPE_CHECKING:
    from ..extract.http import Patience
    from ..graph.graph import Graph
    from ..graph.question import Manner
    from ..graph.reconciliation import Query, Reply, Service
    from ..graph.store import Store
    from ..ontologies.ontology import Ontology

HELP = "ask a reconciliation service what the actors and places of a graph are elsewhere"
EXAMPLE = """examples:
  actorgraph reconcile out --url https://example.org/reconcile --country P17
  actorgraph reconcile out --url http://localhost:8000/reconcile/default --type-map Person=Person
  actorgraph reconcile out --export links.csv   (fill in the column `decision`, then)
  actorgraph reconcile out --import links.csv --author AB
  actorgraph reconcile out --forget --url https://example.org/reconcile"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("directory", metavar="DIR", type=Path, help="what build wrote")
    parser.add_argument("--url", metavar="URL", help="the service (W3C Reconciliation API 0.2)")
    parser.add_argument(
        "--type-map",
        metavar="CLASS=ID",
        action="append",
        default=[],
        help="the service's type for a class of ours, or nothing for none; may be repeated "
        "(default: as the ontology aligns them)",
    )
    parser.add_argument(
        "--country", metavar="ID", default="", help="the service's property for countries (P17)"
    )
    parser.add_argument(
        "--type", metavar="CLASS", action="append", default=[], help="ask only about these"
    )
    parser.add_argument(
        "--limit", metavar="N", type=_count, default=5, help="candidates wanted (default: 5)"
    )
    parser.add_argument("--most", metavar="N", type=_count, help="ask about so many at most")
    parser.add_argument(
        "--min-score",
        metavar="S",
        type=float,
        default=0.0,
        help="below this score of the service nothing is a match (default: 0)",
    )
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=seconds, default=30.0, help="default: 30"
    )
    parser.add_argument("--again", action="store_true", help="ask what was answered before, too")
    parser.add_argument("--export", metavar="FILE", type=Path, help="write all matches as CSV")
    parser.add_argument(
        "--import", metavar="FILE", dest="decided", type=Path, help="read decisions from such CSV"
    )
    parser.add_argument(
        "--forget", action="store_true", help="take back the answers of --url, or of all services"
    )
    add_signature(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Ask, forget, import and export, in this order, as far as wanted."""
    wanted = (arguments.url, arguments.export, arguments.decided, arguments.forget)
    if not any(wanted):
        raise ActorgraphError("nothing to do; give --url, --export, --import or --forget")
    if arguments.decided and (arguments.url or arguments.forget):
        raise ActorgraphError("--import goes alone, or with --export")
    status = ExitCode.OK
    if arguments.forget:
        _forget(arguments)
    elif arguments.url:
        status = _ask(arguments)
    elif arguments.decided:
        _import(arguments)
    if arguments.export:
        _export(arguments)
    return status


def _ask(arguments: argparse.Namespace) -> ExitCode:
    """Ask about what is not linked to the service's things and not answered yet."""
    from ..extract.http import Patience
    from ..graph.answer import set_floor, standing_answers
    from ..graph.gazetteer import Gazetteer
    from ..graph.question import questions, unasked
    from ..graph.reconciliation import service

    patience = Patience(arguments.timeout)
    with opened(arguments.directory, writing=True) as store:
        ontology = stored_ontology(store)
        manner = _manner(arguments, ontology)
        found = service(arguments.url, patience)
        graph = store.graph()
        queries = list(questions(graph, Gazetteer(ontology), found, manner))
        if not arguments.again:
            queries = unasked(queries, graph, standing_answers(store.catalog), found)
        work = _Work(arguments, store, found)
        changed = set_floor(store.catalog, found.address, arguments.min_score)
        try:
            for _ in counted(work.replies(queries[: arguments.most], patience), "actors"):
                pass
        finally:
            if work.kept or changed:
                graph, _ = rebuilt(store, ontology)
    print(_told(work, graph))
    return ExitCode.INCOMPLETE if work.failed else ExitCode.OK


class _Work:
    """Asking: what is answered is kept request by request, so that nothing is asked twice."""

    def __init__(self, arguments: argparse.Namespace, store: Store, service: Service) -> None:
        self.store = store
        self.service = service
        self.floor = arguments.min_score
        self.author = signature(arguments).author
        self.kept = 0
        self.failed = 0

    def replies(self, queries: list[Query], patience: Patience) -> Iterator[Reply]:
        """Each reply, kept; failures are told."""
        from ..graph.answer import Answer, keep_answers
        from ..graph.reconciliation import replies

        for batch in replies(self.service, queries, patience):
            good = [reply for reply in batch if not reply.failure]
            signed = (self.floor, self.author, now())
            url = self.service.address
            answers = [
                Answer(r.query.member, url, r.query.key, r.candidates, *signed) for r in good
            ]
            keep_answers(self.store.catalog, answers)
            self.kept += len(good)
            for reply in batch:
                if reply.failure:
                    self.failed += 1
                    warn(f"error: {reply.query.name}: no answer ({reply.failure}); run it again")
                yield reply


def _manner(arguments: argparse.Namespace, ontology: Ontology) -> Manner:
    from ..graph.question import Manner

    types = {}
    for pair in arguments.type_map:
        class_, equals, id_ = pair.partition("=")
        if not equals:
            raise ActorgraphError(f"--type-map {pair}: write CLASS=ID, as Person=Q5")
        types[class_] = id_
    for class_ in (*types, *arguments.type):
        if class_ not in ontology.classes:
            raise ActorgraphError(
                f"{class_!r} is no class of the ontology; actorgraph status and the exports give "
                "the classes in use"
            )
    return Manner(types, arguments.country, arguments.limit, tuple(arguments.type))


def _told(work: _Work, graph: Graph) -> str:
    bonds = Counter(m.bond for m in graph.matches if m.source == work.service.address)
    return (
        f"{work.service.name}: {work.kept} answered now, {work.failed} failed\n"
        f"{bonds['exact']} exact matches, {bonds['close']} close, {bonds['candidate']} candidates "
        "in all"
    )


def _forget(arguments: argparse.Namespace) -> None:
    from ..graph.answer import forget_answers
    from ..graph.reconciliation import address

    service = address(arguments.url) if arguments.url else None
    with opened(arguments.directory, writing=True) as store:
        ontology = stored_ontology(store)
        number = forget_answers(store.catalog, service, now())
        rebuilt(store, ontology)
    print(f"{number} answers forgotten")


def _import(arguments: argparse.Namespace) -> None:
    """Decisions from a file: all of them, or, where one is wrong, none."""
    from ..graph.concordance import concordance_judgements

    text = decided_text(arguments.decided)
    with opened(arguments.directory, writing=True) as store:
        sign = signature(arguments)
        found = concordance_judgements(text, str(arguments.decided), sign, store.graph())
        numbers, _ = ruled(store, found, stored_ontology(store))
    print(f"{len(numbers)} new judgements of {len(found)} decisions")


def _export(arguments: argparse.Namespace) -> None:
    from ..graph.concordance import concordance_text

    with opened(arguments.directory) as store:
        text = concordance_text(store.graph())
    with text_output(arguments.export) as stream:
        stream.write(text)


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 0 < number < 10**9:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of things")
    return number
