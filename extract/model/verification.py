"""Verification: is what a model proposes possible by the ontology and by the grammar.

A model is believed about what words mean, never about where they stand, of what class an actor
is, who does it to whom where the clause layer knows better, or how sure it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..attribution import is_plain, stance_of
from ..clause.tree import Tree
from ..frame.candidate import Candidate, vetoed
from ..frame.frame import Frame, Node
from ..frame.lexicon import Lexicon
from ..frame.matching import Match
from ..rules import RuleExtractor, Text
from ..stance.modality import stance_reading
from ..statement import Certainty, Polarity, Stance, Statement
from ..text.document import Span
from .tally import Reason

_FUNCTION = frozenset({"aux", "auxpass", "neg", "prt", "mark", "prep", "agent", "advmod", "punct"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model says that a text says.

    subject, object: the tokens that speak of the actor, one of which is meant; None is an actor
    that the text leaves out. quote: the tokens (first, last exclusive) that say so. predicate:
    the tokens among them that name the relation; empty if the model does not tell.
    """

    relation: str
    subject: tuple[int, ...] | None
    object: tuple[int, ...] | None
    quote: Span
    predicate: tuple[int, ...] = ()
    polarity: Polarity = "affirmed"
    certainty: Certainty = "actual"
    confidence: float = 1.0
    rule: str = ""


RolePairs = frozenset[tuple[str, str | None, str, str]]
"""Relation, lemma, and the deep roles of subject and object with it, as the examples have it."""


def role_pairs(lexicon: Lexicon) -> RolePairs:
    """Where the ontology's examples have subject and object as arguments of one predicate."""
    return frozenset(
        (frame.relation, node.lemma, roles["subject"], roles["object"])
        for frame in lexicon.frames
        if frame.positive
        for node in frame.root.nodes()
        if {"subject", "object"}
        <= (roles := {child.slot: role for role, child in node.edges if child.slot}).keys()
    )


def verified(
    proposal: Proposal, text: Text, rules: RuleExtractor, roles: RolePairs
) -> Candidate | Reason:
    """The proposal as a candidate for a statement, or why it cannot be one."""
    if proposal.relation not in rules.ontology.relations:
        return Reason.RELATION
    tree = text.found.reading.tree
    sentence = tree.sentence[proposal.quote[0]]
    if tree.sentence[proposal.quote[1] - 1] != sentence:
        return Reason.SPREAD
    near = proposal.predicate[0] if proposal.predicate else proposal.quote[0]
    subject = _end(proposal.subject, sentence, proposal.quote, near, text)
    object_ = _end(proposal.object, sentence, proposal.quote, near, text)
    for tokens, end in ((proposal.subject, subject), (proposal.object, object_)):
        if tokens is not None and end is None:
            return Reason.APART
    candidate = _candidate(proposal, subject, object_, text)
    return _objection(candidate, text, rules, roles) or _fitted(candidate, text, rules)


def _end(
    tokens: tuple[int, ...] | None, sentence: int, quote: Span, near: int, text: Text
) -> int | None:
    """The token of the sentence that is meant: inside the quote before outside, nearest first."""
    tree = text.found.reading.tree
    here = [t for t in tokens or () if tree.sentence[t] == sentence]
    return min(here, key=lambda t: (not quote[0] <= t < quote[1], abs(t - near), t), default=None)


def _candidate(
    proposal: Proposal, subject: int | None, object_: int | None, text: Text
) -> Candidate:
    reading = text.found.reading
    if proposal.predicate:
        root = _predicate(proposal.predicate, text)
        words = (root, *(t for t in proposal.predicate if t != root))
    else:
        root = _joining(subject, object_, proposal.quote, text)
        words = (root,)
    bindings = {
        slot: token
        for slot, token in (("subject", subject), ("object", object_))
        if token is not None
    }
    lemma = reading.tree.lemma[root]
    frame = Frame(proposal.relation, Node(lemma), proposal.rule, {})
    return Candidate(Match(frame, root, bindings, words), subject, object_, 0)


def _predicate(tokens: tuple[int, ...], text: Text) -> int:
    """The word of a phrase that carries its meaning: *was **killed** by*."""
    reading = text.found.reading
    tree = reading.tree
    token = next((t for t in tokens if tree.head[t] not in tokens), tokens[0])
    while token not in reading.clauses and tree.dep[token] in _FUNCTION:
        token = tree.head[token]
    clauses = [t for t in tokens if t in reading.clauses]
    return clauses[0] if token not in reading.clauses and clauses else token


def _joining(subject: int | None, object_: int | None, quote: Span, text: Text) -> int:
    """The predicate that joins both ends, by roles if one has both, else by the tree."""
    reading = text.found.reading
    if subject is None or object_ is None:
        end = object_ if subject is None else subject
        assert end is not None  # a proposal without ends has been refused
        above = (t for t in _up(end, reading.tree) if t in reading.clauses and t != end)
        return next(above, end)
    path = _path(subject, object_, reading.tree)
    predicates = [t for t in path if t in reading.clauses and t not in (subject, object_)]
    for token in predicates:
        ends = {reading.head(a.antecedent) for a in reading.clauses[token].arguments}
        if {subject, object_} <= ends:
            return token
    return predicates[0] if predicates else path[len(path) // 2] if path else quote[0]


def _up(token: int, tree: Tree) -> Iterator[int]:
    """A token and all above it."""
    yield token
    while tree.head[token] != token:
        token = tree.head[token]
        yield token


def _path(one: int, other: int, tree: Tree) -> list[int]:
    """The tokens on the way through the tree from one token to another; empty between trees."""
    up, down = list(_up(one, tree)), list(_up(other, tree))
    top = next((t for t in up if t in down), None)
    if top is None:
        return []
    return [*up[: up.index(top) + 1], *reversed(down[: down.index(top)])]


def _objection(
    candidate: Candidate, text: Text, rules: RuleExtractor, roles: RolePairs
) -> Reason | None:
    """What ontology and grammar have against a candidate, if anything."""
    subject, object_ = candidate.subject, candidate.object
    relation = rules.ontology.relations[candidate.relation]
    if (subject is None and relation.kind not in ("event", "statement")) or object_ is None:
        return Reason.ACTOR
    if subject == object_:
        return Reason.SELF
    if not _fit(candidate, text, rules):
        return Reason.TYPE
    if not relation.symmetric and _is_reversed(candidate, text, roles):
        return Reason.DIRECTION
    matcher = rules.matcher(text.found, text.referents)
    vetoes = [
        veto
        for token in candidate.match.tokens
        for veto in matcher.matches(rules.lexicon.vetoes, token, set())
    ]
    return Reason.VETO if vetoed(candidate, vetoes, rules.ontology) else None


def _fits(candidate: Candidate, text: Text, rules: RuleExtractor) -> list[int]:
    """How well each end fits its class, see `RuleExtractor.fit`; a mere spot is nobody."""
    fits = []
    for slot, token in candidate.match.bindings.items():
        fit = rules.fit(candidate.match.frame, slot, token, text.found, text.referents)
        fits.append(0 if fit == 1 and _is_spot(token, text, rules) else fit)
    return fits


def _is_spot(token: int, text: Text, rules: RuleExtractor) -> bool:
    """Whether a place is only where something happens: *in Paris* no government acts."""
    tree = text.found.reading.tree
    mention = tree.mention[token]
    if mention < 0 or not rules.ontology.is_a(text.referents.type_of(mention), "Place"):
        return False
    preposition = tree.lower[tree.head[token]]
    return tree.dep[token] == "pobj" and preposition in rules.ontology.words("place_preposition")


def _fit(candidate: Candidate, text: Text, rules: RuleExtractor) -> bool:
    return all(_fits(candidate, text, rules))


def _fitted(candidate: Candidate, text: Text, rules: RuleExtractor) -> Candidate:
    return replace(candidate, fit=sum(_fits(candidate, text, rules)))


def _is_reversed(candidate: Candidate, text: Text, roles: RolePairs) -> bool:
    """Whether the examples only know the ends' roles the other way round: *was **killed by** X*.

    A word that examples use tells for itself; one that they do not is read as verbs of the
    relation are.
    """
    reading = text.found.reading
    clause = reading.clauses.get(candidate.match.root)
    if clause is None:
        return False
    role_of: dict[int | None, str] = {reading.head(a.antecedent): a.role for a in clause.arguments}
    ends = (role_of.get(candidate.subject), role_of.get(candidate.object))
    own = {(s, o) for r, lemma, s, o in roles if (r, lemma) == (candidate.relation, clause.lemma)}
    if not own and clause.kind == "verb":
        own = {(s, o) for r, _, s, o in roles if r == candidate.relation}
    return ends not in own and ends[::-1] in own


def cautious(
    statement: Statement,
    candidate: Candidate,
    said: tuple[Polarity, Certainty],
    text: Text,
    rules: RuleExtractor,
) -> Statement:
    """The statement with the least certain stance of all words between its ends, and the model's.

    In *the army denied that jets bombed the town* a model may take *denied* for the predicate;
    *bombed* is then on the way from army to town, and tells that it is only denied.
    """
    if not statement.plain:
        return statement
    if rules.ontology.relations[candidate.relation].kind != "statement":
        for token in _between(candidate, text):
            clause = text.found.reading.clauses[token]
            reading = stance_reading(text.found.doc[token], rules.rules.cues, clause.kind)
            stance = stance_of(reading, text.found, text.referents)
            if not is_plain(stance, reading):
                return replace(statement, stance=stance, plain=False)
    if said != ("affirmed", "actual"):
        stance = Stance(*said, source=statement.stance.source)
        return replace(statement, stance=stance, plain=False)
    return statement


def _between(candidate: Candidate, text: Text) -> Iterable[int]:
    """The other predicates on the way between both ends."""
    if candidate.subject is None or candidate.object is None:
        return []
    reading = text.found.reading
    ends = (candidate.subject, candidate.object, candidate.match.root)
    path = _path(candidate.subject, candidate.object, reading.tree)
    return [t for t in path if t in reading.clauses and t not in ends]
