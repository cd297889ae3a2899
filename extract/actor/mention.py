"""A mention: an actor, place or title at its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MentionKind = Literal["name", "title", "nominal", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A flat span of tokens that names or describes one actor, place, thing or title.

    Mentions of one document never overlap, and are sorted. In *US Secretary of State Mike
    Pompeo* there are three: *US* (Country, name), *Secretary of State* (Position, title),
    *Mike Pompeo* (Person, name).

    kind:
      name     a proper name without determiner and titles (also demonyms used of an actor
               or place: *Iranian*, *the Americans*; `name` then holds the country)
      title    a rank, title or role noun phrase (type Rank or Position); used as an argument
               of a verb it stands for the person who holds it
      nominal  a common-noun actor: *the militia*, *two policemen*, *protesters*
      pronoun  *he*, *who*, *they*, …
    name: the canonical form: determiner stripped, ranks in their normal spelling, demonyms as
      the country, abbreviations expanded only if the text or the gazetteer says so.
    type: local name of a class of the ontology (Person, MilitaryUnit, …).
    count: number of members for a counted group (*two policemen*), else None.
    """

    start: int  # first character
    end: int  # after the last character
    first: int  # first token
    last: int  # after the last token
    head: int  # index of the syntactic head token
    text: str
    name: str
    type: str
    kind: MentionKind
    count: int | None = None
