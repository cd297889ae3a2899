"""Names: full names, surnames, initials, acronyms and short forms of one actor."""

from __future__ import annotations

from bisect import bisect_left

from .cluster import Cluster, Clusters, plain_name
from .namevariant import name_keys, name_tokens
from .phrase import Phrase

_CONFIDENCE = {
    **{"same": 0.98, "spelling": 0.85, "partial": 0.9, "surname": 0.9, "given": 0.6},
    **{"acronym": 0.9, "short": 0.85},
}
_GROUP_PARTIAL = 0.65
_NEAREST = 30
"""With how many names on either side that share one word a name is compared."""


def link_names(found: Clusters) -> None:
    """Equal names first, then variants, each name to the earlier one or the only later one."""
    names = [p for p in found.phrases if p.mention.kind == "name"]
    _link_equal(found, names)
    names = [p for p in names if p.features.kind != "time"]
    firsts = [p for p in names if _first_name_of(found, p) == p.index]
    alike = _alike(found, firsts)
    late = [
        p
        for p in firsts
        if not _link_variant(found, p, [o for o in alike[p.index] if o.index < p.index])
    ]
    unmatched = {p.index for p in late}
    for phrase in late:
        if _first_name_of(found, phrase) == phrase.index:
            after = [o for o in alike[phrase.index] if o.index > phrase.index]
            _link_variant(found, phrase, [o for o in after if o.index in unmatched])


def _alike(found: Clusters, firsts: list[Phrase]) -> dict[int, list[Phrase]]:
    """For each name, those that share a word or initials with it: only these are compared.

    A word that very many names share tells them less apart than it costs: of these the nearest.
    """
    by_key: dict[str, list[int]] = {}
    keys = {p.index: {k for n in found.of(p.index).names for k in name_keys(n)} for p in firsts}
    for phrase in firsts:
        for key in keys[phrase.index]:
            by_key.setdefault(key, []).append(phrase.index)
    return {
        index: [found.phrases[i] for i in sorted({i for k in own for i in _near(by_key[k], index)})]
        for index, own in keys.items()
    }


def _near(indices: list[int], index: int) -> list[int]:
    place = bisect_left(indices, index)
    return indices[max(0, place - _NEAREST) : place + _NEAREST + 1]


def _first_name_of(found: Clusters, phrase: Phrase) -> int:
    members = found.of(phrase.index).members
    return next(i for i in members if found.phrases[i].mention.kind == "name")


def _link_equal(found: Clusters, names: list[Phrase]) -> None:
    seen: dict[str, list[Phrase]] = {}
    for phrase in names:
        forms = {phrase.mention.text}
        if phrase.features.kind != "time":
            forms = {plain_name(phrase, found.doc, found.rules)}
        for form in sorted(forms):
            key = " ".join(t for t in name_tokens(form) if t != "the")
            for other in reversed(seen.get(key, [])):
                if found.together(phrase.index, other.index):
                    break
                if found.link(phrase.index, other.index, "same name", _CONFIDENCE["same"]):
                    break
            seen.setdefault(key, []).append(phrase)


def _link_variant(found: Clusters, phrase: Phrase, candidates: list[Phrase]) -> bool:
    """To the only candidate; where several could be meant, shared titles must decide.

    True if there were candidates, linked or not.
    """
    options = _options(found, phrase, candidates)
    if len(options) > 1:
        titles = found.of(phrase.index).descriptors - {phrase.lemma}
        shared = [o for o in options if titles & found.of(o[0].index).descriptors]
        options = shared if len(shared) == 1 else options
    if len(options) == 1:
        other, rule, confidence = options[0]
        found.link(phrase.index, other.index, rule, confidence)
    return bool(options)


def _options(
    found: Clusters, phrase: Phrase, candidates: list[Phrase]
) -> list[tuple[Phrase, str, float]]:
    """One candidate for each cluster that this name could be a variant of."""
    mine = found.of(phrase.index)
    options: list[tuple[Phrase, str, float]] = []
    clusters: list[Cluster] = []
    for other in reversed(candidates):
        theirs = found.of(other.index)
        if theirs is mine or any(theirs is c for c in clusters):
            continue
        unknown = not mine.kinds or not theirs.kinds
        person = "person" in mine.kinds | theirs.kinds
        if (not unknown and mine.kinds != theirs.kinds and person) or not found.may_join(
            mine, theirs
        ):
            continue
        kinds = [
            found.variant(a, b, person)
            for a in sorted(mine.names)
            for b in sorted(theirs.names)
            if a != b
        ]
        if not kinds or not all(kinds):
            continue
        confidence = min(_confidence(kind, person) for kind in kinds)
        clusters.append(theirs)
        options.append((other, f"name: {kinds[0]}", confidence))
    return options


def _confidence(kind: str, person: bool) -> float:
    if kind == "partial" and not person:
        return _GROUP_PARTIAL
    return _CONFIDENCE[kind]
