"""Evidence of an edge, and the circumstances it tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..extract.statement import Granularity
from ..extract.text.document import Span


@dataclass(frozen=True, slots=True, order=True)
class EdgeEvidence:
    """One statement behind an edge: which words of which document say it, and who read them.

    All offsets count characters of the document's text. `subject` and `object` are the spans of
    the arguments, None where the statement leaves one open. `when` is the ISO value of the
    statement's date, if it has one.
    """

    document: str
    start: int
    end: int
    cue: Span
    statement: str
    quote: str
    rule: str
    extractor: str
    confidence: float
    subject: Span | None = None
    object: Span | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """A circumstance or further participant as some documents tell it.

    `role` is the qualifier's name: when, where, instrument, position, … Documents that tell
    different values give different details of one role; none is preferred here. `value` is the
    normal form (ISO 8601 for dates), `entity` the merged entity if the words mention one.
    """

    role: str
    value: str
    text: str
    granularity: Granularity | None = None
    entity: str | None = None
    type: str | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so, merged: `entity` is None for unnamed sources; `via` is who quotes them."""

    name: str
    entity: str | None = None
    type: str | None = None
    via: Attribution | None = None

    def chain(self) -> Iterator[Attribution]:
        """This source, then who quotes it, and so on outwards."""
        source: Attribution | None = self
        while source:
            yield source
            source = source.via
