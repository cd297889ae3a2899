"""Happenings: which events of documents are one, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import TypeVar

from .decision import Decisions
from .link import Link
from .partition import Partition
from .period import overlap, period
from .report import Report, Traits
from .table import Table

T = TypeVar("T")

_DAYS = 2  # reports that give no date are of one event if published within so many days
_ALL_PAIRS = 12  # of larger blocks only neighbours are compared
_RULES = {
    "once": ("same_patient_once", 0.95),
    "day": ("same_patient_and_day", 0.9),
    "agents": ("same_agents_and_day", 0.9),
    "place": ("same_agent_place_and_day", 0.85),
    "issue": ("same_participants_and_issue", 0.7),
}


@dataclass(frozen=True, slots=True, order=True)
class _Suggestion:
    rank: float
    left: str
    right: str
    rule: str
    evidence: str


def happenings(
    reports: Mapping[str, Report], decisions: Decisions, table: Table
) -> tuple[list[list[str]], list[Link]]:
    """Report ids grouped by the event they tell, and the links that say why.

    Reports join if their types are compatible and they share a patient to whom it happens once
    (a killing), a patient and the day, all agents of a meeting and the day, or agent, place and
    day; undated ones if all participants
    agree and the documents appeared within two days. Nothing may contradict: another day, another
    place, other doers (*Israel* and *the Israeli army* do not); for what happens once such values
    are kept side by side.
    """
    partition = Partition(reports)
    traits: dict[str, set[Traits]] = {id_: {report.traits} for id_, report in reports.items()}
    links = []

    def join(left: str, right: str) -> None:
        roots = partition.root(left), partition.root(right)
        merged = traits.pop(roots[0]) | traits.pop(roots[1])
        traits[partition.join(*roots)] = merged

    for left, right, why in _judged(decisions, reports):
        if partition.root(left) != partition.root(right):
            join(left, right)
        links.append(Link(left, right, "judgement", 1.0, (why,)))
    for s in sorted(set(_suggestions(reports, table))):
        one, other = partition.root(s.left), partition.root(s.right)
        if one == other or _apart(partition.group(one), partition.group(other), decisions):
            continue
        if not _contradict(traits[one], traits[other], table):
            join(one, other)
            links.append(Link(s.left, s.right, s.rule, -s.rank, (s.evidence,)))
    return sorted(partition.groups()), sorted(set(links))


def _judged(decisions: Decisions, reports: Mapping[str, Report]) -> Iterator[tuple[str, str, str]]:
    for judgement in decisions.same:
        items = sorted(item for item in judgement.items if item in reports)
        why = f"judged by {judgement.author or 'somebody'}: {judgement.reason}".strip(": ")
        yield from ((left, right, why) for left, right in pairwise(items))


def _apart(left: Sequence[str], right: Sequence[str], decisions: Decisions) -> bool:
    different = decisions.different
    return bool(different) and any(
        not different.get(item, frozenset()).isdisjoint(right) for item in left
    )


def _suggestions(reports: Mapping[str, Report], table: Table) -> Iterator[_Suggestion]:
    blocks: dict[tuple[str, ...], list[Report]] = defaultdict(list)
    for report in reports.values():
        for key in sorted(set(_keys(report, table))):
            blocks[key].append(report)
    for key, block in sorted(blocks.items()):
        rule, score = _RULES[key[0]]
        names = [table.entities[e].name for e in key if e in table.entities]
        evidence = " and ".join([*names, *(part for part in key[4:] if part[:1].isdigit())])
        for left, right in _pairs(block, key[0]):
            one, other = sorted((left.id, right.id))
            yield _Suggestion(-score, one, other, rule, f"both tell of {evidence}")


def _pairs(block: Sequence[Report], rule: str) -> Iterator[tuple[Report, Report]]:
    if rule == "issue":
        dated = sorted(block, key=lambda r: (r.published or "", r.id))
        yield from (pair for pair in pairwise(dated) if _soon(*pair))
    elif len(block) <= _ALL_PAIRS:
        yield from combinations(block, 2)
    else:
        yield from pairwise(block)
        yield from ((block[0], other) for other in block[2:])


def _soon(left: Report, right: Report) -> bool:
    first, second = period(left.published or ""), period(right.published or "")
    return first is not None and second is not None and second[0] - first[1] <= _DAYS


def _keys(report: Report, table: Table) -> Iterator[tuple[str, ...]]:
    """What reports of one event have in common; the last part is the day, if any."""
    traits = report.traits
    agents, patients = sorted(traits.agents), sorted(traits.patients)
    for patient in sorted(traits.once):
        yield ("once", traits.polarity, traits.certainty, "", patient)
    for family in sorted({table.family(type_) for type_ in traits.types}):
        kind = (traits.polarity, traits.certainty, family)
        for day in _days(traits):
            yield from (("day", *kind, patient, day) for patient in patients)
            if len(agents) > 1 and not patients:
                yield ("agents", *kind, *agents, day)
            for place in sorted(traits.places):
                yield from (("place", *kind, agent, place, day) for agent in agents)
        several = agents and len(agents) + len(patients) > 1
        if several and report.published and not traits.periods:
            yield ("issue", *kind, *agents, *patients)


def _days(traits: Traits) -> list[str]:
    """The days told, of periods that are a day or a night."""
    days = {day for first, last in traits.periods if last - first < 2 for day in (first, last)}
    return sorted(date.fromordinal(day).isoformat() for day in days)


def _contradict(left: Iterable[Traits], right: Iterable[Traits], table: Table) -> bool:
    return any(_differ(one, other, table) for one in left for other in right)


def _differ(one: Traits, other: Traits, table: Table) -> bool:
    """Whether two reports cannot be of one event."""
    if (one.polarity, one.certainty) != (other.polarity, other.certainty):
        return True
    if not one.once.isdisjoint(other.once):
        return False
    return (
        not _related(one.types, other.types, table)
        or not _agree(one.periods, other.periods, overlap)
        or not _agree(one.places, other.places, table.near)
        or not _agree(one.agents, other.agents, lambda a, b: a == b or table.affiliated(a, b))
    )


def _related(left: frozenset[str], right: frozenset[str], table: Table) -> bool:
    is_a = table.ontology.relation_is_a
    return any(is_a(a, b) or is_a(b, a) for a in left for b in right)


def _agree(left: frozenset[T], right: frozenset[T], fits: Callable[[T, T], bool]) -> bool:
    """Whether one side tells nothing or something of each fits."""
    return not left or not right or any(fits(a, b) for a in left for b in right)


def block_keys(report: Report, table: Table) -> Iterator[str]:
    """The blocks a report is in. Reports that no chain of common blocks joins never become one.

    So what reports become may be found out for one such component at a time.
    """
    return ("\x1f".join(key) for key in _keys(report, table))
