"""Matches that might be statements, and the choice among those that say the same place twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...ontologies.ontology import Ontology
from .matching import Match, Reading


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match with the head tokens in its slots; None is an agent that the text leaves out.

    fit: 2 for each slot whose type is exactly of the relation's class, 1 where it only may be.
    ends: what subject and object refer to, so that *its* and the name it stands for are one.
    """

    match: Match
    subject: int | None
    object: int | None
    fit: int
    ends: tuple[str | None, str | None] = (None, None)

    @property
    def agent(self) -> str | int | None:
        """The subject for comparison: its entity if known, else its token."""
        return self.ends[0] or self.subject

    @property
    def goal(self) -> str | int | None:
        """The object for comparison: its entity if known, else its token."""
        return self.ends[1] or self.object

    @property
    def relation(self) -> str:
        """The relation of the frame."""
        return self.match.frame.relation


def chosen(found: Iterable[Candidate], ontology: Ontology) -> list[Candidate]:
    """One candidate for each pair of actors and each piece of wording.

    Where several relations match the same words for the same pair, the narrower relation, the
    larger frame and the better fitting types win; where an agent is found, the same event without
    its agent is dropped.
    """
    ranked = sorted(found, key=lambda c: _rank(c, ontology))
    kept: list[Candidate] = []
    for candidate in ranked:
        if not any(_says_less(candidate, other, ontology) for other in kept):
            kept.append(candidate)
    kept = [
        c for c in kept if not any(o is not c and _names_the_deed(c, o, ontology) for o in kept)
    ]
    return sorted(kept, key=lambda c: (c.match.root, c.relation, c.subject or -1, c.object or -1))


def _rank(candidate: Candidate, ontology: Ontology) -> tuple[object, ...]:
    frame = candidate.match.frame
    return (
        candidate.relation in ontology.words("fallback_relations"),
        candidate.subject is None,
        -candidate.fit,
        -frame.size,
        -ontology.depth(candidate.relation),
        -frame.support,
        candidate.relation,
        frame.example,
    )


def _says_less(candidate: Candidate, other: Candidate, ontology: Ontology) -> bool:
    """Whether what a candidate says is already said, better, by another."""
    words, others = set(candidate.match.tokens), set(other.match.tokens)
    overlap = bool(words & others) or candidate.match.root == other.match.root
    if _is_fallback(candidate, other, ontology):
        return True
    if candidate.subject is None and candidate.goal == other.goal:
        return overlap or _kin(candidate, other, ontology)
    if _names_the_deed(candidate, other, ontology):
        return True
    same_root = candidate.match.root == other.match.root
    if same_root and candidate.relation == other.relation:
        # *deployed troops to X*: one reading of a verb, not one for its object as well
        for one, two, slot in (
            (candidate.goal, other.goal, "subject"),
            (candidate.agent, other.agent, "object"),
        ):
            if one == two and _role(candidate, slot) != _role(other, slot):
                return True
    if {candidate.agent, candidate.goal} != {other.agent, other.goal}:
        return False
    kinds = {ontology.relations[c.relation].kind for c in (candidate, other)}
    nested = "statement" in kinds and not same_root
    return overlap and not nested


def _role(candidate: Candidate, slot: str) -> str | None:
    return candidate.match.frame.root.role_of(slot)


def _names_the_deed(candidate: Candidate, other: Candidate, ontology: Ontology) -> bool:
    """*A strike killed X* beside *X was killed in a strike by Y*; *paid a visit to Y*."""
    words = other.match.tokens
    if ontology.relations[candidate.relation].kind in ("statement", "attribute"):
        return False
    if candidate.subject in words:
        return True
    eventful = "Event" in ontology.relations[candidate.relation].range
    doubled = candidate.object in words and candidate.agent in (other.agent, other.goal)
    if doubled and eventful:
        return True
    # *X died in Y* beside *Z killed X*: where it happened, said once; and nobody suffers a deed
    # and does it by the same word (*took X hostage* is not X's hostage)
    doubtful = candidate.relation in (other.relation, *ontology.words("fallback_relations"))
    return doubtful and candidate.agent == other.goal and candidate.match.root == other.match.root


def _is_fallback(candidate: Candidate, other: Candidate, ontology: Ontology) -> bool:
    weak = ontology.words("fallback_relations")
    if candidate.relation not in weak or other.relation in weak:
        return False
    if candidate.agent != other.agent:
        return False
    return candidate.goal == other.goal or candidate.object in other.match.tokens


def _kin(one: Candidate, other: Candidate, ontology: Ontology) -> bool:
    """Whether one relation is the other or a narrower one."""
    return ontology.relation_is_a(one.relation, other.relation) or ontology.relation_is_a(
        other.relation, one.relation
    )


def vetoed(candidate: Candidate, vetoes: Sequence[Match], ontology: Ontology) -> bool:
    """Whether a counterexample of the relation, at least as exact, matches the same words."""
    match = candidate.match
    for veto in vetoes:
        if veto.frame.relation != candidate.relation or veto.frame.size < match.frame.size:
            continue
        if veto.root not in match.tokens and veto.root != match.root:
            continue
        if all(match.bindings.get(s, t) == t for s, t in veto.bindings.items()):
            return True
    return False


_LIVES = ("Person", "PopulationGroup")
_ACTS = ("Organization", "Country", "Agent")


def is_possessed_agent(
    candidate: Candidate, reading: Reading, type_: str, ontology: Ontology
) -> bool:
    """*Russia's invasion*, *the army siege*: who alone stands before a deed may have done it.

    type_: of the object. A person stands there for the one who suffered it where the relation is
    one of deeds done to persons (*his arrest*), and so does what cannot act (*the town's capture*).
    """
    match = candidate.match
    clause = reading.clauses.get(match.root)
    if "subject" in match.bindings or clause is None or clause.kind != "noun":
        return False
    roles = [a.role for a in clause.arguments if reading.head(a.antecedent) == candidate.object]
    if not roles or not all(role in ("possessor", "modifier") for role in roles):
        return False
    range_ = ontology.relations[candidate.relation].range
    if any(ontology.is_a(type_, life) for life in _LIVES):
        return not any(life in range_ for life in _LIVES)
    return any(ontology.is_a(type_, actor) for actor in _ACTS)
