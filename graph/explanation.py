"""Explanation: why two things of the documents are one in the graph."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Why two document entities (or document events) became one.

    `left` and `right` are ids of members, left the smaller; `score` is in [0, 1]; `evidence` says
    in words what speaks for it.
    """

    left: str
    right: str
    rule: str
    score: float
    evidence: tuple[str, ...] = ()
