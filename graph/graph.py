"""The merged graph: entities, events and edges, each with its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory

from ..extract.text.document import Document
from .edge import Edge
from .entity import Entity
from .event import Event
from .finding import Finding
from .judgement import Judgement
from .link import Link
from .match import Match
from .post import Post
from .shelf import Shelf, without


@dataclass(frozen=True, slots=True)
class Graph:
    """What documents say, merged: an immutable value, every part sorted by id.

    Of many documents the parts are `Shelf`s, which read the disk whenever they are iterated.
    `origins` maps each document to the first of its near-identical copies: documents of one origin
    count as one source. `links` explain merges; `judgements` are those that were replayed.
    `ontology` is the ontology's content hash. `matches` are what entities are, or may be,
    elsewhere. `posts` and `findings` follow from the rest: who held which command, office or
    membership, and what of that does not fit together.
    """

    entities: Sequence[Entity]
    events: Sequence[Event]
    edges: Sequence[Edge]
    documents: Sequence[Document]
    links: Sequence[Link] = ()
    judgements: tuple[Judgement, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    ontology: str = ""
    matches: tuple[Match, ...] = ()
    posts: Sequence[Post] = ()
    findings: Sequence[Finding] = ()

    @property
    def plain_edges(self) -> tuple[Edge, ...]:
        """The edges stated as facts, with both ends known."""
        return tuple(edge for edge in self.edges if edge.plain and edge.binary)

    @property
    def nodes(self) -> tuple[Entity | Event, ...]:
        """Entities, then events: all that is merged."""
        return (*self.entities, *self.events)

    def entity_index(self) -> dict[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self.entities}

    def outline_index(self) -> dict[str, Entity]:
        """Entities by id; of a large graph without what grows with it: mentions and members."""
        return {entity.id: entity for entity in without(self.entities, "mentions", "members")}

    @property
    def folder(self) -> TemporaryDirectory[str] | None:
        """Where its parts are, if they are on the disk."""
        return self.entities.folder if isinstance(self.entities, Shelf) else None

    def event_index(self) -> dict[str, Event]:
        """Events by id."""
        return {event.id: event for event in self.events}
