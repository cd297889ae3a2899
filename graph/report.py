"""Reports: the events of documents, with what identifies them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..extract.statement import Certainty, Polarity, Reference, Statement
from .evidence import Detail
from .period import Period, period
from .table import Table

DETAILS = frozenset({"when", "where", "instrument"})
"""Qualifiers that are circumstances; others that name an entity are participants."""

_WITH = ("instrument", "weapon")
_LEAST = 2  # *a market* is no count


@dataclass(frozen=True, slots=True, order=True)
class Description:
    """A participant without a name, as told: class, head noun, number (0 if not told)."""

    type: str
    noun: str
    number: int


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells one event from another: who, to whom, with what, when, where.

    `agents` and `patients` are ids of named entities, `once` those patients to whom it happens
    once; `doers` and `sufferers` are agents and patients without a name. `periods` is what dates
    cover.
    """

    types: frozenset[str]
    polarity: Polarity
    certainty: Certainty
    agents: frozenset[str]
    patients: frozenset[str]
    once: frozenset[str]
    periods: frozenset[Period]
    places: frozenset[str]
    doers: frozenset[Description] = frozenset()
    sufferers: frozenset[Description] = frozenset()
    instruments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """An event as one document tells it; `shared` are starts of sentences that tell others, too."""

    id: str
    document: str
    published: str | None
    statements: tuple[Statement, ...]
    traits: Traits
    shared: tuple[int, ...] = ()

    @property
    def sentences(self) -> tuple[int, ...]:
        """Where the sentences that tell it start."""
        return tuple(sorted({s.evidence.start for s in self.statements}))


def report_id(statement: Statement) -> str:
    """The document's event id; a planned or denied happening beside an actual one is another."""
    stance = statement.stance
    if (stance.polarity, stance.certainty) == ("affirmed", "actual"):
        return str(statement.event)
    return f"{statement.event}-{stance.polarity}-{stance.certainty}"


def reports(
    statements: Iterable[Statement], table: Table, published: Mapping[str, str | None]
) -> dict[str, Report]:
    """Statements with an event, gathered by it, sorted by id.

    A report without time and place has those of the one who does something else in its sentence
    (*bombed a market in Ostrel on Sunday, killing six people*): in its traits, not in its details.
    """
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.event is not None:
            groups[report_id(statement)].append(statement)
    found = {
        id_: Report(
            id_,
            told[0].document,
            published[told[0].document],
            tuple(sorted(told, key=lambda s: s.id)),
            _traits(told, table),
        )
        for id_, told in sorted(groups.items())
    }
    return _placed(found, table)


def _placed(found: Mapping[str, Report], table: Table) -> dict[str, Report]:
    """Reports with the time and place of their sentence where they tell none themselves."""
    beside: dict[tuple[str, int], list[Traits]] = defaultdict(list)
    for report in found.values():
        for sentence in report.sentences:
            beside[report.document, sentence].append(report.traits)
    placed = {}
    for id_, report in found.items():
        traits = report.traits
        if len(report.sentences) == 1 and not (traits.periods or traits.places):
            told = {
                (other.periods, places)
                for other in beside[report.document, report.sentences[0]]
                if other is not traits and _of_one_doer(traits, other)
                if (places := other.places or table.places(other.patients)) or other.periods
            }
            if len(told) == 1:
                ((periods, places),) = told
                traits = replace(traits, periods=periods, places=places)
        shared = (s for s in report.sentences if len(beside[report.document, s]) > 1)
        placed[id_] = replace(report, traits=traits, shared=tuple(shared))
    return placed


def _of_one_doer(one: Traits, other: Traits) -> bool:
    stance = (one.polarity, one.certainty) == (other.polarity, other.certainty)
    doers = one.agents | one.doers, other.agents | other.doers
    return stance and bool(doers[0]) and doers[0] == doers[1]


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


def counts(statements: Iterable[Statement]) -> tuple[Detail, ...]:
    """How many were told to take part: *six people*, *nine people*, each with its documents."""
    told: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for s in statements:
        for argument in (s.subject, s.object):
            if isinstance(argument, Reference) and (argument.count or 0) >= _LEAST:
                words = " ".join(argument.text.split())
                same = (str(argument.count), argument.name.lower())
                told[same].add((s.document, words, argument.type))
    found = []
    for (value, _), group in sorted(told.items()):
        documents = tuple(sorted({document for document, _, _ in group}))
        _, words, type_ = min(group)
        found.append(Detail("count", value, words, type=type_, documents=documents))
    return tuple(found)


def described(argument: Reference) -> Description:
    """A participant without a name by what is told of it."""
    word = argument.name.lower().split()[-1] if argument.name.split() else ""
    return Description(argument.type, word, argument.count or 0)


def _descriptions(
    parts: Iterable[tuple[Statement, str, str]], table: Table
) -> Iterator[tuple[str, Description]]:
    """Participants without a name, each with its role."""
    for statement, role, entity in parts:
        if not table.entities[entity].named:
            for argument in (statement.subject, statement.object):
                if isinstance(argument, Reference) and table.entity(argument.entity) == entity:
                    yield role, described(argument)


def _traits(statements: Sequence[Statement], table: Table) -> Traits:
    stance = statements[0].stance
    parts = [(s, role, entity) for s in statements for role, entity in roles(s, table)]
    named = [part for part in parts if table.entities[part[2]].named]
    unnamed = list(_descriptions(parts, table)) if len(named) < len(parts) else []
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
            if table.single(s.relation, entity)
        ),
        periods=frozenset(p for value in times if value and (p := period(value))),
        places=frozenset(table.entity(q.entity) for q in wheres if q.entity is not None),
        doers=frozenset(d for role, d in unnamed if role == "agent"),
        sufferers=frozenset(d for role, d in unnamed if role == "patient"),
        instruments=frozenset(
            s.qualifiers[role].text.lower().split()[-1]
            for s in statements
            for role in _WITH
            if role in s.qualifiers and s.qualifiers[role].text.split()
        ),
    )
