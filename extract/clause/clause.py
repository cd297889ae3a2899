"""A clause: one predicate with its arguments by deep role, grammar undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ClauseKind = Literal["verb", "noun", "adjective", "role"]


@dataclass(frozen=True, slots=True)
class Argument:
    """What stands in one role of a predicate.

    role: agent, patient, recipient, attribute (*elected him **president***), complement (an
      embedded clause, as its predicate), bearer and of (role nouns: *commander*(bearer=X, of=Y)),
      modifier (*US strike*), possessor, or the preposition itself (*in*, *against*, …).
    token: index of the argument's head token. For pronouns and relative pronouns this is the
      token itself; `antecedent` is the head token it stands for inside the sentence, if the
      grammar fixes one (relative clauses, control), else equal to `token`.
    """

    role: str
    token: int
    antecedent: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate (a verb, an event noun, a role noun, an adjective) with its arguments.

    predicate: token index of the predicate's head, on whose ancestors stance is read.
    lemma: lower-case lemma, phrasal particles joined by a blank (*carry out*).
    """

    predicate: int
    lemma: str
    kind: ClauseKind
    arguments: tuple[Argument, ...]
    passive: bool = False
