"""`actorgraph diff`: what one build says that another does not."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .status import ExitCode
from .storage import opened

if TYPE_CHECKING:
    from ..graph.comparison import Comparison

HELP = "compare two builds: actors, events, statements, stances, posts, warnings"
EXAMPLE = """examples:
  cp -r out before && actorgraph build more/ -o out && actorgraph diff before out
  actorgraph diff before out --json"""

_SIGNS = {"gained": "+", "lost": "-", "changed": "~"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("old", metavar="A", type=Path, help="what one build wrote")
    parser.add_argument("new", metavar="B", type=Path, help="what another wrote")
    parser.add_argument("--json", action="store_true", help="print the differences as JSON")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print them as they lead from A to B."""
    from ..graph.comparison import comparison

    graphs = []
    for directory in (arguments.old, arguments.new):
        with opened(directory) as store:
            graphs.append(store.graph())
    found = comparison(*graphs)
    if arguments.json:
        print(json.dumps(_record(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found)) or "no difference")
    return ExitCode.OK


def _record(found: Comparison) -> dict[str, Any]:
    return {
        part: {
            sort: [
                {"id": i.id, "told": i.told, "changes": list(i.changes), "quote": i.quote}
                for i in items
            ]
            for sort, items in (
                ("gained", changes.gained),
                ("lost", changes.lost),
                ("changed", changes.changed),
            )
        }
        for part, changes in found.parts()
    }


def _lines(found: Comparison) -> Iterator[str]:
    for part, changes in found.parts():
        if not changes:
            continue
        counts = (len(changes.gained), len(changes.lost), len(changes.changed))
        yield f"{part.capitalize():<11} +{counts[0]} -{counts[1]} ~{counts[2]}"
        for sort, sign in _SIGNS.items():
            for item in getattr(changes, sort):
                yield f"  {sign} {item.told}"
                yield from (f"      {change}" for change in item.changes)
                if item.quote and sort != "changed":
                    yield f"      “{item.quote}”"
