"""A post: one person in one command, office or membership, and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..extract.statement import Certainty, Polarity
from .evidence import Attribution, EdgeEvidence
from .period import period

Effect = Literal["holds", "held", "starts", "ends"]
"""What a claim says of a post: held at the time, held before (*former*), begun, over."""
Basis = Literal["told", "sentence", "published"]
"""How a claim is dated: by its own words, by an event of its sentence, or by its document."""


@dataclass(frozen=True, slots=True)
class PostClaim:
    """One statement about a post: the edge it is of, how it is meant, and its evidence.

    `relation` is the edge's; `title` the words for the post, if it has any. `cited` is the ISO
    date at which the claim says the post is held; `basis` says where the date comes from. Of a
    claim that it starts or ends, `cited` is that date. `granularity` may be coarser than a day.
    """

    effect: Effect
    edge: str
    relation: str
    plain: bool
    polarity: Polarity
    certainty: Certainty
    evidence: EdgeEvidence
    source: Attribution | None = None
    title: str | None = None
    cited: str | None = None
    basis: Basis | None = None

    @property
    def document(self) -> str:
        """The document that makes it."""
        return self.evidence.document

    @property
    def actual(self) -> bool:
        """Whether somebody, author or source, says that it is so."""
        return (self.polarity, self.certainty) == ("affirmed", "actual")


@dataclass(frozen=True, slots=True, order=True)
class PostValue:
    """A value told of a post (a title, a rank, a date), who tells it, and whether as a fact.

    Values in conflict stand side by side. `relation` is what tells a date (*dismissed*,
    *resigned_from*, *killed*, …), empty for titles and ranks.
    """

    value: str
    relation: str
    plain: bool
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A posting after the practice of Security Force Monitor: person, organization, title, rank,
    dates, each with its claims.

    `relation` is the narrowest that tells it (`commanded`), `organization` None where only a title
    is told (*defence minister*). `starts` and `ends` are known dates: somebody says that the post
    was begun or over then. `first_cited` and `last_cited` only say when it is told to be held:
    observed is not started. `plain`: at least one document states it as a fact of its own; else
    the post is only alleged.
    """

    id: str
    holder: str
    organization: str | None
    relation: str
    label: str
    plain: bool
    polarity: Polarity
    certainty: Certainty
    titles: tuple[PostValue, ...]
    ranks: tuple[PostValue, ...]
    starts: tuple[PostValue, ...]
    ends: tuple[PostValue, ...]
    first_cited: str | None
    last_cited: str | None
    claims: tuple[PostClaim, ...]
    sources: int
    confidence: float

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that tell of it, sorted."""
        return tuple(sorted({claim.evidence.document for claim in self.claims}))

    @property
    def title(self) -> str | None:
        """The title most documents give."""
        best = min(self.titles, key=lambda t: (-len(t.documents), t.value), default=None)
        return best.value if best else None

    @property
    def evidence(self) -> tuple[EdgeEvidence, ...]:
        """The evidence of all claims, sorted, each once."""
        return tuple(sorted({claim.evidence for claim in self.claims}))

    def told(self, *effects: Effect) -> Iterator[PostClaim]:
        """The claims, by author or source, that it is so; denied or planned ones are left out."""
        return (c for c in self.claims if c.actual and c.effect in effects)


def first_and_last(values: set[str]) -> tuple[str | None, str | None]:
    """The earliest and the latest of ISO dates, each as precise as it is."""
    dated = [(days, value) for value in values if (days := period(value))]
    if not dated:
        return None, None
    first = min(dated, key=lambda d: (d[0][0], d[0][1], d[1]))
    last = max(dated, key=lambda d: (d[0][1], d[0][0], d[1]))
    return first[1], last[1]
