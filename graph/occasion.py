"""Occasions: groups of reports made events, each with all its evidence."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..extract.statement import Statement
from .event import Event, Participant
from .report import Report, counts, details, roles
from .table import Table
from .tie import edge_evidence, either, independent, usual


def events(
    groups: Iterable[Sequence[str]],
    reports: Mapping[str, Report],
    table: Table,
    origins: Mapping[str, str],
) -> list[Event]:
    """Groups of reports made events, sorted by id."""
    found = (_event([reports[id_] for id_ in group], table, origins) for group in groups)
    return sorted(found, key=lambda event: event.id)


def event_id(reports: Iterable[str]) -> str:
    """Id of a merged event: its first report."""
    return "h" + hashlib.sha256(min(reports).encode()).hexdigest()[:16]


def _event(group: Sequence[Report], table: Table, origins: Mapping[str, str]) -> Event:
    statements = [s for report in group for s in report.statements]
    told = tuple(sorted(edge_evidence(s, False) for s in statements))
    best = independent(told, origins)
    # What is only reported may name a doer or a weapon, but not make a fact say more.
    stated = [s for s in statements if s.plain] or statements
    type_ = _narrowest((s.relation for s in stated if s.relation), table)
    type_ = type_ or usual(s.phrase for s in stated)
    plain = any(s.plain for s in statements)
    parts = tuple(_participants(statements, table))
    members = tuple(sorted(report.id for report in group))
    traits = group[0].traits
    return Event(
        id=event_id(members),
        type=type_,
        label=_label(type_, [part for part in parts if part.plain or not plain], table),
        participants=parts,
        details=(*counts(statements), *details(statements, table)),
        evidence=told,
        members=members,
        polarity=traits.polarity,
        certainty=traits.certainty,
        plain=plain,
        sources=len(best),
        confidence=either(best),
    )


def _narrowest(relations: Iterable[str], table: Table) -> str:
    """The relation most supported by those told, counting wider ones for narrower ones."""
    told = Counter(relations)
    is_a = table.ontology.relation_is_a

    def support(relation: str) -> int:
        return sum(n for other, n in told.items() if is_a(relation, other))

    return min(told, key=lambda r: (-support(r), -told[r], r), default="")


def _participants(statements: Iterable[Statement], table: Table) -> Iterator[Participant]:
    told: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        for part in set(roles(statement, table)):
            told[part].append(statement)
    for (role, entity), group in sorted(told.items()):
        documents = tuple(sorted({s.document for s in group}))
        yield Participant(role, entity, any(s.plain for s in group), documents)


def _label(type_: str, parts: Iterable[Participant], table: Table) -> str:
    """*killed: Veld Council → Dara Vint*; a question mark for the doer nobody names."""
    relation = table.ontology.relations.get(type_)
    ends = []
    for role in ("agent", "patient"):
        names = sorted({table.entities[p.entity].name for p in parts if p.role == role})
        ends.append(", ".join(names[:3]) + (" …" if len(names) > 3 else ""))
    agents, patients = ends
    told = f"{agents or '?'} → {patients}" if patients else agents
    return f"{relation.label if relation else type_}{': ' if told else ''}{told}"
