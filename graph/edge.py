"""An edge: one statement as all documents make it."""

from __future__ import annotations

from dataclasses import dataclass

from ..extract.statement import Certainty, Polarity
from .evidence import Attribution, Detail, EdgeEvidence


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement with all its evidence: who, relation, whom; how it is meant.

    Statements make one edge if they agree in everything that tells edges apart: both ends,
    relation (in the open layer, where it is None, the phrase), polarity, certainty, source and
    event. `subject` is None if the doer is not told; `object` is None if nothing is told or the
    object is a literal `value` (of `value_type`). `plain` edges alone are the author's own
    affirmed, actual facts.

    `sources` counts independent documents: near-identical copies of one wire report count once.
    `confidence` is that of at least one source being right, `weight` the sum of the sources' best
    confidences, > 0. `start` and `end` are the ISO dates between which it is cited.
    """

    id: str
    subject: str | None
    relation: str | None
    object: str | None
    phrase: str
    plain: bool
    polarity: Polarity
    certainty: Certainty
    evidence: tuple[EdgeEvidence, ...]
    sources: int
    weight: float
    confidence: float
    value: str | None = None
    value_type: str | None = None
    source: Attribution | None = None
    details: tuple[Detail, ...] = ()
    event: str | None = None
    role: str | None = None
    start: str | None = None
    end: str | None = None

    @property
    def binary(self) -> bool:
        """Whether both ends are known, so that it can be drawn as an edge."""
        return self.subject is not None and (self.object is not None or self.value is not None)

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that say it, sorted."""
        return tuple(sorted({e.document for e in self.evidence}))
