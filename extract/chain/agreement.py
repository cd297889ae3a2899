"""Agreement: number, gender and kind of a mention, and whether two of them may be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from ...ontologies.ontology import Ontology
    from ..actor.mention import Mention

Number = Literal["singular", "plural", ""]
Gender = Literal["masculine", "feminine", "neuter", ""]
Kind = Literal["person", "group", "country", "place", "population", "thing", "time", ""]
"""What a mention is, as far as English grammar and pronouns care; empty if unknown."""

_KIND_OF_CLASS: tuple[tuple[str, Kind], ...] = (
    *(("Person", "person"), ("Position", "person"), ("Rank", "person")),
    *(("PopulationGroup", "population"), ("Country", "country"), ("Organization", "group")),
    *(("Place", "place"), ("Agent", "")),
)
_KIND_OF_NOUN: tuple[tuple[str, Kind], ...] = (
    *(("time_noun", "time"), ("place_noun", "place"), ("city_noun", "place")),
    *(("country_noun", "country"), ("organization_noun", "group"), ("person_noun", "person")),
    *(("population_noun", "population"), ("noun_masculine", "person")),
    ("noun_feminine", "person"),
)
_PRONOUNS: tuple[tuple[str, int, Number, Gender], ...] = (
    ("pronoun_masculine", 3, "singular", "masculine"),
    ("pronoun_feminine", 3, "singular", "feminine"),
    ("pronoun_neuter", 3, "singular", "neuter"),
    ("pronoun_plural", 3, "plural", ""),
    ("pronoun_first_singular", 1, "singular", ""),
    ("pronoun_first_plural", 1, "plural", ""),
    ("pronoun_second", 2, "", ""),
)


@dataclass(frozen=True, slots=True)
class Features:
    """What an antecedent must share. `person` is 1, 2 or 3; empty strings are unknown."""

    number: Number = ""
    gender: Gender = ""
    kind: Kind = ""
    person: int = 3


@dataclass(frozen=True)
class CoreferenceRules:
    """The ontology's word lists and classes, indexed for coreference.

    words: list name without `coref_` -> its words; kinds: class -> kind; nouns: lemma -> kind;
    pronouns: word -> features; wider: class -> itself and all classes above it; known: the labels
    of the ontology's known names, of which no two mean one.
    """

    words: Mapping[str, frozenset[str]]
    kinds: Mapping[str, Kind]
    nouns: Mapping[str, Kind] = field(default_factory=dict)
    pronouns: Mapping[str, Features] = field(default_factory=dict)
    wider: Mapping[str, frozenset[str]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def types_fit(self, one: str, other: str) -> bool:
        """Whether one class is the other or above it; what is not a class fits everything."""
        above, beyond = self.wider.get(one), self.wider.get(other)
        if {one, other} == {"ArmedGroup", "MilitaryUnit"}:
            return True  # militias call their units brigades
        return above is None or beyond is None or one in beyond or other in above


def coreference_rules(ontology: Ontology) -> CoreferenceRules:
    """The rules of an ontology, from its `coref_…` word lists (ontologies/coreference.ttl).

    Raises ActorgraphError if a list is missing.
    """
    lists = {name for name in ontology.word_lists if name.startswith("coref_")}
    needed = {f"coref_{name}" for name, *_ in (*_PRONOUNS, *_KIND_OF_NOUN)}
    words = {n.removeprefix("coref_"): ontology.words(n) for n in sorted(lists | needed)}
    kinds: dict[str, Kind] = {"Date": "time", "Thing": "thing"}
    for class_ in sorted(ontology.classes):
        found = [kind for ancestor, kind in _KIND_OF_CLASS if ontology.is_a(class_, ancestor)]
        kinds[class_] = found[0] if found else "thing"
    nouns = {word: kind for name, kind in _KIND_OF_NOUN for word in words[name]}
    pronouns = {
        word: Features(number, gender, "", person)
        for name, person, number, gender in _PRONOUNS
        for word in words[name]
    }
    wider = {
        one: frozenset(other for other in ontology.classes if ontology.is_a(one, other))
        for one in sorted(ontology.classes)
    }
    known = frozenset(name.label for name in ontology.known_names)
    return CoreferenceRules(words, kinds, nouns, pronouns, wider, known)


def features(doc: Doc, mention: Mention, rules: CoreferenceRules) -> Features:
    """Number, gender and kind of a mention, from its type, its head and its titles."""
    head = doc[mention.head]
    if mention.kind == "pronoun":
        known = rules.pronouns.get(mention.text.lower())
        return known or Features(_pronoun_number(head))
    kind = _kind(head, mention, rules)
    number = _number(head, mention, kind, rules)
    return Features(number, _gender(doc, mention, kind, rules), kind)


def _pronoun_number(head: Token) -> Number:
    if head.lower_ in ("these", "those"):
        return "plural"
    return "singular" if head.lower_ in ("this", "that") and head.dep_ != "relcl" else ""


def _kind(head: Token, mention: Mention, rules: CoreferenceRules) -> Kind:
    by_type = rules.kinds.get(mention.type, "thing")
    if mention.kind == "name":
        return by_type
    by_noun = rules.nouns.get(head.lower_) or rules.nouns.get(head.lemma_.lower(), "")
    if mention.type == "Thing" or not by_type:
        return by_noun or by_type
    return by_type


def _number(head: Token, mention: Mention, kind: Kind, rules: CoreferenceRules) -> Number:
    if mention.count is not None and mention.count != 1:
        return "plural"
    if mention.kind == "name":
        return "" if kind in ("group", "country", "population") else "singular"
    if head.tag_ in ("NNS", "NNPS") or head.lower_ in rules.words["population_noun"]:
        return "plural"
    return "" if kind == "population" else "singular"


def _gender(doc: Doc, mention: Mention, kind: Kind, rules: CoreferenceRules) -> Gender:
    if kind not in ("person", ""):
        return "neuter" if kind in ("thing", "place", "time") else ""
    head = doc[mention.head]
    words = [t.lower_ for t in doc[mention.first : mention.last]]
    left = {t.lower_ for t in head.lefts if t.dep_ in ("compound", "nmod", "amod")}
    if mention.first and doc[mention.first - 1].head.i == mention.head:
        left.add(doc[mention.first - 1].lower_)
    left |= {head.lower_, head.lemma_.lower()}
    for gender, title, noun in (
        ("masculine", "title_masculine", "noun_masculine"),
        ("feminine", "title_feminine", "noun_feminine"),
    ):
        if left & rules.words[title] or left & rules.words[noun]:
            return gender  # type: ignore[return-value]
    return _name_gender(words, rules) if mention.kind == "name" else ""


def _name_gender(words: list[str], rules: CoreferenceRules) -> Gender:
    """By the given name, if the name has one; a lone surname tells nothing."""
    given = [w for w in words if w.rstrip(".") not in rules.words["title_masculine"]]
    given = [w for w in given if w.isalpha() or "-" in w]
    if len(given) < 2:
        return ""
    male = given[0] in rules.words["name_masculine"]
    female = given[0] in rules.words["name_feminine"]
    if male == female:
        return ""
    return "masculine" if male else "feminine"


def agrees(one: Features, other: Features) -> bool:
    """Whether two noun phrases may mean the same: no known feature contradicts."""
    numbers = {one.number, other.number} - {""}
    genders = {one.gender, other.gender} - {""}
    if len(numbers) > 1 or len(genders) > 1:
        return False
    return kinds_agree(one.kind, other.kind)


def kinds_agree(one: Kind, other: Kind) -> bool:
    """Whether two kinds may be one: a country is a place, a population may be a group."""
    if not one or not other or one == other:
        return True
    pair = {one, other}
    return pair in ({"country", "place"}, {"group", "population"})
