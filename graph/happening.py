"""Happenings: which events of documents are one, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from operator import eq
from typing import TypeVar

from .decision import Decisions
from .link import Link
from .partition import Partition
from .period import overlap, period
from .report import Description, Report, Traits, roles
from .table import Table

T = TypeVar("T")
Told = frozenset[str]

_DAYS = 1  # reports that give no date are of one event if published within so many days
_RECENT = 2  # a report that gives no date tells of the last days before it was published
_ALL_PAIRS = 12  # of larger blocks only neighbours are compared
_RULES = {
    "once": ("same_patient_once", 0.95),
    "day": ("same_patient_and_day", 0.9),
    "agents": ("same_agents_and_day", 0.9),
    "place": ("same_agent_place_and_day", 0.85),
    "retold": ("same_patient_in_document", 0.8),
    "told": ("same_description_place_and_day", 0.75),
    "issue": ("same_participants_and_issue", 0.7),
    "recent": ("same_participants_and_recent_day", 0.7),
}
_ANYBODY = "event_anybody"
"""Word list of nouns that say nothing of who they are: *people*."""


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

    Reports join if their types are compatible and they share a person to whom it happens once
    (a killing), a patient and the day, all agents of a meeting and the day, agent, place and day,
    or what is told of a patient without a name, place and day; in one document, a patient of whom
    no second such event is told. Undated ones join if all participants agree and they were
    published on following days, or shortly after the one day of which the same is told. Nothing
    may contradict: another day, place, weapon, or other participants (*Israel* and *the Israeli
    army* are no others); for what happens once such values are kept side by side. A report that
    leaves out what tells two events apart joins neither.
    """
    told = Partition(reports)  # by what reports say, on which alone contradictions are looked for
    found = Partition(reports)  # and by judgements
    traits: dict[str, set[Traits]] = {id_: {report.traits} for id_, report in reports.items()}
    links = []
    for left, right, why in _judged(decisions, reports):
        found.join(left, right)
        links.append(Link(left, right, "judgement", 1.0, (why,)))
    for s in sorted(set(_suggestions(reports, table))):
        one, other = told.root(s.left), told.root(s.right)
        if one == other or _contradict(traits[one], traits[other], table):
            continue
        together = found.root(s.left) == found.root(s.right)
        if not together and _apart(found.group(s.left), found.group(s.right), decisions):
            continue
        both = traits.pop(one) | traits.pop(other)
        traits[told.join(one, other)] = both
        if not together:
            found.join(s.left, s.right)
            links.append(Link(s.left, s.right, s.rule, -s.rank, (s.evidence,)))
    return sorted(found.groups()), sorted(set(links))


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
        for key in set(_keys(report, table)):
            blocks[key].append(report)
    for key, block in sorted((key, block) for key, block in blocks.items() if len(block) > 1):
        names = [table.entities[e].name for e in key if e in table.entities]
        for kind, left, right in _pairs(block, key[0], table):
            rule, score = _RULES[kind]
            one, other = sorted((left.id, right.id))
            yield _Suggestion(-score, one, other, rule, _evidence(names, key, kind, left, right))


def _evidence(
    names: Sequence[str], key: tuple[str, ...], kind: str, left: Report, right: Report
) -> str:
    told = [key[4], *names, key[-1]] if kind == "told" else names
    told = [*told, key[-1]] if kind in ("day", "agents", "place") else told
    words = f"both tell of {' and '.join(told)}"
    if kind != "recent":
        return words
    days = sorted({*_days(left.traits), *_days(right.traits)})
    return f"{words}, one of {days[0]}, one published soon after"


def _pairs(
    block: Sequence[Report], rule: str, table: Table
) -> Iterator[tuple[str, Report, Report]]:
    """Pairs to be looked at, each with its rule; their number grows with that of the reports."""
    if rule == "sentence":
        return
    for silent, group in _unmixed(block, table) if rule != "once" else [((), block)]:
        if rule == "retold":
            days = sorted({r.traits.periods for r in group}, key=sorted)
            if not any(silent) and all(_agree(*pair, overlap) for pair in _some(days)):
                yield from ((rule, *pair) for pair in _some(group))
        elif rule == "issue":
            undated = [r for r in group if not r.traits.periods]
            ordered = sorted(undated, key=lambda r: (r.published or "", r.id))
            yield from ((rule, *pair) for pair in pairwise(ordered) if _soon(*pair))
            yield from (("recent", *pair) for pair in _recent(group))
        else:
            yield from ((rule, *pair) for pair in _some(group))


def _some(items: Sequence[T]) -> Iterator[tuple[T, T]]:
    """All pairs of a few; of many, neighbours and the first with each."""
    if len(items) <= _ALL_PAIRS:
        yield from combinations(items, 2)
    else:
        yield from pairwise(items)
        yield from ((items[0], other) for other in items[2:])


def _unmixed(block: Sequence[Report], table: Table) -> list[tuple[tuple[bool, ...], list[Report]]]:
    """The reports of a block; where they tell of two events, those that do not say which apart.

    Each group with whether it leaves open who did it, where, and with what.
    """
    doers = _undecided((r.traits.agents for r in block), lambda a, b: _same_doers(a, b, table))
    wheres = _undecided((r.traits.places for r in block), lambda a, b: _agree(a, b, table.near))
    means = _undecided((r.traits.instruments for r in block), lambda a, b: _agree(a, b, eq))
    groups: dict[tuple[bool, ...], list[Report]] = defaultdict(list)
    for report in block:
        told = report.traits
        silent = told.agents in doers, told.places in wheres, told.instruments in means
        groups[silent].append(report)
    return sorted(groups.items())


def _undecided(values: Iterable[Told], fits: Callable[[Told, Told], bool]) -> frozenset[Told]:
    """The values that fit two others which do not fit each other; of many, only the empty one."""
    distinct = sorted(set(values), key=sorted)
    apart = [pair for pair in _some(distinct) if not fits(*pair)]
    if len(distinct) > _ALL_PAIRS:
        return frozenset({Told()}) if apart else frozenset()
    return frozenset(v for v in distinct if any(fits(v, a) and fits(v, b) for a, b in apart))


def _recent(block: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Undated reports, each with the first of the one day that was told shortly before it."""
    by_day: dict[int, Report] = {}
    for report in sorted(block, key=lambda r: r.id):
        for first, last in sorted(report.traits.periods):
            for day in range(first, last + 1) if last - first < 2 else ():
                by_day.setdefault(day, report)
    for report in block:
        published = period(report.published or "")
        if not report.traits.periods and published and published[0] == published[1]:
            window = range(published[0] - _RECENT, published[0] + 1)
            days = [day for day in window if day in by_day]
            if len({by_day[day].id for day in days}) == 1:
                yield by_day[days[0]], report


def _soon(left: Report, right: Report) -> bool:
    first, second = period(left.published or ""), period(right.published or "")
    return first is not None and second is not None and second[0] - first[1] <= _DAYS


def _keys(report: Report, table: Table) -> Iterator[tuple[str, ...]]:
    """What reports of one event have in common; the last part is the day, if any.

    Reports of one sentence have a key in common only to be looked at together.
    """
    traits = report.traits
    agents, patients = sorted(traits.agents), sorted(traits.patients)
    yield from (("sentence", report.document, str(start)) for start in report.shared)
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
                for told in sorted(traits.sufferers):
                    who = f"{told.number or ''} {told.noun}".strip()
                    yield ("told", *kind, who, place, day)
        everybody = {
            e for s in report.statements for role, e in roles(s, table) if role == "patient"
        }
        yield from (("retold", *kind, report.document, patient) for patient in sorted(everybody))
        if agents and len(agents) + len(patients) > 1 and report.published:
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
        or not _agree(one.instruments, other.instruments, eq)
        or not _same_doers(one.agents, other.agents, table)
        or not _same_patients(one, other, table)
        or not _fitting(one, other, table)
    )


def _same_doers(left: frozenset[str], right: frozenset[str], table: Table) -> bool:
    """Whether one side names nobody but those the other names, too, or their countries."""
    few, many = sorted((left, right), key=len)
    return all(any(a == b or table.affiliated(a, b) for b in many) for a in few)


def _same_patients(one: Traits, other: Traits, table: Table) -> bool:
    """Whether patients may be the same: by name, else by what is told of them."""
    anybody = table.ontology.words(_ANYBODY)

    def named(a: str, b: str) -> bool:
        return a == b or table.affiliated(a, b) or table.near(a, b)

    def told(a: Description, b: Description) -> bool:
        return a.noun == b.noun or a.noun in anybody or b.noun in anybody

    return _agree(one.patients, other.patients, named) and _agree(
        one.sufferers, other.sufferers, told
    )


def _fitting(one: Traits, other: Traits, table: Table) -> bool:
    """Whether what is told of doers without a name fits the doers of the other side."""
    is_a = table.ontology.is_a
    left, right = (
        {d.type for d in traits.doers} | {table.entities[a].type for a in traits.agents}
        for traits in (one, other)
    )
    if not (one.doers or other.doers) or not one.agents.isdisjoint(other.agents):
        return True
    return _agree(frozenset(left), frozenset(right), lambda a, b: is_a(a, b) or is_a(b, a))


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
