"""Questions: which entities a reconciliation service is asked about, and how."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..ontologies.ontology import Ontology
from .answer import Answer
from .entity import Entity
from .gazetteer import Gazetteer
from .graph import Graph
from .reconciliation import Query, Service

_ALIKE = ("exactMatch", "closeMatch", "equivalentClass")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to ask. types: our class -> the service's type, "" for none; the nearest class above
    counts. country: the service's property for countries, if it is to be told. limit: candidates.
    only: classes whose things are asked about, all if empty.
    """

    types: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    limit: int = 5
    only: Collection[str] = ()


def questions(
    graph: Graph, gazetteer: Gazetteer, service: Service, manner: Manner
) -> Iterator[Query]:
    """A query for each named entity not linked to a thing of the service yet, by id."""
    ontology = gazetteer.ontology
    linked = {m.entity for m in graph.matches if m.asserted and _is_of(m.iri, service)}
    for entity in graph.entities:
        wanted = not manner.only or any(ontology.is_a(entity.type, c) for c in manner.only)
        if entity.named and wanted and entity.id not in linked:
            yield Query(
                entity.members[0],
                entity.name,
                type_of(entity.type, service, ontology, manner.types),
                tuple(_country(entity, gazetteer, service, manner.country)),
                manner.limit,
            )


def unasked(
    queries: Sequence[Query], graph: Graph, answers: Sequence[Answer], service: Service
) -> list[Query]:
    """The queries that the service has not answered, of whichever member of the entity."""
    home = {member: entity.id for entity in graph.entities for member in entity.members}
    done = {(home.get(a.member), a.query) for a in answers if a.service == service.address}
    return [query for query in queries if (home[query.member], query.key) not in done]


def _is_of(iri: str, service: Service) -> bool:
    space = service.space if service.iri("") == service.space else service.view.split("{{id}}")[0]
    return bool(space) and iri.startswith(space)


def type_of(class_: str, service: Service, ontology: Ontology, types: Mapping[str, str]) -> str:
    """The service's type for a class: as told, else as the ontology aligns the nearest class."""
    waiting, seen = [class_], set[str]()
    while waiting:
        name = waiting.pop(0)
        if name in types:
            return types[name]
        found = ontology.classes.get(name)
        if found and name not in seen:
            seen.add(name)
            for property_, value in found.alignments:
                if property_.endswith(_ALIKE) and service.space and value.startswith(service.space):
                    return value.removeprefix(service.space)
                if property_.endswith("#ftm") and value in service.types:
                    return value
            waiting += found.parents
    return ""


def _country(
    entity: Entity, gazetteer: Gazetteer, service: Service, pid: str
) -> Iterator[tuple[str, str, str]]:
    """The country told of an entity, by its id if the service has it under one that is known."""
    state = gazetteer.by_id.get(gazetteer.state(entity.country) or "")
    if pid and entity.country:
        ids = (
            same.removeprefix(service.space)
            for same in (state.same_as if state else ())
            if service.space and same.startswith(service.space)
        )
        yield pid, state.label if state else entity.country, next(ids, "")
