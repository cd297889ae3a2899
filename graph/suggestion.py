"""Suggestions: which nodes may be one, and what speaks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from .blocking import candidates
from .context import ENOUGH, Context
from .lexicon import NameLexicon
from .node import Node, index
from .resemblance import Resemblance, compared

SAME_NAME = 0.95  # names so alike are one name, romanised differently
MAYBE_SAME = 0.8  # names so alike may be one if other evidence speaks for it
_SAME_COUNTRY = 0.84  # names so alike are one if both are told to be of one country
_TRIES = 3  # nodes of a name that share a mark, each compared with as many of another name


@dataclass(frozen=True, slots=True, order=True)
class Suggestion:
    """Two nodes that may be one; sorted best first."""

    rank: tuple[float, int]  # minus score, minus size of shared context
    left: str
    right: str
    rule: str
    evidence: tuple[str, ...]
    common: tuple[str, ...] = ()  # marks of actors beside both


@dataclass(frozen=True, slots=True)
class Likeness:
    """The nodes of one name and those of another that may be a spelling of it."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    found: Resemblance


def suggestion(
    left: Node, right: Node, rule: str, score: float, evidence: Sequence[str], common: Sequence[str]
) -> Suggestion:
    """A suggestion with its rank."""
    one, other = sorted((left.key, right.key))
    rank = (-score, -len(common))
    return Suggestion(rank, one, other, rule, tuple(evidence), tuple(common))


def of_one_name(nodes: Sequence[Node], context: Context) -> Iterator[Suggestion]:
    """Nodes of one name: sure ones of one country, unsure ones with shared surroundings."""
    for group in index(nodes).values():
        if len(group) < 2:
            continue
        name = (f"both are called {group[0].first.name}",)
        sure = [node for node in group if node.sure]
        states = {node.first.state for node in sure} - {None}
        for left, right in pairwise(sorted(sure, key=lambda n: n.first.state or "")):
            if len(states) < 2 or left.first.state == right.first.state:
                common = context.evidence(left, right).common
                yield suggestion(left, right, "same_name", 1.0, name, common)
        apart = _firsts(group, context)
        for i, j in sorted(_neighbours(apart, context)):
            found = context.evidence(apart[i], apart[j])
            if found.weight >= ENOUGH:
                rule = "same_name_and_context"
                yield suggestion(apart[i], apart[j], rule, 0.95, name, found.common)


def _firsts(nodes: Iterable[Node], context: Context) -> list[Node]:
    """One node of each that are not yet found to be one."""
    return list({context.first(node): node for node in reversed(list(nodes))}.values())[::-1]


def _neighbours(group: Sequence[Node], context: Context) -> set[tuple[int, int]]:
    """Positions of nodes that share a mark, each with the next that has it."""
    having: dict[str, list[int]] = defaultdict(list)
    for position, node in enumerate(group):
        for mark in context.telling(node):
            having[mark].append(position)
    return {pair for positions in having.values() for pair in pairwise(positions)}


def likenesses(nodes: Sequence[Node], lexicon: NameLexicon) -> list[Likeness]:
    """Names of several words that may be spellings of one name; every name is compared once."""
    forms: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        if not node.single:
            known = node.first.known or ""
            forms[(*node.base, known, *(name.text for name in node.names))].append(node)
    ordered = [tuple(forms[key]) for key in sorted(forms)]
    found = []
    for i, j in candidates([form[0] for form in ordered], lexicon):
        left, right = ordered[i], ordered[j]
        if left[0].base == right[0].base and not (left[0].first.known or right[0].first.known):
            continue
        best = _best(left[0], right[0], lexicon)
        if best.score >= MAYBE_SAME and not best.conflicts:
            found.append(Likeness(left, right, best))
    return found


def _best(left: Node, right: Node, lexicon: NameLexicon) -> Resemblance:
    """How alike the most alike names of two nodes are."""
    pairs = ((a, b) for a in left.names for b in right.names)
    found = (compared(*sorted(pair, key=lambda n: n.text), lexicon) for pair in pairs)
    return max(found, key=lambda r: (not r.conflicts, r.score, r.reasons))


def of_like_names(found: Iterable[Likeness], context: Context) -> Iterator[Suggestion]:
    """Nodes whose names are spellings of one name, or nearly so and in the same surroundings."""
    for alike in found:
        yield from _of_sure_names(alike, context)
        score, reasons = alike.found.score, alike.found.reasons
        sides = _firsts(alike.left, context), _firsts(alike.right, context)
        for left, right in sorted(_meeting(*sides, context)):
            one, other = sides[0][left], sides[1][right]
            if context.first(one) == context.first(other):
                continue
            shared = context.evidence(one, other)
            if shared.weight >= ENOUGH:
                rule = "spelling_and_context"
                yield suggestion(one, other, rule, score * 0.99, reasons, shared.common)


def _of_sure_names(alike: Likeness, context: Context) -> Iterator[Suggestion]:
    score, reasons = alike.found.score, alike.found.reasons
    sides = ([node for node in side if node.sure] for side in (alike.left, alike.right))
    for left, right in product(*sides):
        state = left.first.state
        if score >= SAME_NAME:
            common = context.evidence(left, right).common
            yield suggestion(left, right, "spelling", score, reasons, common)
        elif state is not None and state == right.first.state and score > _SAME_COUNTRY:
            yield suggestion(left, right, "spelling_and_country", score * 0.99, reasons, ())


def _meeting(
    some: Sequence[Node], others: Sequence[Node], context: Context
) -> set[tuple[int, int]]:
    """Positions of nodes of either name that share a mark, some of each."""
    having: dict[str, list[int]] = defaultdict(list)
    for position, node in enumerate(some):
        for mark in context.telling(node):
            if len(having[mark]) < _TRIES:
                having[mark].append(position)
    pairs: set[tuple[int, int]] = set()
    for other, node in enumerate(others):
        for mark in context.telling(node):
            pairs.update((position, other) for position in having.get(mark, ()))
    return pairs
