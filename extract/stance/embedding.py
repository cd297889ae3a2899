"""Clauses inside clauses: what the governing word or the conjunction does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .climb import Climb, apply, governed, is_given
from .negation import Qualification, is_verbal, negative_noun, qualification, subject
from .operator import Cues, Form, operator, phrase_at
from .reporting import quotation

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING = frozenset({"report", "believe", "fear", "accuse", "possible", "doubt", "hypothetical"})


def is_complement(node: Token, words: Cues) -> bool:
    """*the plan to kill him*, *reports that he was killed*: what the noun is about."""
    if any(
        c.dep_ in ("nsubj", "dobj", "nsubjpass") and c.tag_ in ("WDT", "WP") for c in node.children
    ):
        return False
    form = clause_form(node)
    if form == "infinitive":
        return True
    if form == "finite":
        return any(c.dep_ == "mark" for c in node.children) or bool(
            operator(node.head, "finite", words)
        )
    return False


def relative(climb: Climb, node: Token) -> Token:
    """What identifies somebody is taken as given, unless nobody in particular is meant."""
    noun = node.head
    cleft = noun.head if noun.dep_ == "attr" and noun.head.lemma_ == "be" else None
    if cleft is not None and any(c.lower_ == "it" for c in cleft.children if c.i < cleft.i):
        climb.qualify(qualification(cleft, climb.words))
        return cleft
    if noun.lower_ in climb.words.words["anyone"] or any(
        c.lower_ in climb.words.words["anyone"] for c in noun.children if c.dep_ == "det"
    ):
        climb.weaken("hypothetical", noun.i)
    past = node.tag_ in ("VBD", "VBN")
    empty = negative_noun(noun, climb.words) is not None
    if is_given(noun, climb.words) or _set_off(node) or (past and not empty):
        climb.given = True
    climb.referent = True
    return noun


def _set_off(node: Token) -> bool:
    """Whether a comma sets a relative clause off: it tells a fact about a known actor."""
    left = node.left_edge.i
    return left > 0 and node.doc[left - 1].text in (",", "--", "—", "–", "(")


def clause_form(node: Token) -> Form:
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


def embedding(climb: Climb, node: Token) -> Token | None:
    """Reads what governs a clause; returns the node to go on from, None at an end."""
    head = node.head
    form = clause_form(node)
    if head.pos_ in ("ADP", "SCONJ") or head.dep_ in ("prep", "agent"):
        return _gerund_after_preposition(climb, node)
    if node.dep_ == "advcl":
        return _adverbial(climb, node, form)
    governor = _governor(head, node, form, climb.words)
    name = operator(governor, form, climb.words)
    if node.dep_ in ("acl", "relcl"):
        return _noun_complement(climb, node, name, form)
    if name and not (form == "finite" and _runs_on(node, name)):
        apply(climb, governor, name, form, node)
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
    for child in head.children:
        if child.dep_ in ("oprd", "acomp") and child.i != node.i and operator(child, form, words):
            return child
    if head.lemma_ != "be" and operator(head, form, words):
        return head
    for child in head.children:
        if child.dep_ in ("attr", "dobj") and child.i != node.i and operator(child, form, words):
            return child
    for child in head.children if head.lemma_ == "be" else ():
        if child.dep_ in ("nsubj", "csubj") and child.i != node.i:
            name = operator(child, form, words)
            if name and (form == "finite" or name != "report"):
                return child
    return head


def _copular(head: Token) -> bool:
    return head.lemma_ in ("be", "have")


def _infinitive_of_be_or_have(climb: Climb, node: Token, head: Token) -> None:
    """*is to go* (planned), *has to go* (requested), *has yet to go*, *too weak to go* (denied)."""
    if not any(c.tag_ == "TO" for c in node.children):
        return
    for child in head.children:
        if child.lower_ in climb.words.words["yet"] | climb.words.words["too"]:
            climb.flip(child.i)
            return
    if head.lemma_ == "be":
        climb.weaken("planned", head.i)
    elif head.lemma_ == "have":
        climb.weaken("requested", head.i)


def _runs_on(node: Token, name: str) -> bool:
    """Parsers take *they fired, our pilots avoided it* for a clause and its verb of saying."""
    marked = any(c.dep_ == "mark" for c in node.children)
    return not marked and name not in _SAYING and _aside(node)


def _aside(node: Token) -> bool:
    """Whether a clause stands before its governor, or behind a comma."""
    head = node.head
    return bool(node.i < head.i) or any(
        t.text in (",", ";", ":") for t in node.doc[head.i + 1 : node.left_edge.i]
    )


def _unknown_report(climb: Climb, node: Token) -> Token | None:
    """A verb that no list knows but that takes a clause: its subject says so."""
    head = node.head
    marked = any(c.dep_ == "mark" for c in node.children)
    if head.lemma_ == "be" or not is_verbal(head):
        climb.qualify(qualification(head, climb.words))
        return head
    if _aside(node) and not marked and not _in_quotes(node):
        read_sentence(climb, head)
        return None
    apply(climb, head, "report", "finite", node)
    return head


def _in_quotes(node: Token) -> bool:
    return quotation(node) is not None


def _noun_complement(climb: Climb, node: Token, name: str, form: Form) -> Token:
    noun = node.head
    if noun.i and phrase_at([noun.nbor(-1), noun], 0, climb.words.phrases["purpose"]):
        climb.weaken("planned", noun.i)
        climb.given = True
        return noun
    if name:
        apply(climb, noun, name, form, node)
        return noun
    if form == "finite":
        apply(climb, noun, "report", form, node)
    else:
        climb.weaken("possible", noun.i)
        climb.qualify(qualification(noun, climb.words))
    return noun


def _adverbial(climb: Climb, node: Token, form: Form) -> Token:
    """Adverbial clauses are not denied with their main clause; conditions and purposes are read
    from their own conjunctions, the future from the main clause."""
    head, words = node.head, climb.words
    outer = qualification(head, words) if is_verbal(head) else Qualification()
    marks = {c.lower_ for c in node.children if c.dep_ in ("mark", "advmod", "prep")}
    if form == "infinitive" and not marks & words.words["negative_preposition"]:
        return _purpose(climb, node)
    if marks & words.words["before"] and climb.certainty != "actual":
        climb.weaken("hypothetical", node.i)
    if form == "gerund" and not marks & words.words["temporal"]:
        name = operator(head, "gerund", words) if node.i > head.i else ""
        if name and name != "fact" and node.dep_ == "xcomp":
            apply(climb, head, name, form, node)
        else:
            climb.qualify(outer)
        return head
    if marks & words.words["negative_preposition"]:
        climb.flip(node.i)
        climb.given = True
        return head
    ahead = form == "gerund" or node.tag_ in ("VBZ", "VBP") or _present(node)
    if outer.certainties and ahead and marks & words.words["temporal"]:
        for certainty, cue in outer.certainties:
            climb.weaken(certainty, cue)
    climb.given = True
    return head


def _present(node: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBP") for c in node.children)


def _purpose(climb: Climb, node: Token) -> Token:
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
            apply(climb, child, noun, "infinitive", node)
            return child
    name = operator(head, "infinitive", words)
    if name and name != "fact":
        apply(climb, head, name, "infinitive", node)
        return head
    climb.weaken("planned", node.i)
    climb.given = True
    return head


def _gerund_after_preposition(climb: Climb, node: Token) -> Token:
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
    phrases = words.phrases["negative_phrase"]
    if preposition.i and phrase_at([preposition.nbor(-1), preposition], 0, phrases):
        climb.flip(preposition.i)  # *far from killing X*
        climb.given = True
        return governor
    governor, name = governed(governor, node, "gerund", tuple(chain), words)
    if name and name != "light":
        apply(climb, governor, name, "gerund", node)
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
        climb.given = climb.given or is_given(governor, words)
        climb.qualify(qualification(governor, words))
    return governor


def read_sentence(climb: Climb, root: Token) -> None:
    """Questions and commands."""
    if climb.given:
        return
    end = [t for t in root.sent if not t.is_space and t.text not in ('"', "'", "”", "’", "''", ")")]
    if end and end[-1].text.startswith("?"):
        climb.weaken("hypothetical", end[-1].i)
    auxiliaries = [c.lower_ for c in root.children if c.dep_ in ("aux", "auxpass")]
    if root.tag_ == "VB" and auxiliaries == ["to"] and subject(root) is not None:
        climb.weaken("planned", root.i)  # headlines: *X to visit Y*
    if (
        root.tag_ == "VB"
        and subject(root) is None
        and not any(c.dep_ in ("aux", "auxpass") and c.lower_ != "do" for c in root.children)
    ):
        climb.weaken("requested", root.i)
