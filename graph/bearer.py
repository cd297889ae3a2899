"""Bearers: short names, each with the one actor of the collection who may be meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .cluster import Clusters
from .context import Context
from .node import Node
from .suggestion import SAME_NAME, Likeness, Suggestion, suggestion


def initials(
    clusters: Clusters, alike: Iterable[Likeness], surroundings: Context
) -> Iterator[Suggestion]:
    """Persons called by initials and a telling family name, each with the one person so called."""
    bearers: dict[str, dict[str, Node]] = defaultdict(dict)
    short: dict[str, Node] = {}
    for likeness in alike:
        sides = (likeness.left, likeness.right)
        for some, others in (sides, sides[::-1]):
            if likeness.found.score < SAME_NAME or not some[0].initialled or others[0].initialled:
                continue
            for node in some:
                short[node.key] = node
                for other in others:
                    bearers[node.key].setdefault(clusters.root(other.key), other)
    for key, node in short.items():
        if len(bearers[key]) == 1:
            (bearer,) = bearers[key].values()
            why = (f"{bearer.first.name} is the only person with these initials and family name",)
            common = surroundings.evidence(node, bearer).common
            yield suggestion(node, bearer, "initials", 0.85, why, common)


def surnames(
    clusters: Clusters, found: Sequence[Node], surroundings: Context
) -> Iterator[Suggestion]:
    """Persons called by one word, each with the one person of its company who bears it."""
    bearers: dict[str, dict[str, Node]] = defaultdict(dict)
    for node in found:
        if node.type == "Person" and not node.single:
            for name in node.names:
                for part in name.core[1:]:
                    bearers[part.text].setdefault(clusters.root(node.key), node)
    for node in found:
        if not node.single or node.first.known:
            continue
        word = node.first.key.split()[-1]
        fitting = [
            (bearer, company)
            for bearer in bearers.get(word, {}).values()
            if (company := _company(node, bearer, surroundings))
            and clusters.contradiction(node.key, bearer.key) is None
        ]
        if len(fitting) > 1:
            stated = surroundings.stated
            fitting = [(b, company) for b, company in fitting if stated(node) & stated(b)]
        if len(fitting) == 1:
            bearer, company = fitting[0]
            why = (f"{bearer.first.name} is the only {word} in this company",)
            yield suggestion(node, bearer, "surname", 0.85, why, company)


def _company(node: Node, bearer: Node, surroundings: Context) -> tuple[str, ...]:
    """Actors beside both; none if one document has both, and so tells them apart."""
    if node.first.document in {member.document for member in bearer.members}:
        return ()
    return surroundings.evidence(node, bearer).common


def untyped(
    clusters: Clusters, found: Sequence[Node], surroundings: Context
) -> Iterator[Suggestion]:
    """Agents of no narrower class, each with the one actor of its name."""
    by_name: dict[str, dict[str, Node]] = defaultdict(dict)
    for node in found:
        if node.first.facet in ("Person", "Country", "Organization", "PopulationGroup"):
            by_name[node.first.key].setdefault(clusters.root(node.key), node)
    for node in found:
        bearers = list(by_name.get(node.first.key, {}).values())
        if node.first.facet == "Agent" and len(bearers) == 1:
            why = (f"both are called {node.first.name}, and nobody else is",)
            common = surroundings.evidence(node, bearers[0]).common
            yield suggestion(node, bearers[0], "only_name", 0.9, why, common)


def acronyms(
    clusters: Clusters, found: Sequence[Node], surroundings: Context
) -> Iterator[Suggestion]:
    """Organisations called by an acronym, each with the one whose documents introduce it.

    *the Popular Mobilisation Forces (PMF)* in one document tells what *PMF* is in another.
    """
    bearers: dict[tuple[str, str], dict[str, Node]] = defaultdict(dict)
    for node in found:
        if node.first.facet == "Organization" and not all(n.acronym for n in node.names):
            for name in {name for member in node.members for name in member.names}:
                if name.isupper() and " " not in name:
                    home = bearers[node.first.facet, name.lower().replace(".", "")]
                    home.setdefault(clusters.root(node.key), node)
    for node in found:
        if node.first.known or not all(name.acronym for name in node.names):
            continue
        introduced = list(bearers.get((node.first.facet, str(node.names[0].acronym)), {}).values())
        if len(introduced) == 1:
            why = (f"{introduced[0].first.name} is the only one introduced as {node.first.name}",)
            common = surroundings.evidence(node, introduced[0]).common
            yield suggestion(node, introduced[0], "acronym", 0.9, why, common)
