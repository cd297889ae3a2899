"""`actorgraph ontology`: check it, list it, find what it does not cover."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from . import gaps
from .progress import counted, warn
from .reading import add_ontology_option, add_reading_options, ontology_of
from .status import ExitCode

if TYPE_CHECKING:
    from ..ontologies.ontology import Ontology, Relation

HELP = "check the ontology, list its relations, or find what it does not cover"
EXAMPLE = """examples:
  actorgraph ontology list
  actorgraph ontology check my.ttl
  actorgraph ontology gaps news/"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The three commands on the ontology."""
    raw = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = commands.add_parser(
        "check",
        help="validate the files, and test every example and counterexample",
        epilog="example:\n  actorgraph ontology check my.ttl",
        formatter_class=raw,
    )
    check.add_argument("file", metavar="FILE", type=Path, nargs="?", help="your own Turtle file")
    check.add_argument("--model", metavar="NAME", help="installed spaCy pipeline")
    check.add_argument("--own", action="store_true", help="test only the relations of FILE")
    check.set_defaults(ontology=[])
    listing = commands.add_parser(
        "list",
        help="print the relations",
        epilog="example:\n  actorgraph ontology list --json",
        formatter_class=raw,
    )
    listing.add_argument("--json", action="store_true", help="with definitions and examples")
    add_ontology_option(listing)
    finding = commands.add_parser(
        "gaps",
        help="print the frequent clauses between actors that no relation covers",
        epilog="example:\n  actorgraph ontology gaps news/ --most 20",
        formatter_class=raw,
    )
    add_reading_options(finding)
    finding.add_argument("--most", metavar="N", type=int, default=50, help="default: 50")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Run the command on the ontology."""
    return {"check": _check, "list": _list, "gaps": gaps.run}[arguments.action](arguments)


def _list(arguments: argparse.Namespace) -> ExitCode:
    ontology = ontology_of(arguments)
    relations = sorted(ontology.relations.values(), key=lambda r: (r.group, r.id))
    if arguments.json:
        print(json.dumps([_plain(r, ontology) for r in relations], ensure_ascii=False, indent=2))
        return ExitCode.OK
    group = None
    for relation in relations:
        if relation.group != group:
            group = relation.group
            print(f"{group}")
        ends = f"{' or '.join(relation.domain)} → {' or '.join(relation.range)}"
        examples = sum(example.positive for example in relation.examples)
        print(f"  {relation.id:<28} {relation.kind:<10} {ends}  ({examples} examples)")
    print(f"{len(relations)} relations")
    return ExitCode.OK


def _plain(relation: Relation, ontology: Ontology) -> dict[str, object]:
    return {
        "id": relation.id,
        "label": relation.label,
        "definition": relation.definition,
        "kind": relation.kind,
        "group": relation.group,
        "domain": relation.domain,
        "range": relation.range,
        "parents": relation.parents,
        "inverse": relation.inverse,
        "symmetric": relation.symmetric,
        "examples": [e.text for e in relation.examples if e.positive],
        "counterexamples": [e.text for e in relation.examples if not e.positive],
        "alignments": [list(alignment) for alignment in relation.alignments],
    }


def _check(arguments: argparse.Namespace) -> ExitCode:
    """Shapes first; only files without a fault are tried on sentences, the user's own first."""
    from ..ontologies.validation import ontology_problems

    if arguments.file and not arguments.file.is_file():
        raise ActorgraphError(f"{arguments.file}: no such file; check the name")
    if arguments.own and not arguments.file:
        raise ActorgraphError("--own tests the relations of a file; name the file")
    arguments.ontology = [arguments.file] if arguments.file else []
    problems = ontology_problems(extra=arguments.ontology)
    if problems:
        print("\n".join(map(str, problems)))
        print(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'} in the files")
        return ExitCode.INCOMPLETE
    return _tested(arguments, ontology_of(arguments))


def _tested(arguments: argparse.Namespace, ontology: Ontology) -> ExitCode:
    """Every sentence read, those of the user's own relations first, or alone."""
    from ..extract.frame.check import verdicts
    from ..extract.rules import RuleExtractor

    own = _own_relations(ontology) if arguments.file else frozenset()
    others = frozenset(ontology.relations) - own
    groups = [own] if arguments.own else [own, others]
    told = [f"{len(own)} of {arguments.file}"] if own else []
    told += [] if arguments.own else [f"{len(others)} others"]
    warn(f"testing relations: {', then '.join(told)}; compiling may take half a minute or more")
    extractor = RuleExtractor(ontology, arguments.model)
    found = []
    for group in groups:
        read = list(counted(verdicts(extractor, group), "sentences"))
        for verdict in read:
            if verdict.problem:
                kind = "example" if verdict.positive else "counterexample"
                print(
                    f"{verdict.relation}: {kind} {verdict.example!r}: {verdict.problem}", flush=True
                )
        found += read
    failed = sum(bool(verdict.problem) for verdict in found)
    examples = sum(verdict.positive for verdict in found)
    print(
        f"{sum(map(len, groups))} relations, {examples} examples, "
        f"{len(found) - examples} counterexamples: {len(found) - failed} as declared, "
        f"{failed} not"
    )
    return ExitCode.INCOMPLETE if failed else ExitCode.OK


def _own_relations(ontology: Ontology) -> frozenset[str]:
    """The relations that a user's file adds, or gives other examples."""
    from ..ontologies.turtle import loaded_ontology

    shipped = loaded_ontology().relations
    return frozenset(
        id_
        for id_, relation in ontology.relations.items()
        if id_ not in shipped or relation.examples != shipped[id_].examples
    )
