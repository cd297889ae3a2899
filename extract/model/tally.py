"""A tally: what a model proposed, what became of it, and which documents it failed on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from ..text.failure import Failure


class Reason(StrEnum):
    """Why a proposal is no statement."""

    MALFORMED = "not of the form asked for"
    RELATION = "no relation of the ontology"
    ACTOR = "no actor of the text"
    QUOTE = "quote not in the text"
    PREDICATE = "predicate not in the quote"
    SPREAD = "quote not within one sentence"
    APART = "actor not in the sentence"
    SELF = "an actor with itself"
    TYPE = "wrong types"
    DIRECTION = "wrong direction"
    VETO = "counterexample of the relation"
    CONTRADICTED = "told otherwise by the extractor before it"


@dataclass(slots=True)
class Tally:
    """The books of one run, by extractor name; models add to them as documents stream through."""

    kept: Counter[str] = field(default_factory=Counter)
    dropped: Counter[tuple[str, Reason]] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def drop(self, extractor: str, reason: Reason) -> None:
        """Count a proposal that was dropped."""
        self.dropped[extractor, reason] += 1

    def lines(self) -> list[str]:
        """One line an extractor, reasons by frequency: `llm: 9 statements; 2 dropped (…)`."""
        names = sorted({*self.kept, *(name for name, _ in self.dropped)})
        return [self._line(name) for name in names]

    def _line(self, name: str) -> str:
        reasons = {r: n for (other, r), n in self.dropped.items() if other == name}
        ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        told = ", ".join(f"{count} {reason}" for reason, count in ordered)
        line = f"{name}: {self.kept[name]} statements"
        return f"{line}; {sum(reasons.values())} dropped ({told})" if reasons else line
