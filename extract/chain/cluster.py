"""Clusters: which mentions have been found to be one, why, and what that forbids."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .agreement import CoreferenceRules, Features, kinds_agree
from .namevariant import group_variant, name_tokens, person_variant
from .phrase import Phrase, first_conjunct
from .quotation import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


FARTHEST = 5000
"""How many mentions back anything is looked for: far beyond a long report, not without end."""


@dataclass(frozen=True, slots=True)
class Link:
    """Why a mention is the same as an antecedent: indices of mentions, the rule, how sure (0–1)."""

    mention: int
    antecedent: int
    rule: str
    confidence: float


@dataclass(slots=True)
class Cluster:
    """Mentions found to be one so far, and what is known of what they mean."""

    members: list[int]
    numbers: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    descriptors: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    possessors: set[int] = field(default_factory=set)  # head tokens


class Clusters:
    """The state that the sieves work on: every mention starts alone, links join.

    A link is refused when it is less sure than `least`, or when a known feature of one cluster
    contradicts the other's; so early, sure sieves restrain the later ones.
    """

    def __init__(
        self,
        doc: Doc,
        phrases: Sequence[Phrase],
        rules: CoreferenceRules,
        quotes: tuple[Quotation, ...] = (),
        least: float = 0.0,
    ) -> None:
        self.doc = doc
        self.phrases = phrases
        self.rules = rules
        self.quotes = quotes
        self.least = least
        self.links: list[Link] = []
        self.by_head = {phrase.head: phrase for phrase in phrases}
        self._variants: dict[tuple[str, str, bool], str] = {}
        self._of = [_singleton(phrase, doc, rules) for phrase in phrases]

    def of(self, index: int) -> Cluster:
        """The cluster of a mention."""
        return self._of[index]

    def together(self, one: int, other: int) -> bool:
        """Whether two mentions are one already."""
        return self._of[one] is self._of[other]

    def distinct(self) -> Iterator[Cluster]:
        """Every cluster once, by its first mention."""
        for index, cluster in enumerate(self._of):
            if cluster.members[0] == index:
                yield cluster

    def phrase_of(self, token: Token) -> Phrase | None:
        """The phrase with this head token."""
        return self.by_head.get(token.i)

    def before(self, phrase: Phrase, most: int = FARTHEST) -> Iterator[Phrase]:
        """The phrases before one, nearest first, `most` at most."""
        for index in range(phrase.index - 1, max(-1, phrase.index - 1 - most), -1):
            yield self.phrases[index]

    def within(self, cluster: Cluster, first: int, last: int) -> list[int]:
        """The members of a cluster in the sentences from first to last."""

        def sentence(index: int) -> int:
            return self.phrases[index].sentence

        start = bisect_left(cluster.members, first, key=sentence)
        return cluster.members[start : bisect_right(cluster.members, last, key=sentence)]

    def has_head(self, cluster: Cluster, head: int) -> bool:
        """Whether a token is the head of one of a cluster's mentions."""
        phrase = self.by_head.get(head)
        return phrase is not None and self._of[phrase.index] is cluster

    def link(self, mention: int, antecedent: int, rule: str, confidence: float) -> bool:
        """Join two mentions' clusters if nothing forbids it; tells whether they were joined."""
        one, other = self._of[mention], self._of[antecedent]
        if one is other or confidence < self.least or not self.may_join(one, other):
            return False
        self.links.append(Link(mention, antecedent, rule, round(confidence, 2)))
        _absorb(other, one)
        for index in one.members:
            self._of[index] = other
        return True

    def may_join(self, one: Cluster, other: Cluster) -> bool:
        """Whether no feature, name or possessor keeps two clusters apart."""
        if len(one.genders | other.genders) > 1 and one.genders and other.genders:
            return False
        if any(not kinds_agree(a, b) for a in one.kinds for b in other.kinds):  # type: ignore[arg-type]
            return False
        if not self._names_agree(one, other):
            return False
        return not (self._owns(one, other) or self._owns(other, one))

    def _names_agree(self, one: Cluster, other: Cluster) -> bool:
        person = "person" in one.kinds | other.kinds
        return all(self.variant(a, b, person) for a in one.names for b in other.names if a != b)

    def variant(self, one: str, other: str, person: bool) -> str:
        """How two names go together, "" if they do not."""
        key = (one, other, person)
        if key not in self._variants:
            self._variants[key] = self._variant(one, other, person)
        return self._variants[key]

    def _variant(self, one: str, other: str, person: bool) -> str:
        words = self.rules.words
        if {one, other} <= self.rules.known:
            return ""  # *Sudan* and *South Sudan*
        if person:
            found = person_variant(
                one, other, words["person_name_particle"], words["person_name_suffix"]
            )
            if found:
                return found
        return group_variant(one, other, words["organization_designator"])

    def _owns(self, owner: Cluster, owned: Cluster) -> bool:
        """*His father* is not he; *Iran's army* is not Iran."""
        return any(self.has_head(owner, head) for head in owned.possessors)

    def agrees(self, features: Features, cluster: Cluster) -> bool:
        """Whether a pronoun or noun of these features may mean a cluster."""
        if features.gender in ("masculine", "feminine") and cluster.genders - {features.gender}:
            return False
        if features.number and cluster.numbers and features.number not in cluster.numbers:
            return False
        return all(kinds_agree(features.kind, k) for k in cluster.kinds)  # type: ignore[arg-type]


def _singleton(phrase: Phrase, doc: Doc, rules: CoreferenceRules) -> Cluster:
    cluster = Cluster([phrase.index])
    if phrase.possessor >= 0:
        cluster.possessors.add(phrase.possessor)
    if phrase.mention.kind == "pronoun":
        if phrase.features.gender:
            cluster.genders.add(phrase.features.gender)
            if phrase.features.gender != "neuter":
                cluster.kinds.add("person")
        return cluster
    found = phrase.features
    for value, values in (
        (found.number, cluster.numbers),
        (found.gender, cluster.genders),
        (found.kind, cluster.kinds),
    ):
        if value:
            values.add(value)
    cluster.modifiers |= phrase.modifiers
    if phrase.mention.kind == "name":
        cluster.names.add(plain_name(phrase, doc, rules))
        cluster.modifiers |= set(name_tokens(phrase.mention.text))
        cluster.descriptors |= _titles(phrase, doc, rules)
    else:
        cluster.descriptors.add(phrase.lemma)
    return cluster


def plain_name(phrase: Phrase, doc: Doc, rules: CoreferenceRules) -> str:
    """A person's name without titles (*Mr Hamidi*) and with *Jr*; else its canonical form."""
    first, last = phrase.mention.first, phrase.mention.last
    while first < last - 1 and (doc[first].text[:1].islower() or doc[first].pos_ == "DET"):
        first += 1
    if phrase.features.kind not in ("person", ""):
        return phrase.mention.name
    if phrase.features.kind:
        titles = rules.words["title_masculine"] | rules.words["title_feminine"]
        while first < last - 1 and doc[first].lower_ in titles | rules.words["person_noun"]:
            first += 1
        if last < len(doc) and doc[last].lower_.rstrip(".") in rules.words["person_name_suffix"]:
            last += 1
    return " ".join(doc[first:last].text.split())


def _titles(phrase: Phrase, doc: Doc, rules: CoreferenceRules) -> set[str]:
    """The nouns in front of and inside a name that say what it names."""
    head = doc[phrase.head]
    if phrase.features.kind != "person":
        return {phrase.lemma}
    words = {t.lower_ for t in doc[phrase.mention.first : phrase.mention.last]}
    words |= {c.lemma_.lower() for c in head.lefts if c.dep_ in ("compound", "nmod", "appos")}
    return {w for w in words if w in rules.nouns} | {phrase.lemma}


def _absorb(into: Cluster, other: Cluster) -> None:
    into.members += other.members
    if into.members[-len(other.members) - 1] > other.members[0]:
        into.members.sort()
    for mine, theirs in (
        (into.numbers, other.numbers),
        (into.genders, other.genders),
        (into.kinds, other.kinds),
        (into.names, other.names),
        (into.descriptors, other.descriptors),
        (into.modifiers, other.modifiers),
    ):
        mine |= theirs
    into.possessors |= other.possessors


def are_arguments(one: Phrase, other: Phrase) -> bool:
    """Whether both depend on one verb: *the bank sued the bank* is about two banks."""
    if one.sentence != other.sentence or "possessor" in (one.role, other.role):
        return False
    return one.predicate == other.predicate


def is_nested(one: Phrase, other: Phrase, doc: Doc) -> bool:
    """Whether one phrase stands inside the other: a whole and its part are never one."""
    if one.sentence != other.sentence:
        return False
    a, b = doc[one.head], doc[other.head]
    if a.i == b.i:
        return True
    return _inside(a, b) or _inside(b, a)


def _inside(part: Token, whole: Token) -> bool:
    node = part
    while node.head.i != node.i:
        if node.head.i == whole.i:
            return first_conjunct(node).i != whole.i and whole.pos_ not in ("VERB", "AUX")
        node = node.head
    return False
