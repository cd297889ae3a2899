"""`actorgraph warnings`: what a graph tells of posts that does not fit together."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..graph.finding import KINDS
from .status import ExitCode
from .storage import opened

if TYPE_CHECKING:
    from ..extract.text.document import Document
    from ..graph.evidence import EdgeEvidence
    from ..graph.finding import Finding

HELP = "list what documents tell of posts that does not fit together, with both sides' evidence"
EXAMPLE = """examples:
  actorgraph warnings out
  actorgraph warnings out --kind two_commanders --json
  actorgraph judge out dismiss w0123456789abcdef --reason 'one led the rear detachment'"""

_MOST = 5  # quotes of one side; --json has all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("directory", metavar="DIR", type=Path, help="what build wrote")
    parser.add_argument("--kind", choices=KINDS, help="only warnings of this kind")
    parser.add_argument("--all", action="store_true", help="also those that somebody settled")
    parser.add_argument("--json", action="store_true", help="print them as JSON")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the warnings of the last build."""
    with opened(arguments.directory) as store:
        graph = store.graph()
    found = [
        finding
        for finding in sorted(graph.findings, key=lambda f: (KINDS.index(f.kind), f.id))
        if arguments.kind in (None, finding.kind) and (arguments.all or not finding.settled)
    ]
    documents = {document.id: document for document in graph.documents}
    if arguments.json:
        names = {entity.id: entity.name for entity in graph.entities}
        names |= {post.id: post.label for post in graph.posts}
        records = [_record(finding, names, documents) for finding in found]
        print(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        told = "\n\n".join("\n".join(_lines(finding, documents)) for finding in found)
        print(told or "no warnings")
    return ExitCode.OK


def _lines(finding: Finding, documents: Mapping[str, Document]) -> Iterator[str]:
    settled = f" [{finding.settled}]" if finding.settled else ""
    yield f"{finding.id}  {finding.kind}{settled}"
    yield f"  {finding.explanation}"
    for title, side in (("one side", finding.left), ("the other", finding.right)):
        quotes = list(dict.fromkeys(_quote(told, documents[told.document]) for told in side))
        for number, quote in enumerate(quotes[:_MOST]):
            yield f"  {title if number == 0 else '':9}  {quote}"
        if len(quotes) > _MOST:
            yield f"             and {len(quotes) - _MOST} more"


def _quote(told: EdgeEvidence, document: Document) -> str:
    """*news/one.txt, 2031-03-04: “…”*."""
    published = f", {document.published}" if document.published else ""
    return f"{document.source}{published}: “{' '.join(told.quote.split())}”"


def _record(
    finding: Finding, names: Mapping[str, str], documents: Mapping[str, Document]
) -> dict[str, Any]:
    return {
        "id": finding.id,
        "kind": finding.kind,
        "explanation": finding.explanation,
        "nodes": [{"id": node, "name": names.get(node)} for node in finding.nodes],
        "left": [_evidence(told, documents[told.document].source) for told in finding.left],
        "right": [_evidence(told, documents[told.document].source) for told in finding.right],
        "settled": finding.settled,
    }


def _evidence(told: EdgeEvidence, source: str) -> dict[str, Any]:
    return {
        "document": told.document,
        "source": source,
        "start": told.start,
        "end": told.end,
        "quote": told.quote,
        "when": told.when,
        "statement": told.statement,
        "rule": told.rule,
        "confidence": told.confidence,
    }
