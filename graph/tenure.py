"""Tenures: the days between which a post was surely held, as far as documents tell."""

from __future__ import annotations

from dataclasses import dataclass

from .period import period
from .post import Post


@dataclass(frozen=True, slots=True)
class Tenure:
    """First and last day (ordinals) between which a post is told to be held, without a gap.

    `edges` are the days on which it is told to begin or end: on these two may hold it.
    """

    first: int
    last: int
    edges: frozenset[int]

    def overlaps(self, other: Tenure) -> bool:
        """Whether two tenures share a day that is no day of handing over."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return first < last or (first == last and first not in self.edges | other.edges)


def tenure(post: Post) -> Tenure | None:
    """The tenure of a post; None if no day is sure.

    *In June* and *in August* make July sure, *in June* alone no day. A known start or end bounds
    what is cited: reports name the dead by their last post.
    """
    told = [c.cited for c in post.told("holds", "held", "starts", "ends") if c.cited]
    cited = [days for value in told if (days := period(value))]
    starts, ends = (
        [days for v in values if (days := period(v.value))] for values in (post.starts, post.ends)
    )
    if not cited:
        return None
    first, last = min(days[1] for days in cited), max(days[0] for days in cited)
    if starts:
        first = max(first, min(days[0] for days in starts))
    if ends:
        last = min(last, max(days[1] for days in ends))
    if first > last:
        return None
    edges = frozenset(day for days in (*starts, *ends) if days[0] == days[1] for day in days)
    return Tenure(first, last, edges)
