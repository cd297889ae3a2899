"""A passage: as much of a document as a model reads at once, and the actors it may speak of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..rules import Text
from ..text.document import Span

LIMIT = 1800
"""Characters; small local models lose sight of longer texts, and whole reports exceed them."""


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor, place, title or thing of a passage, and the head tokens that speak of it there."""

    name: str
    type: str
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class Passage:
    """Whole sentences: tokens `first` to `last` (exclusive), characters `start` to `end`."""

    text: Text
    first: int
    last: int
    start: int
    end: int
    participants: tuple[Participant, ...]

    @property
    def words(self) -> str:
        """The text as it is parsed: boilerplate blanked out, each character at its place."""
        return self.text.found.doc.text[self.start : self.end]

    def tokens(self, start: int, end: int) -> Span | None:
        """The tokens (first, last exclusive) that characters of the document lie in."""
        span = self.text.found.doc.char_span(start, end, alignment_mode="expand")
        return None if span is None or not len(span) else (span.start, span.end)


def passages(text: Text, limit: int = LIMIT) -> Iterator[Passage]:
    """The passages of a document that speak of anybody, in text order."""
    tree = text.found.reading.tree
    begin: int | None = None
    end = 0
    for first, last in _sentences(text):
        if begin is not None and tree.end[last - 1] - tree.start[begin] > limit:
            yield from _passage(text, begin, end)
            begin = None
        begin = first if begin is None else begin
        end = last
    if begin is not None:
        yield from _passage(text, begin, end)


def _sentences(text: Text) -> Iterator[Span]:
    """The sentences as tokens without the blanks around them; empty ones are left out."""
    tree = text.found.reading.tree
    start = 0
    for stop in range(1, len(tree) + 1):
        if stop < len(tree) and tree.sentence[stop] == tree.sentence[start]:
            continue
        words = [t for t in range(start, stop) if not tree.text[t].isspace()]
        if words:
            yield words[0], words[-1] + 1
        start = stop


def _passage(text: Text, first: int, last: int) -> Iterator[Passage]:
    tree = text.found.reading.tree
    participants = _participants(text, first, last)
    if participants:
        yield Passage(text, first, last, tree.start[first], tree.end[last - 1], participants)


def _participants(text: Text, first: int, last: int) -> tuple[Participant, ...]:
    """Entities of the document, titles as values, and things, by their first word here."""
    tree, referents = text.found.reading.tree, text.referents
    tokens: dict[tuple[str, str, str], list[int]] = {}
    for token in range(first, last):
        mention = tree.mention_of(token)
        if mention is None:
            type_ = referents.thing_type(token)
            if type_:
                tokens.setdefault((str(token), tree.text[token], type_), []).append(token)
            continue
        index = tree.mention[token]
        if token != mention.head or not referents.is_known(index):
            continue
        chain = referents.chain(index)
        if mention.kind == "title":
            key = ("title", mention.name, mention.type)
            tokens.setdefault(key, []).append(token)
        if mention.kind != "title" or len(chain.mentions) > 1:
            key = (referents.entity(chain), chain.name, referents.type_of(index))
            tokens.setdefault(key, []).append(token)
    return tuple(Participant(name, type_, tuple(t)) for (_, name, type_), t in tokens.items())
