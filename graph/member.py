"""Members: the entities of documents, with what identifies them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..extract.statement import DocumentEntity, Extraction, Qualifier, Reference, Source, Statement
from ..ontologies.error import ActorgraphError
from .gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Member:
    """A document's entity and what speaks for its identity.

    `facet`, `key`, `full`, `known` and `mark` as in `Identification`; `state` is the country told
    of it, as the id of a known name if it is one. `context` are the marks of the actors that
    statements join it with, `company` those of all named actors of its document; both sorted.
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
    mark: str
    state: str | None = None
    country: str | None = None
    context: tuple[str, ...] = ()
    company: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether its document ever names it."""
        return bool(self.names)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """Marks of actors: beside an entity in statements, and of a document."""

    beside: Mapping[str, set[str]]
    company: Mapping[str, tuple[str, ...]]


def members(
    extractions: Sequence[Extraction], gazetteer: Gazetteer, types: Mapping[str, str]
) -> dict[str, Member]:
    """All entities of documents by id, sorted. `types` are types that judgements set.

    Several extractors may have read one document: entities of one id are one member. Raises
    ActorgraphError if a statement refers to an entity its extraction lacks.
    """
    told: dict[str, list[DocumentEntity]] = defaultdict(list)
    home: dict[str, str] = {}
    for extraction in extractions:
        for entity in extraction.entities:
            told[entity.id].append(entity)
            home[entity.id] = extraction.document.id
    found = {id_: _united(told[id_], types.get(id_)) for id_ in sorted(told)}
    for extraction in extractions:
        _check(extraction, found)
    surroundings = _surroundings(found, home, extractions, gazetteer)
    return {
        id_: _member(home[id_], entity, gazetteer, surroundings) for id_, entity in found.items()
    }


def _united(variants: Sequence[DocumentEntity], type_: str | None) -> DocumentEntity:
    """What several extractors say of one entity, whatever their order: the fuller name first."""
    first = variants[0]
    if len(variants) > 1:
        order = sorted(variants, key=lambda e: (-len(e.name), e.name, e.type, e.country or "~"))
        names = {name for e in variants for name in e.names}
        first = replace(
            order[0],
            names=tuple(sorted(names, key=lambda n: (-len(n), n))),
            mentions=tuple(sorted({mention for e in variants for mention in e.mentions})),
            country=next((e.country for e in order if e.country), None),
        )
    return replace(first, type=type_) if type_ else first


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


def _check(extraction: Extraction, found: Mapping[str, DocumentEntity]) -> None:
    for statement in extraction.statements:
        for entity in references(statement):
            if entity not in found:
                raise ActorgraphError(
                    f"{extraction.document.source}: statement {statement.id} refers to entity "
                    f"{entity}, which the extractor {statement.extractor!r} does not list; "
                    "extract the document again or report the extractor"
                )


def _surroundings(
    found: Mapping[str, DocumentEntity],
    home: Mapping[str, str],
    extractions: Sequence[Extraction],
    gazetteer: Gazetteer,
) -> _Surroundings:
    """Who stands beside whom, and where. Countries tell nothing: they stand beside everybody."""
    marks: dict[str, str] = {}
    company: dict[str, set[str]] = defaultdict(set)
    for entity in found.values():
        if entity.names:
            known = gazetteer.identification(entity.name, entity.names, entity.type)
            if known.facet in ("Person", "Organization", "Place"):
                marks[entity.id] = known.mark
            if known.facet in ("Person", "Organization"):
                company[home[entity.id]].add(known.mark)
    beside: dict[str, set[str]] = defaultdict(set)
    for extraction in extractions:
        for statement in extraction.statements:
            together = set(references(statement))
            for entity_ in together:
                beside[entity_].update(marks[o] for o in together if o != entity_ and o in marks)
    return _Surroundings(beside, {d: tuple(sorted(actors)) for d, actors in company.items()})


def _member(
    document: str, entity: DocumentEntity, gazetteer: Gazetteer, surroundings: _Surroundings
) -> Member:
    entity = _unpacked(entity, gazetteer)
    known = gazetteer.identification(entity.name, entity.names, entity.type)
    state = gazetteer.state(entity.country)
    if known.known and known.facet == "Place" and not _lies_in(known.known, state, gazetteer):
        known = replace(known, known=None)  # a namesake elsewhere
    return Member(
        id=entity.id,
        document=document,
        name=entity.name,
        names=entity.names,
        mentions=entity.mentions,
        type=entity.type,
        facet=known.facet,
        key=known.key,
        full=known.full,
        known=known.known,
        mark=known.mark,
        state=state,
        country=entity.country,
        context=tuple(sorted(surroundings.beside.get(entity.id, set()) - {known.mark})),
        company=surroundings.company.get(document, ()),
    )


def _unpacked(entity: DocumentEntity, gazetteer: Gazetteer) -> DocumentEntity:
    """A place named with its country as the place of that country: *Tripoli, Libya*."""
    place, comma, container = entity.name.partition(", ")
    if not comma or gazetteer.facet(entity.type) != "Place":
        return entity
    country = gazetteer.known((container,), "Country")
    if country is None:
        return entity
    names = tuple(dict.fromkeys(name.removesuffix(comma + container) for name in entity.names))
    return replace(entity, name=place, names=names, country=entity.country or country.label)


def _lies_in(place: str, state: str | None, gazetteer: Gazetteer) -> bool:
    """Whether a known place may lie in a country: it does, or nothing is known or told."""
    placed = gazetteer.by_id[place].located_in or gazetteer.by_id[place].seat_of
    return state not in gazetteer.by_id or not placed or gazetteer.within(place, str(state))
