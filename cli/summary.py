"""The summary of a build: what was read, what came out, where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..graph.edge import Edge
    from ..graph.graph import Graph
    from .reading import Reading


def summary(graph: Graph, files: list[Path], reading: Reading, read_now: int) -> dict[str, Any]:
    """Counts as plain JSON values; statements are counted merged, facts and others apart.

    read_now: documents read in this run; the others were kept from runs before.
    """
    facts: Counter[str] = Counter()
    others: Counter[str] = Counter()
    stances: Counter[str] = Counter()
    evidence = 0
    for edge in graph.edges:
        evidence += len(edge.evidence)
        (facts if edge.plain else others)[edge.relation or edge.phrase] += 1
        if not edge.plain:
            stances[_stance(edge)] += 1
    return {
        "documents": len(graph.documents),
        "read_now": read_now,
        "failed": [str(failure) for failure in reading.failures],
        "notes": [str(note) for note in reading.notes],
        "actors": len(graph.entities),
        "actors_by_type": _ranked(Counter(entity.type for entity in graph.entities)),
        "events": len(graph.events),
        "statements": len(graph.edges),
        "facts": facts.total(),
        "facts_by_relation": _ranked(facts),
        "others_by_relation": _ranked(others),
        "others_by_stance": _ranked(stances),
        "posts": len(graph.posts),
        "posts_alleged": sum(not post.plain for post in graph.posts),
        "warnings": sum(not finding.settled for finding in graph.findings),
        "evidence": evidence,
        "files": [str(path) for path in files],
    }


def summary_text(told: Mapping[str, Any]) -> str:
    """The summary for the eye."""
    return "\n".join(_lines(told))


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    failed = f", {len(told['failed'])} failed" if told["failed"] else ""
    kept = f", {told['read_now']} of them read now" if told["read_now"] < told["documents"] else ""
    yield f"Documents   {told['documents']}{kept}{failed}"
    yield f"Actors      {told['actors']}"
    yield from _table(told["actors_by_type"])
    yield f"Events      {told['events']}"
    yield f"Statements  {told['statements']}, on {told['evidence']} pieces of evidence"
    yield f"  stated as facts: {told['facts']}"
    yield from _table(told["facts_by_relation"], "    ")
    yield f"  kept with their stance: {told['statements'] - told['facts']}"
    yield from _table(told["others_by_stance"], "    ")
    if told["others_by_relation"]:
        yield "    of these by relation"
        yield from _table(told["others_by_relation"], "      ")
    alleged = f", {told['posts_alleged']} of them only alleged" if told["posts_alleged"] else ""
    yield f"Posts       {told['posts']}{alleged}"
    listed = "; actorgraph warnings lists them" if told["warnings"] else ""
    yield f"Warnings    {told['warnings']}{listed}"
    yield "Files"
    yield from (f"  {file}" for file in told["files"])


def _table(counts: Mapping[str, int], indent: str = "  ") -> Iterator[str]:
    for name, count in counts.items():
        yield f"{indent}{count:>5}  {name}"


def _ranked(counted: Counter[str]) -> dict[str, int]:
    """Most frequent first, then by name."""
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _stance(edge: Edge) -> str:
    """*affirmed, planned* or *affirmed, actual, attributed*."""
    attributed = ", attributed" if edge.source else ""
    return f"{edge.polarity}, {edge.certainty}{attributed}"
