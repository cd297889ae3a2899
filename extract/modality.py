"""Stance: is a predicate told as a fact, and by whom.

The reading starts at the predicate and climbs the dependency tree to the root; every governing
word, auxiliary, negation and conjunction on the way says what it does to the statement below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .clause import ClauseKind
from .negation import Qualification, is_verbal, negative_noun, qualification, subject
from .operator import EFFECTS, Cues, Form, cues, operator, phrase_at
from .reporting import (
    SpeakerReading,
    comments,
    quotation,
    quotation_speaker,
    speaker,
)
from .statement import Certainty, Polarity

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Cues", "SpeakerReading", "StanceReading", "cues", "stance_reading"]

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
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "attr", "oprd", "npadvmod"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "pcomp", "advcl", "acl", "csubj", "csubjpass", "dep"})


@dataclass(frozen=True, slots=True)
class StanceReading:
    """How a predicate is meant: polarity, certainty, who says so, and the cues' token indices.

    own: the (only) speaker owns up to a deed of his own (*admitted killing*, *claimed
    responsibility for*); the ontology may let him speak for himself.
    """

    polarity: Polarity
    certainty: Certainty
    source: SpeakerReading | None
    cues: tuple[int, ...]
    own: bool = False


@dataclass(slots=True)
class _Climb:
    """What has been read so far, from the predicate upwards.

    given: what is below is taken for granted by what is above, so that only sources count.
    contrast: below stands what follows *but*, to which the negation above does not reach.
    referent: below stands somebody described, not a deed, so that no verb governs it as a deed.
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

    def weaken(self, certainty: Certainty, cue: int) -> None:
        if not self.given:
            self.cues.add(cue)
            if _RANK[certainty] > _RANK[self.certainty]:
                self.certainty = certainty

    def flip(self, cue: int) -> None:
        if not self.given:
            self.cues.add(cue)
            self.denied = not self.denied

    def attribute(self, source: int | None, cue: int) -> None:
        self.cues.add(cue)
        if source is None and self.sources:
            return
        if self.sources and self.sources[-1] == source:
            return
        self.sources.append(source)

    def qualify(self, found: Qualification, *, negation: bool = True) -> None:
        for certainty, cue in found.certainties:
            self.weaken(certainty, cue)
        if negation and not self.contrast:
            for cue in found.negations:
                self.flip(cue)
        for cue in found.hearsay:
            self.attribute(None, cue)
        self.contrast = False


def stance_reading(predicate: Token, words: Cues, kind: ClauseKind | None = None) -> StanceReading:
    """The stance of a predicate: verb, participle, event noun, role noun or adjective.

    kind: what the clause layer takes the predicate for; a role noun (*the leader of Y*) is told
    as a fact wherever it only refers to somebody, an event noun shares the fate of its verb.
    """
    climb = _Climb(words)
    climb.qualify(qualification(predicate, words))
    role = kind == "role" or (kind is None and _is_role(predicate))
    node: Token | None = predicate
    for _ in range(len(predicate.doc)):
        if node is None:
            break
        _comment(climb, node)
        if node.head.i == node.i:
            _sentence(climb, node)
            break
        node = _above(climb, node, role and node.i == predicate.i)
    _quoted(climb, predicate)
    return _reading(climb, predicate)


def _reading(climb: _Climb, predicate: Token) -> StanceReading:
    source: SpeakerReading | None = None
    for token in reversed(climb.sources):
        source = SpeakerReading(token, source)
    return StanceReading(
        polarity="denied" if climb.denied else "affirmed",
        certainty=climb.certainty,
        source=source,
        cues=tuple(sorted(climb.cues - {predicate.i})),
        own=len(climb.sources) == 1 and climb.sources[0] in climb.owned,
    )


def _is_role(token: Token) -> bool:
    """Whether a noun names a person by role, as far as its entity or suffix tells."""
    return (
        token.pos_ in ("NOUN", "PROPN")
        and token.lemma_.lower().endswith(
            ("er", "or", "ist", "man", "woman", "chief", "head", "president", "general", "member")
        )
        and token.lemma_.lower() not in ("murder", "order", "slaughter", "encounter", "manoeuvre")
    )


def _above(climb: _Climb, node: Token, role: bool) -> Token | None:
    """Reads the edge from a node to its head; returns the node to go on from, None at an end."""
    dep = node.dep_
    if dep == "conj":
        return _conjunct(climb, node)
    if dep in ("relcl", "acl") and not _is_complement(node, climb.words):
        return _relative(climb, node)
    if dep == "appos":
        return None
    if dep in ("parataxis", "ROOT"):
        _sentence(climb, node)
        return None
    if dep in _CLAUSAL and (is_verbal(node) or dep in ("ccomp", "advcl")):
        return _clause(climb, node)
    if dep in ("compound", "nmod", "amod", "poss"):
        return None if role else _inside_noun(climb, node)
    return _nominal(climb, node, role)


# --- coordination ---------------------------------------------------------------------------


def _conjunct(climb: _Climb, node: Token) -> Token:
    """A later conjunct shares what governs the first, and what is not said anew: *did not
    attack or kill*, but not *did not attack and killed*."""
    first = node.head
    between = [t for t in first.children if t.dep_ == "cc" and first.i < t.i < node.i]
    but = any(t.lower_ == "but" for t in between)
    nor = [t.i for t in between if t.lower_ in climb.words.words["negator"]]
    if nor and is_verbal(node):
        if not qualification(node, climb.words).negations:
            climb.flip(nor[0])
        but = True
    if is_verbal(node) and is_verbal(first):
        found = qualification(first, climb.words)
        own_subject = subject(node) is not None
        own_auxiliary = any(c.dep_ in ("aux", "auxpass") and c.tag_ != "TO" for c in node.children)
        shared = not own_subject and not own_auxiliary and node.tag_ == first.tag_
        arguments = {c.i for c in first.children if c.dep_ in ("nsubj", "nsubjpass")}
        negations = [
            cue
            for cue in found.negations
            if (shared and not but and cue < first.i)
            or (not own_subject and not but and _inside(first.doc[cue], arguments))
        ]
        marks = {c.i for c in first.children if c.dep_ in ("mark", "advmod", "det")}
        certainties = [
            (certainty, cue)
            for certainty, cue in found.certainties
            if (shared and cue < first.i) or (cue in marks and cue < first.i and not but)
        ]
        hearsay = [] if own_subject else found.hearsay
        climb.qualify(Qualification(negations, certainties, hearsay))
    elif not is_verbal(first):
        found = qualification(first, climb.words)
        climb.qualify(found, negation=not but)
        climb.contrast = but
    return first


def _inside(token: Token, heads: set[int]) -> bool:
    return token.i in heads or any(a.i in heads for a in token.ancestors)


# --- relative clauses, participles, parts of noun phrases -----------------------------------


def _is_complement(node: Token, words: Cues) -> bool:
    """*the plan to kill him*, *reports that he was killed*: what the noun is about."""
    if any(
        c.dep_ in ("nsubj", "dobj", "nsubjpass") and c.tag_ in ("WDT", "WP") for c in node.children
    ):
        return False
    form = _form(node)
    if form == "infinitive":
        return True
    if form == "finite":
        return any(c.dep_ == "mark" for c in node.children) or bool(
            operator(node.head, "finite", words)
        )
    return False


def _relative(climb: _Climb, node: Token) -> Token:
    """What identifies somebody is taken as given, unless nobody in particular is meant."""
    noun = node.head
    if noun.lower_ in climb.words.words["anyone"] or any(
        c.lower_ in climb.words.words["anyone"] for c in noun.children if c.dep_ == "det"
    ):
        climb.weaken("hypothetical", noun.i)
    past = node.tag_ in ("VBD", "VBN")
    empty = negative_noun(noun, climb.words) is not None
    if _is_given(noun, climb.words) or _set_off(node) or (past and not empty):
        climb.given = True
    climb.referent = True
    return noun


def _set_off(node: Token) -> bool:
    """Whether a comma sets a relative clause off: it tells a fact about a known actor."""
    left = node.left_edge.i
    return left > 0 and node.doc[left - 1].text in (",", "--", "—", "–", "(")


def _is_given(noun: Token, words: Cues) -> bool:
    """Whether a noun phrase speaks of something already given: a name, *the …*, *his …*."""
    if noun.pos_ in ("PROPN", "PRON"):
        return noun.lower_ not in words.words["anyone"] | words.words["negative_word"]
    return any(
        (child.dep_ == "poss" or child.lower_ in words.words["definite"])
        and child.dep_ in ("det", "poss", "predet")
        for child in noun.children
    )


def _inside_noun(climb: _Climb, node: Token) -> Token:
    """*assassination plot*, *bombing suspect*: the head noun may govern its modifier."""
    head = node.head
    if not is_verbal(node):
        name = operator(head, "noun", climb.words)
        if name and name != "light":
            _apply(climb, head, name, "noun")
            return head
    if is_verbal(node) and node.dep_ == "amod":
        climb.given = climb.given or _is_given(head, climb.words)
    return head


# --- clauses ----------------------------------------------------------------------------------


def _form(node: Token) -> Form:
    """Finite clause, infinitive or gerund."""
    auxiliaries = [c for c in node.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "TO" for c in auxiliaries):
        return "infinitive"
    if node.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
        c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in auxiliaries
    ):
        return "finite"
    if node.tag_ == "VB" and subject(node) is None:
        return "infinitive"
    if node.tag_ == "VBG":
        return "gerund"
    return "finite" if subject(node) is not None else "gerund"


def _clause(climb: _Climb, node: Token) -> Token | None:
    head = node.head
    form = _form(node)
    if head.pos_ in ("ADP", "SCONJ") or head.dep_ in ("prep", "agent"):
        return _gerund_after_preposition(climb, node)
    if node.dep_ == "advcl":
        return _adverbial(climb, node, form)
    governor = _governor(head, node, form, climb.words)
    name = operator(governor, form, climb.words)
    if node.dep_ == "acl":
        return _noun_complement(climb, node, name, form)
    if name:
        _apply(climb, governor, name, form, node)
        return head
    if form == "finite":
        return _unknown_report(climb, node)
    too = any(c.lower_ in climb.words.words["too"] for c in head.children)
    if form == "infinitive" and not _copular(head) and not too:
        climb.weaken("planned", head.i)
    climb.qualify(qualification(head, climb.words))
    _infinitive_of_be_or_have(climb, node, head)
    return head


def _governor(head: Token, node: Token, form: Form, words: Cues) -> Token:
    """The word that governs a clause under a copula: its adjective or noun (*is likely that*)."""
    if head.lemma_ != "be" and operator(head, form, words):
        return head
    for child in head.children:
        beside = child.dep_ in ("oprd", "acomp") or child.dep_ in ("attr", "dobj")
        if beside and child.i != node.i and operator(child, form, words):
            return child
    return head


def _copular(head: Token) -> bool:
    return head.lemma_ in ("be", "have")


def _infinitive_of_be_or_have(climb: _Climb, node: Token, head: Token) -> None:
    """*is to go* (planned), *has to go* (requested), *has yet to go*, *too weak to go* (denied)."""
    if _form(node) != "infinitive":
        return
    for child in head.children:
        if child.lower_ in climb.words.words["yet"] | climb.words.words["too"]:
            climb.flip(child.i)
            return
    if head.lemma_ == "be":
        climb.weaken("planned", head.i)
    elif head.lemma_ == "have":
        climb.weaken("requested", head.i)


def _unknown_report(climb: _Climb, node: Token) -> Token | None:
    """A verb that no list knows but that takes a clause: its subject says so."""
    head = node.head
    marked = any(c.dep_ == "mark" for c in node.children)
    if head.lemma_ == "be" or not is_verbal(head):
        climb.qualify(qualification(head, climb.words))
        return head
    aside = node.i < head.i or any(
        t.text in (",", ";", ":") for t in node.doc[head.i + 1 : node.left_edge.i]
    )
    if aside and not marked and not _in_quotes(node):
        _sentence(climb, head)
        return None
    _apply(climb, head, "report", "finite", node)
    return head


def _in_quotes(node: Token) -> bool:
    return quotation(node) is not None


def _noun_complement(climb: _Climb, node: Token, name: str, form: Form) -> Token:
    noun = node.head
    if noun.i and phrase_at([noun.nbor(-1), noun], 0, climb.words.phrases["purpose"]):
        climb.weaken("planned", noun.i)
        climb.given = True
        return noun
    if name:
        _apply(climb, noun, name, form, node)
        return noun
    if form == "finite":
        _apply(climb, noun, "report", form, node)
    else:
        climb.weaken("possible", noun.i)
        climb.qualify(qualification(noun, climb.words))
    return noun


def _adverbial(climb: _Climb, node: Token, form: Form) -> Token:
    """Adverbial clauses are not denied with their main clause; conditions and purposes are read
    from their own conjunctions, the future from the main clause."""
    head, words = node.head, climb.words
    outer = qualification(head, words) if is_verbal(head) else Qualification()
    marks = {c.lower_ for c in node.children if c.dep_ in ("mark", "advmod", "prep")}
    if form == "infinitive":
        return _purpose(climb, node)
    if marks & words.words["before"] and climb.certainty != "actual":
        climb.weaken("hypothetical", node.i)
    if form == "gerund" and not marks & words.words["temporal"]:
        name = operator(head, "gerund", words) if node.i > head.i else ""
        if name and name != "fact" and node.dep_ == "xcomp":
            _apply(climb, head, name, form, node)
        else:
            climb.qualify(outer)
        return head
    ahead = form == "gerund" or node.tag_ in ("VBZ", "VBP") or _present(node)
    if outer.certainties and ahead and marks & words.words["temporal"]:
        for certainty, cue in outer.certainties:
            climb.weaken(certainty, cue)
    climb.given = True
    return head


def _present(node: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBP") for c in node.children)


def _purpose(climb: _Climb, node: Token) -> Token:
    """*sent troops to kill him* is a plan; *only to be killed* happened."""
    head, words = node.head, climb.words
    left = node.left_edge
    before = left.nbor(-1) if left.i else left
    if (
        left.lower_ in words.words["outcome_adverb"]
        or before.lower_ in words.words["outcome_adverb"]
    ):
        return head
    for child in head.children:
        noun = operator(child, "infinitive", words) if child.dep_ == "dobj" else ""
        if noun in ("plan", "attempt", "request", "possible", "failure") and child.i < node.i:
            _apply(climb, child, noun, "infinitive", node)
            return child
    name = operator(head, "infinitive", words)
    if name and name != "fact":
        _apply(climb, head, name, "infinitive", node)
        return head
    climb.weaken("planned", node.i)
    climb.given = True
    return head


def _gerund_after_preposition(climb: _Climb, node: Token) -> Token:
    """*accused of killing*, *without killing*, *by killing*, *after killing*."""
    preposition, words = node.head, climb.words
    governor = preposition.head
    chain = [preposition.lower_]
    while governor.dep_ == "prep" and governor.pos_ in ("ADP", "SCONJ", "ADV"):
        chain.append(governor.lower_)
        governor = governor.head
    if set(chain) & words.words["negative_preposition"] or any(
        c.lower_ in words.words["negative_preposition"] for c in preposition.children
    ):
        climb.flip(preposition.i)
        climb.given = True
        return governor
    governor, name = _governed(governor, "gerund", tuple(chain), words)
    if name and name != "light":
        _apply(climb, governor, name, "gerund", node)
        return governor
    if is_verbal(governor):
        outer = qualification(governor, words)
        if chain[0] in words.words["adjunct_preposition"] or chain[0] in ("for", "as"):
            for certainty, cue in outer.certainties:
                climb.weaken(certainty, cue)
            climb.given = True
        else:
            climb.qualify(outer)
    else:
        climb.given = climb.given or _is_given(governor, words)
        climb.qualify(qualification(governor, words))
    return governor


def _governed(
    governor: Token, form: Form, prepositions: tuple[str, ...], words: Cues
) -> tuple[Token, str]:
    """The operator over a prepositional complement. Parsers attach *of killing* in *accused the
    rebels of killing* to *rebels* as often as to *accused*: both are tried."""
    name = operator(governor, form, words, prepositions)
    if name and name != "light":
        return governor, name
    if governor.dep_ == "be" or governor.lemma_ == "be":
        for child in governor.children:
            if child.dep_ in ("acomp", "attr"):
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


# --- noun phrases -------------------------------------------------------------------------------


def _nominal(climb: _Climb, node: Token, role: bool) -> Token | None:
    """An event noun shares the fate of the verb that carries it; a role noun only under a verb
    of being or becoming."""
    words = climb.words
    head = node.head
    chain: list[str] = []
    while head.dep_ in ("prep", "agent", "pcomp") and head.pos_ in ("ADP", "SCONJ", "ADV", "VERB"):
        if head.pos_ == "VERB" and head.dep_ != "prep":
            break
        chain.append(head.lower_)
        if head.head.i == head.i:
            break
        head = head.head
    prepositions = tuple(chain)
    if role and not _predicative(node, head, prepositions, words):
        return None
    if set(chain) & words.words["negative_preposition"]:
        climb.flip(node.head.i)
        climb.given = True
        return head
    if _supposed(node, words):
        climb.weaken("hypothetical", node.head.i)
    if climb.referent:
        climb.referent = not is_verbal(head)
        climb.qualify(qualification(head, words))
        return head
    governor, name = _noun_operator(node, head, prepositions, words)
    if name and name != "light":
        _apply(climb, governor, name, "noun", node)
        return governor if governor.i != head.i and not is_verbal(governor) else head
    if not is_verbal(head) and head.pos_ not in ("ADJ",):
        climb.given = climb.given or (_is_given(node, words) and name != "light")
        climb.qualify(qualification(head, words))
        return head
    if name == "light" or role or _copular(head):
        climb.qualify(_without(qualification(head, words), climb.cues))
        return head
    if _is_given(node, words) or (chain and chain[0] in words.words["adjunct_preposition"]):
        climb.given = True
    climb.qualify(_without(qualification(head, words), climb.cues))
    return head


def _without(found: Qualification, known: set[int]) -> Qualification:
    """A negation inside the noun phrase itself (*no attack*) has been read there already."""
    return Qualification(
        [cue for cue in found.negations if cue not in known], found.certainties, found.hearsay
    )


def _predicative(node: Token, head: Token, prepositions: tuple[str, ...], words: Cues) -> bool:
    if node.dep_ in ("attr", "oprd"):
        return True
    if prepositions == ("as",):
        return True
    return node.dep_ in ("dobj", "nsubj", "ccomp") and head.lemma_ in words.words["role_verb"]


def _supposed(node: Token, words: Cues) -> bool:
    """*in the event of an attack*."""
    left = max(node.sent.start, node.left_edge.i - 4)
    tokens = [node.doc[i] for i in range(left, node.left_edge.i)]
    return any(
        phrase_at(tokens, start, words.phrases["condition_phrase"]) == len(tokens) - start
        for start in range(len(tokens))
    )


def _noun_operator(
    node: Token, head: Token, prepositions: tuple[str, ...], words: Cues
) -> tuple[Token, str]:
    if head.lemma_ == "be" and node.dep_ in ("nsubj", "csubj"):
        for child in head.children:
            if child.dep_ in ("acomp", "attr") and operator(child, "noun", words):
                return child, operator(child, "noun", words)
    if node.dep_ == "nsubj" and is_verbal(head) and head.lemma_ != "be":
        name = operator(head, "noun", words)
        raised = name in ("light", "possible") or (name == "failure" and head.lemma_ == "fail")
        return head, name if raised else ""
    return _governed(head, "noun", prepositions, words)


# --- operators --------------------------------------------------------------------------------


def _apply(
    climb: _Climb, governor: Token, name: str, form: Form, node: Token | None = None
) -> None:
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
    if effect.flip and not (negated and effect.negated in ("possible", "restore")):
        climb.flip(governor.i)
    if negated:
        cue = found.negations[0]
        if effect.negated == "possible":
            climb.weaken("possible", cue)
        elif effect.negated == "flip":
            climb.flip(cue)
        else:
            climb.cues.add(cue)
    if effect.certainty:
        climb.weaken(effect.certainty, governor.i)
    for certainty, cue in found.certainties:
        climb.weaken(certainty, cue)
    for cue in found.hearsay:
        climb.attribute(None, cue)
    if effect.source:
        _attribute(climb, governor, name, node, form)


def _attribute(climb: _Climb, governor: Token, name: str, node: Token | None, form: Form) -> None:
    source = speaker(governor)
    if name == "fear" and source is None:
        return
    if name == "deny" and climb.sources == [None]:
        climb.sources.clear()
    climb.attribute(source, governor.i)
    if source is not None and _owns_up(governor, source, node, form, climb.words):
        climb.owned.add(source)


def _owns_up(governor: Token, source: int, node: Token | None, form: Form, words: Cues) -> bool:
    """*admitted killing him*, *confirmed that its jets struck*, *claimed responsibility for*."""
    lemma = governor.lemma_.lower()
    own = words.operators["own"]
    chained = [f"{lemma} {c.lower_}" for c in governor.children if c.dep_ == "prep"]
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


# --- the sentence as a whole --------------------------------------------------------------------


def _comment(climb: _Climb, node: Token) -> None:
    for source, cue in comments(node, climb.words):
        climb.attribute(source, cue)


def _sentence(climb: _Climb, root: Token) -> None:
    """Questions and commands."""
    if climb.given:
        return
    end = [t for t in root.sent if not t.is_space and t.text not in ('"', "'", "”", "’", "''", ")")]
    if end and end[-1].text.startswith("?"):
        climb.weaken("hypothetical", end[-1].i)
    if (
        root.tag_ == "VB"
        and subject(root) is None
        and not any(c.dep_ in ("aux", "auxpass") and c.lower_ != "do" for c in root.children)
    ):
        climb.weaken("requested", root.i)


def _quoted(climb: _Climb, predicate: Token) -> None:
    """What stands in a quotation is said by whoever is quoted, even across sentences."""
    span = quotation(predicate)
    if span is None or climb.sources:
        return
    climb.attribute(quotation_speaker(span, predicate.doc, climb.words), span[0])
