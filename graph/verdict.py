"""Verdicts: decisions about nodes of a graph as judgements about items of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ..ontologies.error import ActorgraphError
from ..ontologies.ontology import Ontology
from .entity import Entity
from .exhibit import Exhibit
from .finding import Settlement
from .gazetteer import Gazetteer
from .graph import Graph
from .judgement import Judgement
from .selection import Selection, representative, selection, statements


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, why, and when (ISO date and time)."""

    reason: str = ""
    author: str = ""
    made: str = ""

    def on(self, judgement: Judgement) -> Judgement:
        """A judgement, signed."""
        return replace(judgement, reason=self.reason, author=self.author, made=self.made)


def same(
    graph: Graph, names: Sequence[str], shown: Mapping[str, Exhibit], sign: Signature
) -> Judgement:
    """That two or more nodes are one; one member stands for each."""
    chosen = [selection(graph, name) for name in names]
    if len({s.node.id for s in chosen}) < 2:
        raise ActorgraphError(f"{', '.join(names)}: this is one node already")
    if len({type(s.node) for s in chosen}) > 1:
        raise ActorgraphError(f"{', '.join(names)}: an actor and an event are never one")
    items = {representative(s.node, s.members, shown) for s in chosen}
    return sign.on(Judgement("same", tuple(sorted(items))))


def check_classes(graph: Graph, names: Sequence[str], ontology: Ontology) -> None:
    """Raise ActorgraphError if the classes of two actors exclude each other.

    Classes do if they are of different facets (graph/gazetteer.py) and neither is above the other.
    """
    gazetteer = Gazetteer(ontology)
    nodes = [selection(graph, name).node for name in names]
    for one, other in combinations((n for n in nodes if isinstance(n, Entity)), 2):
        apart = gazetteer.facet(one.type) != gazetteer.facet(other.type)
        above = ontology.is_a(one.type, other.type) or ontology.is_a(other.type, one.type)
        if apart and not above:
            raise ActorgraphError(
                f"{one.name} ({one.id}) is of class {one.type} and {other.name} ({other.id}) of "
                f"class {other.type}: nothing is of both; correct the class of one first "
                "(actorgraph judge DIR type ACTOR CLASS), or merge them nevertheless by --force"
            )


def whole(
    before: Graph, after: Graph, judgements: Iterable[Judgement]
) -> dict[Judgement, Judgement]:
    """Judgements with more items, where nodes that were judged the same did not follow as a whole.

    before, after: the graph without the judgements and with them. A node is torn where some of its
    members cannot be one with the other node: they are of another class, or country.
    """
    old = {member: node for node in before.nodes for member in node.members}
    new = {member: node.id for node in after.nodes for member in node.members}
    found = {}
    for judgement in judgements:
        items = [item for item in judgement.items if item in old and item in new]
        if judgement.kind != "same" or not items:
            continue
        members = [m for item in items for m in reversed(old[item].members) if m in new]
        homes = {new[member]: member for member in members}
        torn = [member for home, member in homes.items() if home != new[items[0]]]
        more = tuple(sorted({*judgement.items, *torn}))
        if len(more) > len(judgement.items):
            found[judgement] = replace(judgement, items=more)
    return found


def different(
    graph: Graph, names: tuple[str, str], shown: Mapping[str, Exhibit], sign: Signature
) -> Judgement:
    """That two nodes, or two members of one node, are not one."""
    left, right = (selection(graph, name) for name in names)
    one, other = _without(left, right), _without(right, left)
    if not one or not other:
        raise ActorgraphError(
            f"{names[0]} and {names[1]} are one node, {left.node.id}; name the document entities "
            f"to part: actorgraph why DIR {left.node.id} lists them"
        )
    items = (representative(left.node, one, shown), representative(right.node, other, shown))
    return sign.on(Judgement("different", tuple(sorted(items))))


def _without(one: Selection, other: Selection) -> list[str]:
    """The members of a selection; of a whole node only those that the other is not about."""
    if one.node.id != other.node.id or len(one.members) < len(other.members):
        return list(one.members)
    return [member for member in one.members if member not in other.members]


def not_a_fact(graph: Graph, names: Sequence[str], sign: Signature) -> list[Judgement]:
    """That documents do not say what statements (or all statements of an edge) say."""
    found = sorted({statement for name in names for statement in statements(graph, name)})
    return [sign.on(Judgement("not_a_fact", (statement,))) for statement in found]


def wrong_type(graph: Graph, name: str, class_: str, sign: Signature) -> list[Judgement]:
    """That an actor is of another class, in each document that names it."""
    members = selection(graph, name).members
    return [sign.on(Judgement("wrong_type", (member, class_))) for member in members]


def same_as(graph: Graph, name: str, iri: str, sign: Signature) -> Judgement:
    """That an actor is a thing elsewhere; one member stands for it."""
    return sign.on(Judgement("same_as", (selection(graph, name).members[0], iri)))


def not_same_as(graph: Graph, name: str, iri: str, sign: Signature) -> Judgement:
    """That an actor is not a thing elsewhere, whoever says so."""
    return sign.on(Judgement("not_same_as", (selection(graph, name).members[0], iri)))


def settled(
    graph: Graph, names: Sequence[str], kind: Settlement, sign: Signature
) -> list[Judgement]:
    """That warnings are right, or that there is nothing in them. Raises ActorgraphError if none."""
    known = {finding.id: finding for finding in graph.findings}
    for name in names:
        if name not in known:
            raise ActorgraphError(
                f"no warning {name!r} in this graph; actorgraph warnings DIR lists them"
            )
    return [sign.on(Judgement(kind, known[name].items)) for name in names]
