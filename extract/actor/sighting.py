"""A sighting: a span that may become a mention, its type still open."""

from __future__ import annotations

from dataclasses import dataclass

from .gazetteer import Entry
from .mention import MentionKind
from .tokens import Match, Tokens


@dataclass(slots=True)
class Sighting:
    """Tokens first … last (exclusive) seen as one actor, place or title.

    type is None until the whole document has been asked. `known` is the gazetteer's entry, if
    it has one; start and end are characters where the span does not fill its tokens.
    """

    first: int
    last: int
    kind: MentionKind
    type: str | None
    name: str
    known: Entry | None = None
    start: int = -1
    end: int = -1
    count: int | None = None

    @property
    def size(self) -> int:
        """Number of tokens."""
        return self.last - self.first


def surface(text: Tokens, first: int, last: int) -> str:
    """The characters of some tokens, white space made single."""
    return " ".join(text.content[text.offsets[first] : text.end(last - 1)].split())


def known_sighting(match: Match) -> Sighting:
    """A gazetteer match as a name."""
    entry = match.entry
    return Sighting(
        match.first, match.last, "name", entry.type, entry.name, entry, match.start, match.end
    )


def named(text: Tokens, first: int, last: int, type_: str | None) -> Sighting:
    """A name spelled as in the text."""
    return Sighting(first, last, "name", type_, surface(text, first, last))
