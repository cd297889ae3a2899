"""An event: what several statements tell of one happening."""

from __future__ import annotations

from dataclasses import dataclass

from ..extract.statement import Certainty, Polarity
from .evidence import Detail, EdgeEvidence


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity's part in an event, and the documents that say so.

    `role` is agent, patient or a qualifier's name (recipient, ordered_by, …). `plain` tells
    whether at least one document states it as a fact of its own; else it is only alleged.
    """

    role: str
    entity: str
    plain: bool
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A happening with its participants and circumstances.

    `type` is the id of the relation that tells it (the narrowest, if documents differ). Values in
    conflict (two dates, two death tolls) stand side by side in `details`, each with its documents.
    `polarity` and `certainty` hold for the event as a whole: a planned strike and a strike are
    two events. `members` are the events of documents merged into it; `sources` counts independent
    documents. An event without agents is one whose doer nobody names.
    """

    id: str
    type: str
    label: str
    participants: tuple[Participant, ...]
    details: tuple[Detail, ...]
    evidence: tuple[EdgeEvidence, ...]
    members: tuple[str, ...]
    polarity: Polarity
    certainty: Certainty
    plain: bool
    sources: int
    confidence: float

    def entities(self, role: str) -> tuple[str, ...]:
        """Entity ids in a role, sorted."""
        return tuple(p.entity for p in self.participants if p.role == role)

    @property
    def agents(self) -> tuple[str, ...]:
        """Entities that did it."""
        return self.entities("agent")

    @property
    def patients(self) -> tuple[str, ...]:
        """Entities it was done to."""
        return self.entities("patient")

    def told(self, role: str) -> tuple[Detail, ...]:
        """What documents tell for a role: when, where, instrument, …"""
        return tuple(d for d in self.details if d.role == role)

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that tell it, sorted."""
        return tuple(sorted({e.document for e in self.evidence}))
