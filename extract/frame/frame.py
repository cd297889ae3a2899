"""A frame: the smallest tree of predicates and deep roles in which a relation is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """A word in a frame: a predicate with its lemma, or a slot to be filled, or both.

    modifiers: lemmas that must stand before or beside the word (*drone* strike).
    edges: deep role -> what must stand in it.
    """

    lemma: str | None = None
    slot: str | None = None
    modifiers: tuple[str, ...] = ()
    edges: tuple[tuple[str, Node], ...] = ()

    def nodes(self) -> Iterator[Node]:
        """The node and all below it."""
        yield self
        for _, node in self.edges:
            yield from node.nodes()

    def role_of(self, slot: str) -> str | None:
        """The role by which a slot hangs on this tree."""
        for role, node in self.edges:
            if node.slot == slot:
                return role
            found = node.role_of(slot)
            if found is not None:
                return found
        return None


@dataclass(frozen=True)
class Frame:
    """How English says a relation, compiled from one example sentence of the ontology.

    types: classes pinned by the example for a slot, over the relation's domain and range.
    positive: False for a counterexample, which vetoes what it matches.
    support: how many example sentences gave this very frame.
    """

    relation: str
    root: Node
    example: str
    types: Mapping[str, tuple[str, ...]]
    positive: bool = True
    support: int = 1

    @cached_property
    def size(self) -> int:
        """How much the frame demands; of two matching frames the larger one is meant."""
        return sum(
            (node.lemma is not None) + len(node.modifiers) + (node.slot is not None)
            for node in self.root.nodes()
        )

    @cached_property
    def slots(self) -> frozenset[str]:
        """The names of the slots."""
        return frozenset(node.slot for node in self.root.nodes() if node.slot)


def node_json(node: Node) -> dict[str, Any]:
    """A node as plain JSON values."""
    plain: dict[str, Any] = {}
    if node.lemma is not None:
        plain["lemma"] = node.lemma
    if node.slot is not None:
        plain["slot"] = node.slot
    if node.modifiers:
        plain["modifiers"] = list(node.modifiers)
    if node.edges:
        plain["edges"] = [[role, node_json(child)] for role, child in node.edges]
    return plain


def node_from_json(plain: Mapping[str, Any]) -> Node:
    """The inverse of `node_json`."""
    return Node(
        lemma=plain.get("lemma"),
        slot=plain.get("slot"),
        modifiers=tuple(plain.get("modifiers", ())),
        edges=tuple((role, node_from_json(child)) for role, child in plain.get("edges", ())),
    )


def frame_json(frame: Frame) -> dict[str, Any]:
    """A frame as plain JSON values."""
    return {
        "relation": frame.relation,
        "root": node_json(frame.root),
        "example": frame.example,
        "types": {slot: list(types) for slot, types in sorted(frame.types.items())},
        "positive": frame.positive,
        "support": frame.support,
    }


def frame_from_json(plain: Mapping[str, Any]) -> Frame:
    """The inverse of `frame_json`."""
    return Frame(
        relation=plain["relation"],
        root=node_from_json(plain["root"]),
        example=plain["example"],
        types={slot: tuple(types) for slot, types in plain["types"].items()},
        positive=plain["positive"],
        support=plain["support"],
    )


def frame_words(node: Node) -> str:
    """A frame in one line, for explanations: `kill(patient={object}, in=strike(…))`."""
    head = f"{{{node.slot}}}" if node.slot else ""
    if node.lemma:
        head = (" ".join([*node.modifiers, node.lemma])) + (f"={head}" if head else "")
    if not node.edges:
        return head or "*"
    return f"{head}({', '.join(f'{role}={frame_words(child)}' for role, child in node.edges)})"
