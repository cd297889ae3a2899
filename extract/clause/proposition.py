"""Propositions: n-ary clauses over phrases of the text, whatever they speak of.

Where `syntax.py` undoes grammar to find who did what, this keeps the words: a proposition
is a subject phrase, a predicate, and links to what it is said of, each link with those that hang
on it in turn. *He became a justice of the Court of Norway* is one proposition; its links lead to
*justice*, from there over *of* to *Court*, and over *of* to *Norway*.

References: the clause types of ClausIE (Del Corro and Gemulla, 2013); reading the phrases on the
way as part of the relation follows the fact synsets of BenchIE (Gashteovski et al., 2022).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Tokens = tuple[int, ...]
"""Token indexes in reading order, which need not be that of the text."""

PropositionKind = Literal[
    "main",  # a clause of its own, and its coordinated verbs
    "subordinate",  # an embedded clause with a subject of its own
    "relative",  # *troops who fled*
    "participle",  # *troops sent to X*
    "adverbial",  # *X fled, leaving Y*
    "gerund",  # *after leaving Y*
    "apposition",  # *X, a village*: the predicate is not said
    "possessive",  # *X's army*: the predicate is not said
]
LinkKind = Literal[
    "object",
    "recipient",
    "attribute",  # copula, object complement, predicative adjective
    "preposition",
    "agent",  # *by X* of a passive
    "time",  # a noun phrase as adverb: *this week*
    "adverb",
    "clause",  # a whole embedded sentence
    "verb",  # a further predicate of the same subject: *to sell*
]


@dataclass(frozen=True, slots=True)
class Link:
    """A step from a predicate or phrase to the next.

    words: what joins them (a preposition, *to*), maybe nothing. head: head token of what is
    reached. phrase: its own words, without what hangs on it by links of their own; complement: the
    same with its *of*-phrases (*a group of rebels*). For a verb, the verb with its auxiliaries.
    core: the predicate says little without it, so it is read on the way to what stands beside it.
    """

    kind: LinkKind
    words: Tokens
    head: int
    phrase: Tokens
    complement: Tokens
    links: tuple[Link, ...] = ()
    core: bool = False


@dataclass(frozen=True, slots=True)
class Proposition:
    """One predicate said of one subject; `subject_phrase` with its *of*-phrases."""

    kind: PropositionKind
    token: int  # the predicate's head; that of the second noun if the predicate is not said
    subject: int  # head token, resolved over relative pronouns and control
    subject_phrase: Tokens
    predicate: Tokens
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Triple:
    """A binary reading of a proposition: the phrase of the last link, and the way there."""

    proposition: Proposition
    relation: Tokens
    path: tuple[Link, ...]

    @property
    def predicate(self) -> int:
        """The last verb on the way, on which stance is read."""
        verbs = [link.head for link in self.path if link.kind == "verb"]
        return verbs[-1] if verbs else self.proposition.token


_MOST = 12  # coordinated core links read on the way to what stands beside them


def triples(proposition: Proposition) -> Iterator[Triple]:
    """The binary readings of a proposition, one for each phrase that a chain of links reaches.

    Core links stay part of the way to what stands beside them (*raised funds for X*, *graduated
    from X in Y*); the others are left out.
    """
    yield from _walked(proposition, proposition.predicate, proposition.links, ())


def _walked(
    proposition: Proposition, relation: Tokens, links: Sequence[Link], path: tuple[Link, ...]
) -> Iterator[Triple]:
    for link in links:
        here = (*path, link)
        for stem in _stems(relation, links, link):
            words = (*stem, *link.words)
            if link.kind != "verb" or not link.links:
                yield Triple(proposition, words, here)
            yield from _walked(proposition, (*words, *link.phrase), link.links, here)


def _stems(relation: Tokens, links: Sequence[Link], link: Link) -> list[Tokens]:
    """What is said before a link: the predicate, and the core links beside it."""
    stems = [relation]
    for kinds in (("object",), ("attribute",), ("preposition",)):
        if link.kind == "recipient" or (link.kind in kinds and (link.core or "object" in kinds)):
            break
        cores = [other for other in links if other.core and other.kind in kinds][:_MOST]
        if "preposition" in kinds:  # these only where they are read before the link
            fronted = link.head < max(relation, default=-1)
            cores = [c for c in cores if c.head < link.head or fronted]
        if cores:
            stems = [(*stem, *core.words, *core.complement) for stem in stems for core in cores]
    return stems
