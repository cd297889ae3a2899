"""A statement: who, relation, whom; how it is meant; which words say so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, Protocol

from .text.document import Document

Polarity = Literal["affirmed", "denied"]
Certainty = Literal[
    "actual",
    "planned",
    "attempted",
    "requested",
    "possible",
    "hypothetical",
    "feared",
    "habitual",
]
Granularity = Literal["second", "hour", "day", "week", "month", "season", "year", "decade"]


@dataclass(frozen=True, slots=True)
class Reference:
    """An actor, place or thing as an argument: its entity and the words used here."""

    entity: str  # id of the document's entity, see `entity_id`
    name: str  # the document's fullest name of it
    text: str
    start: int
    end: int
    type: str
    count: int | None = None
    named: bool = True  # False if the document never names it (*two policemen*, *officials*)


@dataclass(frozen=True, slots=True)
class Value:
    """A literal object (a rank, an amount): `value` is its normal form."""

    value: str
    text: str
    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A further participant or circumstance: when, where, instrument, position, …

    `value` is an ISO 8601 date or interval for *when*, else the normal form; `granularity` is
    given for dates only; `entity` and `type` where the words mention an entity.
    """

    text: str
    start: int
    end: int
    value: str | None = None
    granularity: Granularity | None = None
    entity: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so. `entity` is None for unnamed sources (*officials*); `via` is who quotes them."""

    text: str
    start: int
    end: int
    name: str
    entity: str | None = None
    type: str | None = None
    via: Source | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """Is it said to be so: polarity, certainty, and by whom if not by the author."""

    polarity: Polarity = "affirmed"
    certainty: Certainty = "actual"
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that say so: the sentence, and in it the cue (the predicate)."""

    document: str
    start: int
    end: int
    quote: str
    cue_start: int
    cue_end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A typed triple with everything needed to defend it.

    relation: local name in the ontology, None in the open layer, where `phrase` carries the
      predicate. subject is None when an event's agent is not told; object likewise; never both.
    event: id of the document's event if the relation is an event; `role` is what the object is
      in it (patient, …). plain: whether the statement may become a plain triple (affirmed, actual,
      and by the author or a source that may speak for itself).
    """

    document: str
    relation: str | None
    phrase: str
    subject: Reference | None
    object: Reference | Value | None
    stance: Stance
    evidence: Evidence
    rule: str
    extractor: str
    confidence: float
    qualifiers: Mapping[str, Qualifier] = field(default_factory=lambda: MappingProxyType({}))
    event: str | None = None
    role: str | None = None
    plain: bool = False
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", statement_id(self))


@dataclass(frozen=True, slots=True)
class DocumentEntity:
    """All mentions of one actor, place or thing in one document.

    `mentions` are (start, end) character spans in text order; `names` all distinct proper names
    used, fullest first; empty for an actor that is never named.
    """

    id: str
    name: str
    type: str
    names: tuple[str, ...]
    mentions: tuple[tuple[int, int], ...]
    country: str | None = None  # as told by a demonym (*Iranian general*)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one extractor read out of one document."""

    document: Document
    entities: tuple[DocumentEntity, ...]
    statements: tuple[Statement, ...]


class Extractor(Protocol):
    """The contract of every extractor: documents in, extractions out, one each, in order."""

    @property
    def name(self) -> str:
        """What `Statement.extractor` says."""
        ...

    @property
    def key(self) -> str:
        """A hash of all that its extractions depend on but the document: code, ontology, model."""
        ...

    def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read each document; a generator, so that any number of documents streams through."""
        ...


def _hash(*parts: object) -> str:
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def entity_id(document: str, start: int, end: int) -> str:
    """Id of a document's entity: its document and first mention."""
    return "m" + _hash(document, start, end)


def derived_entity_id(document: str, *parts: object) -> str:
    """Id of an entity meant by other words: a country by its seat, people by their country."""
    return "m" + _hash(document, *parts)


def event_id(document: str, start: int, end: int) -> str:
    """Id of a document's event: its document and the predicate that tells it first."""
    return "v" + _hash(document, start, end)


def _place(argument: Reference | Value | None) -> tuple[object, ...]:
    """The words of an argument and what they mean: *they* may stand for several."""
    if argument is None:
        return (None, None, None)
    meant = argument.entity if isinstance(argument, Reference) else argument.value
    return (argument.start, argument.end, meant)


def statement_id(statement: Statement) -> str:
    """Id of a statement: its document, words, relation, stance and extractor."""
    stance = statement.stance
    evidence = statement.evidence
    return "s" + _hash(
        statement.document,
        statement.relation or statement.phrase,
        *_place(statement.subject),
        *_place(statement.object),
        stance.polarity,
        stance.certainty,
        stance.source and stance.source.start,
        evidence.cue_start,
        evidence.cue_end,
        statement.extractor,
    )


def _bare(value: Any) -> Any:
    """A dataclass as a dict of plain values, in field order."""
    from dataclasses import fields, is_dataclass

    if is_dataclass(value):
        return {f.name: _bare(getattr(value, f.name)) for f in fields(value)}
    return value


def statement_json(statement: Statement) -> dict[str, Any]:
    """The statement as one JSON object, the contract for scripts (docs/statements.md)."""
    return {
        "id": statement.id,
        "document": statement.document,
        "relation": statement.relation,
        "phrase": statement.phrase,
        "subject": _bare(statement.subject),
        "object": _bare(statement.object),
        "qualifiers": {name: _bare(q) for name, q in sorted(statement.qualifiers.items())},
        "event": statement.event,
        "role": statement.role,
        "stance": _bare(statement.stance),
        "plain": statement.plain,
        "evidence": _bare(statement.evidence),
        "rule": statement.rule,
        "extractor": statement.extractor,
        "confidence": statement.confidence,
    }
