"""Hints: which relations the words of a clause suggest, though no frame fits it in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from .frame import Frame, Node
from .matching import NOUN_ROLES, FrameIndex, Reading

SlotFit = Callable[[Frame, str, int], int]
"""How well a token's class fits a slot of a frame: 0 not at all, 1 perhaps, 2 well."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A relation whose words stand at a predicate.

    words: how many words the frame has, all of which are there. bindings: the token in the role of
    each slot, of whatever class; missing: how many slots have nothing in their role. fit: how well
    the classes of the tokens fit, summed. support: how many sentences of the ontology gave the
    frame, of which `example` is one.
    """

    relation: str
    words: int
    bindings: Mapping[str, int]
    missing: int
    fit: int
    support: int
    example: str


@dataclass(frozen=True, slots=True)
class _Agreement:
    words: int = 0
    missing: int = 0
    bindings: Mapping[str, int] = field(default_factory=dict)


def hints(reading: Reading, index: FrameIndex, token: int, fit: SlotFit) -> list[Hint]:
    """The relations that the words at a predicate suggest, the best first.

    Asks for less than a match: every word of the frame must be there, but its slots may be empty
    or filled with things that are no actors (*rejected **the plan***). So a hint is no statement;
    it tells what a clause is about.
    """
    found: dict[str, Hint] = {}
    for lemma in reading.lemmas(token):
        for frame in index.by_lemma.get(lemma, ()):
            agreement = _agreement(reading, frame.root, token)
            if agreement is None:
                continue
            hint = Hint(
                frame.relation,
                agreement.words,
                agreement.bindings,
                agreement.missing,
                sum(fit(frame, slot, t) for slot, t in sorted(agreement.bindings.items())),
                frame.support,
                frame.example,
            )
            known = found.get(frame.relation)
            if known is None or _rank(hint) < _rank(known):
                found[frame.relation] = hint
    return sorted(found.values(), key=_rank)


def _rank(hint: Hint) -> tuple[int, int, int, int, int, str, str]:
    """More words first, then fewer empty slots, better classes, more slots, more sentences."""
    return (
        -hint.words,
        hint.missing,
        -hint.fit,
        -len(hint.bindings),
        -hint.support,
        hint.relation,
        hint.example,
    )


def _agreement(reading: Reading, node: Node, token: int) -> _Agreement | None:
    """How a node agrees with a token; None if one of its words is not there."""
    if node.lemma is not None and node.lemma not in reading.lemmas(token):
        return None
    if node.modifiers and not reading.modifiers(token).issuperset(node.modifiers):
        return None
    words = (node.lemma is not None) + len(node.modifiers)
    bindings = {node.slot: token} if node.slot else {}
    missing = 0
    for role, child in node.edges:
        bare = child.lemma is None
        tokens = (reading.head(a) if bare else a for a in _arguments(reading, token, role))
        ways = (_agreement(reading, child, argument) for argument in tokens)
        best = max(
            (way for way in ways if way is not None),
            key=lambda way: (way.words, -way.missing),
            default=None,
        )
        if best is not None:
            words, missing = words + best.words, missing + best.missing
            bindings |= best.bindings
        elif any(part.lemma is not None for part in child.nodes()):
            return None
        else:
            missing += 1
    return _Agreement(words, missing, bindings)


def _arguments(reading: Reading, token: int, role: str) -> Iterator[int]:
    """What stands in a role of a predicate; a prepositional phrase also where it hangs on the
    predicate's object instead (*imposed a curfew **on** Y*)."""
    clause = reading.clauses.get(token)
    if clause is None:
        return
    verb = clause.kind == "verb"
    roles = (role,) if verb else NOUN_ROLES.get(role, (role,))
    found = [a.antecedent for a in clause.arguments if a.role in roles]
    if not found and verb:
        objects = [a.antecedent for a in clause.arguments if a.role == "patient"]
        below = [reading.clauses[o] for o in objects if o in reading.clauses]
        found = [a.antecedent for c in below for a in c.arguments if a.role == role]
    yield from found
