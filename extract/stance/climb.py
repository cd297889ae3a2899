"""The climb from a predicate to the root: what has been read, and what operators add to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..statement import Certainty
from .negation import Qualification, is_verbal, qualification, subject
from .operator import EFFECTS, Cues, Form, operator
from .reporting import speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

_RANK: dict[Certainty, int] = {
    "actual": 0,
    "habitual": 1,
    "attempted": 2,
    "planned": 3,
    "requested": 3,
    "feared": 3,
    "possible": 3,
    "hypothetical": 4,
}


@dataclass(slots=True)
class Climb:
    """What has been read so far, from the predicate upwards.

    given: what is below is taken for granted by what is above, so that only sources count.
    contrast: below stands what follows *but*, to which the negation above does not reach.
    referent: below stands somebody described, not a deed, so that no verb governs it as a deed.
    conjoined: the last step led from a later conjunct to an earlier one.
    reporting: the last word passed by which somebody says so; to refuse to say so is no denial.
    """

    words: Cues
    denied: bool = False
    certainty: Certainty = "actual"
    sources: list[int | None] = field(default_factory=list)
    cues: set[int] = field(default_factory=set)
    owned: set[int] = field(default_factory=set)
    given: bool = False
    contrast: bool = False
    referent: bool = False
    conjoined: bool = False
    reporting: int = -1

    def weaken(self, certainty: Certainty, cue: int) -> None:
        """Makes it less certain; what is least certain wins, among equals what stands nearest."""
        if not self.given:
            self.cues.add(cue)
            if _RANK[certainty] > _RANK[self.certainty]:
                self.certainty = certainty

    def flip(self, cue: int) -> None:
        """Denies it, or takes the denial back."""
        if not self.given:
            self.cues.add(cue)
            self.denied = not self.denied

    def attribute(self, source: int | None, cue: int) -> None:
        """Adds a source outside of those already read."""
        self.cues.add(cue)
        if source is None and self.sources:
            return
        if self.sources and self.sources[-1] == source:
            return
        self.sources.append(source)

    def qualify(self, found: Qualification, *, negation: bool = True) -> None:
        """Adds what stands beside a word on the way."""
        for certainty, cue in found.certainties:
            self.weaken(certainty, cue)
        if negation and not self.contrast:
            for cue in found.negations:
                self.flip(cue)
        for cue in found.hearsay:
            self.attribute(None, cue)
        self.contrast = False


def is_given(noun: Token, words: Cues) -> bool:
    """Whether a noun phrase speaks of something already given: a name, *the …*, *his …*."""
    if noun.pos_ in ("PROPN", "PRON"):
        return noun.lower_ not in words.words["anyone"] | words.words["negative_word"]
    return any(
        (child.dep_ == "poss" or child.lower_ in words.words["definite"])
        and child.dep_ in ("det", "poss", "predet")
        for child in noun.children
    )


def apply(climb: Climb, governor: Token, name: str, form: Form, node: Token | None = None) -> None:
    """Applies an operator together with what qualifies it."""
    effect = EFFECTS[name]
    found = qualification(governor, climb.words)
    copula = governor.head if governor.dep_ in ("acomp", "attr") else None
    if copula is not None and copula.lemma_ == "be":
        over = qualification(copula, climb.words)
        found.negations += [cue for cue in over.negations if cue not in found.negations]
        found.certainties += over.certainties
        found.hearsay += over.hearsay
    negated = len(set(found.negations) - climb.cues) % 2 == 1 and not climb.contrast
    climb.contrast = False
    if effect.factive:
        climb.given = True
        return
    if name == "failure" and form == "noun" and climb.certainty == "attempted":
        climb.cues.add(governor.i)
        return
    if name == "failure" and form == "noun" and _is_futile(governor, climb.words):
        climb.weaken("attempted", governor.i)
        return
    unsaid = node is not None and node.i == climb.reporting and is_verbal(node)
    if effect.flip and not (negated and effect.negated in ("possible", "restore")):
        if unsaid:
            climb.weaken("possible", governor.i)
        else:
            climb.flip(governor.i)
    if negated:
        cue = found.negations[0]
        if effect.negated == "possible" or (effect.negated == "flip" and unsaid):
            climb.weaken("possible", cue)
        elif effect.negated == "flip":
            climb.flip(cue)
        else:
            climb.cues.add(cue)
    climb.reporting = governor.i if effect.negated == "possible" else -1
    if effect.certainty:
        climb.weaken(effect.certainty, governor.i)
    for certainty, cue in found.certainties:
        climb.weaken(certainty, cue)
    for cue in found.hearsay:
        climb.attribute(None, cue)
    if effect.source:
        _attribute(climb, governor, name, node, form)
        if negated:
            climb.owned.clear()


def _is_futile(governor: Token, words: Cues) -> bool:
    """*The attack failed*: it was made, in vain."""
    return is_verbal(governor) and governor.lemma_ in words.words["futile"]


def _attribute(climb: Climb, governor: Token, name: str, node: Token | None, form: Form) -> None:
    source = speaker(governor, climb.words)
    if name == "fear" and source is None:
        return
    if form == "infinitive" and governor.lemma_ in climb.words.words["raised"]:
        source = source if _is_passive(governor) else None
    if name == "deny" and climb.sources == [None]:
        climb.sources.clear()
    climb.attribute(source, governor.i)
    if source is not None and _owns_up(governor, source, node, form, climb.words):
        climb.owned.add(source)


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def _owns_up(governor: Token, source: int, node: Token | None, form: Form, words: Cues) -> bool:
    """*admitted killing him*, *confirmed that its jets struck*, *claimed responsibility for*."""
    lemma = governor.lemma_.lower()
    own = words.operators["own"]
    chained = [f"{lemma} {c.lower_}" for c in governor.children if c.dep_ in ("prep", "dobj")]
    if lemma not in own and not any(key in own for key in chained):
        return False
    if form == "noun":
        return node is not None and node.lemma_ in words.words["credit"]
    if node is None:
        return False
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in node.children):
        return False
    if form in ("gerund", "infinitive"):
        return lemma != "claim" and subject(node) is None
    agent = subject(node)
    if agent is None or lemma == "claim":
        return False
    pronoun = next((c.lower_ for c in agent.children if c.dep_ == "poss"), agent.lower_)
    who = node.doc[source]
    if who.lower_ == pronoun or who.lemma_ == agent.lemma_:
        return True
    if pronoun in words.words["person_pronoun"]:
        return who.ent_type_ == "PERSON"
    return pronoun in words.words["collective_pronoun"]


def governed(
    governor: Token, node: Token, form: Form, prepositions: tuple[str, ...], words: Cues
) -> tuple[Token, str]:
    """The operator over a prepositional complement. Parsers attach *of killing* in *accused the
    rebels of killing* to *rebels* as often as to *accused*: both are tried."""
    name = operator(governor, form, words, prepositions)
    if name and name != "light":
        return governor, name
    for child in governor.children if prepositions and is_verbal(governor) else ():
        if child.dep_ == "dobj" and operator(child, form, words, prepositions) == "light":
            return governor, "light"
    if governor.dep_ == "be" or governor.lemma_ == "be":
        for child in governor.children:
            above = child.i == node.i or child.is_ancestor(node)
            if child.dep_ in ("acomp", "attr") and not above:
                found = operator(child, form, words, prepositions)
                if found:
                    return child, found
    if (
        governor.dep_ in ("dobj", "dative", "pobj", "nsubjpass")
        and prepositions
        and prepositions[0] in words.words["blame_preposition"]
    ):
        verb = governor.head.head if governor.dep_ == "pobj" else governor.head
        upper = operator(verb, form, words, prepositions)
        if upper in ("accuse", "believe", "condemn", "failure", "request"):
            return verb, upper
    return governor, name
