"""An entity: everything the documents call one actor, place or thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class EntityMention:
    """Where a document mentions an entity, in characters of its text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One actor, place or thing, merged from the entities of documents.

    `names` are all proper names used, sorted, `name` among them unless the entity is never named
    (`named` False: *two policemen*; such an entity belongs to one document). `types` are all
    types that documents gave it, `type` the one chosen. `known` is the id of the ontology's known
    name, `same_as` identifiers elsewhere (IRIs). `members` are the document entities merged;
    `graph.explanation.why_same` tells why.
    """

    id: str
    name: str
    type: str
    names: tuple[str, ...]
    mentions: tuple[EntityMention, ...]
    members: tuple[str, ...]
    types: tuple[str, ...]
    named: bool = True
    country: str | None = None  # told by a demonym or known to the ontology
    known: str | None = None
    same_as: tuple[str, ...] = ()
    country_entity: str | None = (
        None  # the graph's entity of that country, which it is not one with
    )
    country_reason: str | None = None  # why it is of that country, in words

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that mention it, sorted."""
        return tuple(sorted({mention.document for mention in self.mentions}))
