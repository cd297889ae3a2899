"""Pronouns: who *he*, *it*, *they*, *their*, *himself*, *I* stand for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import TYPE_CHECKING

from .cluster import Cluster, Clusters
from .phrase import Phrase, first_conjunct

if TYPE_CHECKING:
    from spacy.tokens import Token

_WINDOW = 3
"""How many sentences back a pronoun's antecedent may lie."""

_MOST = 200
"""How many mentions back, where sentences run on without end."""

_WEIGHT = {"subject": 80.0, "object": 50.0, "oblique": 40.0, "possessor": 45.0, "other": 30.0}
_RECENT, _PARALLEL, _NAMED, _TOP, _REPORTED = 100.0, 35.0, 15.0, 40.0, 120.0
_GENDERED = 60.0
"""By how much those of unknown gender step back behind those of the pronoun's own."""


def link_speakers(found: Clusters) -> None:
    """*I* inside quotation marks is who says it; *we* and *you* of one speaker are one each."""
    last: dict[tuple[str, int], Phrase] = {}
    for phrase in found.phrases:
        if phrase.mention.kind != "pronoun" or phrase.features.person == 3:
            continue
        quote = found.quotes[phrase.quote] if phrase.quote >= 0 else None
        speaker = quote.speaker if quote else -1
        said_by = found.by_head.get(speaker)
        first = phrase.features.person == 1 and phrase.features.number == "singular"
        if first and said_by:
            found.link(phrase.index, said_by.index, "speaker", 0.9)
            continue
        voice = said_by.index if said_by else -1 - max(phrase.quote, -1)
        key = (f"{phrase.features.person}{phrase.features.number}", _voice(found, voice))
        if key in last:
            found.link(phrase.index, last[key].index, "same speaker", 0.55)
        last[key] = phrase


def _voice(found: Clusters, speaker: int) -> int:
    return found.of(speaker).members[0] if speaker >= 0 else speaker


def link_pronouns(found: Clusters) -> dict[int, tuple[int, ...]]:
    """Link third person pronouns; returns what plurals stand for that have several antecedents."""
    members: dict[int, tuple[int, ...]] = {}
    settled = {link.mention for link in found.links}
    for phrase in found.phrases:
        if phrase.mention.kind != "pronoun" or phrase.features.person != 3:
            continue
        word = phrase.mention.text.lower()
        relative = word in found.rules.words["pronoun_relative"]
        if not phrase.features.number or phrase.index in settled or relative:
            continue
        if word in found.rules.words["pronoun_demonstrative"] or _is_expletive(found, phrase):
            continue
        if word in found.rules.words["pronoun_reflexive"]:
            _link_reflexive(found, phrase)
        elif not _link_coordination(found, phrase, members):
            _link_salient(found, phrase)
    return members


def _is_expletive(found: Clusters, phrase: Phrase) -> bool:
    """*It is clear that …*, *it rained*, *it seems*, *denied it*: nobody."""
    token = found.doc[phrase.head]
    if token.lower_ != "it":
        return False
    if token.dep_ == "expl":
        return True
    verb, words = token.head, found.rules.words
    if token.dep_ == "dobj" and verb.lemma_ in words["speech_verb"]:
        return True  # *denied it*: what was said
    clausal = any(c.dep_ in ("ccomp", "xcomp", "advcl", "csubj", "acl") for c in verb.children)
    if token.dep_ in ("nsubj", "nsubjpass"):
        if verb.lemma_ in words["weather_verb"]:
            return True
        if clausal and verb.lemma_ in words["raising_verb"]:
            return True
    said = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")]
    if verb.lemma_ == "be" and any(c.lemma_.lower() in words["expletive_adjective"] for c in said):
        inner = any(g.dep_ in ("ccomp", "xcomp", "prep", "relcl") for c in said for g in c.children)
        return clausal or inner
    return token.dep_ == "nsubjpass" and clausal and verb.lower_ in words["expletive_adjective"]


def _link_reflexive(found: Clusters, phrase: Phrase) -> None:
    """To the subject of its own clause."""
    node = found.doc[phrase.head]
    while node.head.i != node.i:
        node = node.head
        for child in node.children:
            if child.dep_ in ("nsubj", "nsubjpass") and child.i < phrase.head:
                subject = found.phrase_of(child)
                if subject and found.agrees(phrase.features, found.of(subject.index)):
                    found.link(phrase.index, subject.index, "reflexive", 0.9)
                return


def _link_coordination(
    found: Clusters, phrase: Phrase, members: dict[int, tuple[int, ...]]
) -> bool:
    """*A and B … they*: the nearest coordinated subject, unless a plural stands nearer."""
    if phrase.features.number != "plural":
        return False
    for other in found.before(phrase):
        if phrase.sentence - other.sentence > 1:
            return False
        if other.role != "subject" or phrase.predicate == other.predicate:
            continue
        if other.index in members and other.mention.kind == "pronoun":
            found.link(phrase.index, other.index, "pronoun", 0.75)
            members[phrase.index] = members[other.index]
            return True
        if "plural" in found.of(other.index).numbers or _is_of_clause_above(found, phrase, other):
            return False
        group = coordination(found, other)
        if len(group) > 1 and phrase.head > max(found.phrases[i].head for i in group):
            members[phrase.index] = group
            return True
    return False


def _is_of_clause_above(found: Clusters, phrase: Phrase, other: Phrase) -> bool:
    """*A and B hesitated, but X fired because they …*: whether one subject stands between.

    What X says is no such clause: *A and B met; X said that they …*.
    """
    verb, clause = found.doc[other.predicate], found.doc[phrase.predicate]
    if other.mention.kind == "pronoun" or other.features.number != "singular":
        return False
    said = clause.dep_ == "ccomp" and clause.head.i == verb.i
    return verb.is_ancestor(clause) and not said and not coordination(found, other)


def coordination(found: Clusters, phrase: Phrase) -> tuple[int, ...]:
    """The mentions joined to this one by *and*, in text order, this one among them."""
    first = first_conjunct(found.doc[phrase.head])
    chain, node = [first], first
    joined = False
    while True:
        joined = joined or any(c.dep_ == "cc" and c.lower_ in ("and", "&") for c in node.children)
        following = next((c for c in node.children if c.dep_ == "conj"), None)
        if following is None:
            break
        chain.append(following)
        node = following
    group = [found.phrase_of(t) for t in chain]
    if not joined or any(p is None or p.mention.kind == "pronoun" for p in group):
        return ()
    return tuple(p.index for p in group if p)


def _link_salient(found: Clusters, phrase: Phrase) -> None:
    """To the most salient cluster that agrees; surer the further it leads the next one."""
    ranked: list[tuple[float, int, Phrase]] = []
    for cluster, nearest in _candidates(found, phrase):
        score = _salience(found, phrase, cluster)
        score += _PARALLEL * (nearest.role == phrase.role) + _NAMED * bool(cluster.names)
        score += _REPORTED * _reports(found, phrase, cluster)
        if _is_singular_they(found, phrase, nearest):
            score *= 0.5
        ranked.append((-score, -nearest.index, nearest))
    if not ranked:
        return
    ranked = _gendered(found, phrase, ranked)
    ranked.sort(key=lambda r: r[:2])
    best = ranked[0][2]
    lead = 1.0 if len(ranked) == 1 else 1 - ranked[1][0] / ranked[0][0]
    confidence = 0.5 + 0.4 * min(1.0, lead * 1.25)
    if phrase.features.gender == "neuter" and phrase.role != "possessor" and lead < 0.5:
        confidence -= 0.15  # things compete that no gender rules out
    confidence -= 0.1 * max(0, phrase.sentence - best.sentence - 1)
    if _is_singular_they(found, phrase, best):
        one = "person" in found.of(best.index).kinds
        confidence -= 0.3 if one or _persons_before(found, phrase) > 1 else 0.1
    found.link(phrase.index, best.index, "pronoun", max(confidence, 0.2))


def _gendered(
    found: Clusters, phrase: Phrase, ranked: list[tuple[float, int, Phrase]]
) -> list[tuple[float, int, Phrase]]:
    """Where some are known to be of the pronoun's gender, the others step back."""
    known = [phrase.features.gender in found.of(p.index).genders for *_, p in ranked]
    if phrase.features.gender not in ("masculine", "feminine") or not any(known):
        return ranked
    return [
        (score if sure else min(score + _GENDERED, -1.0), index, other)
        for (score, index, other), sure in zip(ranked, known, strict=True)
    ]


def _persons_before(found: Clusters, phrase: Phrase) -> int:
    """How many persons the pronoun's sentence has named before it."""
    before = takewhile(lambda p: p.sentence == phrase.sentence, found.before(phrase))
    return len({found.of(p.index).members[0] for p in before if p.features.kind == "person"})


def _reports(found: Clusters, phrase: Phrase, cluster: Cluster) -> bool:
    """*X said that **he** …*: whether the cluster is the subject of the verb above."""
    verb = found.doc[phrase.predicate]
    if phrase.role == "possessor" and verb.dep_ in ("nsubj", "nsubjpass"):
        verb = verb.head
    elif phrase.role != "subject":
        return False
    if verb.dep_ != "ccomp":
        return False
    subjects = (c.i for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass"))
    return any(found.has_head(cluster, i) for i in subjects)


def _is_singular_they(found: Clusters, phrase: Phrase, antecedent: Phrase) -> bool:
    return phrase.features.number == "plural" and "plural" not in found.of(antecedent.index).numbers


def _candidates(found: Clusters, phrase: Phrase) -> Iterable[tuple[Cluster, Phrase]]:
    """Clusters with a mention near before the pronoun, each with its nearest one."""
    seen: list[Cluster] = []
    for other in found.before(phrase, _MOST):
        if phrase.sentence - other.sentence > _WINDOW:
            return
        cluster = found.of(other.index)
        if cluster is found.of(phrase.index) or any(cluster is c for c in seen):
            continue
        if found.doc[other.head].tag_ == "JJ" and other.role == "other":
            continue  # *Iranian* tells where somebody is from, not of whom we speak
        if not _may_mean(found, phrase, cluster) or _is_bound(found, phrase, cluster):
            continue
        seen.append(cluster)
        yield cluster, other


def _may_mean(found: Clusters, phrase: Phrase, cluster: Cluster) -> bool:
    """Number, gender and kind; *they* may be a group or, as a guess, one person."""
    wanted, kinds = phrase.features, cluster.kinds
    if all(found.phrases[i].features.person != 3 for i in cluster.members):
        return False
    if not kinds and not cluster.genders and not cluster.numbers:
        return False
    if wanted.gender in ("masculine", "feminine"):
        person = "person" in kinds or (not kinds and bool(cluster.genders))
        return person and found.agrees(wanted, cluster)
    if wanted.gender == "neuter":
        human = kinds & {"person", "population", "time"}
        return not human and not cluster.genders - {"neuter"} and "plural" not in cluster.numbers
    if "plural" in cluster.numbers or kinds & {"group", "population"}:
        return "time" not in kinds
    return "person" in kinds and not cluster.genders and not cluster.names


def _is_bound(found: Clusters, phrase: Phrase, cluster: Cluster) -> bool:
    """Whether grammar forbids it: a co-argument of the same verb, or the phrase it stands in."""
    token = found.doc[phrase.head]
    doer = -1 if phrase.role == "possessor" else _implied_subject(found.doc[phrase.predicate])
    if found.has_head(cluster, doer):
        return True
    for index in found.within(cluster, phrase.sentence, phrase.sentence):
        other = found.phrases[index]
        head = found.doc[other.head]
        if head.is_ancestor(token) and not _crosses_clause(token, head):
            return True
        if phrase.role == "possessor" or other.role == "possessor":
            continue
        if other.predicate == phrase.predicate or first_conjunct(head) == first_conjunct(token):
            return True
    return False


def _implied_subject(verb: Token) -> int:
    """The subject that a verb without one takes over: *surrounded them and killed …*."""
    while not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        above = verb.head
        if verb.dep_ not in ("conj", "xcomp", "advcl") or above.pos_ not in ("VERB", "AUX"):
            return -1
        controller = next((c.i for c in above.children if c.dep_ == "dobj"), -1)
        if verb.dep_ == "xcomp" and controller >= 0:
            return controller
        verb = above
    return next(c.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))


def _crosses_clause(token: Token, above: Token) -> bool:
    """Whether a clause stands between a noun and the pronoun inside its phrase."""
    node = token
    while node.i != above.i:
        if node.dep_ in ("relcl", "acl", "ccomp", "advcl") or node.dep_ == "conj":
            return True
        if node.dep_ == "appos":
            return True
        node = node.head
    return False


def _salience(found: Clusters, phrase: Phrase, cluster: Cluster) -> float:
    """How present a cluster is: its mentions by their role, halved with each sentence past."""
    score = 0.0
    for index in found.within(cluster, phrase.sentence - _WINDOW, phrase.sentence):
        other = found.phrases[index]
        distance = phrase.sentence - other.sentence
        if index >= phrase.index:
            continue
        if _is_title(found, other):
            continue  # *President X* is named once, not twice
        weight = _RECENT + _WEIGHT[other.role]
        if other.role == "subject" and found.doc[other.predicate].dep_ == "relcl":
            weight -= _WEIGHT["subject"] - _WEIGHT["other"]
        if found.doc[other.predicate].dep_ == "ROOT" and other.role == "subject":
            weight += _TOP
        if (phrase.quote >= 0) != (other.quote >= 0):
            weight *= 0.8
        score += weight / 2**distance
    return score


def _is_title(found: Clusters, phrase: Phrase) -> bool:
    """Whether a mention is the title in front of a name."""
    head = found.doc[phrase.head]
    name = found.phrase_of(head.head)
    if name is None or phrase.mention.kind != "title":
        return False
    return head.dep_ in ("compound", "nmod", "amod") and found.together(phrase.index, name.index)
