"""Identity: which entities of documents are one, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from .bearer import acronyms, initials, surnames, untyped
from .cluster import Clusters
from .context import context
from .decision import Decisions
from .lexicon import NameLexicon
from .link import Link
from .member import Member
from .node import Base, Node, crowds, nodes
from .suggestion import (
    SAME_NAME,
    Likeness,
    Suggestion,
    likenesses,
    of_like_names,
    of_one_name,
)

_PASSES = 4  # each pass knows more actors to be one, which are surroundings of others


def identities(
    members: Mapping[str, Member], decisions: Decisions, lexicon: NameLexicon
) -> tuple[list[list[Member]], Iterator[Link]]:
    """Members grouped by what they are, and the links that say why, in no order.

    The result depends on the set of members and decisions only. Members without a name stay alone
    unless a judgement joins them.
    """
    ordered = sorted(members.values(), key=lambda m: m.id)
    found, alike = _compared(ordered, decisions.judged, lexicon)
    unnamed = [m for m in ordered if not m.named]
    judged = decisions.judged
    found += [Node(f"~{m.id}", [m], False, lexicon) for m in unnamed if m.id in judged]
    by_key = {node.key: node for node in found}
    clusters = Clusters(by_key, decisions.different, lexicon)
    links = list(_judged(clusters, decisions, members))
    named = [node for node in found if node.first.named]
    surroundings, spoken = context(ordered, {}), _readable(ordered)
    for _ in range(_PASSES):
        suggestions = {*of_one_name(named, surroundings), *of_like_names(alike, surroundings)}
        joined = list(_joined(clusters, sorted(suggestions), spoken))
        surroundings = context(ordered, _groups(clusters, by_key))
        links += joined
        if not joined:
            break
    for short in (
        initials(clusters, alike, surroundings),
        acronyms(clusters, named, surroundings),
        surnames(clusters, named, surroundings),
        untyped(clusters, named, surroundings),
    ):
        links += _joined(clusters, sorted(short), spoken)
    groups = [
        sorted((m for key in keys for m in by_key[key].members), key=lambda m: m.id)
        for keys in clusters.groups()
    ]
    groups += [[m] for m in unnamed if m.id not in judged]
    return sorted(groups, key=lambda group: group[0].id), chain(_inner_links(found), links)


def _compared(
    members: Sequence[Member], judged: frozenset[str], lexicon: NameLexicon
) -> tuple[list[Node], list[Likeness]]:
    """The named members as nodes, and their like names.

    A spelling of a name that tells nobody tells nobody either.
    """
    many = crowds(members)
    while True:
        found = nodes(members, judged, many, lexicon)
        alike = likenesses(found, lexicon)
        more = set(_spellings(alike, many)) - many
        if not more:
            return found, alike
        many |= more


def _spellings(alike: Iterable[Likeness], bases: set[Base]) -> Iterator[Base]:
    for likeness in alike:
        if likeness.found.score >= SAME_NAME:
            one, other = likeness.left[0].base, likeness.right[0].base
            if one in bases:
                yield other
            if other in bases:
                yield one


def _groups(clusters: Clusters, nodes_: Mapping[str, Node]) -> dict[str, list[Node]]:
    """The nodes found to be one, by the key of the first."""
    return {keys[0]: [nodes_[key] for key in keys] for keys in clusters.groups() if len(keys) > 1}


def _inner_links(found: Iterable[Node]) -> Iterator[Link]:
    for node in found:
        first = node.first
        rule = "known_name" if first.known else "same_name"
        evidence = (f"both are {first.known}",) if first.known else _same_name(node)
        for other in node.members[1:]:
            yield Link(first.id, other.id, rule, 1.0, evidence)


def _same_name(node: Node) -> tuple[str, ...]:
    told = (f"both are told to be of {node.first.state}",) if node.first.state else ()
    return (f"both are called {node.first.name}", *told)


def _link(left: Node, right: Node, rule: str, score: float, evidence: Sequence[str]) -> Link:
    one, other = sorted((left.first.id, right.first.id))
    return Link(one, other, rule, round(score, 4), tuple(evidence))


def _judged(
    clusters: Clusters, decisions: Decisions, members: Mapping[str, Member]
) -> Iterator[Link]:
    """Judgements that things are one go before all else and need no agreement of names."""
    home = {m.id: key for key, node in clusters.nodes.items() for m in node.members}
    for judgement in decisions.same:
        items = sorted(item for item in judgement.items if item in members)
        for left, right in pairwise(items):
            clusters.unite(home[left], home[right])
            why = f"judged by {judgement.author or 'somebody'}: {judgement.reason}".strip(": ")
            yield Link(left, right, "judgement", 1.0, (why,))


def _readable(members: Iterable[Member]) -> dict[str, str]:
    """A name for each mark: the fullest of those who bear it."""
    names: dict[str, str] = {}
    for member in members:
        before = names.get(member.mark, member.name)
        names[member.mark] = min(before, member.name, key=lambda name: (-len(name), name))
    return names


def _joined(
    clusters: Clusters, suggestions: Iterable[Suggestion], names: Mapping[str, str]
) -> Iterator[Link]:
    """Follow suggestions, best first, as far as nothing contradicts them."""
    for suggestion in suggestions:
        left, right = suggestion.left, suggestion.right
        if clusters.root(left) == clusters.root(right) or clusters.contradiction(left, right):
            continue
        clusters.join(left, right)
        one, other = clusters.nodes[left], clusters.nodes[right]
        beside = ", ".join(names[mark] for mark in suggestion.common[:5])
        told = (f"both appear with {beside}",) if beside else ()
        evidence = (*suggestion.evidence, *told)
        yield _link(one, other, suggestion.rule, -suggestion.rank[0], evidence)
