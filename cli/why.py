"""`actorgraph why`: why documents' mentions are one node."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .status import ExitCode
from .storage import opened, shown

if TYPE_CHECKING:
    from ..graph.exhibit import Exhibit
    from ..graph.link import Link
    from ..graph.match import Match
    from ..graph.selection import Selection

HELP = "say why the mentions of an actor, or the reports of an event, are one node"
EXAMPLE = """examples:
  actorgraph why out 'Qassem Soleimani'
  actorgraph why out e0123456789abcdef --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("directory", metavar="DIR", type=Path, help="what build wrote")
    parser.add_argument("entity", metavar="ENTITY", help="id or name of an actor, id of an event")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the members with their sentences, and what joins them, the weakest link first."""
    from ..graph.explanation import why_same
    from ..graph.record import plain_record
    from ..graph.selection import selection

    with opened(arguments.directory) as store:
        graph = store.graph()
        found = selection(graph, arguments.entity)
        links = why_same(graph, found.node.id)
        matches = [m for m in graph.matches if m.entity == found.node.id]
        exhibits = shown(store, found.node.members)
    if arguments.json:
        told = _answer(found, links, exhibits) | {"elsewhere": [plain_record(m) for m in matches]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join((*_lines(found, links, exhibits), *_elsewhere(matches))))
    return ExitCode.OK


def exhibit_record(exhibit: Exhibit) -> dict[str, Any]:
    """An exhibit as JSON values."""
    return {
        "id": exhibit.item,
        "name": exhibit.name,
        "type": exhibit.type,
        "document": exhibit.document.id,
        "source": exhibit.document.source,
        "published": exhibit.document.published,
        "quotes": list(exhibit.quotes),
    }


def exhibit_lines(exhibit: Exhibit, indent: str = "  ") -> Iterator[str]:
    """An exhibit for the eye."""
    published = f", {exhibit.document.published}" if exhibit.document.published else ""
    yield f"{indent}{exhibit.item}  {exhibit.name} ({exhibit.type})"
    yield f"{indent}  in {exhibit.document.source}{published}"
    yield from (f"{indent}  “{quote}”" for quote in exhibit.quotes)


def _answer(
    found: Selection, links: tuple[Link, ...], exhibits: Mapping[str, Exhibit]
) -> dict[str, Any]:
    return {
        "id": found.node.id,
        "name": found.name,
        "type": found.node.type,
        "members": [exhibit_record(exhibits[m]) for m in found.node.members],
        "links": [
            {
                "left": link.left,
                "right": link.right,
                "rule": link.rule,
                "score": link.score,
                "evidence": list(link.evidence),
            }
            for link in links
        ],
    }


def _lines(
    found: Selection, links: tuple[Link, ...], exhibits: Mapping[str, Exhibit]
) -> Iterator[str]:
    members = found.node.members
    yield f"{found.node.id}  {found.name} ({found.node.type}), of {len(members)} in documents"
    for member in members:
        yield from exhibit_lines(exhibits[member])
    if not links:
        yield "One document's own; nothing was merged."
    for link in links:
        left, right = (exhibits[end].name for end in (link.left, link.right))
        yield f"{link.score:.2f}  {link.rule}: {'; '.join(link.evidence)}"
        yield f"      {link.left} {left} = {link.right} {right}"


def _elsewhere(matches: Iterable[Match]) -> Iterator[str]:
    """What it is, or may be, in other collections."""
    for match in matches:
        told = "; ".join(text for text in (match.label, match.why) if text)
        yield f"{match.confidence:.2f}  {match.bond} {match.iri}, says {match.source}" + (
            f" ({told})" if told else ""
        )
