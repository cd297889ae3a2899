"""Coincidences: events of the graph that may be one, though nothing joined them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .event import Event
from .period import Period, overlap, period
from .table import Table

_NEIGHBOURS = 3  # in time, with which an event is compared
_NEAR = 3  # days between events that a slip of the pen may part


@dataclass(frozen=True, slots=True)
class Coincidence:
    """Two events that may be one: `left` and `right` by id, how likely, and what speaks for it."""

    left: str
    right: str
    score: float
    evidence: tuple[str, ...]


def coincidences(events: Iterable[Event], table: Table) -> list[Coincidence]:
    """Pairs of events of one kind and stance that share a patient, agent and place, or all who met.

    Each with its neighbours in time only, so that their number grows with that of the events. Such
    a pair may be one if dates are near, if only one tells a date, or if only one tells who did it.
    """
    found: dict[tuple[str, str], Coincidence] = {}
    for key, block in sorted(_blocks(events, table).items()):
        shared = [table.entities[e].name for e in key if e in table.entities]
        ordered = sorted(block, key=_order)
        for one, other in (pair for i in range(len(ordered)) for pair in _next(ordered, i)):
            left, right = sorted((one, other), key=lambda event: event.id)
            told = _doubt(left, right, table)
            if told is not None:
                score, against = told
                words = (f"both tell of {' and '.join(shared)}", against)
                found.setdefault((left.id, right.id), Coincidence(left.id, right.id, score, words))
    return [found[pair] for pair in sorted(found)]


def _next(ordered: Sequence[Event], place: int) -> Iterator[tuple[Event, Event]]:
    return ((ordered[place], other) for other in ordered[place + 1 : place + 1 + _NEIGHBOURS])


def _blocks(events: Iterable[Event], table: Table) -> Mapping[tuple[str, ...], list[Event]]:
    blocks: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for event in events:
        kind = (event.polarity, event.certainty, table.family(event.type))
        named = table.entities
        patients = [e for e in event.patients if named[e].named]
        agents = [e for e in event.agents if named[e].named]
        for patient in patients:
            blocks[(*kind, patient)].append(event)
        for place in {d.entity for d in event.told("where") if d.entity}:
            for agent in agents:
                blocks[(*kind, agent, place)].append(event)
        if not patients and len(agents) > 1:  # who met
            blocks[(*kind, *sorted(agents))].append(event)
    return blocks


def _order(event: Event) -> tuple[int, str]:
    """By the first day told; events without one last."""
    days = _periods(event)
    return (min(days)[0] if days else 1 << 30, event.id)


def _periods(event: Event) -> list[Period]:
    return sorted(p for d in event.told("when") if (p := period(d.value)))


def _doubt(one: Event, other: Event, table: Table) -> tuple[float, str] | None:
    """How likely two events are one, and what speaks against it; None if they are surely two."""
    is_a = table.ontology.relation_is_a
    if not (is_a(one.type, other.type) or is_a(other.type, one.type)):
        return None
    left, right = _periods(one), _periods(other)
    gap = min((_gap(a, b) for a in left for b in right), default=None)
    doers = [{e for e in event.agents if table.entities[e].named} for event in (one, other)]
    known = any(a == b or table.affiliated(a, b) for a in doers[0] for b in doers[1])
    if all(doers) and not known:
        return None
    if gap is None:
        dated = "only one tells when" if left or right else "neither tells when"
        return (0.4 if left or right else 0.3, f"but {dated}") if all(doers) else None
    if gap > _NEAR:
        return None
    if gap:
        return (0.3, "but the dates differ") if known else None
    if not all(doers):
        return 0.5, "but only one tells who did it" if any(doers) else "but neither tells who"
    return 0.4, "but time, place or means are not told alike"


def _gap(left: Period, right: Period) -> int:
    """Days between two periods; 0 if they overlap."""
    return 0 if overlap(left, right) else max(left[0] - right[1], right[0] - left[1])
