"""Comparison: the difference between two builds in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from .difference import Change, Item, difference
from .edge import Edge
from .entity import Entity
from .event import Event
from .finding import Finding
from .graph import Graph
from .post import Post, PostValue


@dataclass(frozen=True, slots=True)
class Told:
    """A thing that differs: its id, what it is or says, what of it changed, a sentence for it."""

    id: str
    told: str
    changes: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Things of one kind only in the new build, only in the old, or in both and not equal."""

    gained: tuple[Told, ...] = ()
    lost: tuple[Told, ...] = ()
    changed: tuple[Told, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost or self.changed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """From an old build to a new one.

    `stances` are sentences read in both builds and meant otherwise in the new one (*denied* where
    it was *affirmed*, another doer, another relation); `statements` are all others. A statement
    whose words stay the same while its actors were merged or split is told of these alone.
    """

    documents: Changes
    actors: Changes
    events: Changes
    statements: Changes
    stances: Changes
    posts: Changes = Changes()
    warnings: Changes = Changes()

    def parts(self) -> Iterator[tuple[str, Changes]]:
        """All parts by name, in order."""
        for field in fields(self):
            yield field.name, getattr(self, field.name)


def comparison(old: Graph, new: Graph) -> Comparison:
    """The differences between two graphs, all parts sorted by id."""
    found = difference(old, new)
    before, after = _Words(old), _Words(new)
    restated = {edge.id for _, *edges in found.restated for edge in edges}
    said = [(id_, before.told(one), after.told(other), other) for id_, one, other in found.restated]
    return Comparison(
        documents=_documents(old, new),
        actors=_changes(found.entities, before, after),
        events=_changes(found.events, before, after),
        statements=_changes(_without(found.edges, restated), before, after),
        stances=Changes(
            changed=tuple(
                Told(id_, f"{was} => {is_}", (), _quote(edge, id_))
                for id_, was, is_, edge in said
                if was != is_
            )
        ),
        posts=_changes(found.posts, before, after),
        warnings=_changes(found.findings, before, after),
    )


def _documents(old: Graph, new: Graph) -> Changes:
    one, other = ({d.id: d.source for d in graph.documents} for graph in (old, new))
    return Changes(
        tuple(Told(id_, other[id_]) for id_ in sorted(other.keys() - one.keys())),
        tuple(Told(id_, one[id_]) for id_ in sorted(one.keys() - other.keys())),
    )


def _without(change: Change[Edge], ids: set[str]) -> Change[Edge]:
    """The edges gained and lost but those that are one sentence meant otherwise."""
    return Change(
        tuple(edge for edge in change.gained if edge.id not in ids),
        tuple(edge for edge in change.lost if edge.id not in ids),
        change.changed,
    )


Thing = Entity | Event | Edge | Post | Finding


def _quote(item: Thing, statement: str | None = None) -> str:
    if isinstance(item, Entity):
        return ""
    evidence = (*item.left, *item.right) if isinstance(item, Finding) else item.evidence
    quotes = [e.quote for e in evidence if statement in (None, e.statement)]
    return " ".join(quotes[0].split()) if quotes else ""


class _Words:
    """The things of one graph in words."""

    def __init__(self, graph: Graph) -> None:
        self.names = {entity.id: entity.name for entity in graph.entities}

    def told(self, item: Thing) -> str:
        """What it is, or says."""
        if isinstance(item, Entity):
            return f"{item.name} ({item.type})"
        if isinstance(item, Event | Post):
            return f"{item.label}{_labels(item)}"
        if isinstance(item, Finding):
            return f"{item.kind}: {item.explanation}"
        ends = (self.names.get(item.subject or ""), self.names.get(item.object or "", item.value))
        subject, object_ = (end or "?" for end in ends)
        return f"{subject} —{item.relation or item.phrase}→ {object_}{_labels(item)}"


def _labels(item: Event | Edge | Post) -> str:
    labels: list[str] = [item.polarity, item.certainty]
    labels = [label for label in labels if label not in ("affirmed", "actual")]
    if isinstance(item, Post) and not item.plain and not labels:
        labels.append("reported")
    if isinstance(item, Edge) and item.source:
        labels.append("says " + " via ".join(source.name for source in item.source.chain()))
    return f" [{', '.join(labels)}]" if labels else ""


def _changes(change: Change[Item], before: _Words, after: _Words) -> Changes:
    return Changes(
        tuple(Told(i.id, after.told(i), (), _quote(i)) for i in change.gained),
        tuple(Told(i.id, before.told(i), (), _quote(i)) for i in change.lost),
        tuple(
            Told(new.id, after.told(new), tuple(_changed(old, new)), _quote(new))
            for old, new in change.changed
        ),
    )


_COUNTED = ("mentions", "members", "evidence", "participants", "details", "claims", "left", "right")


def _changed(old: Item, new: Item) -> Iterator[str]:
    """Each part that changed: *type: Person => Politician*, *evidence: 3 => 4*."""
    for field in fields(new):
        one, other = getattr(old, field.name), getattr(new, field.name)
        if one == other:
            continue
        if field.name in _COUNTED:
            gained, lost = len(set(other) - set(one)), len(set(one) - set(other))
            yield f"{field.name}: +{gained} -{lost}"
        elif _value(one) != _value(other):
            yield f"{field.name}: {_value(one)} => {_value(other)}"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        told = (v.value if isinstance(v, PostValue) else str(v) for v in value)
        return ", ".join(dict.fromkeys(told)) or "none"
    return "none" if value is None else str(value)
