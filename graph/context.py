"""Context: what speaks for two names being one bearer's beside the names themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .member import Member
from .node import Node
from .partition import Partition

ENOUGH = 1.0
"""The weight of shared surroundings from which they tell two bearers of a name to be one."""
_ACTOR = 1.0  # an actor that statements put beside both
_PLACE = 0.5  # a place beside both
_COMPANY = 0.5  # an actor of both's documents
_HUB = 0.25  # an actor that stands beside very many
_FEW = 10  # beside so many anybody may stand
_SHARE = 50  # in a large collection a hub stands beside one of so many


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two nodes share: its weight and the marks of the actors, the weightiest first."""

    weight: float = 0.0
    common: tuple[str, ...] = ()


@dataclass
class Context:
    """Surroundings of nodes, compared.

    Hubs are actors that stand beside more than ten others and more than a fiftieth of all,
    `frequent` those of more than ten documents (or half of a small collection) and a fiftieth of
    all: to have them in common tells little. `namesakes` are members beside whom
    their document has another person of like name: the rest of its actors may be the other's.
    `one` maps marks of actors found to be one to one of them, so that *Suleimani* beside one and
    *Soleymani* beside the other count. `groups` are nodes found to be one, by the first's key,
    `home` the first's key by any's: what stands beside one of them stands beside all.
    """

    hubs: frozenset[str]
    frequent: frozenset[str]
    namesakes: frozenset[str]
    one: Mapping[str, str]
    groups: Mapping[str, Sequence[Node]]
    home: Mapping[str, str]
    _stated: dict[str, frozenset[str]] = field(default_factory=dict)
    _present: dict[str, frozenset[str]] = field(default_factory=dict)

    def stated(self, node: Node) -> frozenset[str]:
        """Marks of the actors and places that statements put beside a node and its like."""
        first = self.first(node)
        if first not in self._stated:
            marks = [n.context for n in self.groups.get(first, (node,))]
            self._stated[first] = self._marks(frozenset().union(*marks))
        return self._stated[first]

    def present(self, node: Node) -> frozenset[str]:
        """Marks of the less frequent actors of a node's documents and its like's, its own aside."""
        first = self.first(node)
        if first not in self._present:
            members = [m for n in self.groups.get(first, (node,)) for m in n.members]
            company = [m.company for m in members if m.id not in self.namesakes]
            own = self._marks(member.mark for member in members)
            found = self._marks(frozenset().union(*company))
            self._present[first] = found - self.frequent - own
        return self._present[first]

    def first(self, node: Node) -> str:
        """Key of the node that stands for those found to be one with a node."""
        return self.home.get(node.key, node.key)

    def _marks(self, marks: Iterable[str]) -> frozenset[str]:
        return frozenset(self.one.get(mark, mark) for mark in marks)

    def telling(self, node: Node) -> frozenset[str]:
        """Marks by which a node's equals are found: all but hubs."""
        return (self.stated(node) - self.hubs) | self.present(node)

    def evidence(self, left: Node, right: Node) -> Evidence:
        """What two nodes share."""
        weights = {mark: self._weight(mark) for mark in self.stated(left) & self.stated(right)}
        for mark in self.present(left) & self.present(right):
            weights.setdefault(mark, _COMPANY)
        common = sorted(weights, key=lambda mark: (-weights[mark], mark))
        return Evidence(sum(weights.values()), tuple(common))

    def _weight(self, mark: str) -> float:
        if mark in self.hubs:
            return _HUB
        return _PLACE if mark.startswith("Place|") else _ACTOR


def context(members: Sequence[Member], groups: Mapping[str, Sequence[Node]]) -> Context:
    """The surroundings of a merge's members; `groups` as in `Context`."""
    one = _one(members, groups)
    beside: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, frozenset[str]] = {}
    namesakes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for member in members:
        own = one.get(member.mark, member.mark)
        documents.setdefault(member.document, frozenset(one.get(m, m) for m in member.company))
        for mark in member.context:
            beside[one.get(mark, mark)].add(own)
        if member.facet == "Person":
            namesakes[member.document, member.mark].append(member.id)
    counts = Counter(mark for company in documents.values() for mark in company)
    actors = {one.get(member.mark, member.mark) for member in members}
    many = max(_FEW, len(actors) / _SHARE)
    often = max(2, min(_FEW, len(documents) / 2), len(documents) / _SHARE)
    return Context(
        frozenset(mark for mark, others in beside.items() if len(others) > many),
        frozenset(mark for mark, count in counts.items() if count > often),
        frozenset(id_ for ids in namesakes.values() if len(ids) > 1 for id_ in ids),
        one,
        groups,
        {node.key: first for first, nodes in groups.items() for node in nodes},
    )


def _one(members: Iterable[Member], groups: Mapping[str, Sequence[Node]]) -> dict[str, str]:
    """The marks that actors found to be one bear, each with one of them."""
    marks = Partition(sorted({member.mark for member in members}))
    for nodes in groups.values():
        borne = sorted({m.mark for node in nodes for m in node.members if m.named})
        for one, other in pairwise(borne):
            marks.join(one, other)
    return {mark: group[0] for group in marks.groups() if len(group) > 1 for mark in group}
