"""What could not be read, and what the user can do about it."""

from __future__ import annotations

from dataclasses import dataclass

from ...ontologies.error import ActorgraphError


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that was not read as asked; the others go on.

    line: in a file of JSON Lines, counted from 1. lost: whether a document was lost; False for a
    mere note (a duplicate, an unusable date, a file of a kind we do not read inside a folder).
    """

    source: str
    line: int | None
    reason: str
    remedy: str
    lost: bool = True

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{place}: {self.reason}; {self.remedy}"


class UnreadableError(ActorgraphError):
    """Raised by the format readers; the reader turns it into a `Failure`."""

    def __init__(self, reason: str, remedy: str, line: int | None = None) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy
        self.line = line

    def failure(self, source: str) -> Failure:
        """The same, told of a source."""
        return Failure(source, self.line, self.reason, self.remedy)
