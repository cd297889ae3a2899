"""Clusters that another reader found, laid over our mentions and checked like our own links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .anaphora import coordination
from .cluster import Clusters
from .phrase import Phrase

if TYPE_CHECKING:
    from ..text.clusters import GivenClusters, Part

_CONFIDENCE = 0.8
"""Components tell no confidence of theirs."""


def link_given(found: Clusters, given: GivenClusters) -> dict[int, tuple[int, ...]]:
    """Link the mentions of each cluster to those before them; returns what plurals stand for.

    A mention is linked to the nearest one before it that nothing forbids: neither gender, kind,
    number, names nor possession, so that two actors known to be different stay apart.
    """
    members: dict[int, tuple[int, ...]] = {}
    rule = f"coreference by {given.component}"
    for cluster in given.clusters:
        groups = [_phrases(found, parts) for parts in cluster]
        several = next((group for group in groups if len(group) > 1), ())
        single = [group[0] for group in groups if len(group) == 1]
        for place, phrase in enumerate(single):
            if several:
                if phrase.mention.kind != "name" and phrase.features.number != "singular":
                    members[phrase.index] = tuple(p.index for p in several)
                continue
            for other in reversed(single[:place]):
                if found.together(phrase.index, other.index):
                    break
                if _agree(found, phrase, other) and found.link(
                    phrase.index, other.index, rule, _CONFIDENCE
                ):
                    break
    return members


def _agree(found: Clusters, phrase: Phrase, other: Phrase) -> bool:
    """Whether what is no name may mean what the other means, either way."""
    pairs = ((phrase, other), (other, phrase))
    return all(
        found.agrees(one.features, found.of(two.index))
        for one, two in pairs
        if one.mention.kind != "name"
    )


def _phrases(found: Clusters, parts: Iterable[Part]) -> list[Phrase]:
    """Our phrases for a mention of theirs: by its head; each member of a coordination."""
    heads = [found.doc[first:last].root for first, last in parts]
    named = [_phrase(found, head.i) for head in heads]
    phrases = [phrase for phrase in named if phrase is not None]
    if len(phrases) != 1:
        return phrases if len(phrases) == len(heads) else []
    ((first, last),) = parts
    group = [found.phrases[i] for i in coordination(found, phrases[0])]
    inside = len(group) > 1 and all(first <= p.head < last for p in group)
    return group if inside else phrases


def _phrase(found: Clusters, token: int) -> Phrase | None:
    """The phrase with a head, or the one in which it stands."""
    if token in found.by_head:
        return found.by_head[token]
    return next((p for p in found.phrases if p.mention.first <= token < p.mention.last), None)
