"""A language model behind a chat-completions server as proposer of statements."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, get_args

from ...ontologies.ontology import Ontology
from ..statement import Certainty, Polarity
from ..text.document import Span
from ..text.failure import UnreadableError
from .chat import Server, answer
from .passage import LIMIT, Passage
from .question import answer_schema, instructions, question
from .tally import Reason
from .verification import Proposal

_CONFIDENCE = (
    0.7  # it tells none of its own; less than any rule that fits, more than the open layer
)
_TEXTS = ("relation", "quote", "predicate", "polarity", "certainty")
_ENDS = ("subject", "object")


class LanguageModel:
    """Asks a server about each passage; actors by number, words by verbatim quote."""

    name = "llm"

    def __init__(self, server: Server, ontology: Ontology) -> None:
        self.server = server
        self._schema = answer_schema(ontology)
        self._instructions = instructions(ontology)

    @property
    def key(self) -> str:
        """A hash of the server, the model's name there, and what it is asked."""
        asked = json.dumps([self.server.endpoint, self.server.model, self._instructions, LIMIT])
        return f"{self.name} {hashlib.sha256(asked.encode()).hexdigest()[:16]}"

    def proposals(self, passage: Passage) -> Iterator[Proposal | Reason]:
        """What the model reads in a passage; see `Proposer`."""
        messages = (
            {"role": "system", "content": self._instructions},
            {"role": "user", "content": question(passage)},
        )
        answered = answer(self.server, messages, self._schema)
        items = answered.get("statements") if isinstance(answered, dict) else None
        if not isinstance(items, list):
            raise UnreadableError(
                "the model's answer is not of the form asked for",
                "use a server that enforces response_format json_schema",
            )
        for item in items:
            yield self._proposal(item, passage)

    def _proposal(self, item: Any, passage: Passage) -> Proposal | Reason:
        if not _is_well_formed(item):
            return Reason.MALFORMED
        ends: dict[str, tuple[int, ...] | None] = {}
        for slot in _ENDS:
            number = item[slot]
            if number is not None and not 0 <= number < len(passage.participants):
                return Reason.ACTOR
            ends[slot] = None if number is None else passage.participants[number].tokens
        quote = _quote(item["quote"], ends, passage)
        if quote is None:
            return Reason.QUOTE
        named = next(_found(item["predicate"], quote, passage), None)
        if named is None:
            return Reason.PREDICATE
        return Proposal(
            relation=item["relation"],
            subject=ends["subject"],
            object=ends["object"],
            quote=quote,
            predicate=tuple(range(*named)),
            polarity=item["polarity"],
            certainty=item["certainty"],
            confidence=_CONFIDENCE,
            rule=f"{self.name}: {self.server.model}",
        )


def _is_well_formed(item: Any) -> bool:
    """Whether a statement has what the schema asks for; not every server enforces it."""
    if not isinstance(item, dict):
        return False
    if not all(isinstance(item.get(key), str) for key in _TEXTS):
        return False
    if not all(slot in item and (item[slot] is None or type(item[slot]) is int) for slot in _ENDS):
        return False
    return item["polarity"] in get_args(Polarity) and item["certainty"] in get_args(Certainty)


def _quote(words: str, ends: dict[str, tuple[int, ...] | None], passage: Passage) -> Span | None:
    """The place of a quote, as tokens: of several, the first in a sentence with both actors."""
    tree = passage.text.found.reading.tree
    places = list(_found(words, (passage.first, passage.last), passage))
    for place in places:
        sentence = tree.sentence[place[0]]
        tokens = (end for end in ends.values() if end is not None)
        if all(any(tree.sentence[t] == sentence for t in end) for end in tokens):
            return place
    return places[0] if places else None


def _found(words: str, within: Span, passage: Passage) -> Iterator[Span]:
    """Where words stand, letter by letter and as whole words; line breaks count as blanks."""
    parts = words.split()
    if not parts:
        return
    tree = passage.text.found.reading.tree
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)")
    start, end = tree.start[within[0]], tree.end[within[1] - 1]
    for match in pattern.finditer(passage.text.found.doc.text, start, end):
        tokens = passage.tokens(*match.span())
        if tokens is not None:
            yield tokens
