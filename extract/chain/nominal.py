"""Descriptions: *the general*, *the group*, *this attack* and what they point back to."""

from __future__ import annotations

from .agreement import Kind
from .cluster import Clusters, are_arguments, is_nested
from .phrase import Phrase

_POINTING = frozenset({"definite", "demonstrative", "possessive"})
_WINDOW = {"head": 40, "role": 12, "kind": 3, "rival": 4}
"""How many sentences back an antecedent may lie, by the kind of match."""

_MOST = 1000
"""How many mentions back, where sentences run on without end."""

_GENERAL_KINDS: frozenset[Kind] = frozenset({"group", "country", "place", "person"})


def link_nominals(found: Clusters) -> None:
    """Each description, from left to right, to the nearest antecedent that its words fit."""
    for phrase in found.phrases:
        if phrase.mention.kind not in ("nominal", "title"):
            continue
        if phrase.lemma in found.rules.words["abstract_noun"]:
            continue
        if found.of(phrase.index).members[0] != phrase.index:
            continue  # an apposition or copula has settled it
        if phrase.determination in _POINTING and not _introduces(found, phrase):
            _ = (
                _link_head(found, phrase)
                or _link_leader(found, phrase)
                or _link_kind(found, phrase)
            )
        elif phrase.determination == "bare":
            _link_bare(found, phrase)


def _introduces(found: Clusters, phrase: Phrase) -> bool:
    """*The other group*, *the second man* are somebody else."""
    if phrase.determination == "demonstrative":
        return False
    return bool(phrase.modifiers & found.rules.words["modifier_other"])


def _link_head(found: Clusters, phrase: Phrase) -> bool:
    """Same head noun, or the antecedent's title or type, and no modifier that is new."""
    for other in found.before(phrase, _MOST):
        distance = phrase.sentence - other.sentence
        if distance > _WINDOW["head"]:
            break
        cluster = found.of(other.index)
        exact = other.lemma == phrase.lemma and phrase.mention.kind == other.mention.kind
        if not exact and (phrase.lemma not in cluster.descriptors or distance > _WINDOW["role"]):
            continue
        if other.mention.kind == "pronoun" or other.determination == "quantified":
            continue
        if is_nested(phrase, other, found.doc) or are_arguments(phrase, other):
            continue
        if not _modifiers_fit(found, phrase, other) or not _possessors_fit(found, phrase, other):
            continue
        if not found.agrees(phrase.features, cluster):
            continue
        rule, confidence = ("same head", 0.75) if exact else ("title or type", 0.8)
        if other.determination == "indefinite" and distance > 10:
            confidence -= 0.2
        if phrase.features.kind == "person" and _has_rival(found, phrase, other):
            confidence -= 0.25
        if found.link(phrase.index, other.index, rule, confidence):
            return True
    return False


def _has_rival(found: Clusters, phrase: Phrase, chosen: Phrase) -> bool:
    """Whether somebody else lately bore the same title: which colonel is *the colonel*?"""
    for other in found.before(phrase, _MOST):
        if phrase.sentence - other.sentence > _WINDOW["rival"]:
            break
        if found.together(other.index, chosen.index):
            continue
        cluster = found.of(other.index)
        called = phrase.lemma in cluster.descriptors and phrase.modifiers <= cluster.modifiers
        if called and "plural" not in cluster.numbers and found.agrees(phrase.features, cluster):
            return True
    return False


def _link_leader(found: Clusters, phrase: Phrase) -> bool:
    """*The Hamas chief*: the person who was called leader, head, … of the same organisation."""
    leaders = found.rules.words["leader_noun"]
    if phrase.lemma not in leaders or not phrase.modifiers:
        return False
    options: list[Phrase] = []
    for other in reversed([*found.before(phrase)]):
        cluster = found.of(other.index)
        if not cluster.names or not cluster.descriptors & leaders:
            continue
        if phrase.modifiers <= cluster.modifiers:
            options = [o for o in options if not found.together(o.index, other.index)] + [other]
    return len(options) == 1 and found.link(
        phrase.index, options[0].index, "leader of the same", 0.65
    )


def _modifiers_fit(found: Clusters, phrase: Phrase, other: Phrase) -> bool:
    known = found.of(other.index).modifiers | found.of(other.index).descriptors
    told = known | other.complements | {phrase.lemma}
    return phrase.modifiers <= told and phrase.complements <= told


def _possessors_fit(found: Clusters, phrase: Phrase, other: Phrase) -> bool:
    """*Its army* is *the army* of the same country only."""
    if phrase.possessor < 0:
        return True
    if other.possessor < 0:
        return False
    one = found.by_head.get(phrase.possessor)
    two = found.by_head.get(other.possessor)
    return one is not None and two is not None and found.together(one.index, two.index)


def _link_kind(found: Clusters, phrase: Phrase) -> bool:
    """*The group*, *the country*, *the man*: the one named actor of this kind just before."""
    kind = phrase.features.kind
    plain = not phrase.modifiers and not phrase.complements and phrase.possessor < 0
    if phrase.lemma not in found.rules.words["general_noun"]:
        return False
    if kind not in _GENERAL_KINDS or not plain or phrase.features.number == "plural":
        return False
    options: list[Phrase] = []
    for other in found.before(phrase, _MOST):
        distance = phrase.sentence - other.sentence
        if distance > _WINDOW["kind"]:
            break
        cluster = found.of(other.index)
        named = other.mention.kind == "name" and (kind in cluster.kinds or not cluster.kinds)
        if not named or is_nested(phrase, other, found.doc) or are_arguments(phrase, other):
            continue
        if not found.rules.types_fit(phrase.mention.type, other.mention.type):
            continue
        if not any(found.together(other.index, o.index) for o in options):
            options.append(other)
    if not options:
        return False
    confidence = 0.7 - 0.15 * (len(options) - 1)
    return found.link(phrase.index, options[0].index, f"the only {kind}", max(confidence, 0.2))


def _link_bare(found: Clusters, phrase: Phrase) -> None:
    """Bare nouns said twice in the same words: a topic rather than an actor, so a guess."""
    words = phrase.modifiers | {phrase.lemma}
    for other in found.before(phrase, _MOST):
        if phrase.sentence - other.sentence > _WINDOW["role"]:
            return
        if other.lemma == phrase.lemma and other.mention.kind == "nominal":
            same = other.modifiers | {other.lemma} == words
            if (
                same
                and other.determination == "bare"
                and found.agrees(phrase.features, found.of(other.index))
            ):
                found.link(phrase.index, other.index, "same words", 0.1)
                return
