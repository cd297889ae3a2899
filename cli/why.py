"""`actorgraph why`: why documents' mentions are one node."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..graph.record import plain_record
from .status import ExitCode
from .storage import opened, shown

if TYPE_CHECKING:
    from ..graph.exhibit import Exhibit
    from ..graph.graph import Graph
    from ..graph.link import Link
    from ..graph.match import Match
    from ..graph.post import Post
    from ..graph.selection import Selection

HELP = "say why the mentions of an actor, the reports of an event, or claims of a post are one node"
EXAMPLE = """examples:
  actorgraph why out 'Qassem Soleimani'
  actorgraph why out p0123456789abcdef         (a post, by its id in the exports)
  actorgraph why out e0123456789abcdef --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("directory", metavar="DIR", type=Path, help="what build wrote")
    parser.add_argument(
        "entity", metavar="ENTITY", help="id or name of an actor, id of an event or a post"
    )
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the members with their sentences, and what joins them, the weakest link first."""
    from ..graph.explanation import why_same
    from ..graph.record import plain_record
    from ..graph.selection import selection

    with opened(arguments.directory) as store:
        graph = store.graph()
        post = next((p for p in graph.posts if p.id == arguments.entity), None)
        if post is not None:
            return _told_post(post, graph, arguments.json)
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


def _told_post(post: Post, graph: Graph, as_json: bool) -> ExitCode:
    """All that is claimed of a post, by document: the same person in the same organization."""
    if as_json:
        print(json.dumps(plain_record(post), ensure_ascii=False, indent=2))
        return ExitCode.OK
    sources = {d.id: (d.source, d.published) for d in graph.documents}
    alleged = "" if post.plain else ", only alleged"
    print(f"{post.id}  {post.label} ({post.relation}{alleged}), of {len(post.claims)} claims")
    for title, values in (("rank", post.ranks), ("start", post.starts), ("end", post.ends)):
        known = ", ".join(v.value + ("" if v.plain else " [reported]") for v in values)
        print(f"  {title:12} {known or 'not known'}")
    print(f"  first cited  {post.first_cited or 'not dated'}")
    print(f"  last cited   {post.last_cited or 'not dated'}")
    for claim in post.claims:
        source, published = sources[claim.evidence.document]
        when = f" {claim.cited} (date {_BASIS[claim.basis]})" if claim.basis else ""
        said = [
            claim.polarity,
            claim.certainty,
            f"says {claim.source.name}" if claim.source else "",
        ]
        told = ", ".join(s for s in said if s not in ("affirmed", "actual"))
        print(f"  {claim.effect}{when}: {claim.relation}{f' [{told}]' if told else ''}")
        print(f"    in {source}{f', {published}' if published else ''}")
        print(f"    “{' '.join(claim.evidence.quote.split())}”")
    return ExitCode.OK


_BASIS = {"told": "told", "sentence": "of its sentence", "published": "of publication"}


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
