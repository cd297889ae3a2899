"""Persons of security forces with rank, title, role and posting, from our own statements.

    python tests/benchmarks/sfm.py GOLD PREDICTIONS

GOLD is JSON Lines with id, text (anything else is ignored); PREDICTIONS gets {"id", "relations":
[{"type", "head": {"start", "end"}, "tail": {"start", "end"}}]}. What the set wants differently
from the product is done here and nowhere else: only persons with a rank or a post in a security
force, one fact a person and value, the person at the fullest name, commanders as roles and all
other posts as titles.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.statement import Extraction, Reference, Statement, Value
from actorgraph.extract.text.document import Document

if TYPE_CHECKING:
    from actorgraph.extract.statement import DocumentEntity
    from actorgraph.ontologies.ontology import Ontology

Span = tuple[int, int]

_POSTINGS = frozenset(
    {
        "commanded",
        "deputy_commander_of",
        "leads",
        "member_of",
        "served_in",
        "spokesperson_for",
        "works_for",
    }
)
_FORCES = ("SecurityForce", "Operation")
_OTHERS = ("GovernmentBody", "CivilSociety", "Operation", "SecurityForce")
_ROLES = ("commander", "commandant", "spokesman", "spokesperson", "spokeswoman")
_CHARGE = re.compile(r",? (?:in charge (?:of )?|of |in )?(?:the )?")
_WITHIN = re.compile(r",? ?(?:of )?(?:the )?")
_OWNED = ("chief", "spokesman", "spokesperson", "spokeswoman")


@dataclass
class Person:
    """What a document tells of one person: values by relation and normal form, first span kept."""

    entity: str
    facts: dict[tuple[str, str], Span] = field(default_factory=dict)
    serves: bool = False  # has a rank or a post in a security force

    def add(self, relation: str, value: str, span: Span) -> None:
        """Keep a fact once, where it is said first."""
        key = (relation, value.casefold())
        self.facts[key] = min(span, self.facts.get(key, span))


def main(gold: str, predictions: str) -> None:
    extractor = RuleExtractor()
    records = [json.loads(line) for line in Path(gold).read_text(encoding="utf-8").splitlines()]
    documents = [Document(record["text"], id=record["id"]) for record in records]
    with Path(predictions).open("w", encoding="utf-8") as out:
        for extraction in extractor.extractions(documents):
            out.write(json.dumps(answer(extraction, extractor.ontology)) + "\n")


def answer(extraction: Extraction, ontology: Ontology) -> dict[str, Any]:
    entities = {entity.id: entity for entity in extraction.entities}
    text = extraction.document.text
    areas = [m for e in extraction.entities if e.type == "AdminArea" for m in e.mentions]
    persons: dict[str, Person] = {}
    for statement in extraction.statements:
        if statement.stance.polarity == "affirmed" and isinstance(statement.subject, Reference):
            person = persons.setdefault(statement.subject.entity, Person(statement.subject.entity))
            tell(person, statement, entities, ontology, text)
    relations = [
        {"type": type_, "head": _place(head), "tail": _place(tail)}
        for person in persons.values()
        if _is_wanted(person, entities[person.entity])
        for type_, head, tail in facts_of(person, entities[person.entity], text, areas)
    ]
    return {"id": extraction.document.id, "relations": relations}


def _is_wanted(person: Person, entity: DocumentEntity) -> bool:
    """In a security force; more than a rank and a surname."""
    full = any(" " in name for name in entity.names)
    post = any(relation == "post" for relation, _ in person.facts)
    return person.serves and (full or (post and bool(entity.names)))


def _place(span: Span) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def tell(
    person: Person,
    statement: Statement,
    entities: dict[str, DocumentEntity],
    ontology: Ontology,
    text: str,
) -> None:
    """Add what a statement says of a person's rank, post and unit."""
    value = statement.object
    if statement.relation == "has_rank" and isinstance(value, Value):
        person.add("has_rank", value.value, (value.start, value.end))
        person.serves = True
    posts = [statement.qualifiers[q] for q in ("position",) if q in statement.qualifiers]
    units: list[tuple[str, Span]] = []
    if statement.relation == "holds_position" and isinstance(value, Value):
        person.add("post", value.value, _title(value.start, value.end, text))
        for qualifier in (statement.qualifiers.get("organization"),):
            if qualifier is not None and qualifier.entity is not None:
                units.append((qualifier.entity, (qualifier.start, qualifier.end)))
    elif statement.relation in _POSTINGS and isinstance(value, Reference):
        units.append((value.entity, (value.start, value.end)))
        for post in posts:
            person.add("post", post.value or post.text, _title(post.start, post.end, text))
    for unit, span in units:
        entity = entities[unit]
        person.serves |= any(ontology.is_a(entity.type, force) for force in _FORCES)
        named = _first_named(entity, span, text)
        if named is not None and any(ontology.is_a(entity.type, other) for other in _OTHERS):
            person.add("is_posted", entity.name, named)


def _title(start: int, end: int, text: str) -> Span:
    """*army chief* is one title here."""
    before = text[:start].rstrip()
    word = before.rsplit(None, 1)[-1] if before else ""
    if text[start:end].casefold() in _OWNED and word.casefold() in ("army", "police", "navy"):
        return (len(before) - len(word), end)
    return (start, end)


def _first_named(entity: DocumentEntity, span: Span, text: str) -> Span | None:
    """The mention itself if it is a name, else the entity's first name."""
    if not entity.names:
        return None
    named = _named(entity, text)
    here = text[span[0] : span[1]]
    short = len(here.split()) == 1 and not here.isupper()  # *the Division*
    return span if span in named or not named or (not here.islower() and not short) else named[0]


def _named(entity: DocumentEntity, text: str) -> list[Span]:
    """The mentions that are names."""
    return [m for m in entity.mentions if " ".join(text[m[0] : m[1]].split()) in entity.names]


def facts_of(
    person: Person, entity: DocumentEntity, text: str, areas: list[Span]
) -> Iterator[tuple[str, Span, Span]]:
    """The person's relations as the set writes them: one rank only, posts as title or role."""
    head = fullest(entity, text)
    ranks = sorted(span for (relation, _), span in person.facts.items() if relation == "has_rank")
    if ranks:
        yield "has_rank", head, min(ranks, key=lambda span: abs(span[1] - head[0]))
    for (relation, value), span in sorted(person.facts.items()):
        if relation == "post":
            role = value.rsplit(None, 1)[-1] in _ROLES
            yield "has_role" if role else "has_title", head, _with_area(span, text, areas)
        elif relation == "is_posted" and not _is_parent(span, person, text):
            yield relation, head, span


def _with_area(title: Span, text: str, areas: list[Span]) -> Span:
    """*Kano State Commissioner of Police*, *Commissioner of Police in charge of Kano State*."""
    start, end = title
    for area in areas:
        if _CHARGE.fullmatch(text, end, area[0]):
            return (start, area[1])
        if text[area[1] : start] == " ":
            return (area[0], end)
    return title


def _is_parent(span: Span, person: Person, text: str) -> bool:
    """*3 Division, Nigerian Army*: only the unit counts."""
    units = [s for (relation, _), s in person.facts.items() if relation == "is_posted"]
    return any(end < span[0] and _WITHIN.fullmatch(text, end, span[0]) for _, end in units)


def fullest(entity: DocumentEntity, text: str) -> Span:
    """The first of the longest mentions that are names."""
    named = _named(entity, text)
    return max(named or entity.mentions, key=lambda m: (m[1] - m[0], -m[0]))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
