"""A document: text and where it came from."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field

Span = tuple[int, int]
"""Character offsets into a document's text: start, end (exclusive)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read, and its provenance.

    All offsets anywhere in actorgraph count Unicode characters of `text`.
    `published` is an ISO date (`2020-01-03`, `2020-01` or `2020`) or None.
    `boilerplate` lists the spans of `text` that are not the author's prose
    (advertisements, share buttons, disclaimers): they are kept, never read.
    """

    text: str
    source: str = "-"
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str = "en"
    boilerplate: tuple[Span, ...] = ()
    id: str = field(default="")

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", document_id(self.text))


def document_id(text: str) -> str:
    """The content hash of a text: equal texts up to Unicode form and white space get one id."""
    normal = " ".join(unicodedata.normalize("NFC", text).split())
    return "d" + hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()[:16]
