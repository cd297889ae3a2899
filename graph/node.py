"""Nodes: members that surely are one, the units that identity compares and joins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .lexicon import NameLexicon
from .member import Member
from .names import Name, parsed

Base = tuple[str, str]
"""Facet and normal name."""


@dataclass(eq=False)
class Node:
    """Members of one name and nothing that tells them apart.

    `sure`: the name alone tells who is meant; else it needs evidence (*Mohammed Ali*, *Soleimani*,
    *the Defence Ministry*) and the node has one member only.
    """

    key: str
    members: list[Member]
    sure: bool
    lexicon: NameLexicon = field(repr=False)

    @property
    def first(self) -> Member:
        """The member that stands for the node in links."""
        return self.members[0]

    @property
    def base(self) -> Base:
        """Facet and name."""
        return self.first.facet, self.first.key

    @property
    def type(self) -> str:
        """The type by whose rules names are compared."""
        return "Person" if self.first.facet == "Person" else "Organization"

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The distinct full names of its members."""
        names = sorted({name for member in self.members for name in member.full})
        return tuple(parsed(name, self.type, self.lexicon) for name in names)

    @cached_property
    def single(self) -> bool:
        """Whether it is a person called by one word only."""
        return self.type == "Person" and all(len(name.core) < 2 for name in self.names)

    @cached_property
    def initialled(self) -> bool:
        """Whether it is a person called by initials and one family name that not many bear."""
        if self.type != "Person":
            return False
        told = [[p for p in name.parts if p.kind == "part"] for name in self.names]
        return all(
            len(parts) == 1 < len(n.core) for parts, n in zip(told, self.names, strict=True)
        ) and not any(self.lexicon.is_common(parts[0].text) for parts in told)

    @cached_property
    def context(self) -> frozenset[str]:
        """Actors that statements put beside it."""
        return frozenset().union(*(member.context for member in self.members))

    @cached_property
    def company(self) -> frozenset[str]:
        """Actors of its documents."""
        return frozenset().union(*(member.company for member in self.members))


def nodes(
    members: Iterable[Member],
    judged: frozenset[str],
    crowds: Collection[Base],
    lexicon: NameLexicon,
) -> list[Node]:
    """The named members as nodes, sorted by key.

    Members that judgements name, and those of `crowds` (names of several bearers), stand alone.
    """
    groups: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in members:
        if not member.named:
            continue
        alone = member.id in judged
        base = (member.facet, member.key)
        if member.known:
            group: tuple[str, ...] = (member.facet, "", member.known)
        elif base not in crowds and is_sure(member, lexicon):
            group = (*base, member.state or "", "sure")
        else:
            group, alone = (*base, member.state or ""), True
        groups[(*group, member.id) if alone else group].append(member)
    return [
        Node(
            "|".join(group),
            sorted(group_members, key=lambda m: m.id),
            bool(group_members[0].known) or "sure" in group[3:4],
            lexicon,
        )
        for group, group_members in sorted(groups.items())
    ]


def crowds(members: Iterable[Member]) -> set[Base]:
    """Names that tell nobody any more.

    Those under which one document knows two persons, and those of persons whom documents, two or
    more each, tell to be of different countries.
    """
    seen: set[tuple[str, str, str]] = set()
    found: set[Base] = set()
    states: dict[Base, Counter[str]] = defaultdict(Counter)
    for member in members:
        if member.facet == "Person" and member.named and not member.known:
            place = (member.document, member.facet, member.key)
            if place in seen:
                found.add(place[1:])
            seen.add(place)
            if member.state:
                states[place[1:]][member.state] += 1
    return found | {base for base, told in states.items() if sum(n > 1 for n in told.values()) > 1}


def is_sure(member: Member, lexicon: NameLexicon) -> bool:
    """Whether the name alone (with the country told) identifies its bearer across documents."""
    name = parsed(member.name, "Person" if member.facet == "Person" else "Organization", lexicon)
    if member.facet == "Person":
        parts = [p.text for p in name.core if p.kind == "part"]
        if name.readings:
            return _is_sure_of_syllables(name, lexicon)
        return len(parts) > 1 and not all(lexicon.is_common(part) for part in parts)
    if member.facet in ("Organization", "Place", "Agent"):
        telling = (p for p in name.core if p.kind == "part" and p.text not in lexicon.institutions)
        return member.state is not None or any(telling)
    return True


def _is_sure_of_syllables(name: Name, lexicon: NameLexicon) -> bool:
    """Whether a Chinese or Korean name tells its bearer.

    With a frequent family name no Korean given name does, their syllables being few, and no
    Chinese one of a single syllable.
    """
    return not any(
        not reading.family.isdisjoint(lexicon.frequent_surnames)
        and (reading.language == "korean" or len(reading.given) < 2)
        for reading in name.readings
    )


def index(nodes_: Iterable[Node]) -> Mapping[Base, list[Node]]:
    """Nodes by facet and name, in order."""
    found: dict[Base, list[Node]] = defaultdict(list)
    for node in nodes_:
        found[node.base].append(node)
    return found
