"""The closed classes of words that the clause layer needs, from the ontology."""

from __future__ import annotations

from dataclasses import dataclass, fields

from ...ontologies.ontology import Ontology

_POSTED = ("Organization", "Operation")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Word classes by name; the ontology's lists are called `syntax_` and the field's name."""

    light_verbs: frozenset[str]
    role_shifters: frozenset[str]
    subject_control: frozenset[str]
    object_of_preposition: frozenset[str]
    preposition_control: frozenset[str]
    sending_verbs: frozenset[str]
    blaming_verbs: frozenset[str]
    responsibility_nouns: frozenset[str]
    quantifiers: frozenset[str]
    role_verbs: frozenset[str]
    connectives: frozenset[str]
    circumstance_prepositions: frozenset[str]
    posting_times: frozenset[str]
    plain_verbs: frozenset[str]
    intransitive_verbs: frozenset[str]
    naming_verbs: frozenset[str]
    succession_verbs: frozenset[str]
    honorifics: frozenset[str]
    actor_types: frozenset[str]  # classes of what can act or be a place
    organisation_types: frozenset[str]  # classes of what one can have a post in


def grammar(ontology: Ontology) -> Grammar:
    """The grammar's word classes, taken from the ontology's word lists."""
    lists = {
        field.name: ontology.words(f"syntax_{field.name}")
        for field in fields(Grammar)
        if not field.name.endswith("_types") and field.name != "honorifics"
    }
    actor_types = frozenset(
        c for c in ontology.classes if ontology.is_a(c, "Agent") or ontology.is_a(c, "Place")
    )
    organisation_types = frozenset(
        c for c in ontology.classes for above in _POSTED if ontology.is_a(c, above)
    )
    return Grammar(
        **lists,
        honorifics=ontology.words("honorific"),
        actor_types=actor_types,
        organisation_types=organisation_types,
    )
