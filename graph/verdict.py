"""Verdicts: decisions about nodes of a graph as judgements about items of documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..ontologies.error import ActorgraphError
from .exhibit import Exhibit
from .graph import Graph
from .judgement import Judgement
from .selection import Selection, representative, selection, statements

Merge = Callable[[Sequence[Judgement]], Graph]
"""The graph as it would be with more judgements."""


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
    graph: Graph, names: Sequence[str], shown: dict[str, Exhibit], merge: Merge, sign: Signature
) -> Judgement:
    """That two or more nodes are one, whole.

    One member stands for each node. Where the others would not follow (they are of another kind, or
    country), more are named until all do.
    """
    chosen = [selection(graph, name) for name in names]
    if len({s.node.id for s in chosen}) < 2:
        raise ActorgraphError(f"{', '.join(names)}: this is one node already")
    if len({type(s.node) for s in chosen}) > 1:
        raise ActorgraphError(f"{', '.join(names)}: an actor and an event are never one")
    items = [representative(s.node, s.members, shown) for s in chosen]
    wanted = {member for s in chosen for member in s.members}
    while True:
        judgement = sign.on(Judgement("same", tuple(sorted(items))))
        after = merge([judgement])
        torn = [
            sorted(wanted.intersection(node.members))
            for node in after.nodes
            if items[0] not in node.members and not wanted.isdisjoint(node.members)
        ]
        if not torn:
            return judgement
        items += [members[0] for members in torn]


def different(
    graph: Graph, names: tuple[str, str], shown: dict[str, Exhibit], sign: Signature
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
