"""Operators of stance: the governing words, and what each does to the statement under it.

The classes follow the literature on implicative and factive predicates (Karttunen 1971; Nairn,
Condoravdi and Karttunen 2006) and on belief and speech (FactBank: Saurí and Pustejovsky 2009).
The words of each class are the ontology's lists `stance_*`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ...ontologies.ontology import Ontology
from ..statement import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Token

Form = Literal["finite", "infinitive", "gerund", "noun"]
Negated = Literal["flip", "possible", "keep", "restore"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an operator does.

    flip: it denies what it governs. certainty: what it makes of an actual statement. source: its
    subject says so. negated: what its own negation does: deny the statement (flip), leave it
    open (possible), take back the denial (restore) or nothing (keep). factive: what holds of the
    operator says nothing about what it governs.
    """

    flip: bool = False
    certainty: Certainty | None = None
    source: bool = False
    negated: Negated = "flip"
    factive: bool = False


EFFECTS: dict[str, Effect] = {
    "report": Effect(source=True, negated="possible"),
    "deny": Effect(source=True, flip=True, negated="possible"),
    "believe": Effect(source=True, certainty="possible"),
    "doubt": Effect(source=True, certainty="possible", flip=True, negated="possible"),
    "accuse": Effect(source=True, certainty="possible", negated="keep"),
    "condemn": Effect(source=True, negated="keep"),
    "plan": Effect(certainty="planned"),
    "request": Effect(certainty="requested"),
    "attempt": Effect(certainty="attempted"),
    "fear": Effect(source=True, certainty="feared", negated="keep"),
    "possible": Effect(certainty="possible"),
    "hypothetical": Effect(certainty="hypothetical", negated="keep"),
    "habit": Effect(certainty="habitual"),
    "failure": Effect(flip=True, negated="restore"),
    "success": Effect(),
    "evidence": Effect(negated="possible"),
    "fact": Effect(factive=True, negated="keep"),
}

_ORDER: dict[Form, tuple[str, ...]] = {
    "finite": (
        *(
            "deny",
            "doubt",
            "evidence",
            "fact",
            "hypothetical",
            "fear",
            "believe",
            "possible",
            "condemn",
        ),
        *("accuse", "report", "plan", "request", "failure", "success", "habit"),
    ),
    "infinitive": (
        *("failure", "attempt", "plan", "request", "habit", "fear", "deny", "accuse", "doubt"),
        *("believe", "possible", "hypothetical", "success", "evidence", "fact", "report"),
    ),
    "gerund": (
        *("failure", "condemn", "deny", "accuse", "plan", "attempt", "request", "fear", "habit"),
        *("believe", "possible", "hypothetical", "success", "report", "fact"),
    ),
    "noun": (
        *("failure", "condemn", "deny", "light", "accuse", "attempt", "plan", "request", "fear"),
        *("believe", "possible", "habit", "evidence", "report", "hypothetical", "doubt", "fact"),
    ),
}
"""Which class a word of several classes belongs to, by the form of what it governs."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The ontology's words of stance, ready for look-up.

    operators: class -> lemmas, or lemma and particle or preposition. words: the other lists, by
    name without `stance_`. phrases: the entries of several words of these lists, as tuples;
    openings: their first words.
    """

    operators: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    openings: dict[str, frozenset[str]]

    def governs(self, lemma: str, name: str) -> bool:
        """Whether a lemma belongs to a class of operators."""
        return lemma in self.operators[name]


def cues(ontology: Ontology) -> Cues:
    """The word lists `stance_*` of an ontology, compiled once."""
    lists = {
        name.removeprefix("stance_"): ontology.words(name)
        for name in ontology.word_lists
        if name.startswith("stance_")
    }
    governing = [*EFFECTS, "light", "own"]
    phrases = {
        name: tuple(sorted(tuple(word.split()) for word in words if " " in word))
        for name, words in lists.items()
        if name not in governing
    }
    return Cues(
        operators={name: ontology.words(f"stance_{name}") for name in governing},
        words={name: words for name, words in lists.items() if name not in governing},
        phrases=phrases,
        openings={name: frozenset(words[0] for words in found) for name, found in phrases.items()},
    )


def operator(head: Token, form: Form, words: Cues, prepositions: tuple[str, ...] = ()) -> str:
    """The class of a governing word, or the empty string.

    `prepositions` stand between it and what it governs; a class that knows the word together
    with its particle or preposition wins over the bare word.
    """
    lemma = head.lemma_.lower()
    if form == "infinitive" and head.lower_ in words.words["prospective"]:
        return "plan"
    particle = next((child.lower_ for child in head.children if child.dep_ == "prt"), "")
    bare = f"{lemma} {particle}" if particle else lemma
    surface = head.lower_
    keys = [f"{bare} {' '.join(reversed(prepositions))}"] if len(prepositions) > 1 else []
    keys += [f"{bare} {p}" for p in prepositions]
    keys += [f"{surface} {p}" for p in prepositions if surface != lemma]
    bound = bool(prepositions) and prepositions[0] in words.words["complement_preposition"]
    if not prepositions or (bound and head.pos_ not in ("VERB", "AUX")):
        keys += [bare] if surface in (lemma, bare) or head.pos_ == "VERB" else [bare, surface]
    ceasing = form == "infinitive" and bare in words.words["cessation"]
    for key in keys:
        for name in _ORDER[form]:
            told = name == "report" and key == bare and prepositions
            if key in words.operators[name] and not told and not (ceasing and name == "failure"):
                return name
    return ""


def phrase_at(tokens: list[Token], start: int, phrases: tuple[tuple[str, ...], ...]) -> int:
    """Length of the phrase that starts at a place in a list of tokens, else 0."""
    longest = max(map(len, phrases), default=0)
    following = tuple(token.lower_ for token in tokens[start : start + longest])
    return next((len(p) for p in phrases if following[: len(p)] == p), 0)
