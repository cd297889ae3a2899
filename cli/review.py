"""`actorgraph review`: the most doubtful merges, non-merges, statements and warnings."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from .judge import add_signature, signature
from .output import text_output
from .status import ExitCode
from .storage import check, decided_text, opened, ruled, shown, stored_ontology
from .why import exhibit_lines

if TYPE_CHECKING:
    from ..graph.doubt import Doubt
    from ..graph.exhibit import Exhibit
    from ..graph.judgement import Judgement
    from ..graph.store import Store
    from ..graph.verdict import Signature
    from ..ontologies.ontology import Ontology

HELP = "show the most doubtful merges, non-merges, statements and warnings, and take decisions"
EXAMPLE = """examples:
  actorgraph review out --author AB
  actorgraph review out --list --kind apart
  actorgraph review out --export doubts.csv     (fill in the column `decision`, then)
  actorgraph review out --import doubts.csv --author AB"""

_TITLES = {
    "merged": "One node, perhaps wrongly",
    "apart": "Two nodes, perhaps one",
    "statement": "Perhaps misread",
    "shared": "Two nodes, one thing elsewhere",
    "candidate": "Perhaps a thing elsewhere",
    "warning": "Does not fit together",
}
_KEYS = {"s": "same", "d": "different", "n": "not_a_fact", "t": "wrong_type", "a": "accept"}
_PROMPTS = {
    "merged": "[s]ame, [d]ifferent, wrong [t]ype (t 1 CLASS), Enter to skip, [q]uit: ",
    "apart": "[s]ame, [d]ifferent, wrong [t]ype (t 1 CLASS), Enter to skip, [q]uit: ",
    "statement": "[n]ot a fact, Enter to skip, [q]uit: ",
    "shared": "[s]ame, [d]ifferent, Enter to skip, [q]uit: ",
    "candidate": "[s]ame, [d]ifferent, Enter to skip, [q]uit: ",
    "warning": "[a]ccept, [d]ismiss, [n]ot a fact (n 1 or n 2), Enter to skip, [q]uit: ",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("directory", metavar="DIR", type=Path, help="what build wrote")
    parser.add_argument("--kind", choices=tuple(_TITLES), help="only doubts of this kind")
    parser.add_argument(
        "--most", metavar="N", type=int, default=20, help="how many doubts (default: 20)"
    )
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--list", action="store_true", help="print them, ask nothing")
    ways.add_argument("--export", metavar="FILE", type=Path, help="write them as CSV")
    ways.add_argument(
        "--import", metavar="FILE", dest="decided", type=Path, help="read decisions from such CSV"
    )
    add_signature(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """List, export, import, or ask at the terminal."""
    from ..graph.docket import docket_text

    if arguments.decided:
        return _imported(arguments)
    asking = not (arguments.list or arguments.export)
    with opened(arguments.directory, writing=asking) as store:
        ontology = stored_ontology(store)
        found = _doubts(store, ontology, arguments)
        exhibits = shown(store, (item for doubt in found for item in doubt.items))
        if arguments.export:
            with text_output(arguments.export) as stream:
                stream.write(docket_text(found, exhibits))
        elif arguments.list:
            told = "\n\n".join("\n".join(_lines(doubt, exhibits)) for doubt in found)
            print(told or "no doubts")
        else:
            _ask(_Session(store, ontology, signature(arguments)), found, exhibits)
    return ExitCode.OK


def _doubts(store: Store, ontology: Ontology, arguments: argparse.Namespace) -> list[Doubt]:
    from ..graph.doubt import doubts
    from ..graph.gazetteer import Gazetteer

    found = doubts(store.graph(), Gazetteer(ontology))
    fitting = [doubt for doubt in found if arguments.kind in (None, doubt.kind)]
    return fitting[: arguments.most]


def _lines(doubt: Doubt, exhibits: Mapping[str, Exhibit]) -> Iterator[str]:
    yield f"{_TITLES[doubt.kind]}: {doubt.rule}, {doubt.score:.2f} ({'; '.join(doubt.evidence)})"
    for number, item in enumerate(doubt.items, 1):
        if item in exhibits:
            first, *rest = exhibit_lines(exhibits[item])
            yield f"{number if len(doubt.items) > 1 else ' '}{first[1:]}"
            yield from rest


def _imported(arguments: argparse.Namespace) -> ExitCode:
    """Decisions from a file: all of them, or, where one is wrong, none."""
    from ..graph.docket import docket_judgements

    text = decided_text(arguments.decided)
    with opened(arguments.directory, writing=True) as store:
        found = docket_judgements(text, str(arguments.decided), signature(arguments))
        numbers, _ = ruled(store, found, stored_ontology(store))
    print(f"{len(numbers)} new judgements of {len(found)} decisions")
    return ExitCode.OK


@dataclass(frozen=True, slots=True)
class _Session:
    """Where decisions go, what they are checked with, and who signs them."""

    store: Store
    ontology: Ontology
    sign: Signature


def _ask(session: _Session, found: Sequence[Doubt], exhibits: Mapping[str, Exhibit]) -> None:
    """Ask about each doubt; every answer is kept at once, the graph is rebuilt at the end."""
    made: list[Judgement] = []
    if found:
        print("An answer may have a reason behind a colon: d: father and son")
    for number, doubt in enumerate(found, 1):
        print(f"\n{number}/{len(found)}  " + "\n".join(_lines(doubt, exhibits)))
        answer = _answer(session, doubt)
        if answer is None:
            break
        made += answer
    if made:
        ruled(session.store, made, session.ontology)
    print(f"\n{len(made)} judgements")


def _answer(session: _Session, doubt: Doubt) -> list[Judgement] | None:
    """What is decided of a doubt, kept; None for no more doubts. Asks until it understands."""
    from ..graph.ledger import enter

    while True:
        try:
            answer, _, reason = input(_PROMPTS[doubt.kind]).partition(":")
        except EOFError:
            return None
        words = answer.split()
        if words[:1] == ["q"]:
            return None
        if not words:
            return []
        try:
            sign = replace(session.sign, reason=reason.strip() or session.sign.reason)
            found = [sign.on(judgement) for judgement in _decided(words, doubt)]
            check(session.store, found, session.ontology)
        except ActorgraphError as error:
            print(f"  {error}")
            continue
        enter(session.store.catalog, found)
        return found


def _decided(words: Sequence[str], doubt: Doubt) -> Iterator[Judgement]:
    """The judgements of an answer: *s*, *d*, *n*, *a*, *n 1*, or *t 2 PoliticalParty*."""
    from ..graph.docket import decided

    classes = ("", "")
    if words[0] == "t":
        if len(words) != 3 or words[1] not in ("1", "2"):
            raise ActorgraphError("write t, 1 or 2 (which of the two), and the right class")
        classes = (words[2], "") if words[1] == "1" else ("", words[2])
    decision = _KEYS.get(words[0], words[0])
    if doubt.kind == "warning":
        decision = "_".join(("dismiss" if words[0] == "d" else decision, *words[1:]))
    return decided(decision, doubt.items, classes, (doubt.kind, doubt.rule))
