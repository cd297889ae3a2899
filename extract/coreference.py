"""Coreference inside a document: which mentions mean one actor, place or thing, and why.

A precision-first sieve over the parse, after Lee et al., "Deterministic coreference resolution
based on entity-centric, precision-ranked rules" (Computational Linguistics 39(4), 2013), with
pronouns ranked by salience after Lappin and Leass, "An algorithm for pronominal anaphora
resolution" (Computational Linguistics 20(4), 1994).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .agreement import CoreferenceRules, coreference_rules
from .anaphora import link_pronouns, link_speakers
from .cluster import Cluster, Clusters, Link
from .identity import link_appositives, link_relatives
from .namematch import link_names
from .nominal import link_nominals
from .phrase import phrases
from .quotation import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .mention import Mention

__all__ = ["Chain", "CoreferenceRules", "Link", "chains", "coreference_rules"]

SURE = 0.6
"""Links below this are guesses: good for a benchmark, not for a graph."""


@dataclass(frozen=True, slots=True)
class Chain:
    """All mentions of one actor, place or thing in a document.

    mentions: indices into the mentions given, in text order. representative: the fullest proper
    name, else the first and fullest description, else the first pronoun; `name` and `type` are
    its own. links: one for each mention but one, the reason why it belongs here. members: for a
    plural that stands for several (*they*, *both*), the mentions it stands for; else empty.
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

    least: links less sure than this are not made. The mentions must be sorted and must not
    overlap, as the mention finder gives them.
    """
    quotes = quotations(doc, rules.words["speech_verb"])
    found = Clusters(doc, phrases(doc, mentions, rules, quotes), rules, quotes, least)
    link_relatives(found)
    link_appositives(found)
    link_names(found)
    link_nominals(found)
    link_speakers(found)
    members = link_pronouns(found)
    links: dict[int, list[Link]] = {}
    for link in found.links:
        links.setdefault(found.of(link.mention).members[0], []).append(link)
    return [
        _chain(cluster, mentions, links.get(cluster.members[0], []), members)
        for cluster in found.distinct()
    ]


def _chain(
    cluster: Cluster,
    mentions: Sequence[Mention],
    links: Sequence[Link],
    members: dict[int, tuple[int, ...]],
) -> Chain:
    best = representative([(i, mentions[i]) for i in cluster.members])
    stands_for = next((members[i] for i in cluster.members if i in members), ())
    return Chain(
        mentions=tuple(cluster.members),
        representative=best,
        name=mentions[best].name,
        type=mentions[best].type,
        links=tuple(sorted(links, key=lambda link: (link.mention, link.antecedent))),
        members=stands_for,
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
