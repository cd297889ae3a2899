"""`actorgraph status`: what is in a store."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .status import ExitCode
from .storage import opened

if TYPE_CHECKING:
    from ..graph.ledger import Ruling
    from ..graph.store import Store

HELP = "say what is in a graph's store: documents, failures, judgements, versions"
EXAMPLE = """examples:
  actorgraph status out
  actorgraph status out --documents
  actorgraph status out --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("directory", metavar="DIR", type=Path, help="what build wrote")
    parser.add_argument("--documents", action="store_true", help="also list the documents")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print it; the store may be in use meanwhile."""
    with opened(arguments.directory) as store:
        told = _inventory(store)
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(told, arguments.documents)))
    return ExitCode.OK


def _inventory(store: Store) -> dict[str, Any]:
    from ..graph.answer import standing_answers
    from ..graph.ledger import rulings

    answers = standing_answers(store.catalog)
    entries = store.entries()
    settings = store.settings()
    read = {e.id: e for e in entries if e.statements is not None}
    failures = [(e.source, e.failure) for e in entries if e.failure] + store.failures()
    return {
        "documents": len({e.id for e in entries}),
        "entities": sum(e.entities or 0 for e in read.values()),
        "statements": sum(e.statements or 0 for e in read.values()),
        "out_of_date": len(store.outdated(settings.get("key", ""))),
        "failures": [{"source": source, "reason": reason} for source, reason in sorted(failures)],
        "judgements": [_ruling(ruling) for ruling in rulings(store.catalog)],
        "services": dict(sorted(Counter(a.service for a in answers).items())),
        "size": sum(path.stat().st_size for path in store.folder.rglob("*") if path.is_file()),
        "settings": settings,
        "sources": [{"source": e.source, "id": e.id, "statements": e.statements} for e in entries],
    }


def _ruling(ruling: Ruling) -> dict[str, Any]:
    judgement = ruling.judgement
    return {
        "number": ruling.number,
        "kind": judgement.kind,
        "items": list(judgement.items),
        "reason": judgement.reason,
        "author": judgement.author,
        "made": judgement.made,
        "undone": ruling.undone,
    }


def _lines(told: dict[str, Any], with_documents: bool) -> list[str]:
    settings = told["settings"]
    lines = [
        f"Documents   {told['documents']}",
        f"Entities    {told['entities']}, as documents name them",
        f"Statements  {told['statements']}",
        f"On disk     {told['size'] / 1e6:.1f} MB",
        f"Read by     {settings.get('extractor', '?')}, model "
        f"{settings.get('model') or 'small English'}, actorgraph {settings.get('version', '?')}, "
        f"ontology {settings.get('ontology', '?')[:12]}",
    ]
    if told["out_of_date"]:
        lines.append(f"            {told['out_of_date']} not yet; the next build reads them")
    lines += [f"Failed      {f['source']}: {f['reason']}" for f in told["failures"]]
    lines += [f"Answers     {number} of {url}" for url, number in told["services"].items()]
    for j in told["judgements"]:
        undone = f", undone {j['undone']}" if j["undone"] else ""
        by = f" ({', '.join(filter(None, (j['author'], j['made'])))}{undone})"
        lines.append(f"Judgement {j['number']}  {j['kind']} {' '.join(j['items'])}{by}")
        lines += [f"            {j['reason']}"] if j["reason"] else []
    if with_documents:
        lines += [f"{e['id']}  {e['statements'] or 0:>5}  {e['source']}" for e in told["sources"]]
    return lines
