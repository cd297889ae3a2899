"""A finding: what in a graph does not fit together, told as a warning and never repaired."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal, get_args

from .evidence import EdgeEvidence

FindingKind = Literal[
    "two_commanders",
    "two_commands",
    "rank_too_low",
    "rank_too_high",
    "held_after_death",
    "end_before_start",
    "other_country",
]
KINDS: tuple[str, ...] = get_args(FindingKind)
Settlement = Literal["accepted", "dismissed"]
"""What an analyst made of it: it is so, or there is nothing in it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Two things that documents say of posts and that cannot well both be so.

    `nodes` are the posts and entities concerned, `explanation` says in words what is wrong, `left`
    and `right` are the evidence of both sides. `settled` is what an analyst made of it. Both sides
    may be told by sources only: the explanation then says so.
    """

    id: str
    kind: FindingKind
    nodes: tuple[str, ...]
    explanation: str
    left: tuple[EdgeEvidence, ...]
    right: tuple[EdgeEvidence, ...]
    settled: Settlement | None = None

    @property
    def items(self) -> tuple[str, ...]:
        """What a judgement about it names: its kind, and one statement of each side.

        Statements, for posts depend on judgements; the first of each side by document and place.
        """
        sides = (min(side).statement for side in (self.left, self.right) if side)
        return (self.kind, *dict.fromkeys(sides))

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents of both sides, sorted."""
        return tuple(sorted({e.document for e in (*self.left, *self.right)}))


def finding_id(kind: str, nodes: tuple[str, ...]) -> str:
    """Content hash: there is one finding of a kind about the same nodes."""
    text = "\x1f".join((kind, *nodes))
    return "w" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
