"""Identity: which entities of documents are one, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from .blocking import candidates
from .cluster import Clusters
from .decision import Decisions
from .lexicon import NameLexicon
from .link import Link
from .member import Member
from .node import Node, index, nodes
from .resemblance import Resemblance, compared

SAME_NAME = 0.95  # names so alike are one name, romanised differently
MAYBE_SAME = 0.8  # names so alike may be one if other evidence speaks for it


@dataclass(frozen=True, slots=True, order=True)
class _Suggestion:
    """Two nodes that may be one; sorted best first."""

    rank: tuple[float, int]  # minus score, minus size of shared context
    left: str
    right: str
    rule: str
    evidence: tuple[str, ...]
    common: tuple[str, ...] = ()  # marks of actors beside both


def identities(
    members: Mapping[str, Member], decisions: Decisions, lexicon: NameLexicon
) -> tuple[list[list[Member]], Iterator[Link]]:
    """Members grouped by what they are, and the links that say why, in no order.

    The result depends on the set of members and decisions only. Members without a name stay alone
    unless a judgement joins them.
    """
    ordered = sorted(members.values(), key=lambda m: m.id)
    found = nodes(ordered, decisions.judged, lexicon)
    unnamed = [m for m in ordered if not m.named]
    judged = decisions.judged
    found += [Node(f"~{m.id}", [m], False, lexicon) for m in unnamed if m.id in judged]
    by_key = {node.key: node for node in found}
    clusters = Clusters(by_key, decisions.different, lexicon)
    links = list(_judged(clusters, decisions, members))
    named = [node for node in found if node.first.named]
    suggestions = [*_of_one_name(named), *_of_like_names(named, lexicon)]
    spoken = _readable(ordered)
    links += _joined(clusters, sorted(set(suggestions)), spoken)
    links += _joined(clusters, sorted(_surnames(clusters, named)), spoken)
    links += _joined(clusters, sorted(_untyped(clusters, named)), spoken)
    groups = [
        sorted((m for key in keys for m in by_key[key].members), key=lambda m: m.id)
        for keys in clusters.groups()
    ]
    groups += [[m] for m in unnamed if m.id not in judged]
    return sorted(groups, key=lambda group: group[0].id), chain(_inner_links(found), links)


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
    clusters: Clusters, suggestions: Iterable[_Suggestion], names: Mapping[str, str]
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


def shared(left: Node, right: Node) -> tuple[str, ...]:
    """Actors beside both: in statements, or, from two on, in their documents; countries aside."""
    common = left.context & right.context
    if not common:
        company = (left.company & right.company) - {left.first.mark, right.first.mark}
        common = company if len(company) > 1 else frozenset()
    return tuple(sorted(common))


def _suggestion(
    left: Node, right: Node, rule: str, score: float, evidence: Sequence[str], common: Sequence[str]
) -> _Suggestion:
    one, other = sorted((left.key, right.key))
    rank = (-score, -len(common))
    return _Suggestion(rank, one, other, rule, tuple(evidence), tuple(common))


def _of_one_name(found: Sequence[Node]) -> Iterator[_Suggestion]:
    """Nodes of one name: sure ones of one country, unsure ones with shared context."""
    for group in index(found).values():
        if len(group) < 2:
            continue
        name = (f"both are called {group[0].first.name}",)
        sure = [node for node in group if node.sure]
        states = {node.first.state for node in sure} - {None}
        for left, right in pairwise(sorted(sure, key=lambda n: n.first.state or "")):
            if len(states) < 2 or left.first.state == right.first.state:
                yield _suggestion(left, right, "same_name", 1.0, name, shared(left, right))
        yield from _of_one_context(group, name)


def _of_one_context(group: Sequence[Node], name: tuple[str, ...]) -> Iterator[_Suggestion]:
    """Nodes of one name that statements join with the same actor, neighbours by actor."""
    beside: dict[str, list[Node]] = defaultdict(list)
    for node in group:
        for actor in sorted(node.context):
            beside[actor].append(node)
    for _, together in sorted(beside.items()):
        for left, right in pairwise(together):
            rule = "same_name_and_context"
            yield _suggestion(left, right, rule, 0.95, name, shared(left, right))


def _of_like_names(found: Sequence[Node], lexicon: NameLexicon) -> Iterator[_Suggestion]:
    """Nodes whose names are spellings of one name, or nearly so and in the same context."""
    whole = [node for node in found if not node.single]
    for i, j in candidates(whole, lexicon):
        left, right = whole[i], whole[j]
        if left.base == right.base and not (left.first.known or right.first.known):
            continue
        best = _best(left, right, lexicon)
        if best.score < MAYBE_SAME or best.conflicts:
            continue
        common = shared(left, right)
        state = left.first.state
        if best.score >= SAME_NAME and left.sure and right.sure:
            yield _suggestion(left, right, "spelling", best.score, best.reasons, common)
        elif common or (state is not None and state == right.first.state and best.score > 0.84):
            rule = "spelling_and_context" if common else "spelling_and_country"
            yield _suggestion(left, right, rule, best.score * 0.99, best.reasons, common)


def _best(left: Node, right: Node, lexicon: NameLexicon) -> Resemblance:
    """How alike the most alike names of two nodes are."""
    pairs = ((a, b) for a in left.names for b in right.names)
    found = (compared(*sorted(pair, key=lambda n: n.text), lexicon) for pair in pairs)
    return max(found, key=lambda r: (not r.conflicts, r.score, r.reasons))


def _surnames(clusters: Clusters, found: Sequence[Node]) -> Iterator[_Suggestion]:
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
            if (company := _company(node, bearer))
            and clusters.contradiction(node.key, bearer.key) is None
        ]
        if len(fitting) > 1:
            fitting = [(b, company) for b, company in fitting if node.context & b.context]
        if len(fitting) == 1:
            bearer, company = fitting[0]
            why = (f"{bearer.first.name} is the only {word} in this company",)
            yield _suggestion(node, bearer, "surname", 0.85, why, company)


def _company(node: Node, bearer: Node) -> tuple[str, ...]:
    """Actors beside both; none if one document has both, and so tells them apart."""
    if node.first.document in {member.document for member in bearer.members}:
        return ()
    company = (node.company & bearer.company) - {node.first.mark, bearer.first.mark}
    return shared(node, bearer) or tuple(sorted(company))


def _untyped(clusters: Clusters, found: Sequence[Node]) -> Iterator[_Suggestion]:
    """Agents of no narrower class, each with the one actor of its name."""
    by_name: dict[str, dict[str, Node]] = defaultdict(dict)
    for node in found:
        if node.first.facet in ("Person", "Country", "Organization", "PopulationGroup"):
            by_name[node.first.key].setdefault(clusters.root(node.key), node)
    for node in found:
        bearers = list(by_name.get(node.first.key, {}).values())
        if node.first.facet == "Agent" and len(bearers) == 1:
            why = (f"both are called {node.first.name}, and nobody else is",)
            yield _suggestion(node, bearers[0], "only_name", 0.9, why, shared(node, bearers[0]))
