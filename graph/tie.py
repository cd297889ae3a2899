"""Ties: statements made edges, each with all its evidence."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..extract.statement import Certainty, Polarity, Reference, Source, Statement, Value
from .edge import Edge
from .evidence import Attribution, EdgeEvidence
from .period import period
from .report import details
from .table import Table


class _Key(NamedTuple):
    """What tells one edge from another."""

    subject: str | None
    relation: str | None
    phrase: str | None  # of statements without relation
    object: str | None
    value: str | None
    value_type: str | None
    polarity: Polarity
    certainty: Certainty
    source: tuple[tuple[str, bool], ...]  # name or entity of each who says so, and which it is
    event: str | None
    plain: bool

    @property
    def id(self) -> str:
        """Content hash."""
        text = repr(tuple(self))
        return "r" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def edges(
    statements: Iterable[Statement],
    table: Table,
    event_of: Mapping[str, str],
    origins: Mapping[str, str],
) -> list[Edge]:
    """Statements gathered into edges by what tells edges apart, sorted by id.

    `event_of`: statement id -> event id; `origins`: document -> the report it copies.
    """
    groups: dict[_Key, list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[_key(statement, table, event_of.get(statement.id))].append(statement)
    found = (
        _edge(key, sorted(group, key=lambda s: s.id), table, origins)
        for key, group in groups.items()
    )
    return sorted(found, key=lambda edge: edge.id)


def edge_id(statement: Statement, table: Table, event: str | None) -> str:
    """Id of the edge a statement belongs to; `event`: the merged event it tells of."""
    return _key(statement, table, event).id


def _ends(statement: Statement, table: Table) -> tuple[str | None, str | None, bool]:
    """Subject and object entity; and whether exchanged, as the ends of symmetric relations are."""
    subject = table.entity(statement.subject.entity) if statement.subject else None
    object_ = None
    if isinstance(statement.object, Reference):
        object_ = table.entity(statement.object.entity)
    if subject and object_ and object_ < subject and table.symmetric(statement.relation):
        return object_, subject, True
    return subject, object_, False


def _key(statement: Statement, table: Table, event: str | None) -> _Key:
    subject, object_, _ = _ends(statement, table)
    value = statement.object if isinstance(statement.object, Value) else None
    source = attribution(statement.stance.source, table)
    return _Key(
        subject=subject,
        relation=statement.relation,
        phrase=statement.phrase if statement.relation is None else None,
        object=object_,
        value=value.value if value else None,
        value_type=value.type if value else None,
        polarity=statement.stance.polarity,
        certainty=statement.stance.certainty,
        source=tuple((s.entity or s.name, s.entity is None) for s in source.chain())
        if source
        else (),
        event=event,
        plain=statement.plain,
    )


def attribution(source: Source | None, table: Table) -> Attribution | None:
    """Who says so, with entities merged; unnamed sources by their words."""
    if source is None:
        return None
    via = attribution(source.via, table)
    if source.entity is None:
        return Attribution(" ".join(source.name.lower().split()), None, source.type, via)
    entity = table.entities[table.entity(source.entity)]
    return Attribution(entity.name, entity.id, entity.type, via)


def _edge(key: _Key, group: Sequence[Statement], table: Table, origins: Mapping[str, str]) -> Edge:
    told = tuple(sorted(edge_evidence(s, _ends(s, table)[2]) for s in group))
    best = independent(told, origins)
    start, end = _cited(told)
    spelled = min(group, key=lambda s: (_words(s.stance.source), s.id))
    return Edge(
        id=key.id,
        subject=key.subject,
        relation=key.relation,
        object=key.object,
        phrase=usual(s.phrase for s in group),
        plain=key.plain,
        polarity=key.polarity,
        certainty=key.certainty,
        evidence=told,
        sources=len(best),
        weight=round(sum(sorted(best)), 6),
        confidence=either(best),
        value=key.value,
        value_type=key.value_type,
        source=attribution(spelled.stance.source, table),
        details=details(group, table),
        event=key.event,
        role=usual(s.role for s in group if s.role) or None,
        start=start,
        end=end,
    )


def _words(source: Source | None) -> tuple[str, ...]:
    """A source's names and types as written, to choose one spelling of equal sources."""
    words: tuple[str, ...] = ()
    while source:
        words += (source.name, source.type or "")
        source = source.via
    return words


def edge_evidence(statement: Statement, exchanged: bool) -> EdgeEvidence:
    """A statement as evidence; `exchanged`: its ends are those of the edge the other way round."""
    subject, object_ = statement.subject, statement.object
    ends = (
        (subject.start, subject.end) if subject else None,
        (object_.start, object_.end) if object_ else None,
    )
    told, when = statement.evidence, statement.qualifiers.get("when")
    return EdgeEvidence(
        document=statement.document,
        start=told.start,
        end=told.end,
        cue=(told.cue_start, told.cue_end),
        statement=statement.id,
        quote=told.quote,
        rule=statement.rule,
        extractor=statement.extractor,
        confidence=statement.confidence,
        subject=ends[exchanged],
        object=ends[not exchanged],
        when=when.value if when else None,
    )


def independent(told: Iterable[EdgeEvidence], origins: Mapping[str, str]) -> list[float]:
    """The best confidence of each independent source, by source."""
    best: dict[str, float] = {}
    for evidence in told:
        origin = origins[evidence.document]
        best[origin] = max(best.get(origin, 0.0), evidence.confidence)
    return [best[origin] for origin in sorted(best)]


def either(confidences: Iterable[float]) -> float:
    """The probability that at least one of independent sources is right."""
    wrong = 1.0
    for confidence in sorted(confidences):
        wrong *= 1 - confidence
    return round(1 - wrong, 6)


def _cited(told: Iterable[EdgeEvidence]) -> tuple[str | None, str | None]:
    """The first and the last date told, each as precise as told."""
    firsts, lasts = [], []
    for value in {evidence.when for evidence in told if evidence.when}:
        days = period(value)
        if days:
            first, last = (value.split("/", 1) * 2)[:2]
            firsts.append((days[0], first))
            lasts.append((days[1], last))
    starts = [f for f in sorted(firsts) if period(f[1])]
    ends = [e for e in sorted(lasts) if period(e[1])]
    return (starts[0][1] if starts else None, ends[-1][1] if ends else None)


def usual(words: Iterable[str]) -> str:
    """The most frequent word, the first in the alphabet of several; empty if none."""
    found = list(words)
    if len(set(found)) == 1:
        return found[0]
    counts = Counter(found)
    return min(counts, key=lambda word: (-counts[word], word), default="")
