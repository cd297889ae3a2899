"""A judgement: an analyst's decision, kept and replayed at every merge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from ..ontologies.error import ActorgraphError
from .finding import KINDS, Settlement

JudgementKind = Literal[
    "same",
    "different",
    "not_a_fact",
    "wrong_type",
    "same_as",
    "not_same_as",
    "accepted",
    "dismissed",
]


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """What somebody decided about items of the graph, why, and who.

    kind        items
    same        two or more document entities (or events) that are one
    different   two or more, of which no two are one
    not_a_fact  ids of statements that the text does not make
    wrong_type  a document entity, then the class it belongs to
    same_as     a document entity, then the IRI of what it is elsewhere
    not_same_as a document entity, then the IRI of what it is not
    accepted    the kind of a warning, then a statement of each of its sides: it is so
    dismissed   the same: there is nothing in it

    Items are ids of documents' entities, events and statements (`Entity.members`,
    `Event.members`, `EdgeEvidence.statement`), never of merged ones: these depend on the judgements
    themselves. An item that no document has (any more) is kept and has no effect. `made` is the
    ISO date and time of the decision, if known.
    """

    kind: JudgementKind
    items: tuple[str, ...]
    reason: str = ""
    author: str = ""
    made: str = ""

    def __post_init__(self) -> None:
        if self.kind not in get_args(JudgementKind):
            kinds = ", ".join(get_args(JudgementKind))
            raise ActorgraphError(f"judgement {self.kind!r} is none of {kinds}")
        if len(self.items) < (1 if self.kind == "not_a_fact" else 2):
            raise ActorgraphError(f"judgement {self.kind!r} has too few items: {self.items}")
        if self.kind == "wrong_type" and len(self.items) != 2:
            raise ActorgraphError("judgement 'wrong_type' takes an entity and a class")
        if self.kind.endswith("same_as") and (len(self.items) != 2 or "://" not in self.items[1]):
            raise ActorgraphError(f"judgement {self.kind!r} takes an entity and an IRI")
        if self.kind in ("accepted", "dismissed") and self.items[0] not in KINDS:
            raise ActorgraphError(
                f"judgement {self.kind!r} is about warnings, and {self.items[0]!r} is none of "
                f"{', '.join(KINDS)}"
            )

    @property
    def settlement(self) -> Settlement | None:
        """What it makes of a warning; None if it is about something else."""
        return self.kind if self.kind in ("accepted", "dismissed") else None
