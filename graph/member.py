"""Members: the entities of documents, with what identifies them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..extract.statement import (
    DocumentEntity,
    Extraction,
    Qualifier,
    Reference,
    Source,
    Statement,
)
from ..ontologies.error import ActorgraphError
from ..ontologies.ontology import KnownName, Ontology
from .lexicon import NameLexicon, name_lexicon
from .names import parsed
from .spelling import romanised, sound

FACETS = ("Person", "Country", "PopulationGroup", "Organization", "Place", "Agent")
"""Classes whose things are never one with things of another, the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document's entity and what speaks for its identity.

    `facet` is the coarse class, `key` its normal name, `full` its names of two words or more (or
    the only one), `known` the ontology's known name it bears, `state` the country told of it, as
    the id of a known name if it is one. `context` are the actors that
    statements join it with, `company` those of all named actors of its document, both as `mark`s:
    what identifies an actor in the context of others, however it is spelled there.
    """

    id: str
    document: str
    name: str
    names: tuple[str, ...]
    mentions: tuple[tuple[int, int], ...]
    type: str
    facet: str
    key: str
    full: tuple[str, ...]
    known: str | None
    state: str | None
    country: str | None
    mark: str
    context: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()

    @property
    def named(self) -> bool:
        """Whether its document ever names it."""
        return bool(self.names)


@dataclass
class Gazetteer:
    """The ontology's known names, found by any spelling."""

    ontology: Ontology
    lexicon: NameLexicon = field(init=False)

    def __post_init__(self) -> None:
        self.lexicon = name_lexicon(self.ontology)

    @cached_property
    def by_id(self) -> dict[str, KnownName]:
        """Known names by id."""
        return {known.id: known for known in self.ontology.known_names}

    @cached_property
    def _index(self) -> dict[str, list[KnownName]]:
        index: dict[str, list[KnownName]] = defaultdict(list)
        for known in self.ontology.known_names:
            spellings = (*known.names, *known.adjectives) if known.iso else known.names
            for spelling in sorted({_folded(name) for name in spellings}):
                index[spelling].append(known)
        return index

    def known(self, names: Iterable[str], type_: str) -> KnownName | None:
        """What the first name that is known, and to one thing of this type only, stands for."""
        for name in names:
            fitting = [k for k in self._index.get(_folded(name), ()) if self._fits(k, type_)]
            if len(fitting) == 1:
                return fitting[0]
        return None

    def _fits(self, known: KnownName, type_: str) -> bool:
        if self.facet(known.type) != self.facet(type_):
            return False
        return self.ontology.fits(type_, (known.type,)) or self.facet(type_) == "Organization"

    def state(self, country: str | None) -> str | None:
        """A country as told, as the id of the known country or in lower case."""
        if country is None:
            return None
        known = self.by_id.get(country) or self.known((country,), "Country")
        return known.id if known else _folded(country)

    def facet(self, type_: str) -> str:
        """The coarse class of a type: one of `FACETS`, else the class at the top of its tree."""
        facet = next((f for f in FACETS if self.ontology.is_a(type_, f)), type_)
        while facet == type_ and facet not in FACETS and self._parent(facet):
            facet = type_ = self._parent(facet)
        return facet

    def _parent(self, class_: str) -> str:
        found = self.ontology.classes.get(class_)
        return min(found.parents) if found and found.parents else ""

    def within(self, place: str, container: str) -> bool:
        """Whether one known place lies in another, or is it."""
        seen: set[str] = set()
        while place != container and place not in seen:
            seen.add(place)
            known = self.by_id.get(place)
            place = (known and (known.located_in or known.seat_of)) or ""
        return place == container


def _folded(name: str) -> str:
    return romanised(name).lower().removeprefix("the ").replace(".", "").strip()


def members(
    extractions: Sequence[Extraction], gazetteer: Gazetteer, types: Mapping[str, str]
) -> dict[str, Member]:
    """All entities of documents by id. `types` are types that judgements set.

    Several extractors may have read one document: entities of one id are one member. Raises
    ActorgraphError if a statement refers to an entity its extraction lacks.
    """
    told: dict[str, tuple[str, DocumentEntity]] = {}
    for extraction in extractions:
        for entity in extraction.entities:
            type_ = types.get(entity.id, entity.type)
            entity = replace(entity, type=type_)
            _, before = told.get(entity.id, ("", entity))
            told[entity.id] = extraction.document.id, _united(before, entity)
    found = {id_: _member(document, entity, gazetteer) for id_, (document, entity) in told.items()}
    for extraction in extractions:
        _check(extraction, found)
    return _in_context(found, extractions)


def _united(left: DocumentEntity, right: DocumentEntity) -> DocumentEntity:
    """What two extractors say of one entity; the fuller name and the same order every time."""
    if left == right:
        return left
    first = min(left, right, key=lambda e: (-len(e.name), e.name, e.type, e.country or "~"))
    names = sorted({*left.names, *right.names}, key=lambda n: (-len(n), n))
    mentions = tuple(sorted({*left.mentions, *right.mentions}))
    country = first.country or left.country or right.country
    return replace(first, names=tuple(names), mentions=mentions, country=country)


def _member(document: str, entity: DocumentEntity, gazetteer: Gazetteer) -> Member:
    facet = gazetteer.facet(entity.type)
    known = gazetteer.known((entity.name, *entity.names), entity.type) if entity.names else None
    name_type = entity.type if facet == "Person" else "Organization"
    key = " ".join(p.text for p in parsed(entity.name, name_type, gazetteer.lexicon).parts)
    full = tuple(
        name
        for name in sorted({entity.name, *entity.names})
        if len(parsed(name, name_type, gazetteer.lexicon).core) > 1
    )
    return Member(
        id=entity.id,
        document=document,
        name=entity.name,
        names=entity.names,
        mentions=entity.mentions,
        type=entity.type,
        facet=facet,
        key=key,
        full=full or (entity.name,),
        known=known.id if known else None,
        state=gazetteer.state(entity.country),
        country=entity.country,
        mark=f"{facet}|{known.id if known else _spoken(key, facet)}",
    )


def references(statement: Statement) -> Iterator[str]:
    """Ids of all document entities a statement refers to."""
    for argument in (statement.subject, statement.object):
        if isinstance(argument, Reference):
            yield argument.entity
    parts: list[Qualifier | Source] = list(statement.qualifiers.values())
    source = statement.stance.source
    while source:
        parts.append(source)
        source = source.via
    yield from (part.entity for part in parts if part.entity is not None)


def _check(extraction: Extraction, found: Mapping[str, Member]) -> None:
    for statement in extraction.statements:
        for entity in references(statement):
            if entity not in found:
                raise ActorgraphError(
                    f"{extraction.document.source}: statement {statement.id} refers to entity "
                    f"{entity}, which the extractor {statement.extractor!r} does not list; "
                    "extract the document again or report the extractor"
                )


def _in_context(found: dict[str, Member], extractions: Sequence[Extraction]) -> dict[str, Member]:
    """Members with the actors that statements and documents put beside them."""
    beside: dict[str, set[str]] = defaultdict(set)
    company: dict[str, set[str]] = defaultdict(set)
    marks = {m.id: m.mark for m in found.values() if m.named and _tells(m)}
    for member in found.values():
        if member.id in marks:
            company[member.document].add(marks[member.id])
    for extraction in extractions:
        for statement in extraction.statements:
            together = set(references(statement))
            for entity in together:
                beside[entity].update(marks[o] for o in together if o != entity and o in marks)
    sets = {document: frozenset(actors) for document, actors in company.items()}
    return {
        id_: replace(
            member,
            context=frozenset(beside[id_] - {member.mark}),
            company=sets.get(member.document, frozenset()),
        )
        for id_, member in sorted(found.items())
    }


def _spoken(key: str, facet: str) -> str:
    """A person's initial and the sound of the last name; other names as they are."""
    words = key.split() or [""]
    return f"{words[0][:1]} {sound(words[-1])}" if facet == "Person" else key


def _tells(member: Member) -> bool:
    """Whether company of it tells anything: countries and places keep company with all."""
    return member.facet in ("Person", "Organization")
