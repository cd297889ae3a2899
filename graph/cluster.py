"""Clusters: joined nodes, kept from growing over what contradicts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from .lexicon import NameLexicon
from .names import Name
from .node import Node
from .partition import Partition
from .resemblance import compared

_LONG = 9  # letters; in shorter names a letter may be another person's
APART = 0.7  # names less alike than this contradict each other


@dataclass
class _Traits:
    """What all nodes of a cluster together say of identity."""

    facets: set[str]
    known: set[str]
    states: set[str]
    names: Counter[tuple[Name, ...]]
    usual: set[tuple[Name, ...]]  # those of which others are slips of the pen
    places: set[tuple[str, str]]
    members: set[str]


@dataclass
class Clusters:
    """A partition of nodes in which no two nodes of a set contradict each other.

    Every join is checked against all of both sides, not only against the pair that suggests it:
    a chain of small differences cannot join what differs much (complete linkage).
    `different` are the members that judgements hold apart.
    """

    nodes: Mapping[str, Node]
    different: Mapping[str, frozenset[str]]
    lexicon: NameLexicon
    _partition: Partition[str] = field(init=False)
    _traits: dict[str, _Traits] = field(init=False)

    def __post_init__(self) -> None:
        self._partition = Partition(self.nodes)
        self._traits = {key: _traits(node) for key, node in self.nodes.items()}

    def root(self, key: str) -> str:
        """The node that stands for a node's cluster."""
        return self._partition.root(key)

    def groups(self) -> Iterable[list[str]]:
        """The node keys of each cluster."""
        return self._partition.groups()

    def join(self, left: str, right: str) -> None:
        """Join two clusters, unchecked."""
        roots = self.root(left), self.root(right)
        if roots[0] != roots[1]:
            root = self._partition.join(*roots)
            kept, lost = (self._traits[r] for r in (root, roots[roots[0] == root]))
            for trait in ("facets", "known", "states", "names", "usual", "places", "members"):
                getattr(kept, trait).update(getattr(lost, trait))
            _drop_slips(kept)

    def unite(self, left: str, right: str) -> None:
        """Join two clusters because somebody says so: each name is now a name of both."""
        self.join(left, right)
        traits = self._traits[self.root(left)]
        names = {name for names in traits.names for name in names}
        traits.names = Counter({tuple(sorted(names, key=lambda name: name.text)): 1})

    def contradiction(self, left: str, right: str) -> str | None:
        """What forbids two clusters to be one, in words; None if nothing."""
        a, b = self._traits[self.root(left)], self._traits[self.root(right)]
        if len((a.facets | b.facets) - {"Agent"}) > 1:
            return "they are things of different kinds"
        if a.known and b.known and a.known != b.known:
            return "they are known to be two"
        if a.states and b.states and a.states.isdisjoint(b.states):
            return "they belong to different countries"
        if not a.places.isdisjoint(b.places):
            return "one document tells them apart"
        if any(not self.different.get(m, frozenset()).isdisjoint(b.members) for m in a.members):
            return "somebody judged them different"
        return self._contradicting_names(a, b)

    def _contradicting_names(self, a: _Traits, b: _Traits) -> str | None:
        if a.known and a.known == b.known:
            return None
        for left in sorted(a.names, key=str):
            for right in sorted(b.names, key=str):
                if not agree(left, right, self.lexicon):
                    return f"{left[0].text} is not {right[0].text}"
        return None


def _drop_slips(traits: _Traits) -> None:
    """Forget names that are a more frequent one with a letter too many, too few or exchanged.

    What is not remembered joins nothing, and what has slips is never one itself, so that slips
    make no chains.
    """
    names = traits.names
    if len(names) < 2:
        return
    kept: list[tuple[Name, ...]] = []
    for name in sorted(names, key=lambda n: (n not in traits.usual, -names[n], str(n))):
        others = (other for other in kept if name not in traits.usual and _slip(name, other))
        usual = next(others, None)
        if usual is None:
            kept.append(name)
        else:
            names[usual] += names.pop(name)
            traits.usual.add(usual)


def _slip(left: tuple[Name, ...], right: tuple[Name, ...]) -> bool:
    if len(left) != 1 or len(right) != 1:
        return False
    one, other = ("".join(p.text for p in names[0].parts) for names in (left, right))
    return min(len(one), len(other)) >= _LONG and OSA.distance(one, other, score_cutoff=1) <= 1


def _traits(node: Node) -> _Traits:
    first = node.first
    return _Traits(
        {first.facet},
        {first.known} if first.known else set(),
        {member.state for member in node.members if member.state},
        Counter({node.names: len(node.members)}),
        set(),
        {(m.document, m.key) for m in node.members if m.facet == "Person" and not m.known},
        {member.id for member in node.members},
    )


@lru_cache(maxsize=1 << 16)
def agree(left: tuple[Name, ...], right: tuple[Name, ...], lexicon: NameLexicon) -> bool:
    """Whether some name of one side may be a name of the other."""
    if left == right:
        return True
    for one in left:
        for other in right:
            if min(len(one.core), len(other.core)) < 2 and one.kind == "person":
                return True  # called by one word: the rule that joins them has checked it
            found = compared(*sorted((one, other), key=lambda n: n.text), lexicon)
            if found.score >= APART and not found.conflicts:
                return True
    return False
