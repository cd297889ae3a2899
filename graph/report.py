"""Reports: the events of documents, with what identifies them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..extract.statement import Certainty, Polarity, Reference, Statement
from .evidence import Detail
from .period import Period, period
from .table import Table

DETAILS = frozenset({"when", "where", "instrument"})
"""Qualifiers that are circumstances; others that name an entity are participants."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells one event from another: who, to whom, when, where.

    `agents` and `patients` are ids of named entities, `once` those patients to whom it happens
    once; `periods` is what dates cover.
    """

    types: frozenset[str]
    polarity: Polarity
    certainty: Certainty
    agents: frozenset[str]
    patients: frozenset[str]
    once: frozenset[str]
    periods: frozenset[Period]
    places: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """An event as one document tells it."""

    id: str
    document: str
    published: str | None
    statements: tuple[Statement, ...]
    traits: Traits


def report_id(statement: Statement) -> str:
    """The document's event id; a planned or denied happening beside an actual one is another."""
    stance = statement.stance
    if (stance.polarity, stance.certainty) == ("affirmed", "actual"):
        return str(statement.event)
    return f"{statement.event}-{stance.polarity}-{stance.certainty}"


def reports(
    statements: Iterable[Statement], table: Table, published: Mapping[str, str | None]
) -> dict[str, Report]:
    """Statements with an event, gathered by it, sorted by id."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.event is not None:
            groups[report_id(statement)].append(statement)
    return {
        id_: Report(
            id_,
            told[0].document,
            published[told[0].document],
            tuple(sorted(told, key=lambda s: s.id)),
            _traits(told, table),
        )
        for id_, told in sorted(groups.items())
    }


def roles(statement: Statement, table: Table) -> list[tuple[str, str]]:
    """Who takes part, as (role, entity id): agent, patient, further participants."""
    # The object's deep role in the clause may be agent (*he died in a strike*); the relation's
    # direction says who did it.
    ends = ("agent", "patient" if statement.role in (None, "agent") else statement.role)
    if table.symmetric(statement.relation):
        ends = ("agent", "agent")
    elif table.undergone(statement.relation):
        ends = ("patient", "occasion")
    found = [
        (role, table.entity(argument.entity))
        for role, argument in zip(ends, (statement.subject, statement.object), strict=True)
        if isinstance(argument, Reference)
    ]
    for name, qualifier in sorted(statement.qualifiers.items()):
        if qualifier.entity is not None and name not in DETAILS:
            found.append((name, table.entity(qualifier.entity)))
    return found


def details(statements: Iterable[Statement], table: Table) -> tuple[Detail, ...]:
    """All that statements tell beside who did what to whom; equal values are one detail."""
    told: dict[tuple[str, ...], list[tuple[str, str, Detail]]] = defaultdict(list)
    for statement in statements:
        for role, q in statement.qualifiers.items():
            entity = table.entity(q.entity) if q.entity is not None else None
            value = q.value if q.value is not None else " ".join(q.text.split())
            detail = Detail(role, value, q.text, q.granularity, entity, q.type)
            same = (role, entity or value, q.granularity or "")
            told[same].append((statement.document, statement.id, detail))
    found = []
    for _, group in sorted(told.items()):
        _, _, d = min(group, key=lambda g: g[:2])
        documents = tuple(sorted({document for document, _, _ in group}))
        found.append(Detail(d.role, d.value, d.text, d.granularity, d.entity, d.type, documents))
    return tuple(found)


def _traits(statements: Sequence[Statement], table: Table) -> Traits:
    stance = statements[0].stance
    parts = [(s, role, entity) for s in statements for role, entity in roles(s, table)]
    named = [part for part in parts if table.entities[part[2]].named]
    times = (s.qualifiers["when"].value for s in statements if "when" in s.qualifiers)
    wheres = (s.qualifiers["where"] for s in statements if "where" in s.qualifiers)
    return Traits(
        types=frozenset(s.relation for s in statements if s.relation),
        polarity=stance.polarity,
        certainty=stance.certainty,
        agents=frozenset(entity for _, role, entity in named if role == "agent"),
        patients=frozenset(entity for _, role, entity in named if role == "patient"),
        once=frozenset(
            entity
            for s, role, entity in named
            if role == "patient" and table.once(s.relation) and stance.certainty == "actual"
        ),
        periods=frozenset(p for value in times if value and (p := period(value))),
        places=frozenset(table.entity(q.entity) for q in wheres if q.entity is not None),
    )
