"""Sentences that say what the ontology's active examples say, in the other forms of English.

Only examples of the form *subject verb object* are taken, and nouns with both ends; who does it to
whom is then known in every form. Names are invented and drawn by chance.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from actorgraph.extract.frame.example import alternatives
from actorgraph.extract.rules import RuleExtractor
from actorgraph.ontologies.ontology import Ontology

_ACTIVE = re.compile(r"^\{subject(?::(\w+))?\} (\w+) \{object(?::(\w+))?\}\.$")

IRREGULAR = {
    **{"beat": "beaten", "drove": "driven", "fought": "fought", "held": "held", "hit": "hit"},
    **{"led": "led", "overthrew": "overthrown", "overran": "overrun", "shot": "shot"},
    **{"struck": "struck", "took": "taken", "won": "won", "sought": "sought", "sent": "sent"},
}
"""Past tense -> participle of what does not end in *-ed*; other verbs are left out."""

PERSONS = tuple(
    f"{given} {family}"
    for given in ("Karim", "Lina", "Omar", "Pavel", "Teresa", "Joseph")
    for family in ("Haddad", "Novak", "Okoro", "Varga", "Mendoza", "Lindqvist")
)
NAMES: Mapping[str, tuple[str, ...]] = {
    "Person": PERSONS,
    "ArmedGroup": ("the Kaldor Front", "the Tamsin Brigade", "the Black Heron Militia"),
    "SecurityForce": ("the Kenyan Army", "the Peruvian Navy", "the National Police"),
    "MilitaryUnit": ("the 12th Brigade", "the 3rd Infantry Division", "the 41st Battalion"),
    "GovernmentBody": ("the Ministry of Fisheries", "the Water Authority", "the Senate"),
    "PoliticalParty": ("the Reform Party", "the Unity Party", "the Homeland Party"),
    "Court": ("the Supreme Court", "the District Court", "the Court of Appeal"),
    "Organization": ("the Velden Institute", "the Orlan Foundation", "the Red Crescent"),
    "Company": ("Velden Industries", "Orlan Shipping", "Kestrel Airways"),
    "PopulationGroup": ("villagers", "students", "refugees"),
    "Country": ("Norway", "Peru", "Kenya", "Malaysia", "Bolivia", "Portugal"),
    "City": ("Oslo", "Lima", "Nairobi", "Lisbon"),
    "Place": ("Oslo", "Lima", "Nairobi", "Lisbon"),
    "Facility": ("Kestrel Airport", "the Orlan Barracks", "the Velden Hospital"),
}
"""Class -> names; classes without names stay out."""

_ANY = ("Person", "ArmedGroup", "Country")

FORMS = {
    "active": "{s} {past} {o} on Monday.",
    "fronted": "In May, after weeks of tension, {s} {past} {o}.",
    "parenthetical": "{s}, after a long silence, {past} {o}.",
    "apposition": "{s}, long at odds with the capital, {past} {o} in May.",
    "inserted": "{s}, officials confirmed on Monday, {past} {o}.",
    "passive": "{o} {was} {participle} by {s} on Monday.",
    "fronted passive": "On Monday {o} {was} {participle} by {s}.",
    "perfect passive": "{o} {has} been {participle} by {s}.",
    "subject relative": "{s}, {who} {past} {o}, left on Monday.",
    "object relative": "{o}, {whom} {s} {past}, left on Monday.",
    "passive relative": "{o}, {who2} {was} {participle} by {s}, left on Monday.",
    "reduced relative": "{o}, {participle} by {s} in May, left on Monday.",
    "cleft subject": "It was {s} that {past} {o}.",
    "cleft object": "It was {o} that {s} {past}.",
    "participle": "Having {participle} {o}, {s} withdrew.",
    "raising": "{s} is said to have {participle} {o}.",
    "passive raising": "{o} {is_} believed to have been {participle} by {s}.",
    "conjunct": "{s} withdrew on Monday and {past} {o} in May.",
}
NOUN_FORMS = {
    "noun by": "The {noun} of {o} by {s} came on Monday.",
    "noun possessive": "{s}'s {noun} of {o} came on Monday.",
}


@dataclass(frozen=True)
class Variant:
    """One form of an example: its relation and names, articles left out of the names."""

    text: str
    relation: str
    subject: str
    object: str
    form: str


def variants(extractor: RuleExtractor, chance: random.Random) -> Iterator[Variant]:
    """Every form of every active example and noun, in the ontology's order."""
    ontology = extractor.ontology
    for relation in sorted(ontology.relations):
        if ontology.relations[relation].symmetric:
            continue
        seen: set[str] = set()
        for example in ontology.relations[relation].examples:
            for sentence in alternatives(example.text):
                found = _ACTIVE.match(sentence)
                if found and found[2] not in seen:
                    seen.add(found[2])
                    ends = _ends(ontology, relation, (found[1], found[3]), chance)
                    yield from _forms(relation, found[2], ends)
    for frame in sorted(extractor.lexicon.index.by_lemma):
        yield from _noun_forms(extractor, frame, chance)


Ends = tuple[tuple[str, str], tuple[str, str]]
"""Name and class of subject and object."""


def _forms(relation: str, past: str, ends: Ends | None) -> Iterator[Variant]:
    participle = past if past.endswith("ed") else IRREGULAR.get(past)
    if ends is None or participle is None:
        return
    (subject, subject_type), (object_, object_type) = ends
    plural = object_type == "PopulationGroup"
    words = {
        "s": subject,
        "o": object_,
        "past": past,
        "participle": participle,
        "was": "were" if plural else "was",
        "has": "have" if plural else "has",
        "is_": "are" if plural else "is",
        "who": _relative(subject_type, "who"),
        "who2": _relative(object_type, "who"),
        "whom": _relative(object_type, "whom"),
    }
    for name, form in FORMS.items():
        yield Variant(_sentence(form, words), relation, _bare(subject), _bare(object_), name)


def _relative(type_: str, word: str) -> str:
    return word if type_ in ("Person", "PopulationGroup") else "which"


def _noun_forms(extractor: RuleExtractor, lemma: str, chance: random.Random) -> Iterator[Variant]:
    ontology = extractor.ontology
    for frame in extractor.lexicon.index.by_lemma[lemma]:
        roles = {role: node.slot for role, node in frame.root.edges}
        own = {"agent": "subject", "of": "object"}
        if roles != own or frame.root.modifiers or ontology.relations[frame.relation].symmetric:
            continue
        pinned = tuple(next(iter(frame.types.get(k, ())), None) for k in ("subject", "object"))
        ends = _ends(ontology, frame.relation, pinned, chance)
        if ends is None:
            continue
        words = {"s": ends[0][0], "o": ends[1][0], "noun": lemma}
        for name, form in NOUN_FORMS.items():
            names = (_bare(ends[0][0]), _bare(ends[1][0]))
            yield Variant(_sentence(form, words), frame.relation, *names, name)


def _ends(
    ontology: Ontology,
    relation: str,
    pinned: tuple[str | None, ...],
    chance: random.Random,
) -> Ends | None:
    """Two different names of the classes that the ends may have."""
    found: list[tuple[str, str]] = []
    declared = (ontology.relations[relation].domain, ontology.relations[relation].range)
    for pin, classes in zip(pinned, declared, strict=True):
        wanted = (pin,) if pin else classes
        options = [c for w in wanted for c in (_ANY if w == "Agent" else (w,)) if c in NAMES]
        if not options:
            return None
        type_ = chance.choice(options)
        names = [name for name in NAMES[type_] if (name, type_) not in found]
        found.append((chance.choice(names), type_))
    return found[0], found[1]


def _bare(name: str) -> str:
    return name.removeprefix("the ")


def _sentence(form: str, words: Mapping[str, str]) -> str:
    text = form.format(**words)
    return text[0].upper() + text[1:]
