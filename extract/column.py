"""Columns: one annotation of all tokens of a document, read at once.

spaCy makes a token object and decodes a string anew for each access; layers that look at every
word several times read the columns they need, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


def strings(doc: Doc, attribute: str) -> list[str]:
    """An attribute that is a string (`ORTH`, `LOWER`, `LEMMA`, `POS`, `TAG`, `DEP`) by token."""
    keys = doc.to_array(attribute).tolist()
    store = doc.vocab.strings
    decoded = {key: store[key] for key in set(keys)}
    return [decoded[key] for key in keys]


def text(doc: Doc) -> str:
    """The text of a document, as `Doc.text` gives it."""
    spaced = doc.to_array("SPACY").tolist()
    words = strings(doc, "ORTH")
    return "".join([w + " " if space else w for w, space in zip(words, spaced, strict=True)])


def heads(doc: Doc) -> list[int]:
    """The index of each token's head; a root is its own."""
    offsets = doc.to_array("HEAD").astype("int64").tolist()  # relative, as two's complement
    return [token + offset for token, offset in enumerate(offsets)]


def starts(doc: Doc) -> list[int]:
    """The first character of each token."""
    return [int(start) for start in doc.to_array("IDX").tolist()]


def opens(doc: Doc) -> list[bool]:
    """Whether a sentence starts with each token, as far as the parser or a component says so."""
    return [flag == 1 for flag in doc.to_array("SENT_START").tolist()]


def sentences(doc: Doc) -> list[int]:
    """The number of each token's sentence."""
    numbers, number = [], -1
    for first in opens(doc):
        number += first or number < 0
        numbers.append(number)
    return numbers
