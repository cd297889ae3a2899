"""Coreference inside a document: which mentions mean one actor, place or thing, and why.

A precision-first sieve over the parse, after Lee et al., "Deterministic coreference resolution
based on entity-centric, precision-ranked rules" (Computational Linguistics 39(4), 2013), with
pronouns ranked by salience after Lappin and Leass, "An algorithm for pronominal anaphora
resolution" (Computational Linguistics 20(4), 1994).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..text.clusters import given_clusters
from .agreement import CoreferenceRules, coreference_rules
from .anaphora import link_pronouns, link_speakers
from .cluster import Clusters, Link
from .given import link_given
from .identity import link_appositives, link_relatives
from .namematch import link_names
from .nominal import link_nominals
from .nounphrase import noun_phrases
from .phrase import phrases
from .quotation import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..actor.mention import Mention

__all__ = ["Chain", "CoreferenceRules", "Link", "chains", "coreference_rules"]

SURE = 0.6
"""Links below this are guesses: good for a benchmark, not for a graph."""


@dataclass(frozen=True, slots=True)
class Chain:
    """All mentions of one actor, place or thing in a document.

    mentions: indices into the mentions given, in text order. representative: the fullest proper
    name, else the first and fullest description, else the first pronoun; `name` and `type` are
    its own. links: a tree over the mentions, one link fewer than these, each with its reason.
    members: for a plural that stands for several (*they*, *both*), the mentions it stands for;
    else empty.
    """

    mentions: tuple[int, ...]
    representative: int
    name: str
    type: str
    links: tuple[Link, ...] = ()
    members: tuple[int, ...] = ()


def chains(
    doc: Doc, mentions: Sequence[Mention], rules: CoreferenceRules, least: float = SURE
) -> list[Chain]:
    """Every mention in exactly one chain, chains in the order of their first mention.

    least: links less sure than this are not made. The mentions must be sorted, each with a head
    of its own. The other noun phrases of the text are heard too, so that an *it* that means the
    attack is not given to the army, but only the mentions asked for are told. Where a component
    has left clusters in the document, they take the place of our pronouns and descriptions.
    """
    everything = noun_phrases(doc, mentions)
    place = {mention: index for index, mention in enumerate(mentions)}
    asked = [place.get(mention, -1) for mention in everything]
    quotes = quotations(doc, rules.words["speech_verb"])
    found = Clusters(doc, phrases(doc, everything, rules, quotes), rules, quotes, least)
    link_relatives(found)
    link_appositives(found)
    link_names(found)
    given = given_clusters(doc)
    if given is not None:
        several = link_given(found, given)
    else:
        link_nominals(found)
        link_speakers(found)
        several = link_pronouns(found)
    members = {
        asked[i]: tuple(asked[m] for m in group)
        for i, group in several.items()
        if all(asked[m] >= 0 for m in group)
    }
    trees = _trees(found.links)
    told = []
    for cluster in found.distinct():
        wanted = [i for i in cluster.members if asked[i] >= 0]
        if wanted:
            links = [
                Link(asked[link.mention], asked[link.antecedent], link.rule, link.confidence)
                for link in _paths(wanted, trees)
            ]
            told.append(_chain([asked[i] for i in wanted], mentions, links, members))
    return sorted(told, key=lambda chain: chain.mentions[0])


def _trees(links: Sequence[Link]) -> dict[int, list[tuple[int, Link]]]:
    """Mention -> the mentions it was joined with, and by which link."""
    beside: dict[int, list[tuple[int, Link]]] = {}
    for link in links:
        beside.setdefault(link.mention, []).append((link.antecedent, link))
        beside.setdefault(link.antecedent, []).append((link.mention, link))
    return beside


def _paths(wanted: Sequence[int], trees: dict[int, list[tuple[int, Link]]]) -> Iterator[Link]:
    """Links that join the wanted mentions only, as a tree.

    Where the way leads over a mention that is not wanted, it is as sure as its weakest link.
    """
    kept = set(wanted)
    ways = [(wanted[0], wanted[0], 1.0)]
    seen = {wanted[0]}
    while ways:
        node, behind, sure = ways.pop()
        for beyond, link in trees.get(node, ()):
            if beyond in seen:
                continue
            seen.add(beyond)
            least = min(sure, link.confidence)
            if beyond in kept:
                direct = {beyond, behind} == {link.mention, link.antecedent}
                yield link if direct else Link(beyond, behind, link.rule, least)
                ways.append((beyond, beyond, 1.0))
            else:
                ways.append((beyond, behind, least))


def _chain(
    indices: Sequence[int],
    mentions: Sequence[Mention],
    links: Sequence[Link],
    members: dict[int, tuple[int, ...]],
) -> Chain:
    best = representative([(i, mentions[i]) for i in indices])
    return Chain(
        mentions=tuple(sorted(indices)),
        representative=best,
        name=mentions[best].name,
        type=mentions[best].type,
        links=tuple(sorted(links, key=lambda link: (link.mention, link.antecedent))),
        members=next((members[i] for i in indices if i in members), ()),
    )


def representative(candidates: Sequence[tuple[int, Mention]]) -> int:
    """The mention that names its chain best: most words, then longest, then first."""
    order = {"name": 0, "nominal": 1, "title": 2, "pronoun": 3}

    def rank(candidate: tuple[int, Mention]) -> tuple[int, int, int, int]:
        index, mention = candidate
        if mention.kind == "name":
            return (0, -len(mention.name.split()), -len(mention.name), index)
        return (order[mention.kind], 0, 0, index)

    return min(candidates, key=rank)[0]
