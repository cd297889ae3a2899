"""Context: what speaks for two names being one bearer's beside the names themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .member import Member
from .node import Node

ENOUGH = 1.0
"""The weight of shared surroundings from which they tell two bearers of a name to be one."""
_ACTOR = 1.0  # an actor that statements put beside both
_COMPANY = 0.5  # an actor of both's documents, or a place beside both
_HUB = 0.25  # an actor that stands beside very many
_FEW = 10  # beside so many anybody may stand
_SHARE = 100  # in a large collection a hub stands beside one of so many


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two nodes share: its weight and the marks of the actors, the weightiest first."""

    weight: float = 0.0
    common: tuple[str, ...] = ()


@dataclass
class Context:
    """Surroundings of nodes, compared.

    Hubs are actors that stand beside more others, or in more documents, than a tenth of ten or a
    hundredth of all: to have them in common tells little. `namesakes` are members beside whom their
    document has another person of like name: the others of the document may be the other's. `one` maps marks of actors found to be
    one to one of them, so that *Suleimani* beside one and *Soleymani* beside the other count.
    """

    hubs: frozenset[str]
    frequent: frozenset[str]
    namesakes: frozenset[str]
    one: Mapping[str, str] = field(default_factory=dict)
    _stated: dict[str, frozenset[str]] = field(default_factory=dict)
    _present: dict[str, frozenset[str]] = field(default_factory=dict)

    def stated(self, node: Node) -> frozenset[str]:
        """Marks of the actors and places that statements put beside a node."""
        if node.key not in self._stated:
            self._stated[node.key] = self._marks(node.context)
        return self._stated[node.key]

    def present(self, node: Node) -> frozenset[str]:
        """Marks of the less frequent actors of a node's documents, its own aside."""
        if node.key not in self._present:
            if any(member.id in self.namesakes for member in node.members):
                self._present[node.key] = frozenset()
                return self._present[node.key]
            own = {self.one.get(member.mark, member.mark) for member in node.members}
            self._present[node.key] = self._marks(node.company - self.frequent) - own
        return self._present[node.key]

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
        return _COMPANY if mark.startswith("Place|") else _ACTOR


def context(members: Sequence[Member]) -> Context:
    """The surroundings of a merge's members, no two actors of them known to be one yet."""
    beside: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, frozenset[str]] = {}
    marks: set[str] = set()
    for member in members:
        documents[member.document] = member.company
        marks.add(member.mark)
        for mark in member.context:
            beside[mark].add(member.mark)
    counts: dict[str, int] = defaultdict(int)
    for company in documents.values():
        for mark in company:
            counts[mark] += 1
    namesakes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for member in members:
        if member.facet == "Person":
            namesakes[member.document, member.mark].append(member.id)
    many, often = (max(_FEW, len(all_) / _SHARE) for all_ in (marks, documents))
    return Context(
        frozenset(mark for mark, others in beside.items() if len(others) > many),
        frozenset(mark for mark, count in counts.items() if count > often),
        frozenset(id_ for ids in namesakes.values() if len(ids) > 1 for id_ in ids),
    )
