"""The actor grammar: what the ontology knows of names, ranks and actor nouns, as dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...ontologies.error import ActorgraphError
from ...ontologies.ontology import Ontology
from .gazetteer import Trie, gazetteer, words_of

_LISTS = (
    "collective_noun",
    "given_name",
    "group_of",
    "head_apart",
    "honorific",
    "name_particle",
    "name_start",
    "name_suffix",
    "never_name",
    "operation_noun",
    "ordinal_number",
    "owned_head",
    "person_object_verb",
    "person_verb",
    "place_of",
    "place_preposition",
    "position_field",
    "position_head",
    "position_modifier",
    "position_past",
    "position_suffix",
    "quantity_noun",
    "sort_noun",
    "title_owner",
    "unit_head",
    "unit_modifier",
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of common nouns by their last word: its lemma -> (words before it, class)."""

    by_last: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True)
class ActorGrammar:
    """Everything that `mentions` looks up, compiled once from the ontology."""

    ontology: Ontology
    trie: Trie
    lists: Mapping[str, frozenset[str]]
    heads: Mapping[tuple[str, ...], str]  # organisation head words -> class
    nominals: Phrases
    pronouns: Mapping[str, str]  # lower-case pronoun -> class
    places: Mapping[str, str]  # province, river, … -> class
    numbers: Mapping[str, int]
    fixed: frozenset[tuple[str, ...]]  # phrases in which an actor noun is no actor

    def has(self, list_: str, word: str) -> bool:
        """Whether a lower-case word is in a word list."""
        return word in self.lists[list_]

    def is_a(self, type_: str, ancestor: str) -> bool:
        """Whether a class is another or below it."""
        return self.ontology.is_a(type_, ancestor)


def actor_grammar(ontology: Ontology) -> ActorGrammar:
    """Compile the actor grammar; raises `ActorgraphError` if a word list is missing or odd."""
    return ActorGrammar(
        ontology=ontology,
        trie=gazetteer(ontology),
        lists={name: ontology.words(name) for name in _LISTS},
        heads={
            words_of(word): type_
            for type_, words in _by_class(ontology, "head_").items()
            for word in sorted(words)
        },
        nominals=_phrases(_by_class(ontology, "nominal_")),
        pronouns={
            word: type_
            for type_, words in _by_class(ontology, "personal_pronoun_").items()
            for word in sorted(words)
        },
        places={word: type_ for type_, word in _pairs(ontology, "place_noun")},
        numbers={word: _number(word, value) for word, value in _pairs(ontology, "cardinal_number")},
        fixed=frozenset(words_of(phrase) for phrase in ontology.words("not_nominal_phrase")),
    )


def _by_class(ontology: Ontology, prefix: str) -> dict[str, frozenset[str]]:
    """The word lists named after a class: head_Court, nominal_Court."""
    found = {}
    for name in sorted(ontology.word_lists):
        if name.startswith(prefix) and name not in _LISTS:
            type_ = name.removeprefix(prefix)
            if type_ not in ontology.classes:
                raise ActorgraphError(
                    f"word list {name}: the ontology has no class {type_}; "
                    f"name the list {prefix} and a class, or declare the class"
                )
            found[type_] = ontology.words(name)
    return found


def _pairs(ontology: Ontology, name: str) -> list[tuple[str, str]]:
    """The words of a list written as key=value."""
    pairs = []
    for word in sorted(ontology.words(name)):
        key, equals, value = word.partition("=")
        if not (key and equals and value):
            raise ActorgraphError(f"word list {name}: {word!r} is not of the form key=value")
        pairs.append((key, value))
    return pairs


def _number(word: str, value: str) -> int:
    if not value.isdigit():
        raise ActorgraphError(f"word list cardinal_number: {word}={value} is not a whole number")
    return int(value)


def _phrases(by_class: Mapping[str, frozenset[str]]) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for type_, words in by_class.items():
        for word in sorted(words):
            *before, last = word.lower().split()
            found.setdefault(last, []).append((tuple(before), type_))
    # longest first; a noun listed under several classes keeps the order of the class names
    return Phrases({k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in found.items()})
